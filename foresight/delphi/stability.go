package delphi

import (
	"cmp"
	"math"
	"slices"
)

// Pair is what one expert answered in two rounds.
type Pair struct{ Before, After float64 }

// Change says how much answers moved between two rounds. Every measure but
// CVChange looks only at experts who answered in both, so that people who left
// do not look like people who changed their minds.
type Change struct {
	Pairs          int
	ShareChanged   float64 // of the pairs
	NetChange      float64 // half the differences of both histograms, as a share; Scheibe: below 0.15 is stable
	CVChange       float64 // coefficient of variation before, less that after, of all who answered
	Spearman       float64 // NaN where one round has no order
	KappaLinear    float64 // weighted by the distance of the answers
	KappaQuadratic float64 // by its square
	Wilcoxon       SignedRank
}

// StableBelow is the net change under which a distribution counts as stable.
// Source: Scheibe, Skutsch and Schofer in Linstone and Turoff, The Delphi
// Method (1975), chapter IV.C.
const StableBelow = 0.15

// Stable says whether the net change lies below StableBelow.
func (c Change) Stable() bool { return c.NetChange < StableBelow }

// Compare measures the change between two rounds from the answers of those who
// took part in both, in any order, and all answers of each round.
// Pairs with numbers that Count refuses give ErrNotFinite.
func Compare(pairs []Pair, before, after Tally) (Change, error) {
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After))
	})
	x, y := make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		x[i], y[i] = p.Before, p.After
	}
	from, err1 := Count(x)
	to, err2 := Count(y)
	if err := cmp.Or(err1, err2); err != nil {
		return Change{}, err
	}
	c := Change{Pairs: len(pairs), Wilcoxon: Wilcoxon(pairs), Spearman: Spearman(x, y),
		KappaLinear:    kappa(pairs, from, to, math.Abs),
		KappaQuadratic: kappa(pairs, from, to, func(d float64) float64 { return d * d })}
	c.ShareChanged = ratio(c.Wilcoxon.Changed, len(pairs))
	c.NetChange = netChange(from, to)
	c.CVChange = before.Describe(Scale{}, Type7).CV - after.Describe(Scale{}, Type7).CV
	return c, nil
}

// netChange is half of what the counts of all values differ, as a share.
func netChange(a, b Tally) float64 {
	differ := 0
	for _, tie := range pool([]Tally{a, b}).ties {
		differ += abs(tie[0] - tie[1])
	}
	return ratio(differ, 2*a.n)
}

// kappa is Cohen's weighted kappa, 1 - Σ observed distance / Σ distance expected
// if both rounds were independent. The points in between that nobody chose do
// not matter, so that it needs no scale. It is NaN where no distance is
// expected: everybody chose the same, twice.
// Source: Cohen, Psychological Bulletin 70 (1968) 213.
func kappa(pairs []Pair, a, b Tally, weight func(float64) float64) float64 {
	observed, expected := 0.0, 0.0
	for _, p := range pairs {
		observed += weight(p.After - p.Before)
	}
	for x, n := range a.All() {
		for y, m := range b.All() {
			expected += weight(y-x) * float64(n) * float64(m)
		}
	}
	if expected == 0 {
		return math.NaN()
	}
	return 1 - observed*float64(len(pairs))/expected
}

// Spearman is the rank correlation of two lists of equal length, ties sharing
// their mean rank; NaN where one of them has no order or the lengths differ.
func Spearman(x, y []float64) float64 {
	if len(x) != len(y) {
		return math.NaN()
	}
	rx, ry, centre := doubledRanksOf(x), doubledRanksOf(y), len(x)+1
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range rx {
		dx, dy := float64(rx[i]-centre), float64(ry[i]-centre)
		xy += dx * dy
		xx += dx * dx
		yy += dy * dy
	}
	if xx == 0 || yy == 0 {
		return math.NaN()
	}
	return xy / math.Sqrt(xx*yy)
}
