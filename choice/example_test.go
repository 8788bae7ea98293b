package choice_test

import (
	"context"
	"fmt"
	"math/big"

	"github.com/wspolnota/wspolnota/choice"
)

// housing is the estate of docs/methods/equal-shares.md: ten voters, 1,000 zł.
func housing() *choice.Election {
	ballots := choice.NewProfile(choice.Approval)
	for _, b := range []choice.Ballot{
		{Projects: []int{0, 1}, Voters: 5}, {Projects: []int{0, 3}, Voters: 2}, {Projects: []int{2, 3}}, {Projects: []int{2}, Voters: 2},
	} {
		if err := ballots.Add(b); err != nil {
			panic(err)
		}
	}
	return &choice.Election{Budget: 1000_00, Ballots: ballots, Projects: []choice.Project{
		{ID: "playground", Cost: 600_00}, {ID: "benches", Cost: 300_00}, {ID: "library", Cost: 240_00}, {ID: "trees", Cost: 150_00},
	}}
}

func ExampleCount() {
	outcome, err := choice.Count(context.Background(), housing(), choice.Rule{
		Method: choice.EqualShares, Completion: choice.Add1, ExhaustiveStop: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	report := outcome.Report()
	fmt.Println("each voter has", *report.Endowment, "zł")
	for _, r := range report.Rounds {
		fmt.Printf("%s: %d pay, at most %s zł, %s left\n", r.Project, r.Payers, *r.Payment, r.Left)
	}
	// Output:
	// each voter has 134/1 zł
	// playground: 7 pay, at most 600/7 zł, 400 left
	// library: 3 pay, at most 80/1 zł, 160 left
	// trees: 3 pay, at most 374/7 zł, 10 left
}

func ExampleCount_greedy() {
	outcome, err := choice.Count(context.Background(), housing(), choice.Rule{Method: choice.Greedy})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(outcome.Report().Winners)
	fairness := outcome.Fairness()
	fmt.Println(fairness.WithNothing, "of", fairness.Voters, "voters have nothing")
	// Output:
	// [playground benches]
	// 3 of 10 voters have nothing
}

func ExampleOutcome_Losers() {
	outcome, err := choice.Count(context.Background(), housing(), choice.Rule{
		Method: choice.EqualShares, Completion: choice.Add1, ExhaustiveStop: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range outcome.Explain().Losers {
		fmt.Printf("%s: %s; %s zł, %s of its cost\n", l.Project, l.Reason, *l.Left, *l.Support)
		for _, s := range l.Spent {
			fmt.Printf("%d of its supporters paid %s zł for %s\n", s.Voters, *s.Money, s.Winner)
		}
	}
	// Output:
	// benches: its supporters had too little left; 1690/7 zł, 169/210 of its cost
	// 5 of its supporters paid 3000/7 zł for playground
}

func ExampleOutcome_Account() {
	election := housing()
	outcome, err := choice.Count(context.Background(), election, choice.Rule{Method: choice.EqualShares})
	if err != nil {
		fmt.Println(err)
		return
	}
	mine := outcome.Account(choice.Ballot{Projects: []int{2, 3}})
	for _, p := range mine.Payments {
		fmt.Println(election.Projects[p.Winner].ID, "took", zł(p.Money), "zł of my", zł(mine.Endowment))
	}
	fmt.Println(zł(mine.Left), "zł are left")
	// Output:
	// library took 80.00 zł of my 100.00
	// 20.00 zł are left
}

func zł(grosze *big.Rat) string { return new(big.Rat).Mul(grosze, big.NewRat(1, 100)).FloatString(2) }
