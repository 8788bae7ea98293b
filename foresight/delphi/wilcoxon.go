package delphi

import "math"

// SignedRank is the outcome of a Wilcoxon signed-rank test. T is 0 and every P
// is 1 where nobody changed; everything is NaN without pairs.
type SignedRank struct {
	Changed int     // pairs that differ; the others are left out, as Wilcoxon did
	T       float64 // the smaller of both rank sums
	P       float64 // normal approximation, two-sided, corrected for ties, not for continuity
	Exact   float64 // share of all choices of signs; NaN above MostExact changes
}

// Best is the exact P where it is known, otherwise the approximation.
func (r SignedRank) Best() float64 { return orElse(r.Exact, r.P) }

// Wilcoxon asks whether answers moved up or down between two rounds.
//
// Source: Wilcoxon, Biometrics Bulletin 1 (1945) 80; ties as in Lehmann,
// Nonparametrics (1975), chapter 3.
func Wilcoxon(pairs []Pair) SignedRank {
	if len(pairs) == 0 {
		return SignedRank{0, math.NaN(), math.NaN(), math.NaN()}
	}
	var moves, up []float64
	for _, p := range pairs {
		if d := p.After - p.Before; d != 0 {
			moves, up = append(moves, math.Abs(d)), append(up, d)
		}
	}
	r := SignedRank{Changed: len(moves), P: 1, Exact: 1}
	if len(moves) == 0 {
		return r
	}
	ranks := doubledRanksOf(moves)
	rising, all := 0, 0
	for i, rank := range ranks {
		all += rank
		if up[i] > 0 {
			rising += rank
		}
	}
	r.T = float64(min(rising, all-rising)) / 2
	r.P, r.Exact = signedRankNormal(r.T, moves), math.NaN()
	if len(moves) <= MostExact {
		r.Exact = signedRankExact(ranks, min(rising, all-rising), all)
	}
	return r
}

func signedRankNormal(t float64, moves []float64) float64 {
	heap, _ := Count(moves) // differences of numbers that were counted are small enough
	n := float64(len(moves))
	variance := n*(n+1)*(2*n+1)/24 - pool([]Tally{heap}).tieTerm()/48
	return twoSided((t - n*(n+1)/4) / math.Sqrt(variance))
}

// signedRankExact is the chance, over all signs, of a smaller rank sum of at
// most t (doubled, as the ranks are).
func signedRankExact(ranks []int, t, all int) float64 {
	chance := make([]float64, all+1)
	chance[0] = 1
	for _, rank := range ranks {
		for s := all; s >= 0; s-- {
			chance[s] /= 2
			if s >= rank {
				chance[s] += chance[s-rank] / 2
			}
		}
	}
	p := 0.0
	for s, c := range chance {
		if min(s, all-s) <= t {
			p += c
		}
	}
	return min(1, p)
}
