package cib

import "math/bits"

// parts divides the open descriptors of a scope into groups that do not bear on
// one another any more: what one group chooses changes no margin that another
// group can still lose. It returns nil where there is one group only.
//
// A descriptor that can still lose a margin ties together itself, if it is open,
// and all open descriptors that act upon it.
func (s *searcher) parts(a *node, scope []uint64) [][]uint64 {
	p := s.problem
	left := s.left
	count := 0
	for w := range left {
		left[w] = a.open[w] & scope[w]
		count += bits.OnesCount64(left[w])
	}
	if count < 2 {
		return nil
	}
	var all [][]uint64
	clear(s.asked)
	for {
		group := s.group(a, left)
		rest := false
		for w := range left {
			left[w] &^= group[w]
			rest = rest || left[w] != 0
		}
		if !rest && all == nil {
			return nil
		}
		part := make([]uint64, p.sets)
		copy(part, group)
		all = append(all, part)
		if !rest {
			return all
		}
	}
}

// group is the group of the first descriptor of a set, taken from this set.
func (s *searcher) group(a *node, from []uint64) []uint64 {
	p := s.problem
	group, fresh := s.grouped, s.fresh
	clear(group)
	clear(fresh)
	for w := range from {
		if from[w] != 0 {
			fresh[w] = from[w] & -from[w]
			break
		}
	}
	for {
		i := first(fresh)
		if i < 0 {
			return group
		}
		fresh[i/64] &^= 1 << (i % 64)
		group[i/64] |= 1 << (i % 64)
		for w := range p.tied[i] {
			fresh[w] |= p.tied[i][w] & from[w] &^ group[w]
		}
		s.ask(a, i, i, from)
		for w, targets := range p.out[i] {
			for targets &^= s.asked[w]; targets != 0; targets &= targets - 1 {
				s.ask(a, i, w*64+lowest(targets), from)
			}
		}
	}
}

// ask joins those on whom descriptor j depends, if it can still lose.
func (s *searcher) ask(a *node, i, j int, from []uint64) {
	p := s.problem
	if s.asked[j/64]>>(j%64)&1 == 1 {
		return
	}
	s.asked[j/64] |= 1 << (j % 64)
	if !s.atStake(a, j) {
		return
	}
	for w := range p.in[j] {
		s.fresh[w] |= p.in[j][w] & from[w] &^ s.grouped[w]
	}
	s.fresh[j/64] |= 1 << (j % 64) & from[j/64] &^ s.grouped[j/64]
}

// atStake says whether a state that descriptor j may take can still lose.
func (s *searcher) atStake(a *node, j int) bool {
	p := s.problem
	for d := a.domains[j]; d != 0; d &= d - 1 {
		row := p.m.first[j] + lowest(d)
		for c := p.first[row]; c < p.first[row+1]; c++ {
			if s.losable(a, c) {
				return true
			}
		}
	}
	return false
}

// first is the smallest member of a set, -1 of the empty set.
func first(set []uint64) int {
	for w, bits := range set {
		if bits != 0 {
			return w*64 + lowest(bits)
		}
	}
	return -1
}
