package cib_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

func TestTableShowsEveryStateOfEveryScenario(t *testing.T) {
	m := somewhereland(t)
	solution, err := m.Solve(context.Background(), cib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := m.Table("t", solution.Scenarios, cib.English)
	if len(c.Table.Rows) != m.Len()+2 || c.Note != "" {
		t.Errorf("%d rows, note %q", len(c.Table.Rows), c.Note)
	}
	for i := range m.Len() {
		for x, z := range solution.Scenarios {
			if got, want := c.Table.Rows[i][x+1], m.Descriptor(i).States[z[i]].Name; got != want {
				t.Errorf("descriptor %d of scenario %d: %s, want %s", i, x, got, want)
			}
		}
	}
	var svg bytes.Buffer
	if err := c.WriteSVG(&svg, 800); err != nil || !strings.Contains(svg.String(), "Social peace") {
		t.Errorf("error %v", err)
	}
}

func TestLongListIsCutAndSaysSo(t *testing.T) {
	m := random(t, states(2, 2, 2, 2), 1, 0, 0) // without judgements everything is consistent
	solution, err := m.Solve(context.Background(), cib.Options{})
	if err != nil || len(solution.Scenarios) != 16 {
		t.Fatal(len(solution.Scenarios), err)
	}
	if c := m.Table("t", solution.Scenarios, cib.English); c.Note != "The first 12 of 16 scenarios." || len(c.Table.Head) != 13 {
		t.Errorf("note %q, %d columns", c.Note, len(c.Table.Head))
	}
}

func TestGridShowsJudgementsOfSmallMatricesAndStrengthsOfLarge(t *testing.T) {
	m := somewhereland(t)
	c := m.Grid("g", cib.English)
	if len(c.Table.Rows) != m.States() || c.Table.Rows[0][0] != "Government: Patriots party" || c.Table.Rows[0][4] != "-2" {
		t.Errorf("%d rows, first %v", len(c.Table.Rows), c.Table.Rows[0])
	}
	m = copies(t, m, 2)
	c = m.Grid("g", cib.English)
	if len(c.Table.Rows) != m.Len() || c.Table.Rows[0][0] != "Government" || c.Table.Rows[0][2] != "10" {
		t.Errorf("%d rows, first %v", len(c.Table.Rows), c.Table.Rows[0])
	}
}
