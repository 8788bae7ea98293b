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
