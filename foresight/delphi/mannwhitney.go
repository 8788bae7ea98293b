package delphi

import "math"

// TwoGroups is the outcome of a Mann–Whitney test. Every P is two-sided, and 1
// where all answers are equal; everything is NaN where a group is empty.
type TwoGroups struct {
	U            float64 // of the first group: in how many pairs its answer is higher, ties counting half
	P            float64 // normal approximation, corrected for ties and for continuity
	PUncorrected float64 // the same without the correction for continuity
	Exact        float64 // share of all divisions of these answers into groups of these sizes; NaN above MostExact answers
	RankBiserial float64 // 1 - 2U/(n₁n₂): 1 where the second group is always higher, -1 where the first is
}

// MostExact is the number of answers up to which the chances of ranks are
// counted out; above it the approximations are good.
const MostExact = 60

// Best is the exact P where it is known, otherwise the approximation.
func (r TwoGroups) Best() float64 { return orElse(r.Exact, r.P) }

// MannWhitney asks whether two groups answer alike, by the ranks of their
// answers. The exact P counts, ties included, the divisions whose U lies at
// least as far from n₁n₂/2; without ties it is twice the smaller tail.
//
// Source: Mann and Whitney, Annals of Mathematical Statistics 18 (1947) 50;
// ties as in Lehmann, Nonparametrics (1975), chapter 1.
func MannWhitney(a, b Tally) TwoGroups {
	nan := math.NaN()
	r := TwoGroups{nan, nan, nan, nan, nan}
	if a.n == 0 || b.n == 0 {
		return r
	}
	p := pool([]Tally{a, b})
	n1, n2, n := float64(a.n), float64(b.n), float64(p.n)
	r.U = float64(p.doubledSums()[0])/2 - n1*(n1+1)/2
	r.RankBiserial = 1 - 2*r.U/(n1*n2)
	if p.n <= MostExact {
		r.Exact = exactTwoGroups(p)
	}
	if p.allTied() {
		r.P, r.PUncorrected = 1, 1
		return r
	}
	sigma := math.Sqrt(n1 * n2 / 12 * (n + 1 - p.tieTerm()/(n*(n-1))))
	away := math.Abs(r.U - n1*n2/2)
	r.P, r.PUncorrected = min(1, math.Erfc((away-0.5)/sigma/math.Sqrt2)), twoSided(away/sigma)
	return r
}

// exactTwoGroups builds, value by value, how many ways there are to choose the
// first group so that it has k members with a doubled rank sum of s. Chances
// instead of counts keep the numbers small.
func exactTwoGroups(p pooled) float64 {
	size, ranks := p.sizes[0], p.doubledRanks()
	top := p.n*(p.n+1) + 1
	ways := make([][]float64, size+1)
	for k := range ways {
		ways[k] = make([]float64, top)
	}
	ways[0][0] = 1
	for i, tie := range p.ties {
		t, rank := sum(tie), ranks[i]
		for k := size; k > 0; k-- { // from above, so that a value is not used twice
			for take := min(t, k); take > 0; take-- {
				w := binomial(t, take)
				for s := take * rank; s < top; s++ {
					ways[k][s] += w * ways[k-take][s-take*rank]
				}
			}
		}
	}
	centre := size * (p.n + 1) // the doubled rank sum expected
	seen := abs(p.doubledSums()[0] - centre)
	far := 0.0
	for s, w := range ways[size] {
		if abs(s-centre) >= seen {
			far += w
		}
	}
	return min(1, far/binomial(p.n, size))
}

// binomial is "n over k" up to MostExact; it errs by less than 1e-14 of itself.
func binomial(n, k int) float64 { return triangle[n][k] }

// triangle is Pascal's.
var triangle = func() (rows [MostExact + 1][MostExact + 1]float64) {
	for n := range rows {
		rows[n][0] = 1
		for k := 1; k <= n; k++ {
			rows[n][k] = rows[n-1][k-1] + rows[n-1][k]
		}
	}
	return rows
}()

func abs(i int) int { return max(i, -i) }

func orElse(p, other float64) float64 {
	if math.IsNaN(p) {
		return other
	}
	return p
}
