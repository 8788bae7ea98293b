package cib

// guide knows how much each descriptor can move each pair; from it the search
// chooses where to branch.
type guide struct {
	pairs   []float32 // by pair, then descriptor: best part less worst
	targets []float32 // by target, then descriptor: the mean over the target's pairs
	partner []int32   // of pair (j, l, m) the pair (j, m, l)
}

// openWeight is how much a pair counts whose descriptor has not yet been decided,
// against one whose descriptor has. Tried from 0 to 1 on random matrices of 10 to
// 100 % filled sections: 0.1 gave the fewest nodes, a half or a third of those of
// 0 or 1 on sparse ones.
const openWeight = 0.1

func (p *problem) newGuide() guide {
	g := guide{make([]float32, p.pairs*p.n), make([]float32, p.n*p.n), make([]int32, p.pairs)}
	for c, pair := range p.of {
		g.partner[c] = int32(p.pair(int(pair.j), int(pair.m), int(pair.l)))
		mean := 1 / float32(p.m.Domain(int(pair.j))*(p.m.Domain(int(pair.j))-1))
		for i := range p.n {
			least, most := p.part(i, 0, pair), p.part(i, 0, pair)
			for k := 1; k < p.m.Domain(i); k++ {
				v := p.part(i, k, pair)
				least, most = min(least, v), max(most, v)
			}
			g.pairs[c*p.n+i] = float32(most - least)
			g.targets[int(pair.j)*p.n+i] += float32(most-least) * mean
		}
	}
	return g
}

// pair is the number of the pair of state l of descriptor j against m.
func (p *problem) pair(j, l, m int) int {
	if m > l {
		m--
	}
	return p.first[p.m.first[j]+l] + m
}

// choose is the descriptor of the scope to branch on, -1 when all are decided: the
// one that moves most what is most at stake, for its number of states. At stake
// are pairs that can still be lost; the less margin is left to them, the more.
func (s *searcher) choose(a *node, scope []uint64) int {
	p := s.problem
	p.lane.unpack(a.margins, s.values)
	for i := range s.score {
		s.score[i] = 1e-6
	}
	for j, d := range a.domains {
		if single(d) {
			s.scoreFirm(p.m.first[j] + lowest(d))
		} else {
			s.scoreOpen(d, j)
		}
	}
	var best float32
	chosen := -1
	for w, set := range a.open {
		for set &= scope[w]; set != 0; set &= set - 1 {
			i := w*64 + lowest(set)
			if v := s.score[i] / float32(size(a.domains[i])); v > best {
				best, chosen = v, i
			}
		}
	}
	return chosen
}

// scoreFirm adds what the pairs of a chosen state say.
func (s *searcher) scoreFirm(row int) {
	p, score := s.problem, s.score
	for c := p.first[row]; c < p.first[row+1]; c++ {
		if weight := s.stake(c); weight > 0 {
			falls := p.guide.pairs[c*p.n:][:len(score)]
			for i := range score {
				score[i] += weight * falls[i]
			}
		}
	}
}

// scoreOpen adds what the pairs of an open descriptor say, taken together.
func (s *searcher) scoreOpen(d uint64, j int) {
	p := s.problem
	var weight float32
	for ; d != 0; d &= d - 1 {
		row := p.m.first[j] + lowest(d)
		for c := p.first[row]; c < p.first[row+1]; c++ {
			weight += s.stake(c)
		}
	}
	if weight *= openWeight; weight > 0 {
		score := s.score
		falls := p.guide.targets[j*p.n:][:len(score)]
		for i := range score {
			score[i] += weight * falls[i]
		}
	}
}

// stake is 1 for a pair with no margin left and less the more is left; 0 for a
// pair that cannot be lost any more.
func (s *searcher) stake(c int) float32 {
	if int(s.values[s.problem.guide.partner[c]]) <= 2*s.problem.q {
		return 0
	}
	return shares[min(uint(s.values[c]), uint(len(shares)-1))]
}

// margin is the best margin that a pair can still reach, plus the tolerance.
func (s *searcher) margin(a *node, c int) int {
	lane := s.problem.lane
	return lane.get(a.margins[c>>lane.shift], uint(c)&(lane.perWord-1))
}

// losable says whether some choice of the open descriptors takes the margin of a
// pair below zero: its worst is minus the best of the pair the other way round.
func (s *searcher) losable(a *node, c int) bool {
	return s.margin(a, int(s.problem.guide.partner[c])) > 2*s.problem.q
}

var shares = func() (t [1024]float32) {
	for i := range t {
		t[i] = 1 / float32(1+i)
	}
	return t
}()
