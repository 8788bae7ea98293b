package news

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/web/ui"
)

func TestDifferencesAreReadable(t *testing.T) {
	before := "# Seminarium\n\nPoczątek o 9:00.\n\nZapraszamy."
	after := "# Seminarium\n\nPoczątek o 10:00.\nMiejsce: Wisła.\n\nZapraszamy."
	var got []string
	sign := map[ui.DiffKind]string{ui.Same: " ", ui.Added: "+", ui.Removed: "-"}
	for _, line := range differences(before, after) {
		got = append(got, sign[line.Kind]+line.Text)
	}
	want := []string{" # Seminarium", " ", "-Początek o 9:00.", "+Początek o 10:00.", "+Miejsce: Wisła.", " ", " Zapraszamy."}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Whatever the texts are: what was not added is the first, what was not removed
// is the second, and no more is said to have changed than needed.
func TestDifferencesTellBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", ""}), 0, 12)
		a, b := text.Draw(t, "before"), text.Draw(t, "after")
		before, after := strings.Join(a, "\n"), strings.Join(b, "\n")
		var first, second []string
		same := 0
		for _, line := range differences(before, after) {
			if line.Kind != ui.Added {
				first = append(first, line.Text)
			}
			if line.Kind != ui.Removed {
				second = append(second, line.Text)
			}
			if line.Kind == ui.Same {
				same++
			}
		}
		if strings.Join(first, "\n") != before || strings.Join(second, "\n") != after {
			t.Fatalf("%q and %q became %q and %q", before, after, first, second)
		}
		if want := int(subsequences(lines(before), lines(after))[0][0]); same != want {
			t.Fatalf("%d lines stayed, %d could have", same, want)
		}
	})
}

func TestLongDifferenceStaysCheap(t *testing.T) {
	var a, b strings.Builder
	for i := range 20_000 {
		a.WriteString("a" + strconv.Itoa(i) + "\n")
		b.WriteString("b" + strconv.Itoa(i) + "\n")
	}
	d := differences(a.String(), b.String())
	if len(d) != 40_001 { // the empty line at the end is the same
		t.Errorf("%d lines", len(d))
	}
}

func TestUnchangedLinesAreFolded(t *testing.T) {
	d := differences(strings.Repeat("x\n", 50)+"stare", strings.Repeat("x\n", 50)+"nowe")
	short := folded(d, strconv.Itoa)
	if len(short) != 5 || short[0].Text != "48" || short[3].Kind != ui.Removed {
		t.Errorf("folded = %+v", short)
	}
	if got := folded(differences("x", "x"), strconv.Itoa); len(got) != 1 || got[0].Text != "1" {
		t.Errorf("nothing changed: %+v", got)
	}
}
