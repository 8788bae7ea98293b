package morphology_test

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/foresight/morphology"
)

// How could a meeting place of a village be run? Two judgements rule out most.
func ExampleField_Given() {
	f, err := morphology.New([]morphology.Parameter{
		{Name: "keeper", Values: []string{"office", "association", "nobody"}},
		{Name: "hours", Values: []string{"mornings", "evenings", "always"}},
		{Name: "money", Values: []string{"budget", "fees"}},
	}, []morphology.Pair{
		{A: morphology.Cell{Parameter: 0, Value: 0}, B: morphology.Cell{Parameter: 1, Value: 1}}, // office with evenings
		{A: morphology.Cell{Parameter: 0, Value: 2}, B: morphology.Cell{Parameter: 2, Value: 1}}, // nobody with fees
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	whole, err := f.Given(ctx)
	fmt.Println(f.Total(), "configurations,", whole.Consistent, "consistent", err)

	// If it is open in the evenings and lives on fees, what remains?
	evenings, _ := f.Find("hours", "evenings")
	fees, _ := f.Find("money", "fees")
	solutions, err := f.Solutions(ctx, 0, evenings, fees)
	for _, s := range solutions {
		fmt.Println(f.Names(s), err)
	}
	// Output:
	// 18 configurations, 13 consistent <nil>
	// [association evenings fees] <nil>
}
