package micmac

import (
	"context"
	"slices"
)

// Reason says by which argument an order is known for ever.
type Reason string

const (
	// Enclosed: the dominant eigenvector is enclosed so narrowly, and the sums
	// are so near to it, that no two variables can change places any more.
	Enclosed Reason = "dominant eigenvector enclosed"
	// Repeated: after a period all sums are exactly the same multiple of what
	// they were.
	Repeated Reason = "sums repeat in exact proportion"
	// Subdominant: some variables tend to exactly equal shares; the signs of
	// their differences, which smaller eigenvalues decide, are proved to repeat.
	Subdominant Reason = "signs of the differences proved"
	// DiedOut: no variable influences another in a circle, so that all sums are
	// zero from some power on.
	DiedOut Reason = "no circle of influences"
	// Unproved: none of these holds within the powers looked at.
	Unproved Reason = "not proved"
)

// side is the story of one order, that of the rows: which order holds at each
// power, and for ever after.
type side struct {
	s      *sparse
	points []point // of all powers followed, the first at power 1
	known  int     // power from which the orders are known for ever
	period int     // with which they come again from then on
	reason Reason
	stuck  bool // what is left undecided differs by less than rounding
	rest   undecided
}

// follow multiplies until the orders of all further powers are known, or until
// limit powers have been looked at.
func follow(ctx context.Context, s *sparse, limit int) (*side, error) {
	f := &side{s: s, period: 1, reason: Unproved}
	l, ok := s.layers()
	if !ok {
		limit = min(limit, 2*s.n+f.mostRepeat())
	}
	w := newWalk(s)
	for attempt := 1; w.power < limit && !w.faint; {
		if w.power%16 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		w.step()
		f.keep(w, !ok || l.period > 1)
		if !ok || w.power < attempt {
			continue
		}
		if f.prove(w, &l) {
			return f, nil
		}
		if f.stuck { // to multiply on would bring nothing new
			if !f.proveBySigns(w, &l, f.rest) {
				f.reason = Unproved
			}
			return f, nil
		}
		if l.period > 1 || w.power > 64 {
			attempt = w.power + 1 + w.power/8
		}
	}
	if !ok && !f.findRepeat() {
		f.proveEveryPair(w)
	}
	return f, ctx.Err()
}

// keep remembers a power; its sums only where they will be asked for.
func (f *side) keep(w *walk, sums bool) {
	p := point{order: w.order, slack: w.slack()}
	if sums {
		p.v = slices.Clone(w.v)
	}
	f.points = append(f.points, p)
}

// prove tries to show that the orders of the last powers come again for ever.
func (f *side) prove(w *walk, l *layers) bool {
	now := f.points[w.power-1]
	now.v = w.v
	past, first := []point{now}, w.power
	if l.period > 1 {
		first = w.power - l.period*max(1, w.power/2/l.period)
		if first < 1 {
			return false
		}
		past = f.points[first-1 : w.power]
	}
	for i, v := range past[0].v {
		if l.of[i] == len(l.levels) && v > 0 {
			return false // what dies out is not dead yet
		}
	}
	c, ok := l.claim(f.s, past)
	f.rest = undecided{claim: c, first: first}
	for r := range l.period {
		f.rest.orders = append(f.rest.orders, past[r].order)
	}
	if !ok || !f.parted(w, l, c, past, first) {
		return false
	}
	f.known, f.period, f.reason = first, l.period, Enclosed
	if len(l.levels) == 0 {
		f.reason = DiedOut
	}
	return true
}

// parted reports whether in each phase any two neighbours in the order can
// never change places: their bounds are apart, or they are equal for ever.
func (f *side) parted(w *walk, l *layers, c claim, past []point, first int) bool {
	for r := range l.period {
		order := past[r].order
		var near [][2]int
		for at := 1; at < len(order); at++ {
			i, j := order[at-1], order[at]
			switch {
			case l.of[i] > l.of[j]:
				return false
			case l.of[i] < l.of[j], l.of[i] == len(l.levels), c.low[r][i] > c.high[r][j]:
			default:
				near = append(near, [2]int{i, j})
			}
		}
		if len(near) > 0 && !f.equalFrom(w, c, first, r, l.period, near) {
			return false
		}
	}
	return true
}

// mostExact bounds the work of one exact proof, in multiplications of words.
const mostExact = 2_000_000_000

// narrow is the width of bounds, in proportion, from which on it is worth
// asking whether two sums are exactly equal; stuckAt the power from which on it
// is not worth asking anything else.
const (
	narrow  = 1e-7
	stuckAt = 1e-10
)

// equalFrom proves that each pair has equal sums at phase r of the claim and at
// every further period. By Cayley and Hamilton the differences obey a linear
// recurrence of order n: when n of them in a row are zero, all are.
func (f *side) equalFrom(w *walk, c claim, first, r, step int, pairs [][2]int) bool {
	width := 0.0
	for _, p := range pairs {
		width = max(width, c.width(r, p[0]), c.width(r, p[1]))
	}
	if width > narrow {
		return false
	}
	pairs = slices.DeleteFunc(pairs, func(p [2]int) bool { return w.equalAlways(p[0], p[1]) })
	if len(pairs) == 0 {
		return true
	}
	f.stuck = width < stuckAt || w.power > 2000
	n, power := f.s.n, first+r
	words := 1 + (power+n*step)*8/64
	if len(f.s.col)*(power+n*step)*words > mostExact {
		return false
	}
	e := newExact(f.s)
	for k := range n {
		e.to(power + k*step)
		for _, p := range pairs {
			if e.compare(p[0], p[1]) != 0 {
				return false
			}
		}
	}
	return true
}

// at is the order at a power, looked at or known.
func (f *side) at(power int) []int {
	if f.reason != Unproved && power >= f.known {
		power = f.known + (power-f.known)%f.period
	}
	return f.points[power-1].order
}

// shortest is the least period with which the orders come again once they are
// known: a divisor of the period of the sums.
func (f *side) shortest() int {
	for p := 1; p < f.period; p++ {
		if f.period%p == 0 && f.repeats(p) {
			return p
		}
	}
	return f.period
}

func (f *side) repeats(p int) bool {
	for r := range f.period {
		if !slices.Equal(f.at(f.known+r), f.at(f.known+r+p)) {
			return false
		}
	}
	return true
}

// from is the first power from which the orders come again with period p.
func (f *side) from(p int) int {
	power := f.known
	for power > 1 && slices.Equal(f.at(power-1), f.at(power-1+p)) {
		power--
	}
	return power
}
