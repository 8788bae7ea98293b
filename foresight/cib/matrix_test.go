package cib_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

func itoa(n int) string { return strconv.Itoa(n) }

// judgements are all cells of a matrix.
func judgements(m *cib.Matrix) [][]int {
	var rows [][]int
	for i := range m.Len() {
		for k := range m.Domain(i) {
			var row []int
			for j := range m.Len() {
				for l := range m.Domain(j) {
					row = append(row, m.At(i, k, j, l))
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// matrix draws a small matrix of the kinds met in life and some that are not:
// empty sections, rows that do not sum to zero, a descriptor that acts upon
// itself, descriptors with one state, small judgements with many ties.
func matrix(t *rapid.T) *cib.Matrix {
	n := rapid.IntRange(1, 6).Draw(t, "descriptors")
	var descriptors []cib.Descriptor
	states := 0
	for range n {
		k := rapid.SampledFrom([]int{1, 2, 2, 3, 3, 4, 7}).Draw(t, "states")
		descriptors = append(descriptors, cib.Descriptor{States: make([]cib.State, k)})
		states += k
	}
	most := rapid.SampledFrom([]int{1, 2, 3, 3, 9, 4000}).Draw(t, "largest judgement")
	filled := rapid.IntRange(0, 10).Draw(t, "filled")
	itself := rapid.IntRange(0, 9).Draw(t, "acts upon itself") == 0
	cells := make([][]int, states)
	for r := range cells {
		cells[r] = make([]int, states)
	}
	for i, r := 0, 0; i < n; r, i = r+len(descriptors[i].States), i+1 {
		for j, c := 0, 0; j < n; c, j = c+len(descriptors[j].States), j+1 {
			if (i == j && !itself) || rapid.IntRange(1, 10).Draw(t, "section") > filled {
				continue
			}
			for k := range descriptors[i].States {
				for l := range descriptors[j].States {
					cells[r+k][c+l] = rapid.IntRange(-most, most).Draw(t, "judgement")
				}
			}
		}
	}
	m, err := cib.New("drawn", descriptors, cells)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// everyScenario walks through the whole space in lexicographic order.
func everyScenario(m *cib.Matrix, visit func(cib.Scenario)) {
	z := make(cib.Scenario, m.Len())
	for {
		visit(z)
		i := m.Len() - 1
		for ; i >= 0; i-- {
			if z[i]++; z[i] < m.Domain(i) {
				break
			}
			z[i] = 0
		}
		if i < 0 {
			return
		}
	}
}

// options draws what may narrow a search, with a judge of its own.
func options(t *rapid.T, m *cib.Matrix) (cib.Options, func(cib.Scenario) bool) {
	choice := rapid.Custom(func(t *rapid.T) cib.Choice {
		i := rapid.IntRange(0, m.Len()-1).Draw(t, "descriptor")
		return cib.Choice{Descriptor: i, State: rapid.IntRange(0, m.Domain(i)-1).Draw(t, "state")}
	})
	o := cib.Options{
		Inconsistency: rapid.SampledFrom([]int{0, 0, 1, 2, 5, 100_000}).Draw(t, "inconsistency"),
		Threads:       rapid.IntRange(0, 3).Draw(t, "threads"),
		Forced:        rapid.SliceOfN(choice, 0, 2).Draw(t, "forced"),
		Forbidden:     rapid.SliceOfN(choice, 0, 2).Draw(t, "forbidden"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "pairs") {
		o.ForbiddenPairs = append(o.ForbiddenPairs, [2]cib.Choice{choice.Draw(t, "one"), choice.Draw(t, "other")})
	}
	chosen := func(z cib.Scenario, c cib.Choice) bool { return z[c.Descriptor] == c.State }
	return o, func(z cib.Scenario) bool {
		for _, c := range o.Forced {
			among := slices.ContainsFunc(o.Forced, func(d cib.Choice) bool { return c.Descriptor == d.Descriptor && chosen(z, d) })
			if !among {
				return false
			}
		}
		for _, c := range o.Forbidden {
			if chosen(z, c) {
				return false
			}
		}
		for _, p := range o.ForbiddenPairs {
			if chosen(z, p[0]) && chosen(z, p[1]) {
				return false
			}
		}
		return m.Inconsistency(z) <= o.Inconsistency
	}
}

func TestSearchEqualsEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := matrix(t)
		o, passes := options(t, m)
		want := []cib.Scenario{}
		everyScenario(m, func(z cib.Scenario) {
			if passes(z) {
				want = append(want, slices.Clone(z))
			}
		})
		got, err := m.Solve(context.Background(), o)
		if err != nil || !got.Proof.Complete {
			t.Fatalf("error %v, proof %+v", err, got.Proof)
		}
		if len(want) != len(got.Scenarios) || len(want) > 0 && !cmp.Equal(want, got.Scenarios) {
			t.Fatalf("search: %v\nenumeration: %v", got.Scenarios, want)
		}
		n, proof, err := m.Count(context.Background(), o)
		if err != nil || !proof.Complete || !n.IsInt64() || n.Int64() != int64(len(want)) {
			t.Fatalf("count %s, error %v, proof %+v, want %d", n, err, proof, len(want))
		}
	})
}

func TestConstantAddedToAGroupChangesNothing(t *testing.T) {
	m, _ := loadReference(t, "somewhereland")
	before, err := m.Solve(context.Background(), cib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		shifted := m
		for range rapid.IntRange(1, 8).Draw(t, "groups") {
			i, j := rapid.IntRange(0, m.Len()-1).Draw(t, "i"), rapid.IntRange(0, m.Len()-1).Draw(t, "j")
			k, by := rapid.IntRange(0, m.Domain(i)-1).Draw(t, "k"), rapid.IntRange(-9, 9).Draw(t, "by")
			for l := range m.Domain(j) {
				next, err := shifted.With(i, k, j, l, shifted.At(i, k, j, l)+by)
				if err != nil {
					t.Fatal(err)
				}
				shifted = next
			}
		}
		after, err := shifted.Solve(context.Background(), cib.Options{})
		if err != nil || !cmp.Equal(before.Scenarios, after.Scenarios) {
			t.Errorf("error %v, scenarios %v", err, after.Scenarios)
		}
	})
}

func TestStoppedSearchSaysItIsPartial(t *testing.T) {
	m, _ := loadReference(t, "somewhereland")
	ctx, cancel := context.WithCancelCause(context.Background())
	enough := errors.New("enough")
	cancel(enough)
	got, err := m.Solve(ctx, cib.Options{})
	if !errors.Is(err, enough) || got.Proof.Complete {
		t.Errorf("error %v, proof %+v", err, got.Proof)
	}
}

func TestStreamMayBeLeft(t *testing.T) {
	m, _ := loadReference(t, "somewhereland")
	seen := 0
	proof, err := m.Stream(context.Background(), cib.Options{}, func(z cib.Scenario) bool {
		if !m.Consistent(z) {
			t.Errorf("%v is not consistent", z)
		}
		seen++
		return seen < 3
	})
	if err != nil || proof.Complete || seen != 3 {
		t.Errorf("seen %d, error %v, proof %+v", seen, err, proof)
	}
}

func TestShapeIsChecked(t *testing.T) {
	two := []cib.Descriptor{{States: make([]cib.State, 2)}}
	square := [][]int{{0, 0}, {0, 0}}
	for name, make := range map[string]func() error{
		"no descriptor": func() error { _, err := cib.New("", nil, nil); return err },
		"no state":      func() error { _, err := cib.New("", []cib.Descriptor{{}}, nil); return err },
		"65 states": func() error {
			_, err := cib.New("", []cib.Descriptor{{States: make([]cib.State, 65)}}, nil)
			return err
		},
		"a row too few":     func() error { _, err := cib.New("", two, square[:1]); return err },
		"ragged":            func() error { _, err := cib.New("", two, [][]int{{0, 0}, {0}}); return err },
		"a judgement large": func() error { _, err := cib.New("", two, [][]int{{0, 10_001}, {0, 0}}); return err },
	} {
		if err := make(); !errors.Is(err, cib.ErrShape) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m, err := cib.New("", two, square)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []cib.Options{{Inconsistency: -1}, {Forced: []cib.Choice{{1, 0}}}, {Forbidden: []cib.Choice{{0, 2}}}, {ForbiddenPairs: [][2]cib.Choice{{{0, 0}, {0, -1}}}}} {
		if _, err := m.Solve(context.Background(), o); !errors.Is(err, cib.ErrShape) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
