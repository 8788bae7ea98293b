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

// A panel in two rounds: offices agree that it is unlikely, associations that it
// is likely.
func ExampleAnalyse() {
	panel := delphi.Panel{Items: []string{"A joint budget by 2020"}}
	for sector, answers := range map[string][][2]float64{
		"administration": {{2, 2}, {3, 2}, {2, 2}, {2, 3}, {1, 2}},
		"ngo":            {{6, 6}, {5, 6}, {6, 6}, {7, 6}, {6, 7}},
	} {
		for i, a := range answers {
			for round, v := range a {
				panel.Responses = append(panel.Responses, delphi.Response{
					Expert: fmt.Sprint(sector, i), Sector: sector, Round: round + 1, Answers: []float64{v}})
			}
		}
	}
	rule, err := delphi.ParseRule("share 6..7 >= 75%") // kept before the first round
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := delphi.Analyse(panel, delphi.Options{Scale: delphi.Scale{Min: 1, Max: 7}, Rule: rule})
	if err != nil {
		fmt.Println(err)
		return
	}
	last := report.Items[0].Rounds[1]
	fmt.Printf("%d answers, median %g, the rule is met: %t\n", last.N, last.Median, last.Verdict.Reached)
	for _, s := range last.Sectors {
		fmt.Printf("%s: median %g, half between %g and %g\n", s.Sector, s.Median, s.Q1, s.Q3)
	}
	fmt.Printf("%s (p %.3f)\n", last.Between.Diagnosis, last.Between.P)
	// Output:
	// 10 answers, median 4.5, the rule is met: false
	// administration: median 2, half between 2 and 2
	// ngo: median 6, half between 6 and 6
	// agreement within each sector but not between them (p 0.008)
}

// A panel in which answers may change at any time. Nobody sees the others before
// their own answer, and one answer alone never moves what is shown.
func ExampleLive() {
	items, sectors := []string{"A joint budget by 2020"}, []string{"administration", "ngo"}
	live, err := delphi.NewLive(items, sectors, delphi.Options{Scale: delphi.Scale{Min: 1, Max: 7}})
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := func(expert string, value float64) {
		if err := live.Record(delphi.Entry{Expert: expert, Sector: "ngo", Item: items[0], Value: value}); err != nil {
			fmt.Println(err)
		}
	}
	_, err = live.Feedback("Ewa", items[0])
	fmt.Println(err)
	for expert, value := range map[string]float64{"Ewa": 2, "Jan": 6, "Ola": 6, "Adam": 5, "Iga": 6} {
		answer(expert, value)
	}
	feedback, err := live.Feedback("Ewa", items[0])
	fmt.Println(feedback.Own, feedback.Shown.Median, feedback.Inside, err)
	fmt.Println(live.Prompts("Ewa"))
	answer("Zyta", 1)
	now, _ := live.Now(items[0])
	shown, _ := live.Shown(items[0])
	fmt.Println(now.N, shown.N)
	// Output:
	// delphi: answer first, then see the others
	// 2 6 false <nil>
	// [A joint budget by 2020]
	// 6 5
}
