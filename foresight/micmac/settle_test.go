package micmac_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/micmac"
)

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = "V" + strconv.Itoa(i+1)
	}
	return names
}

// TestWhereMultiplyingAloneWouldMislead holds systems that need each of the
// arguments; what they claim is compared with plain multiplication as well.
func TestWhereMultiplyingAloneWouldMislead(t *testing.T) {
	for _, tt := range []struct {
		name          string
		influence     [][]int
		power, period int
		rows, columns micmac.Reason
	}{
		{"settles late", [][]int{{0, 2, 1}, {1, 0, 3}, {0, 1, 0}}, 26, 0, micmac.Enclosed, micmac.Enclosed},
		{"a round", [][]int{{0, 1, 0}, {0, 0, 2}, {3, 0, 0}}, 0, 3, micmac.Enclosed, micmac.Enclosed},
		{"nobody in a circle", [][]int{{0, 2, 1}, {0, 0, 3}, {0, 0, 0}}, 3, 0, micmac.DiedOut, micmac.DiedOut},
		{"nothing at all", [][]int{{0, 0}, {0, 0}}, 1, 0, micmac.DiedOut, micmac.DiedOut},
		{"equal shares in the end", [][]int{{0, 0, 2}, {2, 0, 0}, {1, 1, 0}}, 0, 8, micmac.Enclosed, micmac.Subdominant},
		{"a circle behind a circle", [][]int{{0, 1, 0, 1}, {1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}}, 0, 2, micmac.Subdominant, micmac.Subdominant},
		{"two circles apart", [][]int{{0, 1, 0, 0, 0}, {1, 0, 0, 0, 0}, {0, 0, 0, 2, 0}, {0, 0, 0, 0, 1}, {0, 0, 3, 0, 0}}, 0, 3, micmac.Enclosed, micmac.Enclosed},
		{"two circles alike", [][]int{{0, 1, 0, 0}, {2, 0, 0, 0}, {0, 0, 0, 2}, {0, 0, 1, 0}}, 0, 2, micmac.Repeated, micmac.Repeated},
		{"alike", [][]int{{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}, 1, 0, micmac.Enclosed, micmac.Enclosed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := micmac.New(numbered(len(tt.influence)), tt.influence)
			if err != nil {
				t.Fatal(err)
			}
			s, err := micmac.Settle(context.Background(), m, micmac.Options{})
			if err != nil || s.Power != tt.power || s.Period != tt.period || s.Influence != tt.rows || s.Dependence != tt.columns {
				t.Errorf("%+v, %v", s, err)
			}
			from, period := max(s.Power, s.From), max(1, s.Period)
			orders := both(m, from+period+200)
			for k := from; k+period <= len(orders); k++ {
				if !slices.Equal(orders[k-1], orders[k-1+period]) {
					t.Fatalf("the orders of %d and %d differ", k, k+period)
				}
			}
		})
	}
}

// Sums of 200 variables pass the range of 64 bits at the ninth power or so; they
// must go on exactly.
func TestSumsNeverOverflow(t *testing.T) {
	m := random(200, 0.3, 1)
	for _, power := range []int{5, 11, 40} {
		influence, _ := m.Sums(power)
		v := make([]int64, m.Len())
		const modulus = 1_000_003
		for i := range v {
			v[i] = 1
		}
		for range power {
			next := make([]int64, m.Len())
			for i := range next {
				for j := range v {
					next[i] = (next[i] + int64(m.At(i, j))*v[j]) % modulus
				}
			}
			v = next
		}
		for i, n := range influence {
			if left := n.Int64(); n.IsInt64() && left%modulus != v[i] {
				t.Fatalf("power %d, variable %d", power, i)
			} else if !n.IsInt64() {
				digits := int64(0)
				for _, d := range n.String() {
					digits = (digits*10 + int64(d-'0')) % modulus
				}
				if digits != v[i] {
					t.Fatalf("power %d, variable %d: %s", power, i, n)
				}
			}
		}
	}
}

func TestPotentialInfluencesCountOnlyWhenWeighed(t *testing.T) {
	m, err := micmac.New(numbered(3), [][]int{{0, micmac.Potential, 1}, {2, 0, 0}, {0, 1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	weighed, err := m.Weigh(3)
	if err != nil || weighed.HasPotential() || !m.HasPotential() {
		t.Fatalf("weighed %v, %v", weighed, err)
	}
	direct := func(m *micmac.Matrix) string {
		influence, dependence := m.Sums(1)
		return influence[0].String() + " " + dependence[1].String()
	}
	if direct(m) != "1 1" || direct(weighed) != "4 4" {
		t.Errorf("MDI %s, MPDI %s", direct(m), direct(weighed))
	}
}

// The published case names two variables wrongly by its own formula; by it, the
// first is a result and the fourth a driver.
func TestPartsOfFiveScenarios(t *testing.T) {
	m, err := micmac.New(numbered(5), [][]int{{0, 1, 3, 1, 3}, {3, 0, 3, 2, 1}, {2, 3, 0, 1, 3}, {3, 1, 3, 0, 3}, {3, 3, 3, 2, 0}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := micmac.Analyse(context.Background(), m, micmac.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []micmac.Kind{micmac.Result, micmac.Autonomous, micmac.Result, micmac.Driver, micmac.Relay}
	for i, p := range a.DirectMap {
		if p.Kind != want[i] {
			t.Errorf("V%d is %s, want %s", i+1, p.Kind, want[i])
		}
	}
	// By direct sums V2 and V3 tie; indirectly V3 is stronger.
	if moves := a.Moves(); moves[2].InfluenceGain != 1 || moves[1].InfluenceGain != -1 {
		t.Errorf("moves %+v", moves)
	}
}

func TestAnalysisIsStoppedByItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := micmac.Analyse(ctx, random(50, 0.2, 1), micmac.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestTooFewPowersProveNothing(t *testing.T) {
	m, err := micmac.New(numbered(3), [][]int{{0, 2, 1}, {1, 0, 3}, {0, 1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := micmac.Settle(context.Background(), m, micmac.Options{MaxPower: 5})
	if err != nil || s.Proved() || s.Power != 0 || s.Period != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestMapHasEveryVariable(t *testing.T) {
	for _, n := range []int{5, 40} {
		a, err := micmac.Analyse(context.Background(), random(n, 0.3, 2), micmac.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c := a.Map("m", micmac.English)
		if len(c.Table.Rows) != n || len(c.Table.Rows[0]) != len(c.Table.Head) {
			t.Errorf("%d rows of %d cells", len(c.Table.Rows), len(c.Table.Rows[0]))
		}
		if want := map[bool]string{true: "V1", false: "1. V1"}[n <= 12]; c.Table.Rows[0][0] != want {
			t.Errorf("first row %q", c.Table.Rows[0])
		}
		if n > 12 && !strings.Contains(c.Note, "39. V39 · 40. V40") {
			t.Errorf("the numbers are explained by %q", c.Note)
		}
	}
}
