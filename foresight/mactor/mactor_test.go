package mactor_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/document"
	"github.com/wspolnota/wspolnota/foresight/mactor"
)

// TestFourActors compares every matrix of the public case, computed there by the
// formulas of the method and not by a program of its makers, to 1e-9.
func TestFourActors(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "reference", "foresight", "mactor", "four_actors.json"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("skipped: no ../shared")
	}
	if err != nil {
		t.Fatal(err)
	}
	in, err := mactor.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	a, err := mactor.Analyse(in)
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	got := map[string]any{
		"MDI": a.Influence, "2MAO": a.Positions, "MDII": a.MDII, "I": a.I, "D": a.D, "r_star": a.RStar, "net_scale": a.NetScale,
		"3MAO": a.Orders[2].Positions, "mobilisation_3MAO": a.Orders[2].Mobilisation, "objective_for": a.Orders[2].For, "objective_against": a.Orders[2].Against,
		"1CAA": a.Orders[0].Convergence, "1DAA": a.Orders[0].Divergence, "ambivalence_1": a.Orders[0].Ambivalence,
		"2CAA": a.Orders[1].Convergence, "2DAA": a.Orders[1].Divergence, "ambivalence_2": a.Orders[1].Ambivalence,
		"3CAA": a.Orders[2].Convergence, "3DAA": a.Orders[2].Divergence, "ambivalence_3": a.Orders[2].Ambivalence,
	}
	for name, values := range want {
		if name == "source" || name == "formulas" {
			continue
		}
		mine, there := got[name]
		if !there {
			t.Errorf("%s is in the reference only", name)
			continue
		}
		a, b := numbers(t, mine), numbers(t, values)
		if len(a) != len(b) {
			t.Errorf("%s has %d numbers, want %d", name, len(a), len(b))
			continue
		}
		for k := range a {
			if math.Abs(a[k]-b[k]) > 1e-9 {
				t.Errorf("%s: number %d is %v, want %v", name, k+1, a[k], b[k])
			}
		}
	}
}

// numbers lists all numbers of a matrix by rows.
func numbers(t *testing.T, matrix any) []float64 {
	t.Helper()
	text, err := json.Marshal(matrix)
	if err != nil {
		t.Fatal(err)
	}
	var flat []float64
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return flat
		}
		if err != nil {
			t.Fatal(err)
		}
		if x, ok := token.(float64); ok {
			flat = append(flat, x)
		}
	}
}

func anyInput(t *rapid.T) mactor.Input {
	n, m := rapid.IntRange(1, 6).Draw(t, "actors"), rapid.IntRange(0, 5).Draw(t, "objectives")
	in := mactor.Input{Actors: make([]string, n), Objectives: make([]string, m)}
	for i := range n {
		row := rapid.SliceOfN(rapid.IntRange(0, 4), n, n).Draw(t, "influence")
		row[i] = 0
		in.Influence = append(in.Influence, row)
		in.Positions = append(in.Positions, rapid.SliceOfN(rapid.IntRange(-4, 4), m, m).Draw(t, "positions"))
	}
	return in
}

func TestRelationsAreBalanced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		a, err := mactor.Analyse(in)
		if err != nil {
			t.Fatal(err)
		}
		n, sum := len(in.Actors), 0.0
		for i := range n {
			sum += a.RStar[i]
			for j := range n {
				if a.NetScale[i][j] != -a.NetScale[j][i] {
					t.Fatal("the upper hand of one is not the lower of the other")
				}
				if a.MMIDI[i][j] > a.MDII[i][j] || a.MDII[i][j] < in.Influence[i][j] {
					t.Fatalf("ways from %d to %d: %d, strongest %d, direct %d", i, j, a.MDII[i][j], a.MMIDI[i][j], in.Influence[i][j])
				}
			}
		}
		if math.Abs(sum-float64(n)) > 1e-9 {
			t.Fatalf("strengths sum to %v, want %d", sum, n)
		}
		for k, r := range a.Orders {
			mobilised, forAndAgainst := 0.0, 0.0
			for i := range n {
				mobilised += r.Mobilisation[i]
				if r.Ambivalence[i] < -1e-12 || r.Ambivalence[i] > 1+1e-12 {
					t.Fatalf("order %d: ambivalence %v", k+1, r.Ambivalence[i])
				}
				for j := range n {
					if math.Abs(r.Convergence[i][j]-r.Convergence[j][i]) > 1e-12 || math.Abs(r.Divergence[i][j]-r.Divergence[j][i]) > 1e-12 {
						t.Fatalf("order %d: relations are not mutual", k+1)
					}
				}
			}
			for o := range r.For {
				forAndAgainst += r.For[o] - r.Against[o]
			}
			if math.Abs(mobilised-forAndAgainst) > 1e-9 {
				t.Fatalf("order %d: %v is mobilised, %v for and against", k+1, mobilised, forAndAgainst)
			}
		}
	})
}

func TestActorsWithoutInfluenceAreEquallyStrong(t *testing.T) {
	a, err := mactor.Analyse(mactor.Input{Actors: []string{"a", "b"}, Objectives: []string{"o"}, Influence: [][]int{{0, 0}, {0, 0}}, Positions: [][]int{{2}, {-1}}})
	if err != nil || a.RStar[0] != 1 || a.RStar[1] != 1 || a.Orders[2].Positions[0][0] != 2 {
		t.Errorf("strengths %v, %v", a.RStar, err)
	}
}

func TestMistakesInTheInputAreShown(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no matrix", "{\n}", `line 1: expected a field "MDI"`},
		{"no positions", `{"MDI": [[0]]}`, `expected a field "2MAO"`},
		{"ragged", "{\"MDI\": [[0, 1],\n[1]], \"2MAO\": []}", "line 2: expected 2 numbers in row 2 of MDI, found 1"},
		{"scale", "{\"MDI\": [[0, 5],\n[1, 0]], \"2MAO\": []}", "line 1: expected a whole number from 0 to 4, found 5"},
		{"itself", "{\"MDI\": [[0, 1],\n[1, 2]], \"2MAO\": []}", `line 2: the influence of "Actor 2" on itself is 2`},
		{"names", `{"MDI": [[0]], "actors": ["a", "b"], "2MAO": [[1]]}`, "expected 1 actors as in the matrix, found 2"},
		{"blank name", `{"MDI": [[0]], "actors": [" "], "2MAO": [[1]]}`, "expected a name for each actor, this one is blank"},
		{"name twice", `{"MDI": [[0,1],[1,0]], "actors": ["a", "a"], "2MAO": [[1],[1]]}`, `two actors are called "a"`},
		{"positions", `{"MDI": [[0,1],[1,0]], "2MAO": [[1]]}`, "expected 2 rows in 2MAO, one per actor, found 1"},
		{"position", "{\"MDI\": [[0]],\n\"2MAO\": [[-5]]}", "line 2: expected a whole number from -4 to 4, found -5"},
		{"sector", "{\"MDI\": [[0]], \"2MAO\": [[1]],\n\"sectors\": [\"church\"]}", `line 2: expected administration, ngo, resident, business or nothing, found "church"`},
		{"million", `{"MDI": [[` + strings.Repeat("0,", 1_000_000) + `0]]}`, "more than 500000 values"},
		{"many actors", `{"MDI": [` + strings.Repeat("0,", 300) + `0]}`, "expected 1 to 200 actors, found 301 rows"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := mactor.Read(strings.NewReader(tt.text))
			var mistake *document.Error
			if !errors.As(err, &mistake) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestInputOutOfShapeIsRefused(t *testing.T) {
	good := mactor.Input{Actors: []string{"a"}, Objectives: []string{"o"}, Influence: [][]int{{0}}, Positions: [][]int{{1}}}
	for name, spoil := range map[string]func(*mactor.Input){
		"actors": func(in *mactor.Input) { in.Actors = nil }, "sectors": func(in *mactor.Input) { in.Sectors = []string{"", ""} },
		"rows": func(in *mactor.Input) { in.Positions = nil }, "columns": func(in *mactor.Input) { in.Positions = [][]int{{1, 2}} },
		"influence": func(in *mactor.Input) { in.Influence = [][]int{{1}} }, "position": func(in *mactor.Input) { in.Positions = [][]int{{9}} },
		"objectives": func(in *mactor.Input) { in.Objectives = make([]string, 501) },
	} {
		in := good
		spoil(&in)
		if _, err := mactor.Analyse(in); !errors.Is(err, mactor.ErrInput) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestPicturesNameEveryActor(t *testing.T) {
	in := mactor.Input{Actors: []string{"Urząd & spółki", "Forum"}, Sectors: []string{"administration", "ngo"}, Objectives: []string{"o"},
		Influence: [][]int{{0, 3}, {1, 0}}, Positions: [][]int{{1}, {-1}}}
	a, err := mactor.Analyse(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, svg string
		rows      int
	}{
		{"plane", a.Plane("p", mactor.English).SVG, len(a.Plane("p", mactor.English).Table.Rows)},
		{"histogram", a.Histogram("h", mactor.English).SVG, len(a.Histogram("h", mactor.English).Table.Rows)},
	} {
		if err := xml.Unmarshal([]byte(c.svg), new(any)); err != nil && !strings.Contains(err.Error(), "unknown type") {
			t.Errorf("%s: %v", c.name, err)
		}
		if !strings.Contains(c.svg, "Urząd &amp; spółki") || !strings.Contains(c.svg, "Forum") || c.rows != 2 {
			t.Errorf("%s does not name every actor", c.name)
		}
	}
	if legend := a.Plane("p", mactor.English).Legend; len(legend) != 2 {
		t.Errorf("legend %v", legend)
	}
}

func TestManyActorsAreNumberedAndExplained(t *testing.T) {
	in := mactor.Input{Actors: make([]string, 13), Influence: make([][]int, 13), Positions: make([][]int, 13)}
	for i := range in.Actors {
		in.Actors[i], in.Influence[i] = "actor", make([]int, 13)
	}
	a, err := mactor.Analyse(in)
	if err != nil {
		t.Fatal(err)
	}
	if c := a.Plane("p", mactor.English); !strings.Contains(c.SVG, ">13</text>") || !strings.HasSuffix(c.Note, "· 13. actor") {
		t.Errorf("note %q", c.Note)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"MDI": [[0,3],[2,0]], "2MAO": [[3,-1],[0,2]], "actors": ["a","b"]}`, `{"MDI": [[0]], "2MAO": [[]], "sectors": [""]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		in, err := mactor.Read(bytes.NewReader(text))
		var mistake *document.Error
		if err != nil {
			if !errors.As(err, &mistake) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if _, err := mactor.Analyse(in); err != nil {
			t.Fatalf("what was read is refused: %v", err)
		}
	})
}
