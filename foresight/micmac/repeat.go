package micmac

import "math/big"

// mostRepeat is the longest period that findRepeat looks for.
func (f *side) mostRepeat() int { return max(64, min(1000, 200_000/max(1, len(f.s.col)))) }

// findRepeat looks for a period after which all sums are one multiple of what
// they were, and proves it in whole numbers: then they are so for ever. It
// answers where several circles grow exactly alike, such as two separate rounds.
func (f *side) findRepeat() bool {
	from := min(f.s.n, len(f.points)) // what dies out is dead by then
	start := newExact(f.s).to(from).sums()
	e := newExact(f.s).to(from)
	for p := 1; from+p <= len(f.points); p++ {
		if proportional(f.points[from-1].v, f.points[from-1+p].v) && multiple(start, e.to(from+p).sums()) {
			f.known, f.period, f.reason = from, p, Repeated
			return true
		}
	}
	return false
}

// proportional compares rounded sums: a cheap look before the proof.
func proportional(a, b []float64) bool {
	top := 0
	for i := range a {
		if a[i] > a[top] {
			top = i
		}
	}
	for i := range a {
		if x, y := a[i]*b[top], b[i]*a[top]; x-y > 1e-9*x || y-x > 1e-9*y {
			return false
		}
	}
	return true
}

// multiple proves that b is a multiple of a.
func multiple(a, b []*big.Int) bool {
	top := 0
	for i := range a {
		if a[i].Cmp(a[top]) > 0 {
			top = i
		}
	}
	x, y := new(big.Int), new(big.Int)
	for i := range a {
		if x.Mul(a[i], b[top]).Cmp(y.Mul(b[i], a[top])) != 0 {
			return false
		}
	}
	return true
}
