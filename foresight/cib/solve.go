package cib

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync/atomic"
)

// Solution lists consistent scenarios in lexicographic order.
type Solution struct {
	Scenarios []Scenario
	Proof     Proof
}

// Proof says how much of the space an answer covers.
type Proof struct {
	// Complete means that every scenario of the space was either listed or
	// excluded by a bound that it cannot pass: there is no other.
	Complete bool
	Space    *big.Int // scenarios of the matrix
	Nodes    uint64   // parts into which the search divided it
}

// MaxScenarios is how many scenarios Solve lists at most.
const MaxScenarios = 10_000_000

// ErrTooMany says that there are more scenarios than MaxScenarios.
var ErrTooMany = errors.New("too many consistent scenarios to list")

// Solve finds every consistent scenario.
//
// The answer does not depend on the number of threads. When ctx ends first, the
// scenarios found by then are returned with Proof.Complete false, and an error
// that wraps the cause. Options that name states which do not exist give
// ErrShape; more than MaxScenarios scenarios give ErrTooMany with those found.
func (m *Matrix) Solve(ctx context.Context, o Options) (Solution, error) {
	var found []Scenario
	proof, err := m.run(ctx, o, func(z Scenario) bool {
		found = append(found, slices.Clone(z))
		return len(found) < MaxScenarios
	})
	if err == nil && len(found) == MaxScenarios {
		err = ErrTooMany
	}
	slices.SortFunc(found, slices.Compare[Scenario])
	return Solution{Scenarios: found, Proof: proof}, err
}

// Stream calls yield for each consistent scenario as soon as it is found, in the
// order of the search, until yield returns false. The scenario is only valid
// during the call. Errors are those of Solve; there is no limit.
func (m *Matrix) Stream(ctx context.Context, o Options, yield func(Scenario) bool) (Proof, error) {
	return m.run(ctx, o, yield)
}

func (m *Matrix) run(ctx context.Context, o Options, yield func(Scenario) bool) (Proof, error) {
	proof := Proof{Space: m.Space()}
	p, err := newProblem(m, o)
	if err != nil {
		return proof, err
	}
	var stopped atomic.Bool
	defer context.AfterFunc(ctx, func() { stopped.Store(true) })()
	if ctx.Err() != nil {
		stopped.Store(true)
	}
	s := newSearcher(p, &stopped)
	z := make(Scenario, p.n)
	s.emit = func(domains []uint64) bool {
		for i, d := range domains {
			z[i] = lowest(d)
		}
		return yield(z)
	}
	a, ok := s.rootNode()
	s.stack = append(s.stack, a)
	proof.Complete = !ok || s.search(0)
	proof.Nodes = s.nodes
	if stopped.Load() && !proof.Complete {
		err = fmt.Errorf("search stopped: %w", context.Cause(ctx))
	}
	return proof, err
}
