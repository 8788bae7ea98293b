package micmac

import "math"

// claim is what is known, at one power, about the sums at this and every later
// power: the bounds between which each lies, up to a factor that its level has
// in common.
//
// Let x be the dominant eigenvector of a level, ρ its eigenvalue, D = diag(x).
// The rows of P = D⁻¹MD/ρ sum to one, so that u = v/(ρ^k x) goes on as averages
// of itself and never leaves the hull of its components. In a circle of period
// h each of the h phases has a hull of its own, and they take turns. What slower
// levels still add is bounded too.
type claim struct {
	low, high [][]float64 // by the power modulo the period, then by variable
}

// width is how far apart the bounds of a variable are, in proportion.
func (c claim) width(r, i int) float64 { return (c.high[r][i] - c.low[r][i]) / c.high[r][i] }

// point is the walk at one power; its sums may be divided by any factor.
type point struct {
	v     []float64
	slack float64
	order []int
}

// hull holds the components of u of one phase, now and ever after.
type hull struct{ low, high float64 }

// claim states the bounds from past[0] on; past reaches over a whole number of
// periods, at least one, and then one point. It fails where a faster level is
// not yet above a slower one.
func (l *layers) claim(s *sparse, past []point) (c claim, ok bool) {
	for range l.period {
		c.low, c.high = append(c.low, make([]float64, s.n)), append(c.high, make([]float64, s.n))
	}
	for k := range l.levels {
		if !c.level(s, &l.levels[k], past) {
			return c, false
		}
	}
	return c, true
}

// level fills in the bounds of one level.
func (c *claim) level(s *sparse, v *level, past []point) bool {
	rounding := 1 + 4*past[len(past)-1].slack + 32*unit
	slow := 0.0 // the slower sums, in units of belowZ
	for k, j := range v.below {
		slow = max(slow, past[0].v[j]/v.belowZ[k]*rounding)
	}
	inflow := slow * v.inflow
	hulls := v.hulls(past[0].v, rounding, inflow)
	loose := 0.0
	if v.hasOutside() {
		loose = v.loose(s, past, hulls, rounding, inflow)
	}
	under := math.Inf(1)
	for r := range c.low {
		factor := v.factor(past[r].v, hulls, r)
		for at, i := range v.nodes {
			var u hull
			if p := v.phase[at]; v.period == 1 {
				u = hulls[0]
			} else if p != outside {
				u = hulls[(p+r)%v.period]
			} else {
				w := past[r].v[i] / v.z[at]
				u = hull{w*factor.low/rounding - loose, w*factor.high*rounding + loose}
			}
			c.low[r][i] = v.z[at] * u.low * (1 - 4*unit)
			c.high[r][i] = v.z[at] * u.high * (1 + v.spread) * (1 + 4*unit)
			under = min(under, c.low[r][i])
		}
	}
	for k := range v.below {
		if under <= slow*v.belowZ[k]*(1+4*unit) {
			return false
		}
	}
	return true
}

// hasOutside tells whether variables only lead to a circle whose phases differ.
func (v *level) hasOutside() bool {
	for _, p := range v.phase {
		if p == outside {
			return v.period > 1
		}
	}
	return false
}

// hulls gives, for each phase, between which bounds u lies in its variables.
// In a level of period 1 all variables share one. Since z ≤ x ≤ (1+spread)z,
// v/x is between v/z/(1+spread) and v/z.
func (v *level) hulls(sums []float64, rounding, inflow float64) []hull {
	hulls := make([]hull, v.period)
	for p := range hulls {
		hulls[p].low = math.Inf(1)
	}
	for at, i := range v.nodes {
		p := v.phase[at]
		if v.period == 1 {
			p = 0
		} else if p == outside {
			continue
		}
		w := sums[i] / v.z[at]
		hulls[p] = hull{min(hulls[p].low, w), max(hulls[p].high, w)}
	}
	for p, h := range hulls {
		hulls[p] = hull{h.low / (1 + v.spread) / rounding, h.high*rounding + inflow}
	}
	return hulls
}

// factor encloses what v/z at r powers after the claim must be multiplied with
// to give u: u of one variable of the circle is known from the hull of its phase.
func (v *level) factor(sums []float64, hulls []hull, r int) hull {
	for at, i := range v.nodes {
		if p := v.phase[at]; p != outside {
			w := sums[i] / v.z[at]
			h := hulls[(p+r)%v.period]
			return hull{h.low / w / (1 + v.spread), h.high / w * (1 + v.spread)}
		}
	}
	return hull{}
}

// loose bounds how far u of a variable outside the circle may still go from
// where it is at the same phase.
//
// Let e be the distance of u from the periodic sequence that it tends to. Inside
// the circle it is at most the width of a hull, b. Outside, after N powers, a
// share θ of it is left, and b and the inflow are added; N being a whole number
// of periods, e differs from what it was by what u has moved, Δ. So
// |e| ≤ (Δ + b + 2·inflow) / (1−θ), now and, but for the inflow, ever after.
func (v *level) loose(s *sparse, past []point, hulls []hull, rounding, inflow float64) float64 {
	width, moved := 0.0, 0.0
	for _, h := range hulls {
		width = max(width, h.high-h.low)
	}
	n := len(past) - 1
	factor := v.factor(past[n].v, hulls, n)
	for at, i := range v.nodes {
		if v.phase[at] == outside {
			before, after := past[0].v[i]/v.z[at], past[n].v[i]/v.z[at]
			moved = max(moved, after*factor.high*rounding-before/(1+v.spread)/rounding,
				before*rounding-after*factor.low/(1+v.spread)/rounding)
		}
	}
	left := v.remains(s, n)
	if left >= 0.999 {
		return math.Inf(1)
	}
	e := max((moved+width+2*inflow)/(1-left), width+inflow) + inflow
	return 2 * e * (1 + 1e-9)
}

// remains bounds θ: the largest sum of a row, over the variables outside the
// circle, of P to the power n.
func (v *level) remains(s *sparse, n int) float64 {
	var nodes []int
	var z []float64
	for at, i := range v.nodes {
		if v.phase[at] == outside {
			nodes, z = append(nodes, i), append(z, v.z[at])
		}
	}
	inner := s.among(nodes)
	t, next := append([]float64(nil), z...), make([]float64, len(z))
	for range n {
		inner.times(t, next)
		for i := range next {
			next[i] /= v.low
		}
		t, next = next, t
	}
	_, left := ratios(t, z)
	return left * (1 + v.spread) * (1 + unit*float64(n*(s.most+4)))
}
