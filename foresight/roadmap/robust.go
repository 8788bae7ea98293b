package roadmap

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// ErrMeasures is the error of measures that cannot be compared.
var ErrMeasures = errors.New("roadmap: not a table of measures by scenarios")

// Measure is something to do, and how useful it is in each scenario (any unit,
// the same for all; below zero it does harm).
type Measure struct {
	Name   string
	Values []float64 // by scenario
}

// Robustness is how one measure does across scenarios.
type Robustness struct {
	Measure
	UsefulIn  int       // scenarios in which its value reaches the threshold
	Robust    bool      // useful in at least as many as was asked for
	Least     float64   // its value in the worst scenario
	Mean      float64   // over all scenarios, each equally likely
	Regret    []float64 // by scenario: how much the best measure there would be better
	MaxRegret float64
}

// Robust compares measures across scenarios: useful where the value is at least
// threshold, robust where useful in at least k scenarios. The regret of a measure
// in a scenario is the best value of any measure there less its own (Savage
// 1951). The answer goes by the number of scenarios in which a measure is useful,
// then by the smaller maximal regret, then by the order of the input.
//
// Blank or repeated names, a value per scenario too few or many, and values that
// are not finite give ErrMeasures.
func Robust(scenarios []string, measures []Measure, threshold float64, k int) ([]Robustness, error) {
	if err := checkMeasures(scenarios, measures); err != nil {
		return nil, err
	}
	best := slices.Repeat([]float64{math.Inf(-1)}, len(scenarios))
	for _, m := range measures {
		for s, v := range m.Values {
			best[s] = max(best[s], v)
		}
	}
	table := make([]Robustness, len(measures))
	for i, m := range measures {
		table[i] = robustness(m, best, threshold, k)
	}
	slices.SortStableFunc(table, func(a, b Robustness) int {
		switch {
		case a.UsefulIn != b.UsefulIn:
			return b.UsefulIn - a.UsefulIn
		case a.MaxRegret < b.MaxRegret:
			return -1
		case a.MaxRegret > b.MaxRegret:
			return 1
		}
		return 0
	})
	return table, nil
}

func robustness(m Measure, best []float64, threshold float64, k int) Robustness {
	r := Robustness{Measure: m, Least: slices.Min(m.Values)}
	for s, v := range m.Values {
		if v >= threshold {
			r.UsefulIn++
		}
		r.Mean += v / float64(len(best))
		r.Regret = append(r.Regret, best[s]-v)
		r.MaxRegret = max(r.MaxRegret, best[s]-v)
	}
	r.Robust = r.UsefulIn >= k
	return r
}

func checkMeasures(scenarios []string, measures []Measure) error {
	if len(scenarios) == 0 {
		return fmt.Errorf("%w: expected at least one scenario", ErrMeasures)
	}
	seen := map[string]bool{}
	for _, m := range measures {
		if strings.TrimSpace(m.Name) == "" || seen[m.Name] {
			return fmt.Errorf("%w: a measure is called %q; expected names that are not blank and differ", ErrMeasures, m.Name)
		}
		seen[m.Name] = true
		if len(m.Values) != len(scenarios) {
			return fmt.Errorf("%w: %q has %d values for %d scenarios", ErrMeasures, m.Name, len(m.Values), len(scenarios))
		}
		for _, v := range m.Values {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("%w: %q has a value that is not finite", ErrMeasures, m.Name)
			}
		}
	}
	return nil
}
