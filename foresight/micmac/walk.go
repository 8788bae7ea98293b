package micmac

import (
	"math"
	"slices"
)

// unit is the largest relative error of one rounding.
const unit = 1.0 / (1 << 53)

// walk follows the sums of the rows of M, M², M³ … and their order. It reckons
// with rounded numbers whose error it knows, and asks exact ones whenever two
// components are nearer than that: its orders are never wrong.
type walk struct {
	s        *sparse
	power    int
	v, spare []float64 // the sums, divided by a power of two
	whole    bool      // v has not been rounded or divided yet
	faint    bool      // a component has become too small beside the others
	order    []int     // variables, the largest sum first, equal ones by number
	exact    *exact
	always   []int // class of variables whose sums are equal at every power
}

func newWalk(s *sparse) *walk {
	w := &walk{s: s, v: make([]float64, s.n), spare: make([]float64, s.n), whole: true, order: make([]int, s.n)}
	for i := range w.v {
		w.v[i], w.order[i] = 1, i
	}
	return w
}

// slack bounds the relative error of every component.
func (w *walk) slack() float64 {
	if w.whole {
		return 0
	}
	return 1.01 * unit * float64(w.power) * float64(w.s.most+1)
}

// step goes on to the next power and puts its sums in order.
func (w *walk) step() {
	w.s.times(w.v, w.spare)
	w.v, w.spare = w.spare, w.v
	w.power++
	top := slices.Max(w.v)
	if top >= 1/unit {
		w.whole = false
	}
	if top > 0x1p600 {
		w.scale()
	}
	w.sort()
}

// scale divides by a power of two, which loses nothing.
func (w *walk) scale() {
	for i, x := range w.v {
		w.v[i] = x * 0x1p-600
		if x > 0 && w.v[i] < 0x1p-900 {
			w.faint = true
		}
	}
}

func (w *walk) sort() {
	before := func(i, j int) int {
		if c := w.compare(j, i); c != 0 {
			return c
		}
		return i - j
	}
	if !slices.IsSortedFunc(w.order, before) {
		w.order = slices.Clone(w.order) // the last one may be kept by others
		slices.SortFunc(w.order, before)
	}
}

// compare tells whether the sum of i is now smaller than that of j, equal or
// larger.
func (w *walk) compare(i, j int) int {
	a, b := w.v[i], w.v[j]
	if i == j || a == 0 && b == 0 {
		return 0
	}
	if apart := math.Abs(a - b); w.whole || apart > 3*w.slack()*max(a, b) {
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	}
	if w.equalAlways(i, j) {
		return 0
	}
	if w.exact == nil {
		w.exact = newExact(w.s)
	}
	return w.exact.to(w.power).compare(i, j)
}

// equalAlways reports whether two sums are known to be equal at every power.
func (w *walk) equalAlways(i, j int) bool {
	if w.always == nil {
		w.always = w.s.alike()
	}
	return w.always[i] == w.always[j]
}
