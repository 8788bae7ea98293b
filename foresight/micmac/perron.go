package micmac

import (
	"math"
	"slices"
)

// perron encloses the growth of a system and the proportions that it tends to:
// the dominant eigenvalue lies between low and high, and there is a dominant
// eigenvector x with z ≤ x ≤ (1+spread)·z in every component.
type perron struct {
	z         []float64
	spread    float64
	low, high float64
}

// mostSteps bounds the iterations of one enclosure.
const mostSteps = 20000

// enclose computes the enclosure for a matrix in which every variable leads to
// one circle, which grows fastest and leads nowhere else; anchor is one of its
// variables. ok is false where rounded numbers do not suffice.
//
// It iterates B = M + shift, which has the same eigenvectors and no period. For
// every vector z > 0 the least and the largest ratio of Bz to z enclose the
// eigenvalue of B (Collatz and Wielandt). The spread follows from Doeblin's
// condition: let R be the largest ratio over the least one, to the power m, and
// let every component of B^m e_anchor be at least γ times that of z. One round
// of m steps brings a vector whose proportions differ from those of z by d to
// at most (R−1) + d(R−g), where g = γ·z_anchor / least^m. The eigenvector stays
// where it is, so that d ≤ (R−1) / (1+g−R).
func (s *sparse) enclose(anchor int) (p perron, ok bool) {
	shift := 1.0
	z, next := ones(s.n), make([]float64, s.n)
	enough, idle := 1+8*unit*float64(s.most+4), 0
	best := math.Inf(1)
	for steps := 1; steps <= mostSteps && idle < 24; steps++ {
		s.shifted(z, next, shift)
		least, most := ratios(next, z)
		if most/least < enough {
			break
		}
		if idle++; most/least < best*(1-unit) {
			best, idle = most/least, 0
		}
		if steps == 64 { // slow: an eigenvalue near the opposite one
			shift, best = math.Round(math.Sqrt(least*most)/2), math.Inf(1)
		}
		z, next = next, z
		if !normalise(z) {
			return perron{}, false
		}
	}
	s.shifted(z, next, shift)
	least, most := ratios(next, z)
	rounding := unit * float64(s.most+6)
	least, most = least*(1-rounding), most*(1+rounding)
	p = perron{z: z, low: (least - shift) * (1 - 4*unit), high: (most - shift) * (1 + 4*unit)}
	p.spread, ok = s.spread(z, anchor, shift, least, most)
	return p, ok && p.low > 0
}

// shifted computes out = (M + shift)·v.
func (s *sparse) shifted(v, out []float64, shift float64) {
	s.times(v, out)
	for i, x := range v {
		out[i] += shift * x
	}
}

// spread looks for the round m that gives the narrowest enclosure.
func (s *sparse) spread(z []float64, anchor int, shift, least, most float64) (float64, bool) {
	c, next := make([]float64, s.n), make([]float64, s.n)
	c[anchor] = 1
	narrowest := math.Inf(1)
	for m, idle := 1, 0; m <= mostSteps && idle < 8+m/2; m++ {
		s.shifted(c, next, shift)
		for i := range next {
			next[i] /= least
		}
		c, next = next, c
		gain, _ := ratios(c, z)
		gain *= z[anchor] * (1 - 2*unit*float64(m)*float64(s.most+8))
		drift := math.Expm1(float64(m)*math.Log(most/least)) * (1 + 1e-9)
		if idle++; gain > 2*drift && drift/(gain-drift) < narrowest*0.9 {
			narrowest, idle = drift/(gain-drift)*(1+1e-9), 0
		}
		if gain > 1/float64(4*s.n) && narrowest < 1e-9 {
			break
		}
	}
	return narrowest, narrowest < 1e-3
}

// ratios gives the least and the largest quotient of the components.
func ratios(a, b []float64) (least, most float64) {
	least = math.Inf(1)
	for i, x := range a {
		q := x / b[i]
		least, most = min(least, q), max(most, q)
	}
	return least, most
}

// normalise brings the largest component to 1; false where another one has
// become too small to be trusted.
func normalise(z []float64) bool {
	top := slices.Max(z)
	for i := range z {
		if z[i] /= top; z[i] < 0x1p-900 {
			return false
		}
	}
	return true
}

func ones(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
	}
	return v
}
