package delphi

import "math"

// ManyGroups is the outcome of a Kruskal–Wallis test. P is 1 and H 0 where all
// answers are equal; everything is NaN where fewer than two groups answered.
type ManyGroups struct {
	H       float64 // corrected for ties
	DF      int     // groups that answered, less one
	P       float64 // chi-squared approximation
	Exact   float64 // share of all divisions of these answers; NaN where there are too many to count
	Epsilon float64 // effect size ε² = H(n+1)/(n²-1), from 0 to 1
}

// Best is the exact P where it is known, otherwise the approximation.
func (r ManyGroups) Best() float64 { return orElse(r.Exact, r.P) }

// KruskalWallis asks whether groups answer alike, by the ranks of their
// answers. Groups without answers are left out.
//
// Source: Kruskal and Wallis, Journal of the American Statistical Association 47
// (1952) 583.
func KruskalWallis(groups ...Tally) ManyGroups {
	p := pool(answering(groups))
	nan := math.NaN()
	r := ManyGroups{H: nan, DF: len(p.sizes) - 1, P: nan, Exact: nan, Epsilon: nan}
	if r.DF < 1 {
		r.DF = 0
		return r
	}
	r.H, r.P = p.h(p.doubledSums()), 1
	n := float64(p.n)
	r.Epsilon = r.H * (n + 1) / (n*n - 1)
	if p.allTied() {
		r.Exact = 1
		return r
	}
	r.P = chiSquareTail(r.H, r.DF)
	if p.n <= MostExact {
		r.Exact = exactManyGroups(p)
	}
	return r
}

func answering(groups []Tally) []Tally {
	var some []Tally
	for _, g := range groups {
		if g.n > 0 {
			some = append(some, g)
		}
	}
	return some
}

// h is (n-1) times the variance of ranks between groups divided by that of all
// ranks. That is H with its correction for ties, without the difference of large
// numbers in the usual formula.
func (p pooled) h(doubledSums []int) float64 {
	between, all := 0.0, 0.0
	centre := float64(p.n + 1) // the mean of doubled ranks
	for g, s := range doubledSums {
		d := float64(s)/float64(p.sizes[g]) - centre
		between += float64(p.sizes[g]) * d * d
	}
	for i, rank := range p.doubledRanks() {
		d := float64(rank) - centre
		all += float64(sum(p.ties[i])) * d * d
	}
	if all == 0 {
		return 0
	}
	return float64(p.n-1) * between / all
}
