package cib_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

func TestBasinsAreThoseOfThePublicCases(t *testing.T) {
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "CIB_natl_regional" {
				t.Skip("22 million starts")
			}
			m, want := loadReference(t, name)
			b, err := m.Basins(context.Background(), cib.Succession{}, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range want.Consistent {
				if got := b.Of(fromOne(c.Scenario)); got.Cmp(big.NewInt(c.Basin)) != 0 {
					t.Errorf("%v has %s starts, want %d", c.Scenario, got, c.Basin)
				}
			}
			if _, starts := b.Cycles(); want.Cycles != nil && starts.Cmp(big.NewInt(int64(*want.Cycles))) != 0 {
				t.Errorf("%s starts end in cycles, want %d", starts, *want.Cycles)
			}
		})
	}
}

// succession draws a rule with all it needs.
func succession(t *rapid.T, m *cib.Matrix) cib.Succession {
	s := cib.Succession{Rule: cib.Rule(rapid.IntRange(0, 3).Draw(t, "rule"))}
	if rapid.Bool().Draw(t, "ordered") {
		for i := range m.Len() {
			s.Order = append(s.Order, i)
		}
		s.Order = rapid.Permutation(s.Order).Draw(t, "order")
	}
	return s
}

func TestBasinsEqualWalksFromEveryStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := matrix(t)
		s := succession(t, m)
		resting, cycles := map[string]int64{}, map[string]int64{}
		everyScenario(m, func(z cib.Scenario) {
			a, err := m.Attractor(z, s)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Scenarios) == 1 {
				resting[fmt.Sprint(a.Scenarios[0])]++
			} else {
				cycles[fmt.Sprint(a.Scenarios[0])]++
			}
		})
		b, err := m.Basins(context.Background(), s, rapid.IntRange(0, 2).Draw(t, "threads"))
		if err != nil {
			t.Fatal(err)
		}
		var inCycles int64
		for _, n := range cycles {
			inCycles += n
		}
		count, starts := b.Cycles()
		if count.Int64() != int64(len(cycles)) || starts.Int64() != inCycles {
			t.Fatalf("%s cycles with %s starts, want %d with %d", count, starts, len(cycles), inCycles)
		}
		everyScenario(m, func(z cib.Scenario) {
			if got := b.Of(z); got.Int64() != resting[fmt.Sprint(z)] {
				t.Fatalf("%v: %s starts, want %d", z, got, resting[fmt.Sprint(z)])
			}
			if m.Consistent(z) != (resting[fmt.Sprint(z)] > 0) {
				t.Fatalf("%v rests, consistent: %v", z, m.Consistent(z))
			}
		})
	})
}

func TestBlocksOfBasinsEqualStepByStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := wide(t)
		b, err := m.Basins(context.Background(), cib.Succession{}, 2)
		if err != nil {
			t.Fatal(err)
		}
		var sum uint64
		for _, p := range b.Parts {
			for _, a := range p.Attractors {
				sum += a.Starts
			}
		}
		if len(b.Parts) != 1 || sum != m.Space().Uint64() {
			t.Fatalf("%d parts, %d starts of %s", len(b.Parts), sum, m.Space())
		}
		for _, a := range b.Parts[0].Attractors {
			got, err := m.Attractor(a.First, cib.Succession{})
			if err != nil || len(got.Scenarios) != a.Length || !slices.Equal(got.Scenarios[0], a.First) {
				t.Fatalf("attractor %+v, by steps %+v, error %v", a, got, err)
			}
		}
	})
}

// wide draws a matrix of more scenarios than one block holds.
func wide(t *rapid.T) *cib.Matrix {
	n := rapid.IntRange(7, 9).Draw(t, "descriptors")
	var descriptors []cib.Descriptor
	for range n {
		descriptors = append(descriptors, cib.Descriptor{States: make([]cib.State, rapid.IntRange(2, 4).Draw(t, "states"))})
	}
	return random(t, descriptors, rapid.Uint64().Draw(t, "seed"), 2, 1)
}

func TestTooLargeSpaceHasNoTable(t *testing.T) {
	var descriptors []cib.Descriptor
	for range 40 {
		descriptors = append(descriptors, cib.Descriptor{States: make([]cib.State, 2)})
	}
	m := random(t, descriptors, 1, 2, 1)
	if _, err := m.Basins(context.Background(), cib.Succession{}, 1); !errors.Is(err, cib.ErrTooLarge) {
		t.Error(err)
	}
}

func TestStoppedBasinsGiveNoAnswer(t *testing.T) {
	m, _ := loadReference(t, "somewhereland")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for rule := cib.Global; rule <= cib.Adiabatic; rule++ {
		if _, err := m.Basins(ctx, cib.Succession{Rule: rule}, 1); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func TestSuccessionIsChecked(t *testing.T) {
	m, _ := loadReference(t, "CIB_global")
	for _, s := range []cib.Succession{{Rule: 4}, {Rule: -1}, {Rule: cib.Adiabatic, Order: []int{0, 1}}, {Order: []int{0, 1, 1}}, {Order: []int{0, 1, 2, 3}}} {
		if _, err := m.Attractor(cib.Scenario{0, 0, 0}, s); !errors.Is(err, cib.ErrShape) {
			t.Errorf("%+v: %v", s, err)
		}
		if _, err := m.Basins(context.Background(), s, 1); !errors.Is(err, cib.ErrShape) {
			t.Errorf("%+v: %v", s, err)
		}
	}
	if _, err := m.Attractor(cib.Scenario{0, 0, 4}, cib.Succession{}); !errors.Is(err, cib.ErrShape) {
		t.Error(err)
	}
}

// The weights of the solution set of ScenarioWizard are basins under global
// succession; they are exact where all starts were counted.
func TestRulesDifferOnlyInWhereStartsLead(t *testing.T) {
	m, want := loadReference(t, "somewhereland")
	for rule := cib.Global; rule <= cib.Adiabatic; rule++ {
		b, err := m.Basins(context.Background(), cib.Succession{Rule: rule}, 1)
		if err != nil {
			t.Fatal(err)
		}
		resting := 0
		for _, p := range b.Parts {
			for _, a := range p.Attractors {
				if a.Length == 1 {
					resting++
				}
			}
		}
		if cmp.Compare(resting, want.ConsistentCount) != 0 {
			t.Errorf("rule %d rests in %d scenarios, want %d", rule, resting, want.ConsistentCount)
		}
	}
}
