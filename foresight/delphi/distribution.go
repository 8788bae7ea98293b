package delphi

import "math"

// twoSided is the chance of a standard normal number at least as far from zero
// as z.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// chiSquareTail is the chance that a chi-squared number with df whole degrees
// of freedom is at least x. Whole degrees allow a finite sum of terms above
// zero, which loses nothing: Abramowitz and Stegun 26.4.4 and 26.4.5.
func chiSquareTail(x float64, df int) float64 {
	if math.IsNaN(x) || df < 1 {
		return math.NaN()
	}
	if x <= 0 {
		return 1
	}
	h := x / 2
	tail, shift := 0.0, 1.0 // term j of the sum is exp(-h) h^(j-1) / Γ(j)
	if df%2 == 1 {
		tail, shift = math.Erfc(math.Sqrt(h)), 1.5
	}
	for i := range df / 2 {
		j := float64(i) + shift
		gamma, _ := math.Lgamma(j)
		tail += math.Exp((j-1)*math.Log(h) - h - gamma)
	}
	return min(1, tail)
}
