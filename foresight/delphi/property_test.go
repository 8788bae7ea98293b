package delphi_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// likert draws answers on 1-7, where ties are many; now and then other numbers.
func likert(least, most int) *rapid.Generator[[]float64] {
	point := rapid.Map(rapid.IntRange(1, 7), func(i int) float64 { return float64(i) })
	return rapid.OneOf(rapid.SliceOfN(point, least, most), rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), least, most))
}

// shuffled is another order of the same answers.
func shuffled(t *rapid.T, answers []float64) []float64 {
	return rapid.Permutation(answers).Draw(t, "order")
}

// same compares in every bit; NaN is NaN.
func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

func TestOrderOfExpertsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := likert(0, 30).Draw(t, "answers")
		a, b := count(t, answers...), count(t, shuffled(t, answers)...)
		x, y := a.Describe(seven, delphi.Type7), b.Describe(seven, delphi.Type7)
		for i, got := range []float64{x.Mean, x.SD, x.CV, x.Q1, x.Q3, x.Bimodality, x.Leik, x.TastleWierman, x.VanDerEijk} {
			if want := []float64{y.Mean, y.SD, y.CV, y.Q1, y.Q3, y.Bimodality, y.Leik, y.TastleWierman, y.VanDerEijk}[i]; !same(got, want) {
				t.Fatalf("measure %d is %v and %v", i, got, want)
			}
		}
		if !a.Equal(b) {
			t.Fatal("the tallies differ")
		}
	})
}

func TestExactMannWhitneyIsFullEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := likert(1, 5).Draw(t, "a"), likert(1, 5).Draw(t, "b")
		got := delphi.MannWhitney(count(t, a...), count(t, b...))
		all := append(append([]float64{}, a...), b...)
		centre := float64(len(a)*len(b)) / 2
		far, n := 0, 0
		for set := range 1 << len(all) {
			u, members := wins(all, set)
			if members != len(a) {
				continue
			}
			n++
			if math.Abs(u-centre) >= math.Abs(got.U-centre) {
				far++
			}
		}
		if math.Abs(got.Exact-float64(far)/float64(n)) > 1e-12 {
			t.Fatalf("exact p %v, enumerated %d of %d", got.Exact, far, n)
		}
	})
}

// wins counts the pairs in which a member of the set is higher, ties half.
func wins(all []float64, set int) (u float64, members int) {
	for i, x := range all {
		if set>>i&1 == 0 {
			continue
		}
		members++
		for j, y := range all {
			switch {
			case set>>j&1 == 1:
			case x > y:
				u++
			case x == y:
				u += 0.5
			}
		}
	}
	return u, members
}

func TestExactKruskalWallisIsFullEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []float64
		var labels, sizes []int
		for g := range rapid.IntRange(2, 4).Draw(t, "groups") {
			answers := likert(1, 2).Draw(t, "answers")
			sizes = append(sizes, len(answers))
			for range answers {
				labels = append(labels, g)
			}
			all = append(all, answers...)
		}
		got := delphi.KruskalWallis(groups(t, all, labels, len(sizes))...)
		far, n := 0, 0
		arrange(labels, sizes, func() {
			n++
			if h := delphi.KruskalWallis(groups(t, all, labels, len(sizes))...).H; h >= got.H-1e-9 {
				far++
			}
		})
		if math.Abs(got.Exact-float64(far)/float64(n)) > 1e-12 {
			t.Fatalf("exact p %v, enumerated %d of %d", got.Exact, far, n)
		}
	})
}

func groups(t interface{ Fatal(...any) }, all []float64, labels []int, n int) []delphi.Tally {
	tallies := make([]delphi.Tally, n)
	for i, v := range all {
		if err := tallies[labels[i]].Add(v); err != nil {
			t.Fatal(err)
		}
	}
	return tallies
}

// arrange goes through every way to give the labels in these numbers; labels is
// as it was afterwards.
func arrange(labels, sizes []int, visit func()) {
	before, left := append([]int{}, labels...), append([]int{}, sizes...)
	var place func(i int)
	place = func(i int) {
		if i == len(labels) {
			visit()
			return
		}
		for g := range left {
			if left[g] > 0 {
				left[g]--
				labels[i] = g
				place(i + 1)
				left[g]++
			}
		}
	}
	place(0)
	copy(labels, before)
}

func TestExactSignedRankIsFullEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := likert(1, 9).Draw(t, "before")
		pairs := make([]delphi.Pair, len(before))
		for i, v := range before {
			pairs[i] = delphi.Pair{Before: v, After: v + float64(rapid.IntRange(-3, 3).Draw(t, "move"))}
		}
		got := delphi.Wilcoxon(pairs)
		far, n := 0, 1<<len(pairs)
		for signs := range n {
			if delphi.Wilcoxon(turned(pairs, signs)).T <= got.T {
				far++
			}
		}
		if math.Abs(got.Exact-float64(far)/float64(n)) > 1e-12 {
			t.Fatalf("exact p %v, enumerated %d of %d", got.Exact, far, n)
		}
	})
}

// turned swaps both rounds of the pairs in the set.
func turned(pairs []delphi.Pair, set int) []delphi.Pair {
	out := append([]delphi.Pair{}, pairs...)
	for i := range out {
		if set>>i&1 == 1 {
			out[i] = delphi.Pair{Before: out[i].After, After: out[i].Before}
		}
	}
	return out
}

func TestTwoGroupsOfManyAreTwoGroups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := count(t, likert(1, 9).Draw(t, "a")...), count(t, likert(1, 9).Draw(t, "b")...)
		mw, kw := delphi.MannWhitney(a, b), delphi.KruskalWallis(a, b)
		if math.Abs(mw.PUncorrected-kw.P) > 1e-9 || math.Abs(mw.Exact-kw.Exact) > 1e-12 {
			t.Fatalf("Mann–Whitney %v, Kruskal–Wallis %v", mw, kw)
		}
		if pairs := delphi.Dunn(a, b); math.Abs(pairs[0].P-kw.P) > 1e-9 || pairs[0].Holm != pairs[0].P {
			t.Fatalf("Dunn %v, Kruskal–Wallis %v", pairs, kw)
		}
	})
}

func TestConcordanceStaysBetweenZeroAndOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.IntRange(2, 6).Draw(t, "items")
		ratings := rapid.SliceOfN(likert(items, items), 2, 8).Draw(t, "ratings")
		got, err := delphi.KendallW(ratings)
		if err != nil {
			t.Fatal(err)
		}
		if !(got.W >= 0 && got.W <= 1) && !math.IsNaN(got.W) {
			t.Fatalf("W %v", got.W)
		}
		other, err := delphi.KendallW(rapid.Permutation(ratings).Draw(t, "order"))
		if err != nil || !same(got.W, other.W) || !same(got.P, other.P) {
			t.Fatalf("another order of raters: %v, %v, %v", got.W, other.W, err)
		}
	})
}

// Two raters: W is (1 + Spearman)/2 where there are no ties.
func TestConcordanceOfTwoIsTheirCorrelation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Permutation([]float64{1, 2, 3, 4, 5, 6}).Draw(t, "a")
		b := rapid.Permutation([]float64{1, 2, 3, 4, 5, 6}).Draw(t, "b")
		w, err := delphi.KendallW([][]float64{a, b})
		if err != nil || math.Abs(w.W-(1+delphi.Spearman(a, b))/2) > 1e-12 {
			t.Fatalf("W %v, Spearman %v, %v", w.W, delphi.Spearman(a, b), err)
		}
	})
}

// With three raters and three items every order can be tried: 6³ of them. The
// drawn chance comes close to the true one, and the seed decides it.
func TestPermutedConcordanceComesCloseToTheTrueChance(t *testing.T) {
	ratings := [][]float64{{1, 2, 3}, {1, 2, 3}, {1, 3, 2}}
	seen, err := delphi.KendallW(ratings)
	if err != nil {
		t.Fatal(err)
	}
	orders := [][]float64{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}}
	far := 0
	for i := range 216 {
		w, err := delphi.KendallW([][]float64{orders[i%6], orders[i/6%6], orders[i/36]})
		if err != nil {
			t.Fatal(err)
		}
		if w.S >= seen.S {
			far++
		}
	}
	const draws = 20_000
	p, err := delphi.PermutedKendallW(ratings, draws, 7)
	if want := float64(far) / 216; err != nil || math.Abs(p-want) > 5*math.Sqrt(want*(1-want)/draws) {
		t.Errorf("drawn %v, true %v, %v", p, want, err)
	}
	again, _ := delphi.PermutedKendallW([][]float64{ratings[2], ratings[0], ratings[1]}, draws, 7)
	if again != p {
		t.Errorf("another order of raters draws %v, not %v", again, p)
	}
}

// Large groups have no exact P and the approximation of small ones is near it.
func TestApproximationIsNearTheExactChance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func(n int) delphi.Tally {
		var answers []float64
		for range n {
			answers = append(answers, float64(1+random.IntN(7)))
		}
		return count(t, answers...)
	}
	for range 20 {
		a, b := draw(30), draw(30)
		if r := delphi.MannWhitney(a, b); math.Abs(r.Exact-r.P) > 0.01 {
			t.Errorf("exact %v, approximated %v", r.Exact, r.P)
		}
	}
	if r := delphi.MannWhitney(draw(31), draw(30)); !math.IsNaN(r.Exact) || r.Best() != r.P {
		t.Errorf("61 answers: exact %v", r.Exact)
	}
}
