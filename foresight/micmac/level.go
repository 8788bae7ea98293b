package micmac

import "slices"

// level is a set of variables whose sums grow equally fast: those that lead to
// the fastest circle once the faster levels are taken away.
type level struct {
	nodes  []int
	perron           // of the matrix among the nodes
	period int       // of the circle
	phase  []int     // of each node in the circle; outside for those that lead to it
	below  []int     // all variables of slower levels
	belowZ []float64 // of these: M·belowZ ≤ rate·belowZ with a rate under low
	inflow float64   // what sums equal to belowZ can still add, in proportion to z
}

const outside = -1

// layers is how the variables of a system part by growth, the fastest first.
type layers struct {
	levels []level
	of     []int // level of each variable; len(levels) for those that die out
	period int   // after which an order can come again
}

// mostPeriod bounds the common period of all circles that is followed.
const mostPeriod = 5040

// layers finds the levels. It fails where two circles grow so nearly alike that
// rounded numbers cannot tell which is faster.
func (s *sparse) layers() (l layers, ok bool) {
	circles := s.circles()
	left := s.leadingTo(slices.Concat(circles...))
	l = layers{of: make([]int, s.n), period: 1}
	for i := range l.of {
		l.of[i] = outside
	}
	growth, ok := s.growth(circles)
	for ok && len(circles) > 0 {
		var v level
		v, ok = s.level(circles[fastest(growth)], left)
		if !ok {
			break
		}
		for _, i := range v.nodes {
			left[i], l.of[i] = false, len(l.levels)
		}
		circles, growth, ok = slower(circles, growth, left, v.low)
		if ok && len(circles) > 0 {
			ok = s.bound(&v, left, growth)
		}
		l.levels, l.period = append(l.levels, v), lcm(l.period, v.period)
		ok = ok && l.period <= mostPeriod
	}
	for i := range l.of {
		if l.of[i] == outside {
			l.of[i] = len(l.levels)
		}
	}
	return l, ok
}

// growth encloses how fast each circle grows by itself. Where there is only
// one, its level will say it.
func (s *sparse) growth(circles [][]int) ([]perron, bool) {
	growth := make([]perron, len(circles))
	if len(circles) == 1 {
		return growth, true
	}
	for k, c := range circles {
		var ok bool
		if growth[k], ok = s.among(c).enclose(0); !ok {
			return nil, false
		}
	}
	return growth, true
}

func fastest(growth []perron) int {
	top := 0
	for k, p := range growth {
		if p.low > growth[top].low {
			top = k
		}
	}
	return top
}

// slower keeps the circles that are still left. Those that went into the last
// level beside its own circle, and those that stay, must grow more slowly.
func slower(circles [][]int, growth []perron, left []bool, low float64) (rest [][]int, of []perron, ok bool) {
	near := 0
	for k, c := range circles {
		if growth[k].high >= low {
			near++
		}
		if left[c[0]] {
			rest, of = append(rest, c), append(of, growth[k])
		}
	}
	return rest, of, near <= 1
}

// level takes what leads to the circle among the variables that are left.
func (s *sparse) level(circle []int, left []bool) (v level, ok bool) {
	for i, leads := range s.leadingTo(circle) {
		if leads && left[i] {
			v.nodes = append(v.nodes, i)
		}
	}
	inner := s.among(v.nodes)
	place := map[int]int{}
	for at, i := range v.nodes {
		place[i] = at
	}
	v.phase = make([]int, len(v.nodes))
	for at := range v.phase {
		v.phase[at] = outside
	}
	period, phase := s.phases(circle)
	for k, i := range circle {
		v.phase[place[i]] = phase[k]
	}
	v.period = period
	v.perron, ok = inner.enclose(place[circle[0]])
	return v, ok
}

// bound finds belowZ = Σ (M/rate)^k·1 for a rate between the level and the
// fastest circle below it, and what such sums can add to the level later on:
// M·belowZ at once, and a share rate/low less each time.
func (s *sparse) bound(v *level, left []bool, growth []perron) bool {
	for i, stays := range left {
		if stays {
			v.below = append(v.below, i)
		}
	}
	inner := s.among(v.below)
	rate := (v.low + growth[fastest(growth)].high) / 2
	z, next := ones(len(v.below)), make([]float64, len(v.below))
	for range mostSteps {
		inner.times(z, next)
		_, grown := ratios(next, z)
		if grown *= 1 + unit*float64(s.most+6); grown < v.low && grown < rate+(v.low-rate)/2 {
			v.belowZ, rate = z, grown
			break
		}
		for i := range next {
			next[i] = 1 + next[i]/rate
		}
		z, next = next, z
	}
	if v.belowZ == nil {
		return false
	}
	all, in := make([]float64, s.n), make([]float64, s.n)
	for k, i := range v.below {
		all[i] = v.belowZ[k]
	}
	s.times(all, in)
	for at, i := range v.nodes {
		v.inflow = max(v.inflow, in[i]/v.z[at])
	}
	v.inflow *= (1 + unit*float64(s.most+6)) / ((v.low - rate) * (1 - 4*unit))
	return true
}
