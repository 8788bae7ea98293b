package cib

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
)

// WriteSL writes scenarios of this matrix as a solution set of ScenarioWizard:
// states counted from 1, weight, consistency value, 0 and total impact score.
//
// weights are basin sizes, one per scenario (see Basins), or nil for zeros. They
// are written in full, where ScenarioWizard rounds them to single precision and
// stops counting at 16 777 216.
func (m *Matrix) WriteSL(w io.Writer, scenarios []Scenario, weights []*big.Int) error {
	if weights != nil && len(weights) != len(scenarios) {
		return fmt.Errorf("%w: expected %d weights, one per scenario, found %d", ErrShape, len(scenarios), len(weights))
	}
	for _, z := range scenarios {
		if err := m.Check(z); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s 3.0\nSolution set\n %d \n\n", scwHead, len(scenarios))
	for i, z := range scenarios {
		weight := big.NewInt(0)
		if weights != nil {
			weight = weights[i]
		}
		_ = out.WriteByte('"')
		for _, k := range z {
			fmt.Fprintf(out, " %d", k+1)
		}
		fmt.Fprintf(out, "\",%d,%d,0,%d,\"\"\n", weight, m.ConsistencyValue(z), m.TotalImpactScore(z))
	}
	return out.Flush()
}
