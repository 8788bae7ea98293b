// Package morphology is general morphological analysis: a field of parameters,
// each with a few values, in which some pairs of values cannot stand together
// (cross-consistency assessment). What is left are the configurations that could
// be.
//
// Read or New makes a Field; Count says exactly how many configurations are
// consistent, also where nobody could list them; Solutions lists them; Given
// answers "if these values, what remains". Best ranks by graded judgements.
//
// Source: Ritchey 2015, Acta Morphologica Generalis 4(2); the method goes back
// to Zwicky 1969. Parameters and values are numbered from 0 in the order of the
// input.
package morphology

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"strings"
)

// Limits of a field.
const (
	MaxParameters = 128
	MaxValues     = 64 // of one parameter
	MaxRating     = 2  // graded judgements go from -MaxRating to MaxRating
)

// ErrField is the error of every field that the method cannot take.
var ErrField = errors.New("morphology: not a field")

// Parameter is one dimension of a field.
type Parameter struct {
	Name   string
	Values []string
}

// Cell is one value of one parameter.
type Cell struct{ Parameter, Value int }

// Pair is two values of different parameters.
type Pair struct{ A, B Cell }

// Rated is a graded judgement: how well two values go together.
type Rated struct {
	Pair
	Rating int // -MaxRating to MaxRating; pairs that are not rated count 0
}

// Configuration names one value of each parameter, in order.
type Configuration []int

// set is a set of values of one parameter.
type set uint64

// Field is never changed after New.
type Field struct {
	parameters []Parameter
	pairs      []Pair // that are inconsistent, each once
	allowed    [][][]set
	linked     [][]bool // parameters between which some pair is inconsistent
	ratings    map[Pair]int
}

// New makes a field. Names must be there and differ (values within their
// parameter); a pair joins two parameters; said twice it counts once, rated twice
// it is refused. What does not fit gives ErrField.
func New(parameters []Parameter, inconsistent []Pair, rated []Rated) (*Field, error) {
	if err := checkParameters(parameters); err != nil {
		return nil, err
	}
	f := &Field{parameters: parameters, ratings: map[Pair]int{}}
	f.allowAll()
	for _, p := range inconsistent {
		if err := f.checkPair(p); err != nil {
			return nil, err
		}
		f.forbid(p)
	}
	for _, r := range rated {
		if err := f.checkPair(r.Pair); err != nil {
			return nil, err
		}
		p := r.sorted()
		if _, twice := f.ratings[p]; twice || r.Rating < -MaxRating || r.Rating > MaxRating {
			return nil, fmt.Errorf("%w: the rating of %s is %d; expected one from %d to %d", ErrField, f.Say(p), r.Rating, -MaxRating, MaxRating)
		}
		f.ratings[p] = r.Rating
	}
	return f, nil
}

func checkParameters(parameters []Parameter) error {
	if len(parameters) == 0 || len(parameters) > MaxParameters {
		return fmt.Errorf("%w: %d parameters, expected 1 to %d", ErrField, len(parameters), MaxParameters)
	}
	seen := map[string]bool{}
	for _, p := range parameters {
		if strings.TrimSpace(p.Name) == "" || seen[p.Name] {
			return fmt.Errorf("%w: parameter %q; expected names that are not blank and differ", ErrField, p.Name)
		}
		seen[p.Name] = true
		if len(p.Values) == 0 || len(p.Values) > MaxValues {
			return fmt.Errorf("%w: %q has %d values, expected 1 to %d", ErrField, p.Name, len(p.Values), MaxValues)
		}
		values := map[string]bool{}
		for _, v := range p.Values {
			if strings.TrimSpace(v) == "" || values[v] {
				return fmt.Errorf("%w: value %q of %q; expected names that are not blank and differ", ErrField, v, p.Name)
			}
			values[v] = true
		}
	}
	return nil
}

func (f *Field) allowAll() {
	n := len(f.parameters)
	f.allowed, f.linked = make([][][]set, n), make([][]bool, n)
	for a, p := range f.parameters {
		f.linked[a] = make([]bool, n)
		f.allowed[a] = make([][]set, len(p.Values))
		for v := range p.Values {
			f.allowed[a][v] = make([]set, n)
			for b := range n {
				f.allowed[a][v][b] = f.all(b)
			}
		}
	}
}

func (f *Field) all(parameter int) set {
	return set(^uint64(0) >> (64 - len(f.parameters[parameter].Values)))
}

func (f *Field) checkPair(p Pair) error {
	for _, c := range []Cell{p.A, p.B} {
		if c.Parameter < 0 || c.Parameter >= len(f.parameters) || c.Value < 0 || c.Value >= len(f.parameters[c.Parameter].Values) {
			return fmt.Errorf("%w: there is no value %d of parameter %d", ErrField, c.Value, c.Parameter)
		}
	}
	if p.A.Parameter == p.B.Parameter {
		return fmt.Errorf("%w: a pair joins two values of %q; expected two parameters", ErrField, f.parameters[p.A.Parameter].Name)
	}
	return nil
}

// sorted puts the cell of the earlier parameter first.
func (p Pair) sorted() Pair {
	if p.A.Parameter > p.B.Parameter {
		return Pair{p.B, p.A}
	}
	return p
}

func (f *Field) forbid(p Pair) {
	p = p.sorted()
	a, b := p.A, p.B
	if f.allowed[a.Parameter][a.Value][b.Parameter]&(1<<b.Value) == 0 {
		return
	}
	f.pairs = append(f.pairs, p)
	f.allowed[a.Parameter][a.Value][b.Parameter] &^= 1 << b.Value
	f.allowed[b.Parameter][b.Value][a.Parameter] &^= 1 << a.Value
	f.linked[a.Parameter][b.Parameter], f.linked[b.Parameter][a.Parameter] = true, true
}

// Parameters lists the parameters with their values.
func (f *Field) Parameters() []Parameter { return f.parameters }

// Inconsistent lists the pairs that cannot stand together.
func (f *Field) Inconsistent() []Pair { return f.pairs }

// Graded reports whether any pair has a rating.
func (f *Field) Graded() bool { return len(f.ratings) > 0 }

// Say names a pair in words.
func (f *Field) Say(p Pair) string { return f.name(p.A) + " with " + f.name(p.B) }

func (f *Field) name(c Cell) string {
	return fmt.Sprintf("%q: %q", f.parameters[c.Parameter].Name, f.parameters[c.Parameter].Values[c.Value])
}

// Names gives the values of a configuration by name.
func (f *Field) Names(c Configuration) []string {
	names := make([]string, len(c))
	for i, v := range c {
		names[i] = f.parameters[i].Values[v]
	}
	return names
}

// Total is the number of all configurations, consistent or not.
func (f *Field) Total() *big.Int {
	total := big.NewInt(1)
	for _, p := range f.parameters {
		total.Mul(total, big.NewInt(int64(len(p.Values))))
	}
	return total
}

// Judgements is the number of pairs that a group has to look at: the sum of
// |a|·|b| over all pairs of parameters.
func (f *Field) Judgements() int {
	pairs, before := 0, 0
	for _, p := range f.parameters {
		pairs += before * len(p.Values)
		before += len(p.Values)
	}
	return pairs
}

func (s set) size() int         { return bits.OnesCount64(uint64(s)) }
func (s set) has(v int) bool    { return s&(1<<v) != 0 }
func (s set) first() int        { return bits.TrailingZeros64(uint64(s)) }
func (s set) without(v int) set { return s &^ (1 << v) }
