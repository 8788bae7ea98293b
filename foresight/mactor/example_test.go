package mactor_test

import (
	"fmt"

	"github.com/wspolnota/wspolnota/foresight/mactor"
)

// An office, an NGO and a residents' group judge two objectives of a revival
// programme.
func ExampleAnalyse() {
	a, err := mactor.Analyse(mactor.Input{
		Actors:     []string{"office", "federation", "residents"},
		Objectives: []string{"new square", "lower rents"},
		Influence:  [][]int{{0, 3, 2}, {1, 0, 2}, {2, 1, 0}},
		Positions:  [][]int{{3, -1}, {2, 3}, {-1, 4}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, actor := range a.Actors {
		fmt.Printf("%s: influence %d, dependence %d, strength %.2f\n", actor, a.I[i], a.D[i], a.RStar[i])
	}
	fmt.Println("federation and residents agree by", a.Orders[1].Convergence[1][2], "and differ by", a.Orders[1].Divergence[1][2])
	// Output:
	// office: influence 8, dependence 6, strength 1.36
	// federation: influence 6, dependence 7, strength 0.82
	// residents: influence 6, dependence 7, strength 0.82
	// federation and residents agree by 3.5 and differ by 1.5
}
