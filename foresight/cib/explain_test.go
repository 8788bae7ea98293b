package cib_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

func TestReasonsAddUpToTheMargin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := matrix(t)
		z := make(cib.Scenario, m.Len())
		for i := range z {
			z[i] = rapid.IntRange(0, m.Domain(i)-1).Draw(t, "state")
		}
		reasons, err := m.Explain(z)
		if err != nil {
			t.Fatal(err)
		}
		margins := m.Margins(z)
		for j, r := range reasons {
			if r.Margin != margins[j] || !slices.Equal(r.Scores, m.Balance(z, j)) {
				t.Fatalf("descriptor %d: %+v, margin %d", j, r, margins[j])
			}
			if r.Rival < 0 {
				continue
			}
			sum := 0
			for _, a := range slices.Concat(r.Holding, r.Opposing) {
				sum += a.Points
				if a.Decisive != (r.Margin >= 0 && marginWithout(t, m, z, a.Descriptor, j) < 0) {
					t.Fatalf("descriptor %d: %+v of %+v", j, a, r)
				}
			}
			if sum != r.Margin {
				t.Fatalf("descriptor %d: arguments sum to %d, margin %d", j, sum, r.Margin)
			}
		}
	})
}

// marginWithout clears what descriptor i says about j and looks again.
func marginWithout(t *rapid.T, m *cib.Matrix, z cib.Scenario, i, j int) int {
	for l := range m.Domain(j) {
		next, err := m.With(i, z[i], j, l, 0)
		if err != nil {
			t.Fatal(err)
		}
		m = next
	}
	return m.Margins(z)[j]
}

func TestActivitiesOfSomewhereland(t *testing.T) {
	m := somewhereland(t)
	got := m.Activities()
	// Sums of absolute values of the printed matrix, added up by hand.
	if got[0] != (cib.Activity{Active: 46, Passive: 36}) {
		t.Errorf("government: %+v", got[0])
	}
	active, passive := 0, 0
	for _, a := range got {
		active, passive = active+a.Active, passive+a.Passive
	}
	if active != passive {
		t.Errorf("active sums %d, passive %d", active, passive)
	}
}

func TestDiverseChoiceIsAtLeastHalfAsWideAsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scenario := rapid.Custom(func(t *rapid.T) cib.Scenario {
			return rapid.SliceOfN(rapid.IntRange(0, 2), 5, 5).Draw(t, "states")
		})
		list := rapid.SliceOfN(scenario, 1, 9).Draw(t, "scenarios")
		most := rapid.IntRange(1, 4).Draw(t, "most")
		chosen := cib.Diverse(list, most)
		if len(chosen) != min(most, len(list)) {
			t.Fatalf("%d chosen of %d, at most %d", len(chosen), len(list), most)
		}
		if best := widest(list, len(chosen), nil, 0); 2*width(list, chosen) < best {
			t.Fatalf("chosen %v: width %d, best %d", chosen, width(list, chosen), best)
		}
	})
}

// width is the least distance within a choice.
func width(list []cib.Scenario, chosen []int) int {
	least := math.MaxInt
	for x, a := range chosen {
		for _, b := range chosen[:x] {
			least = min(least, cib.Distance(list[a], list[b]))
		}
	}
	if least == math.MaxInt {
		return 0
	}
	return least
}

// widest tries every choice of so many.
func widest(list []cib.Scenario, n int, chosen []int, from int) int {
	if len(chosen) == n {
		return width(list, chosen)
	}
	best := 0
	for x := from; x < len(list); x++ {
		best = max(best, widest(list, n, append(slices.Clone(chosen), x), x+1))
	}
	return best
}

func TestNothingIsChosenOfNothing(t *testing.T) {
	if got := cib.Diverse(nil, 3); got != nil {
		t.Error(got)
	}
	if got := cib.Diverse([]cib.Scenario{{0}}, 0); got != nil {
		t.Error(got)
	}
}

func TestSurvivalIsRepeatableAndItsIntervalHoldsIt(t *testing.T) {
	m := somewhereland(t)
	solution, err := m.Solve(context.Background(), cib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := cib.Doubt{Trials: 400, Seed: 3, Newcomers: true}
	one, err := m.Robustness(context.Background(), solution.Scenarios, d)
	if err != nil {
		t.Fatal(err)
	}
	two, err := m.Robustness(context.Background(), solution.Scenarios, d)
	if err != nil || len(one.Newcomers) == 0 || one.Newcomers[0].Times != two.Newcomers[0].Times {
		t.Fatalf("error %v, newcomers %v, %v", err, one.Newcomers, two.Newcomers)
	}
	for x, s := range one.Survivals {
		if s.Times != two.Survivals[x].Times {
			t.Errorf("%v: %d and %d times with one seed", s.Scenario, s.Times, two.Survivals[x].Times)
		}
		if s.Low > s.Share || s.Share > s.High || s.Low < 0 || s.High > 1 || s.High-s.Low > 0.11 {
			t.Errorf("%v: share %g from %g to %g", s.Scenario, s.Share, s.Low, s.High)
		}
	}
	for _, s := range one.Newcomers {
		if m.Consistent(s.Scenario) {
			t.Errorf("%v is no newcomer", s.Scenario)
		}
	}
}

// With one judgement in doubt the share is known: descriptor B keeps its state unless
// the judgement falls below its rival's, which one of three changes of each does.
func TestSurvivalNearsTheTrueShare(t *testing.T) {
	m, err := cib.New("", states(1, 2), [][]int{{0, 1, 0}, {0, 0, 0}, {0, 0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Robustness(context.Background(), []cib.Scenario{{0, 0}}, cib.Doubt{Trials: 20_000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	// Of nine equally likely pairs only (-1, +1) takes 1 below 0: 1-1 < 0+1.
	if s := r.Survivals[0]; s.Low > 8.0/9 || s.High < 8.0/9 {
		t.Errorf("share %g from %g to %g, want %g", s.Share, s.Low, s.High, 8.0/9)
	}
}

func TestWrongDoubtIsRefused(t *testing.T) {
	m := somewhereland(t)
	for _, d := range []cib.Doubt{{Points: -1}, {Trials: -1}, {Points: cib.MaxJudgement + 1}} {
		if _, err := m.Robustness(context.Background(), nil, d); !errors.Is(err, cib.ErrShape) {
			t.Errorf("%+v: %v", d, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := m.Robustness(ctx, []cib.Scenario{make(cib.Scenario, 6)}, cib.Doubt{}); !errors.Is(err, context.Canceled) || r.Trials != 0 || r.Survivals[0].High != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestGroupsAreCompared(t *testing.T) {
	offices := somewhereland(t)
	residents, err := offices.With(0, 0, 1, 0, 3) // an influence judged the other way
	if err != nil {
		t.Fatal(err)
	}
	c, err := cib.Compare(context.Background(), []*cib.Matrix{offices, residents}, cib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	both, first, second := 0, 0, 0
	for _, p := range c.Scenarios {
		if got := []int{offices.Inconsistency(p.Scenario), residents.Inconsistency(p.Scenario)}; !slices.Equal(got, p.Inconsistency) {
			t.Errorf("%v: %v, want %v", p.Scenario, p.Inconsistency, got)
		}
		if p.Inconsistency[0] == 0 {
			first++
		}
		if p.Inconsistency[1] == 0 {
			second++
		}
		if p.Groups == 2 {
			both++
		}
	}
	if first != 10 || len(c.Scenarios) != first+second-both || c.Alike[0][1] != float64(both)/float64(len(c.Scenarios)) || c.Alike[0][0] != 1 {
		t.Errorf("%d of the first, %d of the second, %d of both; %+v", first, second, both, c.Alike)
	}
	want := cib.Dispute{From: 0, To: 1, Spread: 5, Opposed: 1}
	if len(c.Disputes) != 1 || c.Disputes[0] != want {
		t.Errorf("disputes %+v", c.Disputes)
	}
}

func TestSumHasTheScenariosOfTheMean(t *testing.T) {
	m := somewhereland(t)
	sum, err := cib.Sum(m, m, m)
	if err != nil || sum.At(0, 0, 1, 0) != -6 {
		t.Fatalf("%v", err)
	}
	got, err := sum.Solve(context.Background(), cib.Options{})
	if err != nil || len(got.Scenarios) != 10 {
		t.Errorf("%d scenarios, error %v", len(got.Scenarios), err)
	}
	other, err := cib.New("", states(2), [][]int{{0, 0}, {0, 0}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cib.Sum(m, other); !errors.Is(err, cib.ErrShape) {
		t.Error(err)
	}
	if _, err := cib.Compare(context.Background(), nil, cib.Options{}); !errors.Is(err, cib.ErrShape) {
		t.Error(err)
	}
}
