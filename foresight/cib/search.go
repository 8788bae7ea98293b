package cib

import "sync/atomic"

// searcher walks through parts of the space. Each thread has its own.
type searcher struct {
	problem *problem
	stopped *atomic.Bool
	nodes   uint64
	stack   []*node // one node for each depth, used again

	dirty     []int32     // words in which a margin may have become too small
	slots     [2][]uint64 // room for best parts that are not kept ready
	firmWords []int32     // words that hold pairs of decided descriptors
	weigher   weigher

	values []int32   // margins of all pairs, see choose
	score  []float32 // of each descriptor, see choose

	left, grouped, fresh, asked []uint64 // sets of descriptors, see parts
}

func newSearcher(p *problem, stopped *atomic.Bool) *searcher {
	s := &searcher{problem: p, stopped: stopped, score: make([]float32, p.n)}
	for x := range s.slots {
		s.slots[x] = make([]uint64, p.words)
	}
	for _, set := range []*[]uint64{&s.left, &s.grouped, &s.fresh, &s.asked} {
		*set = make([]uint64, p.sets)
	}
	s.values = make([]int32, p.words*int(p.lane.perWord))
	s.weigher = p.newWeigher()
	return s
}

// at is the node for a depth.
func (s *searcher) at(depth int) *node {
	for len(s.stack) <= depth {
		s.stack = append(s.stack, s.problem.newNode())
	}
	return s.stack[depth]
}

// tighten removes from a node what the bounds exclude; false if nothing remains.
func (s *searcher) tighten(a *node) bool {
	s.nodes++
	return s.lookAhead(a) && s.weigh(a)
}

// into makes the node below a in which descriptor i has only this state left; the
// state is given as its bit. False if that leaves nothing.
func (s *searcher) into(b, a *node, i int, state uint64) bool {
	b.copyFrom(a)
	s.dirty = s.dirty[:0]
	if !s.narrow(b, i, state) || !s.propagate(b) {
		return false
	}
	copy(b.weights, a.weights)
	return true
}

// list covers the scope of the node at this depth and calls emit for each way to
// decide it; domains outside of the scope stay as they are. False if it was
// stopped, by emit or from outside.
func (s *searcher) list(depth int, scope []uint64, emit func(domains []uint64) bool) bool {
	if s.stopped.Load() {
		return false
	}
	a := s.at(depth)
	if !s.tighten(a) {
		return true
	}
	if parts := s.parts(a, scope); parts != nil {
		return s.listProduct(depth, parts, emit)
	}
	i := s.choose(a, scope)
	if i < 0 {
		return emit(a.domains)
	}
	for rest := a.domains[i]; rest != 0; rest &= rest - 1 {
		if s.into(s.at(depth+1), a, i, rest&-rest) && !s.list(depth+1, scope, emit) {
			return false
		}
	}
	return true
}

// listProduct lists each part alone and then every combination of theirs.
func (s *searcher) listProduct(depth int, parts [][]uint64, emit func(domains []uint64) bool) bool {
	a := s.at(depth)
	lists := make([]partial, len(parts))
	for x, part := range parts {
		lists[x] = newPartial(part)
		s.at(depth + 1).copyFrom(a)
		done := s.list(depth+1, part, func(domains []uint64) bool {
			lists[x].add(domains)
			return true
		})
		if !done || lists[x].empty() {
			return done
		}
	}
	return combine(lists, append([]uint64(nil), a.domains...), func(domains []uint64) bool {
		return !s.stopped.Load() && emit(domains)
	})
}

// count is the number of ways to decide the scope of the node at this depth;
// false if it was stopped.
func (s *searcher) count(depth int, scope []uint64) (tally, bool) {
	if s.stopped.Load() {
		return tally{}, false
	}
	a := s.at(depth)
	if !s.tighten(a) {
		return tally{}, true
	}
	if parts := s.parts(a, scope); parts != nil {
		return s.countProduct(depth, parts)
	}
	i := s.choose(a, scope)
	if i < 0 {
		return tally{small: 1}, true
	}
	var sum tally
	for rest := a.domains[i]; rest != 0; rest &= rest - 1 {
		if !s.into(s.at(depth+1), a, i, rest&-rest) {
			continue
		}
		below, done := s.count(depth+1, scope)
		sum = sum.plus(below)
		if !done {
			return sum, false
		}
	}
	return sum, true
}

// countProduct multiplies the numbers of the parts. What was counted when it was
// stopped is not a number of scenarios yet unless all parts are done.
func (s *searcher) countProduct(depth int, parts [][]uint64) (tally, bool) {
	product := tally{small: 1}
	for _, part := range parts {
		s.at(depth + 1).copyFrom(s.at(depth))
		n, done := s.count(depth+1, part)
		if !done {
			return tally{}, false
		}
		if product = product.times(n); product.zero() {
			break
		}
	}
	return product, true
}
