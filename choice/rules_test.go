package choice_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/choice"
)

// street has five projects; votes is how many voters name each, alone.
func street(t testing.TB, budget choice.Grosze, costs []choice.Grosze, votes []int) *choice.Election {
	t.Helper()
	e := &choice.Election{Budget: budget, Ballots: choice.NewProfile(choice.Approval)}
	for i, cost := range costs {
		e.Projects = append(e.Projects, choice.Project{ID: string(rune('a' + i)), Cost: cost})
		if votes[i] > 0 {
			if err := e.Ballots.Add(choice.Ballot{Projects: []int{i}, Voters: votes[i]}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return e
}

func TestGreedyRulesDifferInWhatDoesNotFit(t *testing.T) {
	costs, votes := []choice.Grosze{50, 40, 60, 999, 10}, []int{9, 8, 7, 6, 5}
	for _, tt := range []struct {
		name string
		rule choice.Rule
		want string
	}{
		{"skip", choice.Rule{Method: choice.Greedy}, "[a b e]"},
		{"end there", choice.Rule{Method: choice.GreedyNoSkip}, "[a b]"},
		{"threshold", choice.Rule{Method: choice.GreedyThreshold, Threshold: 8}, "[a b]"},
		{"first two", choice.Rule{Method: choice.Greedy, Top: 2}, "[a b]"},
		{"40 of 60 is not 80 per cent", choice.Rule{Method: choice.GreedyNoSkip, LastAtPercent: 80}, "[a b]"},
		{"two thirds", choice.Rule{Method: choice.GreedyNoSkip, LastAtPercent: 16}, "[a b c]"},
	} {
		if got := fmt.Sprint(outcome(t, street(t, 100, costs, votes), tt.rule).Report().Winners); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestLastProjectAtEightyPerCentIsFundedAndEndsTheList(t *testing.T) {
	e := street(t, 100, []choice.Grosze{60, 50, 1}, []int{9, 8, 7}) // 40 left of 50
	o := outcome(t, e, choice.Rule{Method: choice.GreedyNoSkip, LastAtPercent: 80})
	if got := o.Report().Winners; !slices.Equal(got, []string{"a", "b"}) || o.Rounds[1].Left != -10 {
		t.Errorf("%v, %s left", got, o.Rounds[1].Left)
	}
	e.Projects[1].Cost = 51
	if got := outcome(t, e, choice.Rule{Method: choice.GreedyNoSkip, LastAtPercent: 80}).Report().Winners; !slices.Equal(got, []string{"a"}) {
		t.Errorf("with 40 of 51 left: %v", got)
	}
}

func TestWithdrawnProjectsAreSteppedOver(t *testing.T) {
	for _, m := range []choice.Method{choice.GreedyNoSkip, choice.EqualShares, choice.Phragmen} {
		e := street(t, 100, []choice.Grosze{999_999_999_00, 50}, []int{9, 9})
		e.Projects[0].Withdrawn = true
		if got := outcome(t, e, choice.Rule{Method: m}).Report().Winners; !slices.Equal(got, []string{"b"}) {
			t.Errorf("%s: %v", m, got)
		}
	}
}

func TestTiesAreDecidedByTheKeysInOrderAndRecorded(t *testing.T) {
	e := street(t, 100, []choice.Grosze{50, 50, 40, 50}, []int{9, 9, 9, 9})
	e.Projects[0].ID, e.Projects[1].ID, e.Projects[3].ID = "9", "10", "2"
	o := outcome(t, e, choice.Rule{Method: choice.Greedy})
	if got := o.Report().Winners; !slices.Equal(got, []string{"c", "10"}) { // bytes, not numbers
		t.Fatalf("winners %v", got)
	}
	r := o.Report().Rounds
	if r[0].Tie == nil || r[0].Tie.By != choice.LowerCost || !slices.Equal(r[0].Tie.Among, []string{"c", "10", "2", "9"}) {
		t.Errorf("first tie %+v", r[0].Tie)
	}
	if r[1].Tie == nil || r[1].Tie.By != choice.ByID || !slices.Equal(r[1].Tie.Among, []string{"10", "2", "9"}) {
		t.Errorf("second tie %+v", r[1].Tie)
	}
}

func TestLotIsTheOneThatAnybodyCanDraw(t *testing.T) {
	e := street(t, 300, []choice.Grosze{50, 50, 50, 50, 50, 50}, []int{9, 9, 9, 9, 9, 9})
	ids := []string{"a", "b", "c", "d", "e", "f"}
	seen := map[string]bool{}
	for _, seed := range []string{"3 14 15 92 65 35", "2026-11-22", "ą"} {
		hash := func(id string) []byte { h := sha256.Sum256([]byte(seed + "\x00" + id)); return h[:] }
		slices.SortFunc(ids, func(a, b string) int { return bytes.Compare(hash(a), hash(b)) })
		for _, m := range []choice.Method{choice.Greedy, choice.EqualShares, choice.Phragmen} {
			o := outcome(t, e, choice.Rule{Method: m, Ties: []choice.TieKey{choice.ByLot}, Lot: seed})
			if got := o.Report().Winners; !slices.Equal(got, ids[:len(got)]) || !slices.Equal(o.TieOrder(), ids) || len(got) == 0 {
				t.Errorf("%s, %s: %v, want the first of %v", m, seed, got, ids)
			}
		}
		seen[strings.Join(ids, "")] = true
	}
	if len(seen) < 2 {
		t.Error("each seed draws the same lot")
	}
}

func TestThreeOfEqualCostAreChosenUnderEveryRule(t *testing.T) {
	e := street(t, 30_000_00, []choice.Grosze{10_000_00, 10_000_00, 10_000_00, 10_000_00, 10_000_00}, []int{5, 30, 20, 25, 19})
	for _, r := range []choice.Rule{{Method: choice.Greedy, Top: 3}, {Method: choice.EqualShares, Completion: choice.Add1, Top: 3},
		{Method: choice.EqualShares, Completion: choice.Add1U, ExhaustiveStop: true, Top: 3}, {Method: choice.Phragmen, Top: 3}} {
		got := outcome(t, e, r).Report().Winners
		if slices.Sort(got); !slices.Equal(got, []string{"b", "c", "d"}) {
			t.Errorf("%s %s: %v", r.Method, r.Completion, got)
		}
	}
	if got := outcome(t, e, choice.Rule{Method: choice.EqualShares, Completion: choice.Add1, Top: 2}).Report().Winners; len(got) != 2 {
		t.Errorf("top 2: %v", got)
	}
}

func TestWeightsMoveTheEndowment(t *testing.T) {
	e := &choice.Election{Budget: 100, Ballots: choice.NewProfile(choice.Approval), Projects: []choice.Project{{ID: "north", Cost: 60}, {ID: "south", Cost: 60}}}
	for _, b := range []choice.Ballot{{Projects: []int{0}, Voters: 10, Weight: big.NewRat(3, 2)}, {Projects: []int{1}, Voters: 10}} {
		if err := e.Ballots.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	o := outcome(t, e, choice.Rule{Method: choice.EqualShares})
	if got := o.Report().Winners; !slices.Equal(got, []string{"north"}) || o.Endowment.Cmp(big.NewRat(4, 1)) != 0 {
		t.Errorf("winners %v, endowment %s; want north, which has 60 of 100, and 4", got, o.Endowment)
	}
}

func TestComparisonGivesGreedyItsWinnersWhereMorePreferThem(t *testing.T) {
	// One large project for 60 of 100, whose shares do not reach it, or one for 40.
	e := street(t, 100, []choice.Grosze{100, 40}, []int{60, 40})
	o := outcome(t, e, choice.Rule{Method: choice.EqualShares, Comparison: true})
	if c := o.Comparison; !c.Replaced || c.ForGreedy != 60 || c.ForOutcome != 40 || !slices.Equal(o.Report().Winners, []string{"a"}) {
		t.Errorf("%+v, winners %v", c, o.Report().Winners)
	}
	if l := o.Losers(); len(l) != 1 || l[0].Reason != choice.ByTheVoters {
		t.Errorf("%+v", l)
	}
}

func TestRulesThatMakeNoSenseAreRefused(t *testing.T) {
	e := street(t, 100, []choice.Grosze{50}, []int{1})
	for want, r := range map[string]choice.Rule{
		"rule \"\"":                                 {},
		"utility \"fame\"":                          {Method: choice.Greedy, Utility: "fame"},
		"utility points on ballots":                 {Method: choice.EqualShares, Utility: choice.UtilityPoints},
		"utility borda on ballots":                  {Method: choice.EqualShares, Utility: choice.UtilityBorda},
		"completion \"more\"":                       {Method: choice.EqualShares, Completion: "more"},
		"completion add1 with rule greedy":          {Method: choice.Greedy, Completion: choice.Add1},
		"ties must end with id or lot":              {Method: choice.Greedy, Ties: []choice.TieKey{choice.ByID, choice.MoreVotes}},
		"tie key \"age\"":                           {Method: choice.Greedy, Ties: []choice.TieKey{"age", choice.ByID}},
		"ties by lot have no seed":                  {Method: choice.Greedy, Ties: []choice.TieKey{choice.ByLot}},
		"without a threshold":                       {Method: choice.GreedyThreshold},
		"last at 80 per cent with rule mes":         {Method: choice.EqualShares, LastAtPercent: 80},
		"last at 101 per cent":                      {Method: choice.Greedy, LastAtPercent: 101},
		"increment -1":                              {Method: choice.EqualShares, Increment: -100},
		"expected numbers not below 0":              {Method: choice.Greedy, Top: -1},
		"utility borda on ballots of kind approval": {Method: choice.Phragmen, Utility: choice.UtilityBorda},
	} {
		if _, err := choice.Count(context.Background(), e, r); !errors.Is(err, choice.ErrRule) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestElectionsThatCannotBeAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(*choice.Election){
		"it has no ballots":        func(e *choice.Election) { e.Ballots = nil },
		"budget -1":                func(e *choice.Election) { e.Budget = -100 },
		"project a costs":          func(e *choice.Election) { e.Projects[0].Cost = choice.MaxGrosze + 1 },
		"\"a\" stands twice":       func(e *choice.Election) { e.Projects[1].ID = "a" },
		"a ballot names project 2": func(e *choice.Election) { e.Projects = e.Projects[:1] },
		"project id \"\" stands":   func(e *choice.Election) { e.Projects[0].ID = "" },
		"expected at most 10000":   func(e *choice.Election) { e.Projects = make([]choice.Project, 10_001) },
		"weights whose common denominator": func(e *choice.Election) {
			for _, prime := range []int64{2147483647, 2147483629, 2147483587} {
				if err := e.Ballots.Add(choice.Ballot{Projects: []int{0}, Weight: big.NewRat(1, prime)}); err != nil {
					panic(err)
				}
			}
		},
		"costs -0.01; expected 0 t": func(e *choice.Election) { e.Projects[1].Cost = -1 },
	} {
		e := street(t, 100, []choice.Grosze{50, 50}, []int{1, 1})
		spoil(e)
		if _, err := choice.Count(context.Background(), e, choice.Rule{Method: choice.Greedy}); !errors.Is(err, choice.ErrElection) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestBallotsThatCannotBeAreRefusedAndChangeNothing(t *testing.T) {
	points, plain := choice.NewProfile(choice.Points), choice.NewProfile(choice.Approval)
	for want, add := range map[string]func() error{
		"names a project twice": func() error { return plain.Add(choice.Ballot{Projects: []int{2, 1, 2}}) },
		"project at -1":         func() error { return plain.Add(choice.Ballot{Projects: []int{-1}}) },
		"project at 10000":      func() error { return plain.Add(choice.Ballot{Projects: []int{10_000}}) },
		"0 points for 1":        func() error { return points.Add(choice.Ballot{Projects: []int{1}}) },
		"1 points for 2":        func() error { return points.Add(choice.Ballot{Projects: []int{1, 2}, Points: []int{3}}) },
		"-1 points":             func() error { return points.Add(choice.Ballot{Projects: []int{1}, Points: []int{-1}}) },
		"-2 voters":             func() error { return plain.Add(choice.Ballot{Voters: -2}) },
		"weight 0/1":            func() error { return plain.Add(choice.Ballot{Weight: new(big.Rat)}) },
	} {
		if err := add(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if plain.Voters()+points.Voters()+plain.Distinct()+points.Distinct() != 0 {
		t.Error("a refused ballot stayed")
	}
}

func TestEndedContextGivesWhatWasFound(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	end()
	e := street(t, 1000_00, []choice.Grosze{100_00, 990_00}, []int{60, 40})
	o, err := choice.Count(ctx, e, choice.Rule{Method: choice.EqualShares, Completion: choice.Add1})
	if !errors.Is(err, context.Canceled) || o == nil || o.Complete || !slices.Equal(o.Winners, []int{0}) {
		t.Errorf("%v, %+v", err, o)
	}
}

// A single voter for something dear would take 90,000 steps of a złoty.
func TestStepsThatCannotMatterAreLeftOut(t *testing.T) {
	e := street(t, 100_000_00, []choice.Grosze{60_000_00, 90_000_00}, []int{99, 1})
	o := outcome(t, e, choice.Rule{Method: choice.EqualShares, Completion: choice.Add1})
	if got := o.Report(); !slices.Equal(got.Winners, []string{"a"}) || *got.Endowment != "89999/1" || got.Runs > 3 {
		t.Errorf("winners %v at %s after %d counts; want a at the last step before b", got.Winners, *got.Endowment, got.Runs)
	}
}

func TestMoneyIsReadAndWrittenExactly(t *testing.T) {
	for text, want := range map[string]choice.Grosze{"0": 0, "1000": 1000_00, "2458488.22": 2458488_22, "200000.0": 200000_00, "1.5": 150, "007": 700,
		"3.4500": 345, "999999999999.99": choice.MaxGrosze} {
		got, err := choice.ParseGrosze(text)
		if err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "1.005", "1000000000000", "9999999999999999999999", "١"} {
		if got, err := choice.ParseGrosze(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
	if s := choice.Grosze(-5).String() + " " + choice.Grosze(100).String() + " " + choice.Grosze(1734355_54).String(); s != "-0.05 1 1734355.54" {
		t.Error(s)
	}
}

// FuzzParseGrosze: what is read is written back to the same amount.
func FuzzParseGrosze(f *testing.F) {
	f.Add("1734355.54")
	f.Add("200000.0")
	f.Fuzz(func(t *testing.T, s string) {
		v, err := choice.ParseGrosze(s)
		if err != nil {
			return
		}
		if again, err := choice.ParseGrosze(v.String()); err != nil || again != v || v < 0 || v > choice.MaxGrosze {
			t.Fatalf("%q is %d, written %s, read %d, %v", s, v, v, again, err)
		}
	})
}
