package delphi_test

import (
	"math"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// Numbers that were printed elsewhere, each to the digits it was printed with.

// Hollander and Wolfe, Nonparametric Statistical Methods (1973), pages 29, 69
// and 116, as the help pages of R print them: half-clearance times of dust in
// the lungs, permeability of a membrane, depression scale.
func TestHollanderAndWolfe(t *testing.T) {
	kw := delphi.KruskalWallis(count(t, 2.9, 3.0, 2.5, 2.6, 3.2), count(t, 3.8, 2.7, 4.0, 2.4), count(t, 2.8, 3.4, 3.7, 2.2, 2.0))
	near(t, "H", kw.H, 0.77143, 1e-5)
	near(t, "p of H", kw.P, 0.68, 1e-3)
	mw := delphi.MannWhitney(count(t, 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46), count(t, 1.15, 0.88, 0.90, 0.74, 1.21))
	near(t, "U", mw.U, 35, 0)
	near(t, "exact p of U", mw.Exact, 0.2544, 1e-4)
	x := []float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30}
	y := []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}
	var pairs []delphi.Pair
	for i := range x {
		pairs = append(pairs, delphi.Pair{Before: y[i], After: x[i]})
	}
	w := delphi.Wilcoxon(pairs)
	near(t, "T", w.T, 45-40, 0)
	near(t, "exact p of T", w.Exact, 2*0.01953, 1e-5)
}

// The sample data of the R package agrmt, and the three corners that van der
// Eijk names: one point, an even spread, both ends.
func TestVanDerEijkAgreement(t *testing.T) {
	for _, tt := range []struct {
		counts []int
		want   float64
	}{
		{[]int{30, 40, 210, 130, 530, 50, 10}, 0.6113333},
		{[]int{0, 0, 9, 0, 0}, 1},
		{[]int{4, 4, 4, 4}, 0},
		{[]int{2, 0, 0, 0, 2}, -1},
	} {
		near(t, "A", delphi.VanDerEijk(tt.counts), tt.want, 1e-7)
	}
}

// The two lists by which the encyclopedia compares methods of quartiles, and
// what Excel's QUARTILE.INC and QUARTILE.EXC give for them.
func TestQuartilesOfShortLists(t *testing.T) {
	for _, tt := range []struct {
		kind    delphi.QuartileType
		answers []float64
		want    delphi.Quartiles
	}{
		{delphi.Type6, []float64{6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49}, delphi.Quartiles{Q1: 15, Median: 40, Q3: 43}},
		{delphi.TukeyHalves, []float64{6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49}, delphi.Quartiles{Q1: 15, Median: 40, Q3: 43}},
		{delphi.Type7, []float64{6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49}, delphi.Quartiles{Q1: 25.5, Median: 40, Q3: 42.5}},
		{delphi.Type6, []float64{7, 15, 36, 39, 40, 41}, delphi.Quartiles{Q1: 13, Median: 37.5, Q3: 40.25}},
		{delphi.TukeyHalves, []float64{7, 15, 36, 39, 40, 41}, delphi.Quartiles{Q1: 15, Median: 37.5, Q3: 40}},
		{delphi.Type7, []float64{7, 15, 36, 39, 40, 41}, delphi.Quartiles{Q1: 20.25, Median: 37.5, Q3: 39.75}},
	} {
		if got := count(t, tt.answers...).Quartiles(tt.kind); got != tt.want {
			t.Errorf("%v of %v: %v, want %v", tt.kind, tt.answers, got, tt.want)
		}
	}
}

// Kruskal and Wallis (1952), table 6.1: the exact chance of H at these sizes.
func TestKruskalWallisTable(t *testing.T) {
	two := delphi.KruskalWallis(count(t, 1, 2), count(t, 3, 4), count(t, 5, 6))
	near(t, "H", two.H, 4.571429, 1e-6)
	near(t, "p", two.Exact, 0.066667, 1e-6)
	three := delphi.KruskalWallis(count(t, 1, 2, 3), count(t, 4, 5, 6), count(t, 7, 8, 9))
	near(t, "H", three.H, 7.2, 1e-6)
	near(t, "p", three.Exact, 0.003571, 1e-6)
}

// Weighted kappa of a table that can be followed on paper: 10 pairs on three
// points, 1-1 ×3, 1-2 ×1, 2-2 ×2, 2-3 ×1, 3-3 ×2, 3-1 ×1. Linear: observed
// distance 1+1+2 = 4; margins 4,3,3 and 4,3,3 expect (12+2·12+12+9+2·12+9)/10
// = 9; kappa 1 - 4/9. Squared: 6 and 13.8.
func TestWeightedKappaOnPaper(t *testing.T) {
	var pairs []delphi.Pair
	for _, p := range [][3]float64{{1, 1, 3}, {1, 2, 1}, {2, 2, 2}, {2, 3, 1}, {3, 3, 2}, {3, 1, 1}} {
		for range int(p[2]) {
			pairs = append(pairs, delphi.Pair{Before: p[0], After: p[1]})
		}
	}
	c, err := delphi.Compare(pairs, delphi.Tally{}, delphi.Tally{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "linear", c.KappaLinear, 1-4.0/9, 1e-12)
	near(t, "quadratic", c.KappaQuadratic, 1-6/13.8, 1e-12)
	near(t, "share changed", c.ShareChanged, 0.3, 1e-12)
	if c.NetChange != 0 || !c.Stable() {
		t.Errorf("three changes that cancel are a net change of %v", c.NetChange)
	}
}

// Two groups that do not overlap: U is 0 and two of 70 divisions are as far.
func TestSeparateGroups(t *testing.T) {
	r := delphi.MannWhitney(count(t, 1, 2, 3, 4), count(t, 5, 6, 7, 8))
	near(t, "p", r.Exact, 2.0/70, 1e-15)
	if r.U != 0 || r.RankBiserial != 1 {
		t.Errorf("U %v, r %v", r.U, r.RankBiserial)
	}
	if r := delphi.MannWhitney(count(t, 5, 6, 7, 8), count(t, 1, 2, 3, 4)); r.RankBiserial != -1 {
		t.Errorf("the other way round r is %v", r.RankBiserial)
	}
}

func TestDunnIsZOfMeanRanks(t *testing.T) {
	// Ranks 1-2, 3-4, 5-6: mean ranks differ by 2 and 4, variance of a rank
	// 6·7/12 = 3.5, each difference has 3.5·(1/2+1/2).
	pairs := delphi.Dunn(count(t, 1, 2), count(t, 3, 4), count(t, 5, 6))
	for i, want := range []float64{-2, -4, -2} {
		near(t, "z", pairs[i].Z, want/math.Sqrt(3.5), 1e-12)
	}
	// Holm: the smallest of three times three, both others times two.
	near(t, "Holm of the farthest", pairs[1].Holm, 3*pairs[1].P, 1e-12)
	near(t, "Holm of the next", pairs[0].Holm, 2*pairs[0].P, 1e-12)
	near(t, "Holm never falls", pairs[2].Holm, 2*pairs[2].P, 1e-12)
}

// The example of scipy.stats.spearmanr.
func TestSpearman(t *testing.T) {
	near(t, "rho", delphi.Spearman([]float64{1, 2, 3, 4, 5}, []float64{5, 6, 7, 8, 7}), 0.8207826816681233, 1e-12)
	if got := delphi.Spearman([]float64{1}, []float64{1, 2}); !math.IsNaN(got) {
		t.Errorf("lists of unequal length: %v", got)
	}
}
