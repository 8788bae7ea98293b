package cib

import (
	"fmt"
	"math/bits"
)

// Options narrow a search. The zero value asks for all consistent scenarios, on
// one thread.
type Options struct {
	// Inconsistency lets every descriptor miss its best state by so many points.
	Inconsistency int

	// Forced keeps a descriptor in the named state; several choices of one
	// descriptor allow each of them.
	Forced []Choice

	// Forbidden states are never chosen. They stay rivals: a scenario still has
	// to be better than they would be.
	Forbidden []Choice

	// ForbiddenPairs are never chosen together.
	ForbiddenPairs [][2]Choice

	// Threads search side by side; 0 means one. The answer does not depend on it.
	Threads int
}

// Choice is one state of one descriptor, both counted from 0.
type Choice struct{ Descriptor, State int }

// domains are the states that the options leave open, one bit per state.
func (m *Matrix) domains(o Options) ([]uint64, error) {
	if o.Inconsistency < 0 || o.Inconsistency > Unrivalled {
		return nil, fmt.Errorf("%w: expected an inconsistency from 0 to %d, found %d", ErrShape, Unrivalled, o.Inconsistency)
	}
	forced := make([]uint64, m.Len())
	for _, c := range o.Forced {
		if err := m.checkChoice(c); err != nil {
			return nil, err
		}
		forced[c.Descriptor] |= 1 << c.State
	}
	for i := range forced {
		if forced[i] == 0 {
			forced[i] = 1<<m.Domain(i) - 1
		}
	}
	for _, c := range o.Forbidden {
		if err := m.checkChoice(c); err != nil {
			return nil, err
		}
		forced[c.Descriptor] &^= 1 << c.State
	}
	for _, pair := range o.ForbiddenPairs {
		for _, c := range pair {
			if err := m.checkChoice(c); err != nil {
				return nil, err
			}
		}
	}
	return forced, nil
}

func (m *Matrix) checkChoice(c Choice) error {
	if c.Descriptor < 0 || c.Descriptor >= m.Len() || c.State < 0 || c.State >= m.Domain(c.Descriptor) {
		return fmt.Errorf("%w: there is no state %d of descriptor %d", ErrShape, c.State+1, c.Descriptor+1)
	}
	return nil
}

func single(domain uint64) bool { return domain&(domain-1) == 0 }

func lowest(domain uint64) int { return bits.TrailingZeros64(domain) }
