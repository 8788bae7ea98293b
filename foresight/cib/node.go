package cib

// node is a part of the space: a domain for each descriptor, and what follows
// from it for the pairs.
type node struct {
	all     []uint64  // the memory of the five sets below, copied at once
	domains []uint64  // by descriptor
	open    []uint64  // bit set of the descriptors with more than one state left
	margins []uint64  // lanes: the best margin still attainable, plus the tolerance
	live    []uint64  // high bits of the lanes whose state is still in its domain
	weights []float32 // of the pairs, see weigh
	firm    []uint64  // high bits of the lanes whose state is the only one left
}

func (p *problem) newNode() *node {
	words := make([]uint64, 3*p.words+p.n+p.sets)
	a := &node{all: words}
	for _, part := range []struct {
		into *[]uint64
		n    int
	}{{&a.domains, p.n}, {&a.open, p.sets}, {&a.margins, p.words}, {&a.live, p.words}, {&a.firm, p.words}} {
		*part.into, words = words[:part.n:part.n], words[part.n:]
	}
	if p.sums != nil {
		a.weights = make([]float32, p.pairs)
	}
	return a
}

// copyFrom copies everything but the weights.
func (a *node) copyFrom(b *node) { copy(a.all, b.all) }

// rootNode is the whole space that the options leave; false where it is empty.
func (s *searcher) rootNode() (*node, bool) {
	p := s.problem
	a := p.newNode()
	for w := range a.margins {
		a.margins[w] = p.lane.bias(p.q)
	}
	for i := range p.n {
		a.domains[i] = 1<<p.m.Domain(i) - 1
		a.open[i/64] |= 1 << (i % 64)
		in := p.columns[i]
		best := s.best(i, a.domains[i], 0)
		for x, w := range in.at {
			a.margins[w] += best[x]
		}
	}
	for row := range p.places {
		for _, at := range p.places[row] {
			a.live[at.word] |= at.high
		}
	}
	s.dirty = s.dirty[:0]
	for w, v := range a.margins {
		if ^v&a.live[w] != 0 {
			s.dirty = append(s.dirty, int32(w))
		}
	}
	for i := range p.n {
		if p.root[i] != a.domains[i] || single(a.domains[i]) {
			if !s.narrow(a, i, p.root[i]) {
				return a, false
			}
		}
	}
	return a, s.propagate(a)
}

// sign is the high bit of the lane of a pair in its word.
func (s laneSize) sign(pair int) uint64 {
	return 1 << (uint(pair)&(s.perWord-1)*s.bits + s.bits - 1)
}

// best is the best part that a domain of descriptor i offers, a word for each of
// the words that i acts upon. It is valid until the next call with this slot.
func (s *searcher) best(i int, domain uint64, slot int) []uint64 {
	in := s.problem.columns[i]
	if in.best != nil {
		return in.best[domain]
	}
	if single(domain) {
		return in.parts[lowest(domain)]
	}
	into := s.slots[slot][:len(in.at)]
	s.problem.bestOf(in, domain, into)
	return into
}

// narrow leaves descriptor i only the states of a smaller domain; false if none
// is left. Words in which a margin falls below zero become dirty.
func (s *searcher) narrow(a *node, i int, domain uint64) bool {
	p := s.problem
	before := a.domains[i]
	domain &= before
	a.domains[i] = domain
	if domain == 0 {
		return false
	}
	for gone := before &^ domain; gone != 0; gone &= gone - 1 {
		for _, at := range p.places[p.m.first[i]+lowest(gone)] {
			a.live[at.word] &^= at.high
		}
	}
	if before != domain {
		s.move(a, i, s.best(i, before, 0), s.best(i, domain, 1))
	}
	if !single(domain) {
		return true
	}
	a.open[i/64] &^= 1 << (i % 64)
	row := p.m.first[i] + lowest(domain)
	for _, at := range p.places[row] {
		a.firm[at.word] |= at.high
	}
	for _, e := range p.excludes[row] {
		if a.domains[e.descriptor]&^e.keep != 0 && !s.narrow(a, e.descriptor, e.keep) {
			return false
		}
	}
	return true
}

// move replaces what descriptor i gives to the margins at best.
func (s *searcher) move(a *node, i int, old, new []uint64) {
	margins := a.margins
	live := a.live[:len(margins)]
	if s.problem.whole {
		old, new = old[:len(margins)], new[:len(margins)]
		for w, v := range margins {
			v += new[w] - old[w]
			margins[w] = v
			if ^v&live[w] != 0 {
				s.dirty = append(s.dirty, int32(w))
			}
		}
		return
	}
	at := s.problem.columns[i].at
	old, new = old[:len(at)], new[:len(at)]
	for x, w := range at {
		v := margins[w] + new[x] - old[x]
		margins[w] = v
		if ^v&live[w] != 0 {
			s.dirty = append(s.dirty, w)
		}
	}
}

// propagate removes states whose margins cannot be reached any more, until
// nothing changes; false if some descriptor has no state left.
func (s *searcher) propagate(a *node) bool {
	p := s.problem
	for len(s.dirty) > 0 {
		w := s.dirty[len(s.dirty)-1]
		s.dirty = s.dirty[:len(s.dirty)-1]
		for {
			dead := ^a.margins[w] & a.live[w]
			if dead == 0 {
				break
			}
			c := p.of[int(w)<<p.lane.shift+lowest(dead)/int(p.lane.bits)]
			if !s.narrow(a, int(c.j), ^(uint64(1) << c.l)) {
				s.dirty = s.dirty[:0]
				return false
			}
		}
	}
	return true
}
