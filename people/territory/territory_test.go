package territory_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
)

func TestSubregionHasTwentyEightUnits(t *testing.T) {
	count := map[string]int{}
	for _, u := range territory.All() {
		switch {
		case u.City():
			count["city"]++
		case u.Gmina():
			count["gmina"]++
		default:
			count["powiat"]++
		}
	}
	if count["gmina"] != 22 || count["city"] != 3 || count["powiat"] != 3 {
		t.Fatalf("units = %v, want 22 gminas, 3 cities, 3 powiats", count)
	}
}

// The last digit of a TERC code repeats the kind of the gmina.
func TestCodesAgreeWithKindsAndPowiats(t *testing.T) {
	digit := map[territory.Kind]string{territory.Urban: "1", territory.Rural: "2", territory.UrbanRural: "3"}
	seen := map[string]bool{}
	for _, u := range territory.All() {
		if !territory.ValidTERC(u.TERC) || seen[u.TERC] || !strings.HasPrefix(u.TERC, u.Powiat) {
			t.Errorf("%+v: code is invalid, repeated or of another powiat", u)
		}
		seen[u.TERC] = true
		if u.Gmina() && !strings.HasSuffix(u.TERC, digit[u.Kind]) {
			t.Errorf("%+v: the code says another kind", u)
		}
	}
}

func TestUnitsStandInPolishOrder(t *testing.T) {
	var names []string
	for _, u := range territory.All() {
		names = append(names, u.Name)
	}
	if !slices.IsSortedFunc(names, func(a, b string) int { return strings.Compare(lang.SortKey(a), lang.SortKey(b)) }) {
		t.Fatalf("order = %v", names)
	}
	if names[0] != "Czerwionka-Leszczyny" || names[len(names)-1] != "Żory" {
		t.Fatalf("from %s to %s", names[0], names[len(names)-1])
	}
}

func TestUnitIsFoundByItsCode(t *testing.T) {
	u, ok := territory.ByTERC("2412013")
	if !ok || u.Name != "Czerwionka-Leszczyny" || u.Kind != territory.UrbanRural || u.Powiat != "2412" {
		t.Fatalf("2412013 = %+v, %v", u, ok)
	}
	if _, ok := territory.ByTERC("4412013"); ok {
		t.Fatal("a code of nowhere was found")
	}
	if got := territory.Name("2473011"); got != "Rybnik" {
		t.Fatalf("name = %s", got)
	}
}

func TestFormOfTERC(t *testing.T) {
	for code, want := range map[string]bool{
		"2412013": true, "2412": true, "0201011": true, "1465108": true, "2473011": true,
		"": false, "24": false, "241201": false, "24120134": false, "2412017": false, "2400013": false,
		"2312013": false, "3412013": false, "0001011": false, "2412003": false, "24I2013": false, "２４１２": false,
	} {
		if got := territory.ValidTERC(code); got != want {
			t.Errorf("ValidTERC(%q) = %v", code, got)
		}
	}
}

func TestEveryUnitIsOfferedOnceUnderItsPowiat(t *testing.T) {
	catalogue, err := lang.Load(territory.Messages)
	if err != nil {
		t.Fatal(err)
	}
	ctx := lang.With(context.Background(), catalogue.Printer(lang.Polish))
	group := map[string]string{}
	for _, o := range territory.Options(ctx) {
		if group[o.Value] != "" {
			t.Errorf("%s is offered twice", o.Label)
		}
		group[o.Value] = o.Group
	}
	for code, want := range map[string]string{"2412042": "powiat rybnicki", "2479011": "Miasta na prawach powiatu", "2415": "Powiaty"} {
		if group[code] != want {
			t.Errorf("%s stands under %q, want %q", code, group[code], want)
		}
	}
	if len(group) != 28 || len(territory.GminaOptions(ctx)) != 25 || len(territory.Codes()) != 28 || len(territory.GminaCodes()) != 25 {
		t.Errorf("offered %d units, %d gminas", len(group), len(territory.GminaOptions(ctx)))
	}
}
