package cib_test

import (
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// The two ways that other programs go, written as well as they allow, so that
// ratios come from one run on one machine.

// flat is a matrix as both baselines want it.
type flat struct {
	n      int
	first  []int
	cells  [][]int32 // by row
	owner  []int
	scores [][]int32 // by depth: the scores of all states
}

func flatten(m *cib.Matrix) *flat {
	f := &flat{n: m.Len(), first: []int{0}}
	for i := range m.Len() {
		f.first = append(f.first, f.first[i]+m.Domain(i))
		for range m.Domain(i) {
			f.owner = append(f.owner, i)
		}
	}
	for _, row := range judgements(m) {
		var cells []int32
		for _, v := range row {
			cells = append(cells, int32(v))
		}
		f.cells = append(f.cells, cells)
	}
	for range f.n + 1 {
		f.scores = append(f.scores, make([]int32, f.first[f.n]))
	}
	return f
}

func (f *flat) add(depth, row int) []int32 {
	before, after := f.scores[depth], f.scores[depth+1]
	for c, v := range f.cells[row] {
		after[c] = before[c] + v
	}
	return after
}

// enumerate tries every scenario, with running sums of the scores.
func enumerate(m *cib.Matrix) int {
	f := flatten(m)
	z := make([]int, f.n)
	var walk func(i int) int
	walk = func(i int) int {
		if i == f.n {
			for j, k := range z {
				own := f.scores[f.n][f.first[j]:f.first[j+1]]
				if slices.Max(own) > own[k] {
					return 0
				}
			}
			return 1
		}
		found := 0
		for k := range f.first[i+1] - f.first[i] {
			z[i] = k
			f.add(i, f.first[i]+k)
			found += walk(i + 1)
		}
		return found
	}
	return walk(0)
}

// static is branch and bound in one order for the whole tree: each chosen state
// against each rival, with the most that all later descriptors together could add.
type static struct {
	*flat
	order   []int
	suffix  [][]int32 // by depth: for each (state, rival) the most that is to come
	chosen  []int     // rows, in order
	nodes   int
	found   int
	end     time.Duration // CPU time at which it is stopped
	stopped bool
}

// solveStatic returns the number of scenarios; stopped when it took too long.
func solveStatic(m *cib.Matrix, limit time.Duration) (found, nodes int, stopped bool) {
	s := &static{flat: flatten(m), chosen: make([]int, m.Len()), end: cpuTime() + limit}
	s.order = greedy(m)
	states := s.first[s.n]
	s.suffix = make([][]int32, s.n+1)
	s.suffix[s.n] = make([]int32, states*states)
	for d := s.n - 1; d >= 0; d-- {
		s.suffix[d] = slices.Clone(s.suffix[d+1])
		i := s.order[d]
		for l := range states {
			for r := s.first[s.owner[l]]; r < s.first[s.owner[l]+1]; r++ {
				most := int32(-1 << 30)
				for row := s.first[i]; row < s.first[i+1]; row++ {
					most = max(most, s.cells[row][l]-s.cells[row][r])
				}
				s.suffix[d][l*states+r] += most
			}
		}
	}
	s.walk(0)
	return s.found, s.nodes, s.stopped
}

// greedy starts with the descriptor that acts most and goes on with the one that is
// linked most to those before.
func greedy(m *cib.Matrix) []int {
	link := func(i, j int) (sum int) {
		for k := range m.Domain(i) {
			for l := range m.Domain(j) {
				sum += max(m.At(i, k, j, l), -m.At(i, k, j, l))
			}
		}
		return sum
	}
	var order []int
	for len(order) < m.Len() {
		best, most := -1, -1
		for i := range m.Len() {
			if slices.Contains(order, i) {
				continue
			}
			sum := 0
			for j := range m.Len() {
				if len(order) == 0 || slices.Contains(order, j) {
					sum += link(i, j) + link(j, i)
				}
			}
			if sum > most {
				best, most = i, sum
			}
		}
		order = append(order, best)
	}
	return order
}

func (s *static) walk(depth int) {
	if depth == s.n {
		s.found++
		return
	}
	i := s.order[depth]
	for row := s.first[i]; row < s.first[i+1]; row++ {
		if s.nodes++; s.nodes%(1<<16) == 0 && cpuTime() > s.end {
			s.stopped = true
		}
		if s.stopped {
			return
		}
		s.chosen[depth] = row
		if scores := s.add(depth, row); s.bearable(depth, scores) {
			s.walk(depth + 1)
		}
	}
}

func (s *static) bearable(depth int, scores []int32) bool {
	states := s.first[s.n]
	for _, l := range s.chosen[:depth+1] {
		from, to := s.first[s.owner[l]], s.first[s.owner[l]+1]
		suffix := s.suffix[depth+1][l*states:]
		for r := from; r < to; r++ {
			if scores[l]-scores[r]+suffix[r] < 0 {
				return false
			}
		}
	}
	return true
}
