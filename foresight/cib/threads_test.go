package cib_test

import (
	"context"
	"math/big"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

func TestThreadsChangeNothing(t *testing.T) {
	for _, m := range []*cib.Matrix{
		random(t, states(repeat(14, 3)...), 5, 2, 1),
		random(t, states(mixed(30)...), 5, 3, 0.15),
		copies(t, somewhereland(t), 3),
	} {
		one, err := m.Solve(context.Background(), cib.Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, threads := range []int{2, 3, 8} {
			got, err := m.Solve(context.Background(), cib.Options{Threads: threads})
			if err != nil || !cmp.Equal(one.Scenarios, got.Scenarios) || one.Proof.Nodes != got.Proof.Nodes {
				t.Errorf("%d threads: %d scenarios in %d nodes, one: %d in %d, error %v", threads, len(got.Scenarios), got.Proof.Nodes, len(one.Scenarios), one.Proof.Nodes, err)
			}
		}
		if !slices.IsSortedFunc(one.Scenarios, slices.Compare[cib.Scenario]) {
			t.Error("not in lexicographic order")
		}
	}
}

// More descriptors than bits in a word, and more scenarios than a word counts.
func TestManyDescriptorsAreCountedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "descriptors")
		m := random(t, states(repeat(n, 3)...), rapid.Uint64().Draw(t, "seed"), 1, 0.5)
		one, _, err := m.Count(context.Background(), cib.Options{})
		if err != nil {
			t.Fatal(err)
		}
		times := 70/n + 1
		all, proof, err := copies(t, m, times).Count(context.Background(), cib.Options{Threads: 2})
		if want := new(big.Int).Exp(one, big.NewInt(int64(times)), nil); err != nil || !proof.Complete || all.Cmp(want) != 0 {
			t.Fatalf("%s scenarios, want %s, error %v", all, want, err)
		}
	})
}

func TestForbiddenPairTiesWhatNothingElseTies(t *testing.T) {
	m := copies(t, somewhereland(t), 2)
	o := cib.Options{ForbiddenPairs: [][2]cib.Choice{{{Descriptor: 0, State: 0}, {Descriptor: 6, State: 0}}}}
	got, err := m.Solve(context.Background(), o)
	if err != nil || len(got.Scenarios) != 100-4*4 { // four of the ten have the first state
		t.Errorf("%d scenarios, error %v", len(got.Scenarios), err)
	}
	n, _, err := m.Count(context.Background(), o)
	if err != nil || n.Int64() != 84 {
		t.Errorf("%s counted, error %v", n, err)
	}
}

func TestSearchStaysSmall(t *testing.T) {
	for name, m := range map[string]*cib.Matrix{
		"dense 18x3":  random(t, states(repeat(18, 3)...), 1, 2, 1),
		"sparse 40x4": random(t, states(repeat(40, 4)...), 1, 3, 0.05),
		"ten copies":  copies(t, somewhereland(t), 10),
	} {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, _, err := m.Count(context.Background(), cib.Options{Threads: 2}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		// Everything that was ever taken, so that the collector does not matter.
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 64 {
			t.Errorf("%s: took %d MiB", name, used)
		}
	}
}
