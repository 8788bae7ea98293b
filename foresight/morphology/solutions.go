package morphology

import (
	"context"
	"slices"
)

// Solutions lists consistent configurations in lexicographic order, at most
// limit of them (0: all) and only those in which every chosen parameter has one
// of its chosen values. Each step asks the exact count whether it leads
// anywhere, so that none leads into a blind alley. Errors are those of Given.
func (f *Field) Solutions(ctx context.Context, limit int, chosen ...Cell) ([]Configuration, error) {
	domains, err := f.narrowed(chosen)
	if err != nil {
		return nil, err
	}
	l := &lister{counter: f.counter(ctx), limit: limit}
	err = l.from(0, domains, make(Configuration, len(domains)))
	return l.found, err
}

type lister struct {
	*counter
	limit int
	found []Configuration
}

func (l *lister) full() bool { return l.limit > 0 && len(l.found) >= l.limit }

// from chooses the values of parameter p and of all after it.
func (l *lister) from(p int, domains []set, chosen Configuration) error {
	if p == len(domains) {
		l.found = append(l.found, slices.Clone(chosen))
		return nil
	}
	for s := domains[p]; s != 0 && !l.full(); s = s.without(s.first()) {
		chosen[p] = s.first()
		narrowed, err := l.step(p, s.first(), domains)
		if err != nil {
			return err
		}
		if narrowed == nil {
			continue
		}
		if err := l.from(p+1, narrowed, chosen); err != nil {
			return err
		}
	}
	return nil
}

// step narrows the later parameters by one choice; nil where nothing remains.
func (c *counter) step(p, v int, domains []set) ([]set, error) {
	narrowed := append([]set(nil), domains...)
	var rest []int
	for q := p + 1; q < len(domains); q++ {
		if narrowed[q] &= c.allowed[p][v][q]; narrowed[q] == 0 {
			return nil, nil
		}
		rest = append(rest, q)
	}
	n, err := c.product(rest, narrowed)
	if err != nil || n.Sign() == 0 {
		return nil, err
	}
	return narrowed, nil
}
