package cib_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// town is a small matrix as a table: the row acts on the column.
const town = `,Transport: good,Transport: poor,Shops: open,Shops: closed,Residents: stay,Residents: leave
Transport: good,0,0,2,-2,1,-1
Transport: poor,0,0,-1,1,-2,2
Shops: open,1,-1,0,0,2,-2
Shops: closed,-1,1,0,0,-1,1
Residents: stay,2,-2,3,-3,0,0
Residents: leave,-1,1,-2,2,0,0
`

func read() *cib.Matrix {
	m, err := cib.ReadCSV(strings.NewReader(town))
	if err != nil {
		panic(err)
	}
	return m
}

func ExampleMatrix_Solve() {
	m := read()
	solution, err := m.Solve(context.Background(), cib.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, z := range solution.Scenarios {
		for i, k := range z {
			d := m.Descriptor(i)
			fmt.Printf("%s %s, ", d.Name, d.States[k].Name)
		}
		fmt.Println("consistency value", m.ConsistencyValue(z))
	}
	fmt.Println("all of them:", solution.Proof.Complete)
	// Output:
	// Transport good, Shops open, Residents stay, consistency value 6
	// Transport poor, Shops closed, Residents leave, consistency value 4
	// all of them: true
}

// What if transport stays poor, and each descriptor may miss its best state a little?
func ExampleOptions() {
	m := read()
	solution, err := m.Solve(context.Background(), cib.Options{
		Inconsistency: 4,
		Forced:        []cib.Choice{{Descriptor: 0, State: 1}},
	})
	fmt.Println(solution.Scenarios, err)
	// Output: [[1 1 1]] <nil>
}

// Ten copies side by side have 10 to the power of 10 scenarios.
func ExampleMatrix_Count() {
	n, proof, err := copies(nil, somewhereland(nil), 10).Count(context.Background(), cib.Options{})
	fmt.Println(n, proof.Complete, err)
	// Output: 10000000000 true <nil>
}

func ExampleMatrix_Stream() {
	m := somewhereland(nil)
	strongest := 0
	_, err := m.Stream(context.Background(), cib.Options{}, func(z cib.Scenario) bool {
		strongest = max(strongest, m.TotalImpactScore(z))
		return true
	})
	fmt.Println(strongest, err)
	// Output: 21 <nil>
}

func ExampleMatrix_Explain() {
	m := read()
	reasons, err := m.Explain(cib.Scenario{0, 0, 0})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range reasons[1].Holding {
		d := m.Descriptor(a.Descriptor)
		fmt.Printf("%s %s holds the shops open by %d, decisive: %v\n", d.Name, d.States[a.State].Name, a.Points, a.Decisive)
	}
	// Output:
	// Residents stay holds the shops open by 6, decisive: false
	// Transport good holds the shops open by 4, decisive: false
}

func ExampleMatrix_Basins() {
	m := somewhereland(nil)
	basins, err := m.Basins(context.Background(), cib.Succession{Rule: cib.Global}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	cycles, _ := basins.Cycles()
	fmt.Println(basins.Of(cib.Scenario{0, 2, 1, 0, 0, 2}), "of", m.Space(), "starts;", cycles, "cycles")
	// Output: 178 of 486 starts; 0 cycles
}

func ExampleMatrix_Attractor() {
	a, err := read().Attractor(cib.Scenario{0, 1, 0}, cib.Succession{Rule: cib.Local})
	fmt.Println(a.Scenarios, a.Steps, err)
	// Output: [[0 0 0]] 1 <nil>
}

func ExampleMatrix_Robustness() {
	m := read()
	r, err := m.Robustness(context.Background(), []cib.Scenario{{0, 0, 0}, {1, 1, 1}}, cib.Doubt{Points: 2, Trials: 1000, Seed: 1})
	for _, s := range r.Survivals {
		fmt.Printf("%v survives %.0f %% (%.0f to %.0f %%)\n", s.Scenario, 100*s.Share, 100*s.Low, 100*s.High)
	}
	fmt.Println(err)
	// Output:
	// [0 0 0] survives 99 % (98 to 99 %)
	// [1 1 1] survives 94 % (92 to 95 %)
	// <nil>
}

func ExampleDiverse() {
	solution, err := somewhereland(nil).Solve(context.Background(), cib.Options{})
	for _, x := range cib.Diverse(solution.Scenarios, 3) {
		fmt.Println(solution.Scenarios[x])
	}
	fmt.Println(err)
	// Output:
	// [0 1 1 0 0 1]
	// [1 0 2 1 1 0]
	// [0 2 0 1 2 2]
	// <nil>
}

// Two sectors judge the same influences; what does each believe possible?
func ExampleCompare() {
	offices := read()
	residents, err := offices.With(2, 1, 1, 0, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := cib.Compare(context.Background(), []*cib.Matrix{offices, residents}, cib.Options{})
	for _, p := range c.Scenarios {
		fmt.Println(p.Scenario, "possible for", p.Groups, "groups, inconsistency", p.Inconsistency)
	}
	fmt.Printf("%+v %v\n", c.Disputes, err)
	// Output:
	// [0 0 0] possible for 2 groups, inconsistency [0 0]
	// [1 0 1] possible for 1 groups, inconsistency [6 0]
	// [1 1 1] possible for 2 groups, inconsistency [0 0]
	// [{From:2 To:1 Spread:6 Opposed:1}] <nil>
}

func ExampleMatrix_WriteSL() {
	m := read()
	solution, err := m.Solve(context.Background(), cib.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file strings.Builder
	if err := m.WriteSL(&file, solution.Scenarios, nil); err != nil {
		fmt.Println(err)
		return
	}
	_, rows, _ := strings.Cut(file.String(), "\n\n")
	fmt.Print(rows)
	// Output:
	// " 1 1 1",0,6,0,11,""
	// " 2 2 2",0,4,0,8,""
}
