package opinion_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/opinion"
)

func TestNextFollowsThePriorities(t *testing.T) {
	v := &opinion.Votes{}
	if err := v.Grow(2, 5); err != nil {
		t.Fatal(err)
	}
	if err := v.Set(0, 1, opinion.Pass); err != nil {
		t.Fatal(err)
	}
	if err := v.Moderate(2, true); err != nil {
		t.Fatal(err)
	}
	priority := []float64{1, 100, 100, 2} // statement 4 is newer and counts 1
	count := make([]int, 5)
	const draws = 4000
	for i := range draws {
		count[opinion.Next(v, 0, priority, float64(i)/draws)]++
	}
	for s, want := range []float64{0.25, 0, 0, 0.5, 0.25} {
		if got := float64(count[s]) / draws; math.Abs(got-want) > 0.001 {
			t.Errorf("statement %d comes in %v of the draws, want %v", s, got, want)
		}
	}
}

func TestNextNeverAsksTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := &opinion.Votes{}
		n := rapid.IntRange(1, 12).Draw(t, "statements")
		if err := v.Grow(1, n); err != nil {
			t.Fatal(err)
		}
		asked := map[int]bool{}
		for range n {
			priority := rapid.SliceOfN(rapid.Float64Range(0.001, 50), 0, n).Draw(t, "priority")
			s := opinion.Next(v, 0, priority, rapid.Float64Range(0, 0.999999).Draw(t, "draw"))
			if s < 0 || asked[s] {
				t.Fatalf("asks for %d after %v", s, asked)
			}
			asked[s] = true
			if err := v.Set(0, s, opinion.Agree); err != nil {
				t.Fatal(err)
			}
		}
		if s := opinion.Next(v, 0, nil, 0.5); s != -1 {
			t.Fatalf("asks for %d when all is answered", s)
		}
	})
}
