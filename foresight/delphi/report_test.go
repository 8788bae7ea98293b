package delphi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// Every number of the reference stands in the JSON of the report, at the same
// place and under the same name.
func TestReportHasEveryNumberOfTheReference(t *testing.T) {
	panel, err := delphi.ReadCSV("synthetic_24x4.csv", bytes.NewReader(reference(t, "synthetic_24x4.csv")), seven)
	if err != nil {
		t.Fatal(err)
	}
	report, err := delphi.Analyse(panel, delphi.Options{Scale: seven})
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	for target, text := range map[*any][]byte{&want: reference(t, "synthetic_24x4.expected.json"), &got: marshal(t, report)} {
		if err := json.Unmarshal(text, target); err != nil {
			t.Fatal(err)
		}
	}
	compared := compareJSON(t, "", got, want)
	if compared != 4*(2*31+2+3+6)+2*6 {
		t.Errorf("%d numbers compared", compared)
	}
}

// compareJSON goes through what is wanted and counts the numbers in it.
func compareJSON(t *testing.T, path string, got, want any) int {
	t.Helper()
	n := 0
	switch want := want.(type) {
	case map[string]any:
		for name, w := range want {
			if name == "method" || name == "source" || name == "van_der_eijk_not_included" {
				continue
			}
			object, _ := got.(map[string]any)
			n += compareJSON(t, path+"."+name, object[name], w)
		}
	case []any:
		array, _ := got.([]any)
		if len(array) != len(want) {
			t.Fatalf("%s has %d entries, want %d", path, len(array), len(want))
		}
		for i, w := range want {
			n += compareJSON(t, fmt.Sprintf("%s[%d]", path, i), array[i], w)
		}
	case float64:
		number, ok := got.(float64)
		if !ok {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
		near(t, path, number, want, tolerance)
		n++
	default:
		t.Errorf("%s: the reference has a %T", path, want)
	}
	return n
}

func marshal(t interface{ Fatal(...any) }, r delphi.Report) []byte {
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// somePanel has three sectors, two rounds, two items, and answers missing.
func somePanel(t *rapid.T) delphi.Panel {
	p := delphi.Panel{Items: []string{"x", "y"}}
	for i := range rapid.IntRange(1, 24).Draw(t, "experts") {
		sector := rapid.SampledFrom([]string{"administration", "ngo", "resident"}).Draw(t, "sector")
		for round := 1; round <= 2; round++ {
			r := delphi.Response{Expert: fmt.Sprint(i), Sector: sector, Round: round}
			for range p.Items {
				v := float64(rapid.IntRange(0, 7).Draw(t, "answer"))
				if v == 0 {
					v = math.NaN()
				}
				r.Answers = append(r.Answers, v)
			}
			p.Responses = append(p.Responses, r)
		}
	}
	return p
}

func TestOrderOfRowsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := somePanel(t)
		o := delphi.Options{Scale: seven, Draws: 99, Least: rapid.IntRange(1, 5).Draw(t, "least")}
		first, err := delphi.Analyse(p, o)
		if err != nil {
			t.Fatal(err)
		}
		p.Responses = rapid.Permutation(p.Responses).Draw(t, "order")
		second, err := delphi.Analyse(p, o)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := marshal(t, first), marshal(t, second); !bytes.Equal(a, b) {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// What is hidden must not move any number: the report of a panel stays the
// same, but for the total, when somebody in a hidden sector answers otherwise.
func TestHiddenSectorLeavesNoTrace(t *testing.T) {
	make := func(hidden float64) map[string]any {
		var p delphi.Panel
		p.Items = []string{"x"}
		add := func(sector string, answers ...float64) {
			for _, v := range answers {
				p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(len(p.Responses)), Sector: sector, Round: 1, Answers: []float64{v}})
			}
		}
		add("administration", 1, 2, 3, 4, 5, 6)
		add("business", hidden, 4)
		add("ngo", 2, 3, 4, 5, 6, 7)
		add("resident", 7, 7, 6, 6, 5, 5, 4)
		r, err := delphi.Analyse(p, delphi.Options{Scale: seven})
		if err != nil {
			t.Fatal(err)
		}
		var o map[string]any
		if err := json.Unmarshal(marshal(t, r), &o); err != nil {
			t.Fatal(err)
		}
		return o["items"].([]any)[0].(map[string]any)
	}
	a, b := make(1), make(7)
	for _, part := range []string{"sectors", "between_sectors"} {
		x, y := fmt.Sprint(a["round1"].(map[string]any)[part]), fmt.Sprint(b["round1"].(map[string]any)[part])
		if x != y {
			t.Errorf("%s:\n%s\n%s", part, x, y)
		}
	}
	sectors := a["round1"].(map[string]any)["sectors"].(map[string]any)
	if fmt.Sprint(sectors["business"]) != "map[hidden:true]" || fmt.Sprint(sectors["administration"]) != "map[hidden:true]" {
		t.Errorf("%v", sectors)
	}
	delete(a, "round1")
	delete(b, "round1")
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("tests:\n%v\n%v", a, b)
	}
	if _, tested := a["mannwhitney_ngo_resident_round1"]; !tested {
		t.Errorf("sectors that are shown are not compared: %v", a)
	}
}

func TestDiagnosisTellsWhereAgreementEnds(t *testing.T) {
	low, high := count(t, 2, 2, 2, 3, 3, 2), count(t, 6, 6, 7, 6, 6, 6)
	loose := count(t, 1, 2, 4, 6, 7, 7)
	for _, tt := range []struct {
		name    string
		sectors []delphi.Tally
		scale   delphi.Scale
		want    delphi.Diagnosis
	}{
		{"alike", []delphi.Tally{low, low, low}, seven, delphi.Agreement},
		{"one against two", []delphi.Tally{low, low, high}, seven, delphi.WithinNotBetween},
		{"one does not agree within", []delphi.Tally{low, high, loose}, seven, delphi.Disagreement},
		{"so few that it may be chance", []delphi.Tally{count(t, 2, 2), count(t, 6, 6)}, seven, delphi.PerhapsBetween},
		{"one sector", []delphi.Tally{low, {}}, seven, delphi.NotKnown},
		{"no scale", []delphi.Tally{low, high}, delphi.Scale{}, delphi.NotKnown},
	} {
		if got := delphi.Diagnose(tt.sectors, tt.scale, delphi.Type7); got.Diagnosis != tt.want {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

func TestOnlyAgreementThatIsStableEndsADelphi(t *testing.T) {
	settled := func(first, second []float64) bool {
		p := delphi.Panel{Items: []string{"x"}}
		for i := range first {
			p.Responses = append(p.Responses,
				delphi.Response{Expert: fmt.Sprint(i), Sector: "ngo", Round: 1, Answers: first[i : i+1]},
				delphi.Response{Expert: fmt.Sprint(i), Sector: "ngo", Round: 2, Answers: second[i : i+1]})
		}
		r, err := delphi.Analyse(p, delphi.Options{Scale: seven})
		if err != nil {
			t.Fatal(err)
		}
		return r.Items[0].Settled
	}
	agree, other := []float64{6, 6, 6, 6, 7, 7, 7, 2}, []float64{4, 3, 5, 2, 4, 5, 3, 1}
	if !settled(agree, agree) {
		t.Error("agreement that stays is not settled")
	}
	if settled(other, agree) {
		t.Error("agreement that has just come is settled")
	}
	if settled(other, other) {
		t.Error("disagreement that stays is settled")
	}
}

func TestSectorsWhoseNamesRunTogetherAreToldApart(t *testing.T) {
	p := delphi.Panel{Items: []string{"x"}}
	for i, s := range []string{"a", "b_c", "a_b", "c"} {
		for k := range 5 {
			p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i, k), Sector: s, Round: 1, Answers: []float64{float64(k + 1)}})
		}
	}
	r, err := delphi.Analyse(p, delphi.Options{Scale: seven})
	if err != nil {
		t.Fatal(err)
	}
	text := string(marshal(t, r))
	if !strings.Contains(text, `"mannwhitney_a_b_c_round1"`) || !strings.Contains(text, `"mannwhitney_a_b_c_round1_2"`) {
		t.Errorf("%s", text)
	}
}

func TestManyGroupsFallBackToDrawnChances(t *testing.T) {
	p := delphi.Panel{Items: []string{"x"}}
	for i := range 48 {
		p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i), Sector: fmt.Sprint(i % 6), Round: 1, Answers: []float64{float64(i%7 + 1)}})
	}
	r, err := delphi.Analyse(p, delphi.Options{Scale: seven, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	many := r.Items[0].Rounds[0].Many
	if !math.IsNaN(many.Exact) || math.IsNaN(many.Permuted) || many.Best() != many.Permuted || math.Abs(many.Permuted-many.P) > 0.05 {
		t.Errorf("%+v", many)
	}
	if r.Concordance[0].Known {
		t.Error("one item has an order")
	}
	if !slices.Equal(r.Sectors, []string{"0", "1", "2", "3", "4", "5"}) {
		t.Errorf("%v", r.Sectors)
	}
}
