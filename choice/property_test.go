package choice_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/choice"
)

// drawn is an election as rapid drew it, before it became a profile.
type drawn struct {
	budget   choice.Grosze
	projects []choice.Project
	kind     choice.Kind
	ballots  []choice.Ballot
}

func (d drawn) election(t *rapid.T) *choice.Election {
	p := choice.NewProfile(d.kind)
	for _, b := range d.ballots {
		if err := p.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	return &choice.Election{Budget: d.budget, Projects: d.projects, Ballots: p}
}

// elections are small and full of equal numbers, so that ties, borders and
// empty purses are common.
func elections(t *rapid.T) drawn {
	d := drawn{kind: choice.Kind(rapid.IntRange(0, 2).Draw(t, "kind"))}
	n := rapid.IntRange(1, 7).Draw(t, "projects")
	for i := range n {
		cost := rapid.SampledFrom([]choice.Grosze{0, 1, 100, 200, 300, 600, 1000, 1200, 2400, 3600, 9999}).Draw(t, "cost")
		d.projects = append(d.projects, choice.Project{ID: fmt.Sprint("p", i), Cost: cost, Withdrawn: rapid.IntRange(0, 19).Draw(t, "withdrawn") == 0})
	}
	d.budget = rapid.SampledFrom([]choice.Grosze{0, 1, 500, 1200, 2400, 3600, 5000, 7777}).Draw(t, "budget")
	weights := []*big.Rat{nil, nil, nil, big.NewRat(1, 2), big.NewRat(7, 3)}
	for range rapid.IntRange(0, 9).Draw(t, "ballots") {
		b := choice.Ballot{Voters: rapid.IntRange(1, 3).Draw(t, "voters"), Weight: rapid.SampledFrom(weights).Draw(t, "weight")}
		b.Projects = rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 0, n, rapid.ID[int]).Draw(t, "projects")
		if d.kind == choice.Points {
			b.Points = rapid.SliceOfN(rapid.IntRange(0, 3), len(b.Projects), len(b.Projects)).Draw(t, "points")
		}
		d.ballots = append(d.ballots, b)
	}
	return d
}

// utilities are those that ballots of a kind can be counted with.
func utilities(t *rapid.T, k choice.Kind) choice.Utility {
	all := []choice.Utility{choice.UtilityCost, choice.UtilityCount}
	switch k {
	case choice.Points:
		all = append(all, choice.UtilityPoints, choice.UtilityPoints)
	case choice.Ordinal:
		all = append(all, choice.UtilityBorda, choice.UtilityBorda)
	}
	return rapid.SampledFrom(all).Draw(t, "utility")
}

func count(t *rapid.T, e *choice.Election, r choice.Rule) *choice.Outcome {
	o, err := choice.Count(context.Background(), e, r)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestEqualSharesIsThatOfTheTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		e, rule := d.election(t), choice.Rule{Method: choice.EqualShares, Utility: utilities(t, d.kind)}
		o := count(t, e, rule)
		book := newTextbook(e, rule)
		b0 := book.endowment()
		winners, rhos, cost := book.equalShares(b0)
		if !slices.Equal(o.Winners, winners) || o.Cost != cost || o.Endowment.Cmp(b0) != 0 {
			t.Fatalf("winners %v for %s, want %v for %s", o.Winners, o.Cost, winners, cost)
		}
		for i, r := range o.Rounds {
			if r.Rho.Cmp(rhos[i]) != 0 {
				t.Fatalf("round %d: rho %s, want %s", i, r.Rho, rhos[i])
			}
		}
	})
}

func TestAdd1IsThatOfTheTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		rule := choice.Rule{Method: choice.EqualShares, Utility: utilities(t, d.kind), Completion: choice.Add1, ExhaustiveStop: rapid.Bool().Draw(t, "stop")}
		e := d.election(t)
		if got, want := count(t, e, rule).Winners, newTextbook(e, rule).add1(rule.ExhaustiveStop); !slices.Equal(got, want) {
			t.Fatalf("winners %v, want %v", got, want)
		}
	})
}

func TestPhragmenIsThatOfTheTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		e, rule := d.election(t), choice.Rule{Method: choice.Phragmen}
		if got, want := count(t, e, rule).Winners, newTextbook(e, rule).phragmen(); !slices.Equal(got, want) {
			t.Fatalf("winners %v, want %v", got, want)
		}
	})
}
