package delphi

import (
	"math"
	"math/rand/v2"
	"slices"
)

// ManyGroups is the outcome of a Kruskal–Wallis test. P is 1 and H 0 where all
// answers are equal; everything is NaN where fewer than two groups answered.
type ManyGroups struct {
	H        float64 // corrected for ties
	DF       int     // groups that answered, less one
	P        float64 // chi-squared approximation
	Exact    float64 // share of all divisions of these answers; NaN where there are too many to count
	Permuted float64 // share of drawn divisions, see PermutedKruskalWallis; NaN unless asked for
	Epsilon  float64 // effect size ε² = H(n+1)/(n²-1), from 0 to 1
}

// Best is the exact P where it is known, otherwise the drawn one, otherwise the
// approximation.
func (r ManyGroups) Best() float64 { return orElse(r.Exact, orElse(r.Permuted, r.P)) }

// KruskalWallis asks whether groups answer alike, by the ranks of their
// answers. Groups without answers are left out.
//
// Source: Kruskal and Wallis, Journal of the American Statistical Association 47
// (1952) 583.
func KruskalWallis(groups ...Tally) ManyGroups {
	p := pool(answering(groups))
	nan := math.NaN()
	r := ManyGroups{H: nan, DF: len(p.sizes) - 1, P: nan, Exact: nan, Permuted: nan, Epsilon: nan}
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
	all, centre := 0.0, float64(p.n+1) // the mean of doubled ranks
	for i, rank := range p.doubledRanks() {
		d := float64(rank) - centre
		all += float64(sum(p.ties[i])) * d * d
	}
	if all == 0 {
		return 0
	}
	return float64(p.n-1) * p.between(doubledSums) / all
}

// between adds up, over all answers, the squared distance of the mean doubled
// rank of their group from that of all. Only it depends on the division.
func (p pooled) between(doubledSums []int) float64 {
	between, centre := 0.0, float64(p.n+1)
	for g, s := range doubledSums {
		d := float64(s)/float64(p.sizes[g]) - centre
		between += float64(p.sizes[g]) * d * d
	}
	return between
}

// PermutedKruskalWallis is the chance of an H at least as large if the answers
// were dealt to the groups by lot, from draws samples; the observed division
// counts as one more, so that it is never zero. It is what to read where groups
// are small and the divisions too many to count. The seed decides the samples;
// it is NaN where fewer than two groups answered.
func PermutedKruskalWallis(draws int, seed uint64, groups ...Tally) float64 {
	p := pool(answering(groups))
	if len(p.sizes) < 2 {
		return math.NaN()
	}
	var ranks []int
	for i, rank := range p.doubledRanks() {
		ranks = append(ranks, slices.Repeat([]int{rank}, sum(p.ties[i]))...)
	}
	seen := p.between(p.doubledSums()) * (1 - 1e-12) // what rounding makes of an equal H is equal
	random, sums, far := rand.New(rand.NewPCG(seed, 0)), make([]int, len(p.sizes)), 1
	for range draws {
		random.Shuffle(len(ranks), func(i, j int) { ranks[i], ranks[j] = ranks[j], ranks[i] })
		from := 0
		for g, n := range p.sizes {
			sums[g] = sum(ranks[from : from+n])
			from += n
		}
		if p.between(sums) >= seen {
			far++
		}
	}
	return float64(far) / float64(draws+1)
}
