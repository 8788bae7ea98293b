package roadmap_test

import (
	"fmt"

	"github.com/wspolnota/wspolnota/foresight/roadmap"
)

// Standards of cooperation are to be in force by week 40. What must begin when?
func ExampleGraph_Backcast() {
	g, err := roadmap.New([]roadmap.Milestone{
		{Name: "seminar", Duration: 1},
		{Name: "draft", Duration: 8, After: []string{"seminar"}},
		{Name: "survey", Duration: 5, After: []string{"seminar"}},
		{Name: "consultation", Duration: 6, After: []string{"draft", "survey"}},
		{Name: "in force", After: []string{"consultation"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := g.Backcast("in force", 40)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range s.Steps {
		fmt.Printf("%s: from %d, at the latest %d\n", step.Name, step.EarliestStart, step.LatestStart)
	}
	fmt.Println(s.Critical)
	// Output:
	// seminar: from 0, at the latest 25
	// draft: from 1, at the latest 26
	// survey: from 1, at the latest 29
	// consultation: from 9, at the latest 34
	// in force: from 15, at the latest 40
	// [seminar draft consultation in force]
}

// Which measure is worth taking whatever comes true?
func ExampleRobust() {
	table, err := roadmap.Robust([]string{"growth", "decline"}, []roadmap.Measure{
		{Name: "meeting place", Values: []float64{4, -1}},
		{Name: "small grants", Values: []float64{2, 2}},
	}, 1, 2)
	for _, r := range table {
		fmt.Printf("%s: useful in %d, robust %v, regret at most %g\n", r.Name, r.UsefulIn, r.Robust, r.MaxRegret)
	}
	fmt.Println(err)
	// Output:
	// small grants: useful in 2, robust true, regret at most 2
	// meeting place: useful in 1, robust false, regret at most 3
	// <nil>
}
