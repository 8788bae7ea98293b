package morphology_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/morphology"
)

// What follows compares the package with plain enumeration of small fields.

type drawn struct {
	sizes []int
	pairs []morphology.Pair
	rated []morphology.Rated
	*morphology.Field
}

func anyField(t *rapid.T) drawn {
	d := drawn{sizes: rapid.SliceOfN(rapid.IntRange(1, 4), 1, 5).Draw(t, "sizes")}
	var parameters []morphology.Parameter
	for p, size := range d.sizes {
		parameter := morphology.Parameter{Name: fmt.Sprint("p", p)}
		for v := range size {
			parameter.Values = append(parameter.Values, fmt.Sprint(v))
		}
		parameters = append(parameters, parameter)
	}
	odds := rapid.IntRange(0, 9).Draw(t, "odds")
	for p := range d.sizes {
		for q := p + 1; q < len(d.sizes); q++ {
			for v := range d.sizes[p] {
				for w := range d.sizes[q] {
					pair := morphology.Pair{A: morphology.Cell{Parameter: p, Value: v}, B: morphology.Cell{Parameter: q, Value: w}}
					if rapid.IntRange(0, 11).Draw(t, "kill") < odds {
						d.pairs = append(d.pairs, pair)
					}
					if rapid.Bool().Draw(t, "rated") {
						d.rated = append(d.rated, morphology.Rated{Pair: pair, Rating: rapid.IntRange(-2, 2).Draw(t, "rating")})
					}
				}
			}
		}
	}
	f, err := morphology.New(parameters, d.pairs, d.rated)
	if err != nil {
		t.Fatal(err)
	}
	d.Field = f
	return d
}

// all lists every configuration in lexicographic order.
func (d drawn) all() []morphology.Configuration {
	list := []morphology.Configuration{{}}
	for _, size := range d.sizes {
		var longer []morphology.Configuration
		for _, c := range list {
			for v := range size {
				longer = append(longer, append(slices.Clone(c), v))
			}
		}
		list = longer
	}
	return list
}

func holds(c morphology.Configuration, p morphology.Pair) bool {
	return c[p.A.Parameter] == p.A.Value && c[p.B.Parameter] == p.B.Value
}

// consistent filters plainly, but for one pair that may pass.
func (d drawn) consistent(but int) []morphology.Configuration {
	return slices.DeleteFunc(d.all(), func(c morphology.Configuration) bool {
		for k, p := range d.pairs {
			if k != but && holds(c, p) {
				return true
			}
		}
		return false
	})
}

func same(a, b []morphology.Configuration) bool {
	return slices.EqualFunc(a, b, func(x, y morphology.Configuration) bool { return slices.Equal(x, y) })
}

func TestFieldAgreesWithPlainEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyField(t)
		want := d.consistent(-1)
		n, err := d.Count(ctx)
		if err != nil || n.Int64() != int64(len(want)) {
			t.Fatalf("count %v, want %d, %v", n, len(want), err)
		}
		if got, err := d.Solutions(ctx, 0); err != nil || !same(got, want) {
			t.Fatalf("solutions %v, want %v, %v", got, want, err)
		}
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		if got, _ := d.Solutions(ctx, limit); !same(got, want[:min(limit, len(want))]) {
			t.Fatalf("first %d: %v", limit, got)
		}
		kills, err := d.Kills(ctx)
		if err != nil || len(kills) != len(d.pairs) {
			t.Fatalf("%d kills, %v", len(kills), err)
		}
		for k, kill := range kills {
			all := len(slices.DeleteFunc(d.all(), func(c morphology.Configuration) bool { return !holds(c, kill.Pair) }))
			alone := len(d.consistent(k)) - len(want)
			if kill.All.Int64() != int64(all) || kill.Alone.Int64() != int64(alone) {
				t.Fatalf("%v kills %v and %v alone, want %d and %d", kill.Pair, kill.All, kill.Alone, all, alone)
			}
		}
	})
}

func TestGivenValuesLeaveWhatEnumerationLeaves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyField(t)
		var chosen []morphology.Cell
		for p, size := range d.sizes {
			for v := range size {
				if rapid.IntRange(0, 3).Draw(t, "chosen") == 0 {
					chosen = append(chosen, morphology.Cell{Parameter: p, Value: v})
				}
			}
		}
		want := slices.DeleteFunc(d.consistent(-1), func(c morphology.Configuration) bool {
			for p := range c {
				driven := slices.ContainsFunc(chosen, func(x morphology.Cell) bool { return x.Parameter == p })
				if driven && !slices.Contains(chosen, morphology.Cell{Parameter: p, Value: c[p]}) {
					return true
				}
			}
			return false
		})
		r, err := d.Given(ctx, chosen...)
		if err != nil || r.Consistent.Int64() != int64(len(want)) {
			t.Fatalf("%v remain, want %d, %v", r.Consistent, len(want), err)
		}
		dead := 0
		for p, values := range r.Values {
			for v, n := range values {
				count := len(slices.DeleteFunc(slices.Clone(want), func(c morphology.Configuration) bool { return c[p] != v }))
				if n.Int64() != int64(count) {
					t.Fatalf("value %d of %d: %v, want %d", v, p, n, count)
				}
				if count == 0 {
					dead++
				}
			}
		}
		if len(r.Dead()) != dead {
			t.Fatalf("%d dead values, want %d", len(r.Dead()), dead)
		}
		if got, err := d.Solutions(ctx, 0, chosen...); err != nil || !same(got, want) {
			t.Fatalf("solutions %v, want %v, %v", got, want, err)
		}
	})
}

func TestNearestAreNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyField(t)
		wish := make(morphology.Configuration, len(d.sizes))
		for p, size := range d.sizes {
			wish[p] = rapid.IntRange(-1, size-1).Draw(t, "wish")
		}
		far := func(c morphology.Configuration) int {
			n := 0
			for p := range c {
				if wish[p] >= 0 && wish[p] != c[p] {
					n++
				}
			}
			return n
		}
		want := d.consistent(-1)
		slices.SortStableFunc(want, func(a, b morphology.Configuration) int { return far(a) - far(b) })
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		got, err := d.Nearest(ctx, wish, limit)
		if err != nil || len(got) != min(limit, len(want)) {
			t.Fatalf("%d found, %v", len(got), err)
		}
		for i, n := range got {
			if !slices.Equal(n.Configuration, want[i]) || n.Distance != far(want[i]) {
				t.Fatalf("number %d is %v, want %v", i+1, n, want[i])
			}
		}
	})
}

func TestBestAreBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyField(t)
		total := func(c morphology.Configuration) int {
			sum := 0
			for _, r := range d.rated {
				if holds(c, r.Pair) {
					sum += r.Rating
				}
			}
			return sum
		}
		want := d.consistent(-1)
		slices.SortStableFunc(want, func(a, b morphology.Configuration) int { return total(b) - total(a) })
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		got, err := d.Best(ctx, limit)
		if err != nil || len(got) != min(limit, len(want)) {
			t.Fatalf("%d found, %v", len(got), err)
		}
		for i, b := range got {
			if !slices.Equal(b.Configuration, want[i]) || b.Total != total(want[i]) {
				t.Fatalf("number %d is %v, want %v with %d", i+1, b, want[i], total(want[i]))
			}
		}
	})
}

func TestDiverseSubsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyField(t).consistent(-1)
		distance := rapid.IntRange(1, 5).Draw(t, "distance")
		apart := morphology.Apart(list, distance)
		for i, a := range apart {
			for _, b := range apart[:i] {
				if morphology.Distance(a, b) < distance {
					t.Fatalf("%v and %v are nearer than %d", a, b, distance)
				}
			}
		}
		for _, c := range list {
			if !slices.ContainsFunc(apart, func(a morphology.Configuration) bool { return morphology.Distance(a, c) < distance }) {
				t.Fatalf("%v could be added", c)
			}
		}
		count := rapid.IntRange(1, 6).Draw(t, "count")
		diverse := morphology.Diverse(list, count)
		if len(diverse) != min(count, len(list)) {
			t.Fatalf("%d chosen of %d, want %d", len(diverse), len(list), count)
		}
		if len(diverse) > 1 {
			for _, c := range list {
				if morphology.Distance(list[0], c) > morphology.Distance(list[0], diverse[1]) {
					t.Fatalf("%v is farther from the first than the second, %v", c, diverse[1])
				}
			}
		}
	})
}
