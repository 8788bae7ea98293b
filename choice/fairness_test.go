package choice_test

import (
	"context"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/wspolnota/wspolnota/choice"
)

// village has 60 voters for a playground and a road, and 40 for a park. Under
// greedy the 40 get nothing, although their part of the budget pays for the park.
func village(t testing.TB) *choice.Election {
	p := choice.NewProfile(choice.Approval)
	for _, b := range []choice.Ballot{{Projects: []int{0, 1}, Voters: 60}, {Projects: []int{2}, Voters: 40}} {
		if err := p.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	return &choice.Election{Budget: 200_00, Ballots: p, Projects: []choice.Project{
		{ID: "playground", Cost: 100_00}, {ID: "road", Cost: 100_00}, {ID: "park", Cost: 80_00},
	}}
}

func outcome(t testing.TB, e *choice.Election, r choice.Rule) *choice.Outcome {
	t.Helper()
	o, err := choice.Count(context.Background(), e, r)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestGreedyWrongsAGroupThatEqualSharesServes(t *testing.T) {
	e := village(t)
	greedy := outcome(t, e, choice.Rule{Method: choice.Greedy})
	if f := greedy.Fairness(); !slices.Equal(f.Wronged, []choice.Wronged{{Project: 2, Voters: 40}}) || f.WithNothing != 40 {
		t.Errorf("greedy: %+v", f)
	}
	shares := outcome(t, e, choice.Rule{Method: choice.EqualShares})
	if f := shares.Fairness(); len(f.Wronged) > 0 || f.WithNothing != 0 || !slices.Equal(shares.Winners, []int{0, 2}) {
		t.Errorf("equal shares: winners %v, %+v", shares.Winners, f)
	}
}

func TestLoserKnowsWhereTheMoneyWent(t *testing.T) {
	losers := outcome(t, village(t), choice.Rule{Method: choice.EqualShares}).Losers()
	if len(losers) != 1 || losers[0].Project != 1 || losers[0].Reason != choice.TooLittle {
		t.Fatalf("%+v", losers)
	}
	// 60 voters had 2 zł each, and paid 100 of these 120 zł for the playground.
	if l := losers[0]; l.Left.Cmp(big.NewRat(20_00, 1)) != 0 || l.Support.Cmp(big.NewRat(1, 5)) != 0 {
		t.Errorf("left %s, support %s; want 20 zł, a fifth", l.Left, l.Support)
	}
	if s := losers[0].Spent; len(s) != 1 || s[0].Winner != 0 || s[0].Voters != 60 || s[0].Money.Cmp(big.NewRat(100_00, 1)) != 0 {
		t.Errorf("spent %+v", s)
	}
}

func TestGiniOfUnequalShares(t *testing.T) {
	// Of 100 voters 60 have 200 zł of winners and 40 have none.
	if g := outcome(t, village(t), choice.Rule{Method: choice.Greedy}).Fairness().Gini; math.Abs(g-0.4) > 1e-12 {
		t.Errorf("gini %g, want 0.4", g)
	}
}

func TestReasonsNameWhatHappened(t *testing.T) {
	e := village(t)
	e.Projects[1].Withdrawn = true
	e.Projects = append(e.Projects, choice.Project{ID: "bench", Cost: 5_00})
	for _, tt := range []struct {
		rule choice.Rule
		want []choice.Reason
	}{
		{choice.Rule{Method: choice.Greedy, Threshold: 50}, []choice.Reason{choice.Withdrawn, choice.UnderMinimum, choice.Unnamed}},
		{choice.Rule{Method: choice.EqualShares, Top: 1}, []choice.Reason{choice.Withdrawn, choice.TooMany, choice.Unnamed}},
	} {
		var got []choice.Reason
		for _, l := range outcome(t, e, tt.rule).Losers() {
			got = append(got, l.Reason)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.rule.Method, got, tt.want)
		}
	}
}
