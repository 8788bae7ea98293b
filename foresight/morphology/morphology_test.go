package morphology_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/document"
	"github.com/wspolnota/wspolnota/foresight/morphology"
)

var ctx = context.Background()

// TestPublishedFields compares every public case: counts, the reduction to 1e-9,
// and each solution in its order.
func TestPublishedFields(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "reference", "foresight", "gma", "*.json"))
	if len(names) == 0 {
		t.Skip("skipped: no ../shared")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var want struct {
				Total, Consistent int64
				Reduction         float64 `json:"reduction_percent"`
				Pairs             int     `json:"pairs_in_ccm"`
				Solutions         [][]string
			}
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			f, err := morphology.Read(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			n, err := f.Count(ctx)
			if err != nil || n.Int64() != want.Consistent || f.Total().Int64() != want.Total || f.Judgements() != want.Pairs {
				t.Errorf("%v of %v consistent, %d judgements, %v", n, f.Total(), f.Judgements(), err)
			}
			if reduction := 100 * (1 - float64(n.Int64())/float64(want.Total)); math.Abs(reduction-want.Reduction) > 1e-9 {
				t.Errorf("reduction %v", reduction)
			}
			solutions, err := f.Solutions(ctx, 0)
			if err != nil || len(solutions) != len(want.Solutions) {
				t.Fatalf("%d solutions, %v", len(solutions), err)
			}
			for i, c := range solutions {
				if !slices.Equal(f.Names(c), want.Solutions[i]) {
					t.Errorf("solution %d is %v, want %v", i+1, f.Names(c), want.Solutions[i])
				}
			}
		})
	}
}

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

// A ring of 100 parameters with 8 values each, neighbours never alike: what a
// colouring of a ring with 8 colours is, 7^100 + 7. Nobody could list it.
func TestHopelessFieldIsCountedExactly(t *testing.T) {
	const n, values = 100, 8
	var parameters []morphology.Parameter
	var pairs []morphology.Pair
	for p := range n {
		parameter := morphology.Parameter{Name: fmt.Sprint("p", p)}
		for v := range values {
			parameter.Values = append(parameter.Values, fmt.Sprint(v))
			pairs = append(pairs, morphology.Pair{A: morphology.Cell{Parameter: p, Value: v}, B: morphology.Cell{Parameter: (p + 1) % n, Value: v}})
		}
		parameters = append(parameters, parameter)
	}
	f, err := morphology.New(parameters, pairs, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := new(big.Int).Exp(big.NewInt(values-1), big.NewInt(n), nil)
	want.Add(want, big.NewInt(values-1))
	if got, err := f.Count(ctx); err != nil || got.Cmp(want) != 0 {
		t.Errorf("counted %v, want %v, %v", got, want, err)
	}
	some, err := f.Solutions(ctx, 3)
	if err != nil || len(some) != 3 {
		t.Errorf("%d solutions, %v", len(some), err)
	}
}

func TestCountIsStoppedByItsContext(t *testing.T) {
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	r := randomField(40, 4, 0.06)
	if _, err := r.Count(stopped); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestMistakesInTheFieldAreShown(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no parameters", "{}", `expected a field "parameters"`},
		{"none", `{"parameters": {}}`, "expected 1 to 128 parameters, found 0"},
		{"list", `{"parameters": []}`, "expected an object, found a list"},
		{"blank", `{"parameters": {" ": ["a"]}}`, "expected a name for each parameter, this one is blank"},
		{"twice", "{\"parameters\": {\"a\": [\"x\"],\n\"a\": [\"y\"]}}", `line 2: "a" is said twice`},
		{"value twice", "{\"parameters\": {\"a\": [\"x\",\n\"x\"]}}", `line 2: two values are called "x"`},
		{"no values", `{"parameters": {"a": []}}`, `expected 1 to 64 values of "a", found 0`},
		{"unknown", "{\"parameters\": {\"a\": [\"x\"], \"b\": [\"y\"]},\n\"inconsistent_pairs\": [\n[[\"a\",\"x\"],[\"b\",\"z\"]]]}", `line 3: there is no value "z" of a parameter "b"`},
		{"one parameter", `{"parameters": {"a": ["x","y"]}, "inconsistent_pairs": [[["a","x"],["a","y"]]]}`, `expected values of two parameters, found two of "a"`},
		{"three", `{"parameters": {"a": ["x"]}, "inconsistent_pairs": [[["a","x"]]]}`, "expected a pair of [parameter, value], found 1 things"},
		{"rating", `{"parameters": {"a": ["x"], "b": ["y"]}, "ratings": [[["a","x"],["b","y"],3]]}`, "expected a whole number from -2 to 2, found 3"},
		{"rated twice", `{"parameters": {"a": ["x"], "b": ["y"]}, "ratings": [[["a","x"],["b","y"],1],[["b","y"],["a","x"],1]]}`, "this pair is rated twice"},
		{"million", `{"parameters": {"a": [` + strings.Repeat(`"x",`, 1_000_000) + `"x"]}}`, "more than 500000 values"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := morphology.Read(strings.NewReader(tt.text))
			var mistake *document.Error
			if !errors.As(err, &mistake) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestFieldOutOfShapeIsRefused(t *testing.T) {
	two := []morphology.Parameter{{Name: "a", Values: []string{"x"}}, {Name: "b", Values: []string{"y"}}}
	cell := func(p, v int) morphology.Cell { return morphology.Cell{Parameter: p, Value: v} }
	for name, try := range map[string]func() error{
		"none":   func() error { _, err := morphology.New(nil, nil, nil); return err },
		"values": func() error { _, err := morphology.New([]morphology.Parameter{{Name: "a"}}, nil, nil); return err },
		"names":  func() error { _, err := morphology.New(append(two[:1:1], two[0]), nil, nil); return err },
		"no value": func() error {
			_, err := morphology.New(two, []morphology.Pair{{A: cell(0, 0), B: cell(1, 1)}}, nil)
			return err
		},
		"one": func() error {
			_, err := morphology.New(two, []morphology.Pair{{A: cell(0, 0), B: cell(0, 0)}}, nil)
			return err
		},
		"rating": func() error {
			_, err := morphology.New(two, nil, []morphology.Rated{{Pair: morphology.Pair{A: cell(0, 0), B: cell(1, 0)}, Rating: 3}})
			return err
		},
		"given": func() error {
			f, _ := morphology.New(two, nil, nil)
			_, err := f.Given(ctx, cell(2, 0))
			return err
		},
		"wish": func() error {
			f, _ := morphology.New(two, nil, nil)
			_, err := f.Nearest(ctx, morphology.Configuration{0, 7}, 1)
			return err
		},
	} {
		if err := try(); !errors.Is(err, morphology.ErrField) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"parameters": {"a": ["x","y"], "b": ["z"]}, "inconsistent_pairs": [[["a","x"],["b","z"]]], "ratings": [[["a","y"],["b","z"],2]]}`, `{"parameters": {"": []}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		field, err := morphology.Read(bytes.NewReader(text))
		var mistake *document.Error
		if err != nil {
			if !errors.As(err, &mistake) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if field.Total().BitLen() > 16 {
			return
		}
		n, err := field.Count(ctx)
		if err != nil || n.Cmp(field.Total()) > 0 {
			t.Fatalf("%v of %v, %v", n, field.Total(), err)
		}
	})
}
