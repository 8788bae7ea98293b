package opinion

import "math"

// Levels of the normal distribution.
const (
	z90OneSided = 1.2815515655446004
	z90TwoSided = 1.6448536269514722
)

// ProportionTest is the statistic by which Polis asks whether more than half of
// n people agree: 2·sqrt(n+1)·((k+1)/(n+1) - 1/2), k being those who do.
// Above 1.2816 more than half do, at 90 % one-sided.
func ProportionTest(k, n int) float64 {
	return 2 * math.Sqrt(float64(n)+1) * (float64(k+1)/float64(n+1) - 0.5)
}

// TwoProportionTest is the statistic by which Polis asks whether k1 of n1 is a
// larger share than k2 of n2. All four counts are raised by one; the shares are
// compared with their pooled standard error. Where everybody agrees it is 0.
func TwoProportionTest(k1, n1, k2, n2 int) float64 {
	a, b, c, d := float64(k1+1), float64(n1+1), float64(k2+1), float64(n2+1)
	p := (a + c) / (b + d)
	if p >= 1 {
		return 0
	}
	return (a/b - c/d) / math.Sqrt(p*(1-p)*(1/b+1/d))
}

// Wilson is the interval for a share of k in n people that covers the true one
// in 90 of 100 cases; 0 to 1 where n is 0. Source: Wilson 1927.
func Wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = z90TwoSided
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	low, high = middle-half, middle+half
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	return low, high
}

// DifferenceInterval is the interval for how much larger the share k1 of n1 is
// than k2 of n2, as differences of shares from -1 to 1; it covers the true one in
// about 90 of 100 cases also in small groups. -1 to 1 where n1 or n2 is 0.
// Source: Newcombe 1998, method 10, from the intervals of Wilson.
func DifferenceInterval(k1, n1, k2, n2 int) (low, high float64) {
	if n1 == 0 || n2 == 0 {
		return -1, 1
	}
	p1, p2 := float64(k1)/float64(n1), float64(k2)/float64(n2)
	low1, high1 := Wilson(k1, n1)
	low2, high2 := Wilson(k2, n2)
	return p1 - p2 - math.Hypot(p1-low1, high2-p2), p1 - p2 + math.Hypot(high1-p1, p2-low2)
}

// twoSided is the probability that a standard normal lies farther out than z.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
