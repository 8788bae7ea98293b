package main

import (
	"context"
	"fmt"
	"io"
	"math/big"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// cibResult is the JSON of the command; states are counted from 1, and numbers that
// may exceed 2^53 are text.
type cibResult struct {
	Descriptors     int           `json:"descriptors"`
	Space           string        `json:"space"`
	Complete        bool          `json:"complete"`
	ConsistentCount string        `json:"consistent_count"`
	Scenarios       []cibScenario `json:"scenarios,omitzero"`
	Cycles          *cibCycles    `json:"cycles,omitempty"`
	Nodes           uint64        `json:"nodes"`
	ElapsedMS       float64       `json:"elapsed_ms"`
}

type cibScenario struct {
	States           []int        `json:"states"`
	ConsistencyValue int          `json:"consistency_value"`
	TotalImpactScore int          `json:"total_impact_score"`
	Basin            string       `json:"basin,omitempty"`
	Survival         *cibSurvival `json:"survival,omitempty"`
}

type cibSurvival struct {
	Share  float64 `json:"share"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Trials int     `json:"trials"`
}

type cibCycles struct {
	Count  *big.Int `json:"count"`
	Starts string   `json:"starts"`
}

// cibFound is what the picture and the files are made of.
type cibFound struct {
	result    cibResult
	scenarios []cib.Scenario
	basins    []*big.Int
}

func (f *cibFound) prove(p cib.Proof, count string) {
	f.result.Space, f.result.Complete, f.result.Nodes = p.Space.String(), p.Complete, p.Nodes
	f.result.ConsistentCount = count
}

func (f *cibFound) addBasins(ctx context.Context, m *cib.Matrix, threads int) error {
	basins, err := m.Basins(ctx, cib.Succession{Rule: cib.Global}, threads)
	if err != nil {
		return err
	}
	for x, z := range f.scenarios {
		f.basins = append(f.basins, basins.Of(z))
		f.result.Scenarios[x].Basin = f.basins[x].String()
	}
	count, starts := basins.Cycles()
	f.result.Cycles = &cibCycles{Count: count, Starts: starts.String()}
	return nil
}

func (f *cibFound) addSurvival(ctx context.Context, m *cib.Matrix, d cib.Doubt) error {
	r, err := m.Robustness(ctx, f.scenarios, d)
	for x, s := range r.Survivals {
		f.result.Scenarios[x].Survival = &cibSurvival{Share: s.Share, Low: s.Low, High: s.High, Trials: r.Trials}
	}
	return err
}

// words is the answer for a person.
func (f *cibFound) words(m *cib.Matrix) func(io.Writer) error {
	return func(w io.Writer) error {
		r := f.result
		fmt.Fprintf(w, "%d descriptors, %s scenarios, %s consistent", r.Descriptors, r.Space, r.ConsistentCount)
		if r.Complete {
			fmt.Fprintln(w, ": all of them.")
		} else {
			fmt.Fprintln(w, " so far: stopped before the end.")
		}
		if r.Cycles != nil {
			fmt.Fprintf(w, "%s starts end in cycles, of which there are %s.\n", r.Cycles.Starts, r.Cycles.Count)
		}
		for x, s := range r.Scenarios {
			fmt.Fprintf(w, "\n%d. consistency value %d, total impact score %d", x+1, s.ConsistencyValue, s.TotalImpactScore)
			if s.Basin != "" {
				fmt.Fprintf(w, ", %s starts", s.Basin)
			}
			if v := s.Survival; v != nil {
				fmt.Fprintf(w, ", survives %.0f %% (%.0f to %.0f %%)", 100*v.Share, 100*v.Low, 100*v.High)
			}
			fmt.Fprintln(w)
			for j, k := range s.States {
				d := m.Descriptor(j)
				fmt.Fprintf(w, "   %s: %s\n", d.Name, d.States[k-1].Name)
			}
		}
		return nil
	}
}
