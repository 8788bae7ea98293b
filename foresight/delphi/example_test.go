package delphi_test

import (
	"fmt"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// Nine people say from 1 to 7 how likely it is that offices and associations
// will plan a budget together by 2020.
func ExampleTally_Describe() {
	answers, err := delphi.Count([]float64{5, 6, 6, 4, 6, 7, 6, 5, 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := answers.Describe(delphi.Scale{Min: 1, Max: 7}, delphi.Type7)
	fmt.Printf("n %d, median %g, half between %g and %g\n", s.N, s.Median, s.Q1, s.Q3)
	fmt.Printf("%.0f %% say 6 or 7; agreement %.2f\n", 100*answers.Share(6, 7), s.VanDerEijk)
	// Output:
	// n 9, median 6, half between 5 and 6
	// 56 % say 6 or 7; agreement 0.51
}

// Do offices and associations answer alike? With so few people the chance is
// counted out, not approximated.
func ExampleMannWhitney() {
	offices, _ := delphi.Count([]float64{2, 3, 3, 4, 2})
	associations, _ := delphi.Count([]float64{5, 6, 4, 6, 5})
	r := delphi.MannWhitney(offices, associations)
	fmt.Printf("U %g, p %.4f, associations answer higher in most pairs: r %.2f\n", r.U, r.Best(), r.RankBiserial)
	// Output:
	// U 0.5, p 0.0159, associations answer higher in most pairs: r 0.96
}

// Four people order five barriers by weight.
func ExampleKendallW() {
	w, err := delphi.KendallW([][]float64{
		{5, 4, 3, 2, 1},
		{5, 3, 4, 2, 1},
		{4, 5, 3, 1, 2},
		{5, 4, 2, 3, 1},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("W %.3f, rank sums %v\n", w.W, w.RankSums)
	// Output:
	// W 0.812, rank sums [19 16 12 8 5]
}
