package morphology

import (
	"context"
	"fmt"
	"slices"
)

// Near is a consistent configuration and in how many parameters it differs from
// a wish.
type Near struct {
	Configuration
	Distance int
}

// Nearest finds the consistent configurations that differ from a wish in the
// fewest parameters (Hamming distance), at most limit of them (at least 1), the
// nearest first, equally near ones in lexicographic order. A wish names a value
// of each parameter, or -1 where anything will do. Errors are those of Given.
func (f *Field) Nearest(ctx context.Context, wish Configuration, limit int) ([]Near, error) {
	if len(wish) != len(f.parameters) {
		return nil, fmt.Errorf("%w: a wish for %d of %d parameters", ErrField, len(wish), len(f.parameters))
	}
	for p, v := range wish {
		if v < -1 || v >= len(f.parameters[p].Values) {
			return nil, fmt.Errorf("%w: there is no value %d of parameter %d", ErrField, v, p)
		}
	}
	n := &nearer{counter: f.counter(ctx), wish: wish, limit: max(1, limit)}
	for n.distance = 0; n.distance <= len(wish) && len(n.found) < n.limit; n.distance++ {
		if err := n.from(0, n.distance, f.full(), make(Configuration, len(wish))); err != nil {
			return nil, err
		}
	}
	return n.found, nil
}

type nearer struct {
	*counter
	wish            Configuration
	distance, limit int
	found           []Near
}

// from chooses parameter p and all after it, with exactly left differences.
func (n *nearer) from(p, left int, domains []set, chosen Configuration) error {
	if p == len(domains) {
		if left == 0 {
			n.found = append(n.found, Near{slices.Clone(chosen), n.distance})
		}
		return nil
	}
	for s := domains[p]; s != 0 && len(n.found) < n.limit; s = s.without(s.first()) {
		v := s.first()
		remaining := left
		if n.wish[p] >= 0 && n.wish[p] != v {
			remaining--
		}
		if remaining < 0 || remaining > len(domains)-p-1 {
			continue
		}
		chosen[p] = v
		narrowed, err := n.step(p, v, domains)
		if err != nil {
			return err
		}
		if narrowed == nil || n.forced(p+1, narrowed) > remaining {
			continue
		}
		if err := n.from(p+1, remaining, narrowed, chosen); err != nil {
			return err
		}
	}
	return nil
}

// forced counts the parameters whose wish is no longer possible.
func (n *nearer) forced(from int, domains []set) int {
	count := 0
	for p := from; p < len(domains); p++ {
		if n.wish[p] >= 0 && !domains[p].has(n.wish[p]) {
			count++
		}
	}
	return count
}
