package cib

// A scenario that meets every demand also meets any sum of demands. That is the
// idea here: single pairs may all still look attainable, each with another choice
// of the open descriptors, while one weighted sum of them is not attainable by any
// choice at all. With weights w the sum of the firm margins is at most
//
//	F(w) = Σ_c w_c·q + Σ_i max over k in D_i of Σ_c w_c·part(i, k, c)
//
// and where F(w) < 0 the node holds nothing. A state k of an open descriptor that
// would pull F below zero can be removed. The weights are found by a few steps
// along the subgradient, starting from those of the parent: the choice of states
// that reaches the maximum violates some pairs, which gain weight, and satisfies
// others, which lose it. Sums are exact integers, so that rounding of the weights
// costs strength, never correctness.
//
// This is Lagrangian relaxation (Geoffrion 1974) with reduced-cost fixing.

// combination holds what a problem needs for it, nil where it does not pay.
type combination struct {
	columns int        // words of a row: the states of all descriptors, one lane each
	rows    [][]uint64 // by pair: what each state adds to it
	budget  float32    // the sum of weights at which no lane overflows
}

// weighFrom is the number of descriptors from which weighing pays, where at least
// half of the sections are filled: in fewer, or emptier, single pairs say as much.
const weighFrom = 12

// newCombination prepares the rows.
func (p *problem) newCombination() *combination {
	if !p.whole {
		return nil
	}
	states, most := p.m.States(), 1
	c := &combination{columns: (states + 3) / 4}
	values := make([]int, 4)
	for _, pair := range p.of {
		row := make([]uint64, c.columns)
		for w := range row {
			for x := range values {
				values[x] = 0
				if s := 4*w + x; s < states {
					values[x] = p.part(p.owner[s], s-p.m.first[p.owner[s]], pair)
					most = max(most, abs(values[x]))
				}
			}
			row[w] = lanes16.pack(values)
		}
		c.rows = append(c.rows, row)
	}
	if most > 1<<10 {
		return nil // too few weights would fit
	}
	c.budget = float32(1<<15-1)/float32(most) - 1
	return c
}

// weigher is the room of one thread for weighing.
type weigher struct {
	firm    []int32   // pairs of decided descriptors
	sum     []uint64  // of the weighted rows, in lanes
	misses  []float32 // margins of the firm pairs under that choice
	columns []int32   // the same, one number per state
	best    []int32   // per descriptor: the largest of its open states
	chosen  []uint64  // per descriptor: the state that reaches it
	reached []uint64  // margins of that choice, in lanes
}

func (p *problem) newWeigher() weigher {
	if p.sums == nil {
		return weigher{}
	}
	return weigher{
		sum: make([]uint64, p.sums.columns), columns: make([]int32, 4*p.sums.columns),
		best: make([]int32, p.n), chosen: make([]uint64, p.n), reached: make([]uint64, p.words),
	}
}

// rounds of weighing at each node: more find more, but take longer.
const rounds = 3

// weigh looks for a sum of demands that excludes states, or the whole node; false
// if nothing remains.
func (s *searcher) weigh(a *node) bool {
	if s.problem.sums == nil {
		return true
	}
	s.gather(a)
	for round := range rounds {
		bound, total := s.bound(a)
		if total == 0 {
			return true
		}
		if bound < 0 {
			return false
		}
		if narrowed, ok := s.exclude(a, bound); !ok {
			return false
		} else if narrowed {
			s.gather(a)
			continue
		}
		if round+1 == rounds {
			break
		}
		s.reach(a)
		s.step(a, float32(bound)/float32(total))
	}
	return true
}

// reach computes the margins of the choice that reaches the bound, where they matter.
func (s *searcher) reach(a *node) {
	words, reached := s.firmWords, s.weigher.reached
	for _, w := range words {
		reached[w] = a.margins[w]
	}
	for w, set := range a.open {
		for ; set != 0; set &= set - 1 {
			i := w*64 + lowest(set)
			base := s.best(i, a.domains[i], 0)[:len(reached)]
			part := s.problem.columns[i].parts[lowest(s.weigher.chosen[i])][:len(reached)]
			for _, w := range words {
				reached[w] += part[w] - base[w]
			}
		}
	}
}

// gather lists the firm pairs.
func (s *searcher) gather(a *node) {
	p, h := s.problem, &s.weigher
	h.firm = h.firm[:0]
	s.listFirmWords(a)
	for i, d := range a.domains {
		if single(d) {
			row := p.m.first[i] + lowest(d)
			for c := p.first[row]; c < p.first[row+1]; c++ {
				h.firm = append(h.firm, int32(c))
			}
		}
	}
}

// bound is F for the present weights, and the sum of these.
func (s *searcher) bound(a *node) (bound, total int64) {
	p, h := s.problem, &s.weigher
	var sum float32
	for _, c := range h.firm {
		sum += a.weights[c]
	}
	if sum == 0 {
		for _, c := range h.firm {
			a.weights[c] = 1
			sum++
		}
	}
	scale := p.sums.budget / sum
	sums := h.sum
	clear(sums)
	for _, c := range h.firm {
		w := uint64(a.weights[c] * scale)
		if w == 0 {
			continue
		}
		total += int64(w)
		row := p.sums.rows[c][:len(sums)]
		for x := range sums {
			sums[x] += w * row[x]
		}
	}
	for x := range sums {
		sums[x] += lanes16.high
	}
	lanes16.unpack(sums, h.columns)
	bound = total * int64(p.q)
	for i, d := range a.domains {
		from := h.columns[p.m.first[i]:]
		if single(d) {
			bound += int64(from[lowest(d)])
			continue
		}
		best, at := int32(-1<<31), uint64(0)
		for ; d != 0; d &= d - 1 {
			if v := from[lowest(d)]; v > best {
				best, at = v, d&-d
			}
		}
		h.best[i], h.chosen[i] = best, at
		bound += int64(best)
	}
	return bound, total
}

// exclude removes the states that the bound does not bear.
func (s *searcher) exclude(a *node, bound int64) (narrowed, ok bool) {
	p, h := s.problem, &s.weigher
	for w, set := range a.open {
		for ; set != 0; set &= set - 1 {
			i := w*64 + lowest(set)
			from := h.columns[p.m.first[i]:]
			least := int64(h.best[i]) - bound
			keep := a.domains[i]
			for d := keep; d != 0; d &= d - 1 {
				if int64(from[lowest(d)]) < least {
					keep &^= d & -d
				}
			}
			if keep != a.domains[i] {
				narrowed = true
				if !s.narrow(a, i, keep) {
					s.dirty = s.dirty[:0]
					return true, false
				}
			}
		}
	}
	return narrowed, s.propagate(a)
}

// step moves the weights against the margins that were reached.
func (s *searcher) step(a *node, mean float32) {
	p, h := s.problem, &s.weigher
	lane := p.lane
	var norm, sum float32
	h.misses = h.misses[:0]
	for _, c := range h.firm {
		g := float32(lane.get(h.reached[c>>lane.shift], uint(c)&(lane.perWord-1)))
		h.misses = append(h.misses, g)
		if a.weights[c] > 0 || g < 0 {
			norm += g * g
		}
		sum += a.weights[c]
	}
	if norm == 0 {
		return
	}
	length := max(1.3*mean*sum/norm, 0.02*sum/float32(len(h.firm)))
	for x, c := range h.firm {
		a.weights[c] = max(0, a.weights[c]-length*h.misses[x])
	}
}
