package delphi_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

func TestUnusableNumbersAreRefused(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e101} {
		if _, err := delphi.Count([]float64{1, v}); !errors.Is(err, delphi.ErrNotFinite) {
			t.Errorf("%v: %v", v, err)
		}
		var tally delphi.Tally
		if err := tally.Add(v); !errors.Is(err, delphi.ErrNotFinite) || tally.N() != 0 {
			t.Errorf("adding %v: %v, then %d answers", v, err, tally.N())
		}
		if _, err := delphi.Compare([]delphi.Pair{{Before: 1, After: v}}, delphi.Tally{}, delphi.Tally{}); !errors.Is(err, delphi.ErrNotFinite) {
			t.Errorf("comparing with %v: %v", v, err)
		}
		if _, err := delphi.KendallW([][]float64{{1, 2}, {1, v}}); !errors.Is(err, delphi.ErrNotFinite) {
			t.Errorf("ordering with %v: %v", v, err)
		}
	}
}

func TestNobodyAnswered(t *testing.T) {
	s := delphi.Tally{}.Describe(seven, delphi.Type7)
	if s.N != 0 || !math.IsNaN(s.Mean) || !math.IsNaN(s.SD) || !math.IsNaN(s.Median) || !math.IsNaN(s.Leik) || s.Polarised() {
		t.Errorf("%+v", s)
	}
	if r := delphi.MannWhitney(delphi.Tally{}, count(t, 1)); !math.IsNaN(r.Best()) {
		t.Errorf("%+v", r)
	}
	if r := delphi.KruskalWallis(delphi.Tally{}, count(t, 1)); !math.IsNaN(r.Best()) || r.DF != 0 {
		t.Errorf("%+v", r)
	}
	if r := delphi.Wilcoxon(nil); !math.IsNaN(r.Best()) {
		t.Errorf("%+v", r)
	}
	if pairs := delphi.Dunn(delphi.Tally{}, count(t, 1)); len(pairs) != 0 {
		t.Errorf("%+v", pairs)
	}
}

func TestOneAnswer(t *testing.T) {
	for _, kind := range delphi.QuartileTypes {
		s := count(t, 5).Describe(seven, kind)
		if s.Mean != 5 || !math.IsNaN(s.SD) || s.Q1 != 5 || s.Median != 5 || s.Q3 != 5 || s.Leik != 1 || s.TastleWierman != 1 || s.VanDerEijk != 1 {
			t.Errorf("%v: %+v", kind, s)
		}
	}
	if r := delphi.MannWhitney(count(t, 1), count(t, 2)); r.Exact != 1 || r.U != 0 {
		t.Errorf("one against one: %+v", r)
	}
}

func TestTwoAnswers(t *testing.T) {
	s := count(t, 1, 7).Describe(seven, delphi.Type7)
	if s.Mean != 4 || math.Abs(s.SD-math.Sqrt(18)) > 1e-12 || s.Q1 != 2.5 || s.Q3 != 5.5 || s.Leik != 0 || s.TastleWierman != 0 || s.VanDerEijk != -1 || !math.IsNaN(s.Bimodality) {
		t.Errorf("%+v", s)
	}
}

func TestAllEqualIsNoDifference(t *testing.T) {
	a, b := count(t, 4, 4, 4), count(t, 4, 4)
	if r := delphi.MannWhitney(a, b); r.P != 1 || r.Exact != 1 || r.PUncorrected != 1 || r.RankBiserial != 0 {
		t.Errorf("%+v", r)
	}
	if r := delphi.KruskalWallis(a, b, a); r.H != 0 || r.P != 1 || r.Exact != 1 {
		t.Errorf("%+v", r)
	}
	if p := delphi.Dunn(a, b); p[0].P != 1 || p[0].Holm != 1 {
		t.Errorf("%+v", p)
	}
	c, err := delphi.Compare([]delphi.Pair{{4, 4}, {4, 4}}, a, b)
	if err != nil || c.Wilcoxon.P != 1 || c.NetChange != 0 || !math.IsNaN(c.KappaLinear) || !math.IsNaN(c.Spearman) || c.CVChange != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	w, err := delphi.KendallW([][]float64{{1, 1}, {1, 1}})
	if err != nil || !math.IsNaN(w.W) || !math.IsNaN(w.P) {
		t.Errorf("%+v, %v", w, err)
	}
}

// The mean of equal answers is that answer, and their deviation nothing, even
// where a sum would round.
func TestEqualAnswersHaveNoDeviation(t *testing.T) {
	s := count(t, 0.1, 0.1, 0.1).Describe(delphi.Scale{}, delphi.Type7)
	if s.Mean != 0.1 || s.SD != 0 || s.IQR() != 0 {
		t.Errorf("%+v", s)
	}
}

func TestConcordanceNeedsTwoRatersAndTwoItems(t *testing.T) {
	for _, ratings := range [][][]float64{nil, {{1, 2}}, {{1}, {2}}, {{}, {}}} {
		if _, err := delphi.KendallW(ratings); !errors.Is(err, delphi.ErrTooFew) {
			t.Errorf("%v: %v", ratings, err)
		}
	}
	if _, err := delphi.KendallW([][]float64{{1, 2}, {1, 2, 3}}); err == nil {
		t.Error("rows of unequal length are taken")
	}
}

// Huge, tiny and far from zero: the deviation of a, a+d, a+2d is d.
func TestDeviationSurvivesUnusualNumbers(t *testing.T) {
	for _, d := range []float64{1e-300, 1e-9, 1, 1e99} {
		s := count(t, d, 2*d, 3*d).Describe(delphi.Scale{}, delphi.Type7)
		near(t, "SD", s.SD/d, 1, 1e-12)
		near(t, "CV", s.CV, 0.5, 1e-12)
	}
	s := count(t, 1e9, 1e9+1, 1e9+2).Describe(delphi.Scale{}, delphi.Type7)
	near(t, "SD far from zero", s.SD, 1, 1e-9)
}

func TestMeasuresStayInTheirBounds(t *testing.T) {
	points := rapid.SliceOfN(rapid.Map(rapid.IntRange(1, 7), func(i int) float64 { return float64(i) }), 1, 40)
	rapid.Check(t, func(t *rapid.T) {
		s := count(t, points.Draw(t, "answers")...).Describe(seven, delphi.Type7)
		const e = 1e-12
		if s.Leik < -e || s.Leik > 1+e || s.TastleWierman < -e || s.TastleWierman > 1+e || s.VanDerEijk < -1-e || s.VanDerEijk > 1+e || s.Q1 > s.Median || s.Median > s.Q3 {
			t.Fatalf("%+v", s)
		}
	})
}

func TestSkewedHeapIsNotPolarised(t *testing.T) {
	heap := count(t, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6).Describe(seven, delphi.Type7)
	if heap.Bimodality <= 5.0/9 || heap.Polarised() {
		t.Errorf("%+v", heap.Polarity)
	}
	even := count(t, 1, 2, 3, 4, 5, 6, 7).Describe(seven, delphi.Type7)
	if math.Abs(even.Leik-3.0/7) > 1e-12 || even.Polarised() {
		t.Errorf("an even spread: %+v", even.Polarity)
	}
	if camps := count(t, 1, 1, 2, 1, 2, 6, 7, 7, 6, 7).Describe(seven, delphi.Type7); !camps.Polarised() {
		t.Errorf("%+v", camps.Polarity)
	}
}

func TestScaleIsReadAndWritten(t *testing.T) {
	for _, text := range []string{"1-7", "0-100", "none", "1-9"} {
		s, err := delphi.ParseScale(text)
		if err != nil || s.String() != text {
			t.Errorf("%s: %v, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "7", "7-1", "1-1", "a-b", "-3-3", "1-5000", "1-9223372036854775807"} {
		if s, err := delphi.ParseScale(text); err == nil {
			t.Errorf("%q is taken as %v", text, s)
		}
	}
}
