package micmac_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/micmac"
)

// reference is a public case with expected results, kept beside the project.
type reference struct {
	Direct struct {
		Influence, Dependence []float64
		RankInfluence         []int `json:"rank_influence"`
		RankDependence        []int `json:"rank_dependence"`
	}
	Density     float64 `json:"density_percent"`
	FirstRepeat int     `json:"first_power_with_same_order_as_previous_power"`
	Settled     int     `json:"power_from_which_order_never_changes_up_to_60"`
	Powers      map[int]struct {
		Influence, Dependence []string
		RankInfluence         []int     `json:"rank_influence"`
		RankDependence        []int     `json:"rank_dependence"`
		PerMille              []float64 `json:"influence_per_mille"`
	}
}

func references(t *testing.T) map[string]reference {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared", "reference", "foresight", "micmac")
	names, _ := filepath.Glob(filepath.Join(folder, "*.csv"))
	if len(names) == 0 {
		t.Skip("skipped: no ../shared")
	}
	all := map[string]reference{}
	for _, name := range names {
		text, err := os.ReadFile(name[:len(name)-4] + ".expected.json")
		if errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s has no expected results", name)
			continue
		}
		var r reference
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		all[name] = r
	}
	return all
}

func load(t *testing.T, name string) *micmac.Matrix {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := micmac.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// oneBased is how the references number variables.
func oneBased(order []int) []int {
	out := make([]int, len(order))
	for i, v := range order {
		out[i] = v + 1
	}
	return out
}

// TestPublishedMatrices compares every reference case: exact sums of five powers,
// their orders, shares to 1e-9 of what four printed decimals allow, and the power
// from which the orders stay.
func TestPublishedMatrices(t *testing.T) {
	for name, want := range references(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			m := load(t, name)
			a, err := micmac.Analyse(context.Background(), m, micmac.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if a.Settling.Power != want.Settled || a.Settling.FirstRepeat != want.FirstRepeat || a.Settling.Period != 0 {
				t.Errorf("settling %+v, want power %d, first repeat %d", a.Settling, want.Settled, want.FirstRepeat)
			}
			if math.Abs(100*m.Fill()-want.Density) > 1e-9 {
				t.Errorf("fill %v, want %v", m.Fill(), want.Density)
			}
			if !slices.Equal(oneBased(a.Direct.ByInfluence), want.Direct.RankInfluence) || !slices.Equal(oneBased(a.Direct.ByDependence), want.Direct.RankDependence) {
				t.Errorf("direct orders %v, %v", a.Direct.ByInfluence, a.Direct.ByDependence)
			}
			for i, d := range want.Direct.Influence {
				if total := sum(want.Direct.Influence); math.Abs(a.Direct.Influence[i]-d/total) > 1e-9 || math.Abs(a.Direct.Dependence[i]-want.Direct.Dependence[i]/total) > 1e-9 {
					t.Errorf("direct shares of %d: %v, %v", i+1, a.Direct.Influence[i], a.Direct.Dependence[i])
				}
			}
			for power, p := range want.Powers {
				influence, dependence := m.Sums(power)
				total := 0.0
				for i := range influence {
					if influence[i].String() != p.Influence[i] || dependence[i].String() != p.Dependence[i] {
						t.Errorf("power %d, variable %d: %s and %s", power, i+1, influence[i], dependence[i])
					}
					x, _ := influence[i].Float64()
					total += x
				}
				for i := range influence {
					x, _ := influence[i].Float64()
					if math.Abs(1000*x/total-p.PerMille[i]) > 5e-5+1e-9 {
						t.Errorf("power %d: share %v", power, 1000*x/total)
					}
				}
				if power >= want.Settled && (!slices.Equal(oneBased(a.Indirect.ByInfluence), p.RankInfluence) || !slices.Equal(oneBased(a.Indirect.ByDependence), p.RankDependence)) {
					t.Errorf("power %d: orders %v, %v", power, a.Indirect.ByInfluence, a.Indirect.ByDependence)
				}
			}
		})
	}
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
