package delphi

import "math"

// Stats is what one group says about one item. What cannot be computed is NaN:
// SD needs two answers, CV a mean other than zero, and see Polarity.
type Stats struct {
	N        int
	Mean, SD float64 // SD with n-1
	CV       float64 // SD divided by the mean
	Quartiles
	Polarity
	Counts []int // per point of the scale; nil without one
}

// Describe measures a group. The scale gives the points; answers outside it
// leave the measures that need points NaN and Counts nil.
//
// The standard deviation is computed from distances to the mean, divided by
// the largest of them, so that neither tiny nor huge numbers lose it.
func (t Tally) Describe(scale Scale, as QuartileType) Stats {
	m := t.moments()
	s := Stats{N: t.n, Mean: m.mean, SD: m.sd(), Quartiles: t.Quartiles(as), Polarity: polarity(t, m, scale)}
	s.CV = math.NaN()
	if s.Mean != 0 {
		s.CV = s.SD / s.Mean
	}
	if counts, ok := scale.counts(t); ok {
		s.Counts = counts
	}
	return s
}

// moments holds the central moments of a group, in units of the largest
// distance from the mean.
type moments struct {
	n             int
	mean, largest float64
	m2, m3, m4    float64 // means of powers of distance/largest
}

func (t Tally) moments() moments {
	m := moments{n: t.n, mean: math.NaN()}
	if t.n == 0 {
		return m
	}
	sum := 0.0
	for v, c := range t.All() {
		sum += v * float64(c)
	}
	m.mean = sum / float64(t.n)
	if len(t.values) == 1 {
		m.mean = t.values[0] // exactly
		return m
	}
	for v := range t.All() {
		m.largest = max(m.largest, math.Abs(v-m.mean))
	}
	for v, c := range t.All() {
		d, w := (v-m.mean)/m.largest, float64(c)/float64(t.n)
		m.m2 += w * d * d
		m.m3 += w * d * d * d
		m.m4 += w * d * d * d * d
	}
	return m
}

func (m moments) sd() float64 {
	if m.n < 2 {
		return math.NaN()
	}
	n := float64(m.n)
	return m.largest * math.Sqrt(m.m2*n/(n-1))
}

// skewness and kurtosis are the sample-corrected ones (G1 and G2 of Joanes and
// Gill, The Statistician 47 (1998) 183); NaN below three or four answers and
// where all are equal.
func (m moments) skewness() float64 {
	if n := float64(m.n); m.n >= 3 && m.m2 > 0 {
		return m.m3 / math.Pow(m.m2, 1.5) * math.Sqrt(n*(n-1)) / (n - 2)
	}
	return math.NaN()
}

func (m moments) kurtosis() float64 {
	if n := float64(m.n); m.n >= 4 && m.m2 > 0 {
		return (n - 1) / ((n - 2) * (n - 3)) * ((n+1)*(m.m4/(m.m2*m.m2)-3) + 6)
	}
	return math.NaN()
}
