package cib

import "sync/atomic"

// searcher walks through a part of the space. Each thread has its own.
type searcher struct {
	problem *problem
	stack   []*node     // one node for each depth, used again
	dirty   []int32     // words in which a margin may have become too small
	slots   [2][]uint64 // room for best parts that are not kept ready
	nodes   uint64
	stopped *atomic.Bool
	emit    func(domains []uint64) bool
}

func newSearcher(p *problem, stopped *atomic.Bool) *searcher {
	s := &searcher{problem: p, stopped: stopped}
	for x := range s.slots {
		s.slots[x] = make([]uint64, p.words)
	}
	return s
}

// at is the node for a depth.
func (s *searcher) at(depth int) *node {
	for len(s.stack) <= depth {
		s.stack = append(s.stack, s.problem.newNode())
	}
	return s.stack[depth]
}

// search covers the node at this depth; false if the search was stopped.
func (s *searcher) search(depth int) bool {
	if s.stopped.Load() {
		return false
	}
	s.nodes++
	a := s.at(depth)
	if !s.lookAhead(a) {
		return true
	}
	i := s.choose(a)
	if i < 0 {
		return s.emit(a.domains)
	}
	for rest := a.domains[i]; rest != 0; rest &= rest - 1 {
		b := s.at(depth + 1)
		b.copyFrom(a)
		if s.narrow(b, i, rest&-rest) && s.propagate(b) && !s.search(depth+1) {
			return false
		}
		s.dirty = s.dirty[:0]
	}
	return true
}

// lookAhead removes each open state whose choice would make a descriptor lose
// that has only one state left; false if nothing remains.
func (s *searcher) lookAhead(a *node) bool {
	for w, set := range a.open {
		for ; set != 0; set &= set - 1 {
			i := w*64 + lowest(set)
			keep := s.bearable(a, i)
			if keep == a.domains[i] {
				continue
			}
			if !s.narrow(a, i, keep) || !s.propagate(a) {
				s.dirty = s.dirty[:0]
				return false
			}
			set &= a.open[w] | 1<<(i%64)
		}
	}
	return true
}

// bearable are the states of descriptor i with which all firm pairs can still
// be kept.
func (s *searcher) bearable(a *node, i int) uint64 {
	in := s.problem.columns[i]
	base := s.best(i, a.domains[i], 0)
	keep := a.domains[i]
	for rest := keep; rest != 0; rest &= rest - 1 {
		part := in.parts[lowest(rest)]
		for x, w := range in.at {
			if ^(a.margins[w]+part[x]-base[x])&a.firm[w] != 0 {
				keep &^= rest & -rest
				break
			}
		}
	}
	return keep
}

// choose is the open descriptor to branch on: one that acts strongly and has few
// states left; -1 when all are decided.
func (s *searcher) choose(a *node) int {
	best, chosen := -1.0, -1
	for w, set := range a.open {
		for ; set != 0; set &= set - 1 {
			i := w*64 + lowest(set)
			n := float64(size(a.domains[i]))
			if v := s.problem.force[i] / (n * n * n); v > best {
				best, chosen = v, i
			}
		}
	}
	return chosen
}
