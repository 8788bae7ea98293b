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
	proof, err := m.Stream(ctx, o, func(z Scenario) bool {
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
// order of the search, until yield returns false; with several threads the order
// varies, but calls do not overlap. The scenario is only valid during the call.
// Errors are those of Solve; there is no limit.
func (m *Matrix) Stream(ctx context.Context, o Options, yield func(Scenario) bool) (Proof, error) {
	z := make(Scenario, m.Len())
	return m.run(ctx, o, func(c *crew, root *node) bool {
		return c.list(root, c.problem.everyone(), func(domains []uint64) bool {
			for i, d := range domains {
				z[i] = lowest(d)
			}
			return yield(z)
		})
	})
}

// Count is the number of consistent scenarios, without listing them: what falls
// into parts that do not bear on one another is multiplied. When ctx ends first
// the number is what was counted by then. Errors are those of Solve.
func (m *Matrix) Count(ctx context.Context, o Options) (*big.Int, Proof, error) {
	var n tally
	proof, err := m.run(ctx, o, func(c *crew, root *node) (done bool) {
		n, done = c.count(root, c.problem.everyone())
		return done
	})
	return n.big(), proof, err
}

// run prepares a search, does it, and says how far it came.
func (m *Matrix) run(ctx context.Context, o Options, search func(*crew, *node) bool) (Proof, error) {
	proof := Proof{Space: m.Space()}
	p, err := newProblem(m, o)
	if err != nil {
		return proof, err
	}
	var stopped atomic.Bool
	if ctx.Done() != nil {
		defer context.AfterFunc(ctx, func() { stopped.Store(true) })()
		stopped.Store(ctx.Err() != nil)
	}
	c := &crew{problem: p, threads: o.Threads, stopped: &stopped}
	root, ok := newSearcher(p, &stopped).rootNode()
	proof.Complete = !ok || search(c, root)
	proof.Nodes = c.nodes.Load()
	if !proof.Complete && stopped.Load() {
		err = fmt.Errorf("search stopped: %w", context.Cause(ctx))
	}
	return proof, err
}

// everyone is the set of all descriptors.
func (p *problem) everyone() []uint64 {
	all := make([]uint64, p.sets)
	for i := range p.n {
		all[i/64] |= 1 << (i % 64)
	}
	return all
}
