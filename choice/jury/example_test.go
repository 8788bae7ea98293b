package jury_test

import (
	"fmt"
	"math/big"

	"github.com/wspolnota/wspolnota/choice/jury"
)

func ExamplePanel_Severity() {
	// Anna saw initiatives 0 and 1, Jan 1 and 2. Both saw 1, where Jan gave 6 more.
	p := jury.Panel{Criteria: []jury.Criterion{{Name: "merit", Max: 40}}, Assessors: 2, Initiatives: 3, Cards: []jury.Card{
		{Assessor: 0, Initiative: 0, Points: []int{30}}, {Assessor: 0, Initiative: 1, Points: []int{24}},
		{Assessor: 1, Initiative: 1, Points: []int{30}}, {Assessor: 1, Initiative: 2, Points: []int{31}},
	}}
	if err := p.Check(); err != nil {
		fmt.Println(err)
		return
	}
	c, err := p.Severity()
	if err != nil {
		fmt.Println(err) // the cards do not hang together
		return
	}
	fmt.Println("mildness", c.Mildness)
	fmt.Println("means", p.Means(), "corrected", c.Values)
	// Output:
	// mildness [-3/1 3/1]
	// means [30/1 27/1 31/1] corrected [33/1 27/1 28/1]
}

func ExamplePanel_Rank() {
	p := jury.Panel{Criteria: []jury.Criterion{{Name: "need", Max: 10}, {Name: "idea", Max: 10}}, Assessors: 1, Initiatives: 3, Cards: []jury.Card{
		{Initiative: 0, Points: []int{6, 9}}, {Initiative: 1, Points: []int{8, 7}}, {Initiative: 2, Points: []int{10, 10}},
	}}
	places, err := p.Rank(p.Means(), jury.Order{Ties: []jury.TieKey{jury.Priority, jury.Lot}, Lot: "drawn in public"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, place := range places {
		fmt.Printf("%d. initiative %d with %s", i+1, place.Initiative, place.Score.RatString())
		if place.By != "" {
			fmt.Printf(", told from the one before by %s", place.By)
		}
		fmt.Println()
	}
	// Output:
	// 1. initiative 2 with 20
	// 2. initiative 1 with 15
	// 3. initiative 0 with 15, told from the one before by priority
}

func ExampleByShares() {
	scores := []*big.Rat{big.NewRat(36, 1), big.NewRat(30, 1)}
	both, err := jury.ByShares([]int{25, 75}, scores, big.NewRat(40, 1), big.NewRat(1, 2))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(both[0].FloatString(1), both[1].FloatString(1))
	// Output:
	// 57.5 75.0
}
