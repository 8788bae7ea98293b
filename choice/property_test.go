package choice_test

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// rules are all that ballots of a kind can be counted by.
func anyRule(t *rapid.T, k choice.Kind) choice.Rule {
	r := choice.Rule{
		Method: rapid.SampledFrom([]choice.Method{choice.Greedy, choice.GreedyNoSkip, choice.EqualShares, choice.Phragmen}).Draw(t, "method"),
		Top:    rapid.SampledFrom([]int{0, 0, 0, 2}).Draw(t, "top"), Threshold: rapid.IntRange(0, 1).Draw(t, "threshold"),
		Comparison: rapid.Bool().Draw(t, "comparison"),
	}
	if r.Method != choice.Phragmen {
		r.Utility = utilities(t, k)
	}
	if r.Method == choice.EqualShares {
		r.Completion = rapid.SampledFrom([]choice.Completion{choice.NoCompletion, choice.Add1, choice.Add1U}).Draw(t, "completion")
		r.ExhaustiveStop = rapid.Bool().Draw(t, "stop")
	}
	return r
}

func TestOrderOfBallotsIsOfNoConsequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		rule := anyRule(t, d.kind)
		before := count(t, d.election(t), rule)
		d.ballots = rapid.Permutation(d.ballots).Draw(t, "shuffled")
		after := count(t, d.election(t), rule)
		sameReport(t, before, after)
	})
}

func sameReport(t *rapid.T, a, b *choice.Outcome) {
	t.Helper()
	x, y := a.Report(), b.Report()
	x.ExactFallbacks, y.ExactFallbacks = 0, 0 // how it was found out, not what
	if d := cmp.Diff(x, y); d != "" {
		t.Fatal(d)
	}
}

func TestBallotsAloneCountAsMuchAsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		rule := anyRule(t, d.kind)
		together := count(t, d.election(t), rule)
		var alone []choice.Ballot
		for _, b := range d.ballots {
			one := b
			one.Voters = 1
			for range b.Voters {
				alone = append(alone, one)
			}
		}
		d.ballots = alone
		e := d.election(t)
		sameReport(t, together, count(t, e, rule))
		apart := choice.Apart(d.kind)
		for _, b := range alone {
			if err := apart.Add(b); err != nil {
				t.Fatal(err)
			}
		}
		if apart.Distinct() != len(alone) {
			t.Fatalf("%d groups of %d ballots", apart.Distinct(), len(alone))
		}
		e.Ballots = apart
		sameReport(t, together, count(t, e, rule))
	})
}

func TestBudgetIsNeverPassed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		e := d.election(t)
		o := count(t, e, anyRule(t, d.kind))
		var sum choice.Grosze
		for i, c := range o.Winners {
			sum += e.Projects[c].Cost
			if slices.Contains(o.Winners[:i], c) || e.Projects[c].Withdrawn {
				t.Fatalf("winners %v", o.Winners)
			}
		}
		if sum != o.Cost || sum > e.Budget {
			t.Fatalf("cost %s, budget %s, outcome says %s", sum, e.Budget, o.Cost)
		}
	})
}

// Everybody pays only for what they named and never more than they have, the
// payments for each winner are its cost, and nobody's supporters have its cost
// left: the outcome is priceable, and the prices are those of the rounds.
func TestEqualSharesIsPriceable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		e := d.election(t)
		o := count(t, e, choice.Rule{Method: choice.EqualShares, Utility: utilities(t, d.kind),
			Completion: rapid.SampledFrom([]choice.Completion{choice.NoCompletion, choice.Add1}).Draw(t, "completion")})
		paid, left, payers := map[int]*big.Rat{}, map[int]*big.Rat{}, map[int]int{}
		for _, c := range append(o.Winners, indices(len(e.Projects))...) {
			paid[c], left[c] = new(big.Rat), new(big.Rat)
		}
		for b := range e.Ballots.All() {
			a, n := o.Account(b), big.NewRat(int64(b.Voters), 1)
			if a.Left.Sign() < 0 {
				t.Fatalf("%v paid more than it had: %v", b.Projects, a)
			}
			for _, p := range a.Payments {
				paid[p.Winner].Add(paid[p.Winner], new(big.Rat).Mul(n, p.Money))
				if p.Money.Sign() > 0 {
					payers[p.Winner] += b.Voters
				}
			}
			for i, c := range b.Projects {
				if b.Points == nil || o.Rule.Utility != choice.UtilityPoints || b.Points[i] > 0 {
					left[c].Add(left[c], new(big.Rat).Mul(n, a.Left))
				}
			}
		}
		for _, r := range o.Rounds {
			if cost := big.NewRat(int64(e.Projects[r.Project].Cost), 1); paid[r.Project].Cmp(cost) != 0 || cost.Sign() > 0 && payers[r.Project] != r.Payers {
				t.Fatalf("%d cost %s, was paid %s by %d of %d", r.Project, cost, paid[r.Project], payers[r.Project], r.Payers)
			}
		}
		for _, l := range o.Losers() {
			if l.Left.Cmp(left[l.Project]) != 0 {
				t.Fatalf("supporters of %d have %s left, outcome says %s", l.Project, left[l.Project], l.Left)
			}
			if l.Reason == choice.TooLittle && (l.Support == nil || l.Support.Cmp(big.NewRat(1, 1)) >= 0) {
				t.Fatalf("%+v lost", l)
			}
			for _, s := range l.Spent {
				if s.Money.Cmp(paid[s.Winner]) > 0 || s.Voters > payers[s.Winner] && paid[s.Winner].Sign() > 0 {
					t.Fatalf("%+v of %s", s, paid[s.Winner])
				}
			}
		}
	})
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestMoneyInAnotherUnitChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		rule := anyRule(t, d.kind)
		before := count(t, d.election(t), rule)
		factor := choice.Grosze(rapid.SampledFrom([]int{2, 7, 1000}).Draw(t, "factor"))
		d.budget *= factor
		for i := range d.projects {
			d.projects[i].Cost *= factor
		}
		rule.Increment = 100 * factor
		if after := count(t, d.election(t), rule); !slices.Equal(before.Winners, after.Winners) {
			t.Fatalf("%v became %v", before.Winners, after.Winners)
		}
	})
}

func TestEqualSharesWrongsNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := elections(t)
		e := d.election(t)
		rule := choice.Rule{Method: choice.EqualShares, Utility: utilities(t, d.kind),
			Completion: rapid.SampledFrom([]choice.Completion{choice.NoCompletion, choice.Add1, choice.Add1U}).Draw(t, "completion")}
		o := count(t, e, rule)
		if f := o.Fairness(); len(f.Wronged) > 0 {
			t.Fatalf("winners %v: %+v", o.Winners, f.Wronged)
		}
	})
}

// Larger elections with numbers as they occur: here floating point decides nearly
// everything, and must decide it as fractions do.
func TestCitiesAreCountedAsByTheTextbook(t *testing.T) {
	for seed := range 4 {
		c := city{voters: 250 + seed, projects: 14, budget: 20_000 + 7_777*seed, lists: 0.3}
		e := load(t, c.file(t))
		for _, u := range []choice.Utility{choice.UtilityCost, choice.UtilityCount} {
			rule := choice.Rule{Method: choice.EqualShares, Utility: u}
			o := outcome(t, e, rule)
			book := newTextbook(e, rule)
			winners, rhos, _ := book.equalShares(book.endowment())
			if !slices.Equal(o.Winners, winners) || len(winners) == 0 {
				t.Fatalf("%d %s: winners %v, want %v", c.voters, u, o.Winners, winners)
			}
			for i, r := range o.Rounds {
				if r.Rho.Cmp(rhos[i]) != 0 {
					t.Fatalf("%d %s, round %d: rho %s, want %s", c.voters, u, i, r.Rho, rhos[i])
				}
			}
		}
		if got, want := outcome(t, e, choice.Rule{Method: choice.Phragmen}).Winners, newTextbook(e, choice.Rule{Method: choice.Phragmen}).phragmen(); !slices.Equal(got, want) {
			t.Fatalf("%d: Phragmén %v, want %v", c.voters, got, want)
		}
	}
}
