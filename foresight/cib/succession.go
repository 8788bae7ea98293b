package cib

import (
	"fmt"
	"slices"
)

// Rule is how a scenario that is not consistent gives way to another. Every rule
// rests in the consistent scenarios and only there; they differ in cycles and in
// how many starts lead where.
type Rule int

// The rules of succession (Weimer-Jehle 2006; ScenarioWizard manual, glossary).
const (
	// Global moves every descriptor at once to its best state.
	Global Rule = iota
	// Local moves only the descriptor that misses most, the first among equals.
	Local
	// Incremental moves every descriptor that is not in a best state by one
	// state towards its best.
	Incremental
	// Adiabatic moves the first descriptor, in a given order from quick to slow,
	// that is not in a best state: quick ones settle before a slow one moves.
	Adiabatic
)

// Succession is a rule with what it needs. A descriptor in a best state stays, also
// on ties; otherwise the first of its best states is meant. Adiabatic needs Order:
// every descriptor once, the quickest first; nil is the order of the matrix.
type Succession struct {
	Rule  Rule
	Order []int
}

// check says what is wrong with a succession for this matrix.
func (m *Matrix) checkSuccession(s Succession) error {
	if s.Rule < Global || s.Rule > Adiabatic {
		return fmt.Errorf("%w: there is no rule of succession %d", ErrShape, s.Rule)
	}
	if s.Order == nil {
		return nil
	}
	sorted := slices.Clone(s.Order)
	slices.Sort(sorted)
	for i := range max(m.Len(), len(sorted)) {
		if i >= m.Len() || i >= len(sorted) || sorted[i] != i {
			return fmt.Errorf("%w: expected an order that names each of the %d descriptors once", ErrShape, m.Len())
		}
	}
	return nil
}

// Next is the scenario that follows; a consistent one follows itself. z must fit
// the matrix and s be valid, or the answer means nothing.
func (m *Matrix) Next(z Scenario, s Succession) Scenario {
	next := slices.Clone(z)
	m.next(z, next, s, make([]int, MaxDomain))
	return next
}

// next writes what follows z into next, which holds z; scores is room.
func (m *Matrix) next(z, next Scenario, s Succession, scores []int) {
	worst := 0
	for x := range z {
		j := x
		if s.Rule == Adiabatic && s.Order != nil {
			j = s.Order[x]
		}
		own := scores[:m.Domain(j)]
		m.balance(z, j, own)
		best := bestState(own, z[j])
		if best == z[j] {
			continue
		}
		switch s.Rule {
		case Global:
			next[j] = best
		case Incremental:
			next[j] += sign(best - z[j])
		case Local:
			if miss := own[best] - own[z[j]]; miss > worst {
				worst = miss
				copy(next, z)
				next[j] = best
			}
		case Adiabatic:
			next[j] = best
			return
		}
	}
}

// bestState is the present state if none is better, else the first of the best.
func bestState(scores []int, present int) int {
	best := present
	for l, s := range scores {
		if s > scores[best] {
			best = l
		}
	}
	return best
}

func sign(v int) int {
	if v < 0 {
		return -1
	}
	return 1
}

// Attractor is where succession ends.
type Attractor struct {
	Scenarios []Scenario // one that rests, or a cycle in its order, from its lexicographically first
	Steps     int        // from the start until it was reached
}

// Attractor follows the succession from a start. It takes as many steps as the way
// and the cycle are long.
func (m *Matrix) Attractor(start Scenario, s Succession) (Attractor, error) {
	if err := m.Check(start); err != nil {
		return Attractor{}, err
	}
	if err := m.checkSuccession(s); err != nil {
		return Attractor{}, err
	}
	length := m.cycleLength(start, s)
	slow, fast := start, start
	for range length {
		fast = m.Next(fast, s)
	}
	a := Attractor{}
	for !slices.Equal(slow, fast) {
		slow, fast = m.Next(slow, s), m.Next(fast, s)
		a.Steps++
	}
	begin := 0
	for range length {
		a.Scenarios = append(a.Scenarios, slow)
		if slices.Compare(slow, a.Scenarios[begin]) < 0 {
			begin = len(a.Scenarios) - 1
		}
		slow = m.Next(slow, s)
	}
	a.Scenarios = slices.Concat(a.Scenarios[begin:], a.Scenarios[:begin])
	return a, nil
}

// cycleLength finds the length of the cycle that a start leads to (Brent 1980).
func (m *Matrix) cycleLength(start Scenario, s Succession) int {
	power, length := 1, 1
	mark, z := start, m.Next(start, s)
	for !slices.Equal(mark, z) {
		if power == length {
			mark, power, length = z, 2*power, 0
		}
		z = m.Next(z, s)
		length++
	}
	return length
}
