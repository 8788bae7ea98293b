package cib

// lookAhead removes each open state whose choice would make a descriptor lose
// that has only one state left; false if nothing remains.
func (s *searcher) lookAhead(a *node) bool {
	s.listFirmWords(a)
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

// bearable are the states of descriptor i with which all firm pairs can still be
// kept. Most words are passed over by their widest fall: that from the best part
// to the worst.
func (s *searcher) bearable(a *node, i int) uint64 {
	in := &s.problem.columns[i]
	keep := a.domains[i]
	if in.best == nil {
		return s.bearableOfMany(a, i)
	}
	base, fall := in.best[keep], in.fall[keep]
	if s.problem.whole {
		margins := a.margins
		firm, fall := a.firm[:len(margins)], fall[:len(margins)]
		for _, w := range s.firmWords {
			if ^(margins[w]-fall[w])&firm[w] != 0 {
				keep = s.without(a, in, int(w), w, keep, base[w])
			}
		}
		return keep
	}
	margins, fall := a.margins, fall[:len(in.at)]
	firm := a.firm[:len(margins)]
	for x, w := range in.at {
		if ^(margins[w]-fall[x])&firm[w] != 0 {
			keep = s.without(a, in, x, w, keep, base[x])
		}
	}
	return keep
}

// without leaves out the states that a word does not bear; base is the best part
// that stands in its margins.
func (s *searcher) without(a *node, in *influence, x int, w int32, states, base uint64) uint64 {
	keep := states
	for rest := states; rest != 0; rest &= rest - 1 {
		if ^(a.margins[w]+in.parts[lowest(rest)][x]-base)&a.firm[w] != 0 {
			keep &^= rest & -rest
		}
	}
	return keep
}

// listFirmWords notes the words that hold pairs of decided descriptors: few, high up
// in the tree. Those that join later are missed, which only costs strength.
func (s *searcher) listFirmWords(a *node) {
	s.firmWords = s.firmWords[:0]
	for w, firm := range a.firm {
		if firm != 0 {
			s.firmWords = append(s.firmWords, int32(w))
		}
	}
}

// bearableOfMany does the same for a descriptor with many states.
func (s *searcher) bearableOfMany(a *node, i int) uint64 {
	in := &s.problem.columns[i]
	keep := a.domains[i]
	base := s.best(i, keep, 0)
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
