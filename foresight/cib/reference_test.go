package cib_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// references is the folder of public cases: matrices with their solution sets.
// Sources and licences stand in its README; every number is compared exactly.
const references = "../../../shared/reference/foresight/cib"

// reference is one expected.json.
type reference struct {
	Case            string
	Descriptors     int
	ScenarioSpace   json.RawMessage `json:"scenario_space"`
	ConsistentCount int             `json:"consistent_count"`
	Cycles          *int            `json:"starts_ending_in_cycles"`
	Consistent      []struct {
		Scenario         []int
		Basin            int64 `json:"basin_global"`
		TotalImpactScore int   `json:"total_impact_score"`
		ConsistencyValue int   `json:"consistency_value"`
		Margins          []int
	}
	ByInconsistency map[string]int `json:"scenarios_by_inconsistency"`
}

func loadReference(t testing.TB, name string) (*cib.Matrix, reference) {
	t.Helper()
	if _, err := os.Stat(references); err != nil {
		t.Skip("skipped: no ../shared")
	}
	f, err := os.Open(filepath.Join(references, name+".scw"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := cib.ReadSCW(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(references, name+".expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want reference
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	return m, want
}

var cases = []string{"somewhereland", "CIB_global", "CIB_natl_regional", "random_d8x3_0", "random_s8x3_0"}

func TestEveryPublicCaseIsReproduced(t *testing.T) {
	for _, name := range cases {
		t.Run(name, func(t *testing.T) {
			m, want := loadReference(t, name)
			got, err := m.Solve(context.Background(), cib.Options{})
			if err != nil || !got.Proof.Complete {
				t.Fatalf("error %v, proof %+v", err, got.Proof)
			}
			if s := got.Proof.Space.String(); s != strings.Trim(string(want.ScenarioSpace), `"`) || m.Len() != want.Descriptors {
				t.Errorf("space %s of %d descriptors, want %s of %d", s, m.Len(), want.ScenarioSpace, want.Descriptors)
			}
			if len(got.Scenarios) != want.ConsistentCount {
				t.Fatalf("%d scenarios, want %d", len(got.Scenarios), want.ConsistentCount)
			}
			for i, w := range want.Consistent {
				z := got.Scenarios[i]
				if diff := cmp.Diff(fromOne(w.Scenario), z); diff != "" {
					t.Errorf("scenario %d: %s", i+1, diff)
				}
				if c, s := m.ConsistencyValue(z), m.TotalImpactScore(z); c != w.ConsistencyValue || s != w.TotalImpactScore {
					t.Errorf("%v: consistency value %d, total impact score %d, want %d, %d", w.Scenario, c, s, w.ConsistencyValue, w.TotalImpactScore)
				}
				if diff := cmp.Diff(w.Margins, m.Margins(z)); w.Margins != nil && diff != "" {
					t.Errorf("%v: margins %s", w.Scenario, diff)
				}
			}
		})
	}
}

// fromOne turns states counted from 1 into a scenario.
func fromOne(states []int) cib.Scenario {
	z := make(cib.Scenario, len(states))
	for i, k := range states {
		z[i] = k - 1
	}
	return z
}

func TestScenariosByInconsistencyAreThoseOfThePublicCases(t *testing.T) {
	for _, name := range []string{"somewhereland", "CIB_global"} {
		m, want := loadReference(t, name)
		for q, sum := 0, 0; q <= 14; q++ {
			got, err := m.Solve(context.Background(), cib.Options{Inconsistency: q})
			if err != nil {
				t.Fatal(err)
			}
			sum += want.ByInconsistency[json.Number(itoa(q)).String()]
			if len(got.Scenarios) != sum {
				t.Errorf("%s: %d scenarios with inconsistency up to %d, want %d", name, len(got.Scenarios), q, sum)
			}
		}
	}
}

func TestCSVOfSomewherelandIsItsSCW(t *testing.T) {
	m, _ := loadReference(t, "somewhereland")
	f, err := os.Open(filepath.Join(references, "somewhereland.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := cib.ReadCSV(f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(judgements(m), judgements(table)); diff != "" || table.Len() != m.Len() {
		t.Errorf("%d descriptors; %s", table.Len(), diff)
	}
}
