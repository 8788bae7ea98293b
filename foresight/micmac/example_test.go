package micmac_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/foresight/micmac"
)

// Three variables of a small town. Their order by influence changes at each of
// the first powers, as if it alternated for ever; from power 26 on it stays.
func ExampleAnalyse() {
	m, err := micmac.Read(strings.NewReader(`,roads,schools,shops
roads,0,2,1
schools,1,0,3
shops,0,1,0
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := micmac.Analyse(context.Background(), m, micmac.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("settled from power", a.Settling.Power)
	for i, place := range a.IndirectMap {
		fmt.Printf("%s: %s, was %s\n", a.Names[i], place.Kind, a.DirectMap[i].Kind)
	}
	// Output:
	// settled from power 26
	// roads: driver, was driver
	// schools: relay, was relay
	// shops: result, was result
}

// A round of influences never settles: what is strongest wanders on.
func ExampleSettle() {
	m, err := micmac.New([]string{"a", "b", "c"}, [][]int{{0, 1, 0}, {0, 0, 2}, {3, 0, 0}})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := micmac.Settle(context.Background(), m, micmac.Options{})
	fmt.Println(s.Power, s.Period, s.Proved(), err)
	// Output: 0 3 true <nil>
}
