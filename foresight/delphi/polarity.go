package delphi

import "math"

// Polarity measures whether a group is one heap or two camps. No single one of
// the four is safe: the bimodality coefficient rises on a skewed heap and falls
// in small groups, the other three need a scale with points, and an uneven
// spread with gaps looks to van der Eijk like many heaps. See Polarised.
type Polarity struct {
	Bimodality    float64 // coefficient; above 5/9 suggests two groups; needs four answers that are not all equal
	Leik          float64 // consensus 1 - D: 1 all the same, 0 half at each end
	TastleWierman float64 // consensus Cns: 1 all the same, 0 half at each end
	VanDerEijk    float64 // agreement A: 1 one point, 0 spread evenly, -1 half at each end; needs three points
}

// Polarised says that a group of at least four looks like two camps: it has
// more than one heap (van der Eijk's agreement below zero), and they lie farther
// apart than an even spread over all points would (Leik's consensus below that
// of an even spread).
func (s Stats) Polarised() bool {
	return s.N >= 4 && s.VanDerEijk < 0 && s.Leik < evenLeik(len(s.Counts))
}

// evenLeik is Leik's consensus of an even spread over k points.
func evenLeik(k int) float64 { return 1 - 2*float64(k*k/4)/float64(k*(k-1)) }

func polarity(t Tally, m moments, scale Scale) Polarity {
	p := Polarity{bimodality(m), math.NaN(), math.NaN(), math.NaN()}
	if counts, ok := scale.counts(t); ok && t.n > 0 {
		p.Leik, p.TastleWierman, p.VanDerEijk = Leik(counts), tastleWierman(t, m.mean, scale), VanDerEijk(counts)
	}
	return p
}

// bimodality is (skewness² + 1) / (excess kurtosis + 3(n-1)²/((n-2)(n-3))), as
// in the manual of SAS (procedure CLUSTER).
func bimodality(m moments) float64 {
	skew, kurtosis, n := m.skewness(), m.kurtosis(), float64(m.n)
	return (skew*skew + 1) / (kurtosis + 3*(n-1)*(n-1)/((n-2)*(n-3)))
}

// Leik measures ordinal consensus, 1 - D, from the counts of each point of a
// scale in order: D = 2 Σ d/(k-1), where d is the cumulated share F of a point,
// or 1-F where F is above a half. It is NaN below two points or without answers.
// Source: Leik, Pacific Sociological Review 9 (1966) 85.
func Leik(counts []int) float64 {
	n := sum(counts)
	if len(counts) < 2 || n == 0 {
		return math.NaN()
	}
	d, upTo := 0, 0
	for _, c := range counts {
		upTo += c
		d += min(upTo, n-upTo)
	}
	return 1 - 2*float64(d)/float64(n)/float64(len(counts)-1)
}

// tastleWierman is 1 + Σ p log₂(1 - |x - mean|/(max - min)).
// Source: Tastle and Wierman, International Journal of Approximate Reasoning 45
// (2007) 531.
func tastleWierman(t Tally, mean float64, scale Scale) float64 {
	if scale.Points() < 2 {
		return math.NaN()
	}
	consensus, width := 1.0, float64(scale.Max-scale.Min)
	for v, c := range t.All() {
		consensus += float64(c) / float64(t.n) * math.Log2(1-math.Abs(v-mean)/width)
	}
	return consensus
}

// VanDerEijk measures agreement A on an ordered scale from the counts of each
// point in order. The counts are cut into layers of equal height; the agreement
// of a layer is U(1 - (S-1)/(K-1)) with S of K points filled, and A is their
// mean, weighted by the answers in them. It is NaN below three points or
// without answers.
// Source: van der Eijk, Quality and Quantity 35 (2001) 325.
func VanDerEijk(counts []int) float64 {
	n, k := sum(counts), float64(len(counts))
	if len(counts) < 3 || n == 0 {
		return math.NaN()
	}
	a, floor := 0.0, 0
	for floor >= 0 {
		height, filled := 0, 0
		for _, c := range counts {
			if c > floor {
				filled++
				if height == 0 || c-floor < height {
					height = c - floor
				}
			}
		}
		if filled == 0 {
			break
		}
		a += float64(height*filled) / float64(n) * unimodality(counts, floor) * (1 - float64(filled-1)/(k-1))
		floor += height
	}
	return a
}

// unimodality is U of one layer, the points with more than floor answers. It
// compares triples of points in order: 110 and 011 speak for one heap, 101 for
// two. U = ((K-2)TU - (K-1)TDU) / ((K-2)(TU+TDU)); without such triples it is 1.
func unimodality(counts []int, floor int) float64 {
	filled := 0
	for _, c := range counts {
		if c > floor {
			filled++
		}
	}
	one, two, before := 0, 0, 0
	for _, c := range counts {
		if c > floor {
			before++
			continue
		}
		after := filled - before
		one += before*(before-1)/2 + after*(after-1)/2
		two += before * after
	}
	if one+two == 0 {
		return 1
	}
	k := float64(len(counts))
	return ((k-2)*float64(one) - (k-1)*float64(two)) / ((k - 2) * float64(one+two))
}

func sum(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
