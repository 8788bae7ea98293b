package choice_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// reference is the folder of real files; it is not part of the project.
const reference = "../../shared/reference/pabulib"

// rules pairs the names under which expected.json keeps results with our rules.
// Sorted: the expectation lists the winners by id, not in order of election.
var rules = []struct {
	name   string
	rule   choice.Rule
	sorted bool
}{
	{name: "greedy-votes (", rule: choice.Rule{Method: choice.Greedy}},
	{name: "greedy-votes-no-skip (", rule: choice.Rule{Method: choice.GreedyNoSkip}},
	{name: "greedy-score (points", rule: choice.Rule{Method: choice.Greedy, Utility: choice.UtilityPoints}},
	{name: "greedy-score (borda", rule: choice.Rule{Method: choice.Greedy, Utility: choice.UtilityBorda}},
	{name: "mes-cost, no completion", rule: choice.Rule{Method: choice.EqualShares}},
	{name: "mes-points, no completion", rule: choice.Rule{Method: choice.EqualShares, Utility: choice.UtilityPoints}},
	{name: "mes-cost-add1, exhaustive stop", rule: choice.Rule{Method: choice.EqualShares, Completion: choice.Add1, ExhaustiveStop: true}},
	{name: "mes-points-add1, exhaustive", rule: choice.Rule{Method: choice.EqualShares, Utility: choice.UtilityPoints, Completion: choice.Add1, ExhaustiveStop: true}},
	{name: "mes-cost-add1u", rule: choice.Rule{Method: choice.EqualShares, Completion: choice.Add1U, ExhaustiveStop: true}},
	{name: "mes-cost-add1 without exhaustive", rule: choice.Rule{Method: choice.EqualShares, Completion: choice.Add1}},
	{name: "sequential Phragmen", rule: choice.Rule{Method: choice.Phragmen}, sorted: true},
}

func TestReferenceFilesAreReproduced(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(reference, "expected.json"))
	if os.IsNotExist(err) {
		t.Skip("skipped: no ../shared")
	}
	if err != nil {
		t.Fatal(err)
	}
	var files map[string]struct {
		VoteType string `json:"vote_type"`
		Results  map[string]struct {
			Winners []string `json:"winners_in_order"`
			Cost    string   `json:"total_cost"`
		}
	}
	if err := json.Unmarshal(text, &files); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for name, file := range files {
		e := load(t, filepath.Join(reference, name))
		for label, want := range file.Results {
			i := slices.IndexFunc(rules, func(r struct {
				name   string
				rule   choice.Rule
				sorted bool
			}) bool {
				return strings.HasPrefix(strings.Replace(label, "(own;", "("+scores[file.VoteType]+";", 1), r.name)
			})
			if i < 0 {
				t.Errorf("%s: no rule for %q", name, label)
				continue
			}
			o, err := choice.Count(context.Background(), e, rules[i].rule)
			if err != nil {
				t.Errorf("%s, %s: %v", name, label, err)
				continue
			}
			got := ids(e, o.Winners)
			if rules[i].sorted {
				slices.Sort(got)
			}
			if !slices.Equal(got, want.Winners) || o.Cost.String() != want.Cost {
				t.Errorf("%s, %s:\n got %v %s\nwant %v %s", name, label, got, o.Cost, want.Winners, want.Cost)
			}
			compared++
		}
	}
	t.Logf("%d results compared", compared)
}

// scores is by what a greedy ranking by score goes, per type of vote.
var scores = map[string]string{"cumulative": "points", "ordinal": "borda"}

func load(t testing.TB, path string) *choice.Election {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := pabulib.Read(f, pabulib.Options{})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return file.Election()
}

func ids(e *choice.Election, winners []int) []string {
	out := []string{}
	for _, c := range winners {
		out = append(out, e.Projects[c].ID)
	}
	return out
}

// What the town published: 30 projects, kept by the comparison, and a figure that
// is wrong where voters who get nothing on one side are forgotten.
func TestWieliczkaIsWhatTheTownPublished(t *testing.T) {
	path := filepath.Join(reference, "Poland_Wieliczka_2023_Green_Budget.pb")
	if _, err := os.Stat(path); os.IsNotExist(err) {
		t.Skip("skipped: no ../shared")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := pabulib.Read(f, pabulib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := file.Election()
	o, err := choice.Count(context.Background(), e, choice.Rule{Method: choice.EqualShares, Completion: choice.Add1, Comparison: true})
	if err != nil {
		t.Fatal(err)
	}
	got, want := ids(e, o.Winners), first(file.Selected())
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || o.Cost != 995_079_00 {
		t.Errorf("winners %v for %s, want %v", got, o.Cost, want)
	}
	if c := o.Comparison; c.ForOutcome != 1615 || c.ForGreedy != 873 || c.Replaced {
		t.Errorf("comparison %+v", c)
	}
	if f := o.Fairness(); f.WithNothing != 1172 { // 18 per cent
		t.Errorf("%d with nothing", f.WithNothing)
	}
}

func first(selected, _ []string, _ bool) []string { return selected }
