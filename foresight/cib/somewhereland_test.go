package cib_test

import (
	"slices"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// somewhereland is the matrix with which the method is taught. Its numbers are
// those of the manual of ScenarioWizard 4.1, page 11 (Weimer-Jehle).
func somewhereland(t failer) *cib.Matrix {
	names := []cib.Descriptor{
		{Name: "Government", States: []cib.State{{Name: "Patriots party"}, {Name: "Prosperity party"}, {Name: "Social party"}}},
		{Name: "Foreign policy", States: []cib.State{{Name: "Cooperation"}, {Name: "Rivalry"}, {Name: "Conflict"}}},
		{Name: "Economy", States: []cib.State{{Name: "Shrinking"}, {Name: "Stagnant"}, {Name: "Dynamic"}}},
		{Name: "Distribution of wealth", States: []cib.State{{Name: "Balanced"}, {Name: "Strong contrasts"}}},
		{Name: "Social cohesion", States: []cib.State{{Name: "Social peace"}, {Name: "Tensions"}, {Name: "Unrest"}}},
		{Name: "Social values", States: []cib.State{{Name: "Meritocratic"}, {Name: "Solidarity"}, {Name: "Family"}}},
	}
	m, err := cib.New("Somewhereland", names, [][]int{
		{0, 0, 0, -2, 1, 1, 0, 0, 0, 0, 0, -2, 1, 1, 0, 0, 0},
		{0, 0, 0, 2, 1, -3, -2, -1, 3, -2, 2, 0, 0, 0, 2, -1, -1},
		{0, 0, 0, 0, 0, 0, 0, 2, -2, 3, -3, 2, -1, -1, -2, 2, 0},
		{0, 0, 0, 0, 0, 0, -2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0},
		{0, 0, 0, 0, 0, 0, 0, 1, -1, 0, 0, 1, 0, -1, 0, 0, 0},
		{3, -1, -2, 0, 0, 0, 3, 0, -3, 0, 0, 3, -1, -2, -2, 1, 1},
		{2, 1, -3, 0, 0, 0, 0, 0, 0, -2, 2, -3, 1, 2, 0, 0, 0},
		{-1, 2, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
		{0, 0, 0, 0, 0, 0, 0, 0, 0, -2, 2, 3, -1, -2, 0, 0, 0},
		{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, -1, -2, -2, 1, 1},
		{0, -3, 3, 0, 0, 0, 0, 0, 0, 0, 0, -3, 1, 2, 2, -1, -1},
		{0, 0, 0, 0, 0, 0, -2, -1, 3, 0, 0, 0, 0, 0, 2, -1, -1},
		{0, 0, 0, -1, 0, 1, 1, 1, -2, 0, 0, 0, 0, 0, -1, 0, 1},
		{2, -1, -1, -3, 1, 2, 3, 0, -3, 0, 0, 0, 0, 0, -2, -1, 3},
		{0, 3, -3, 0, 0, 0, -3, 0, 3, -3, 3, -2, 1, 1, 0, 0, 0},
		{1, -2, 1, 0, 0, 0, -1, 2, -1, 2, -2, 2, -1, -1, 0, 0, 0},
		{0, 0, 0, 0, 0, 0, -1, 2, -1, 1, -1, 2, -1, -1, 0, 0, 0},
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// copies sets a matrix beside itself several times, without influence between.
func copies(t failer, m *cib.Matrix, times int) *cib.Matrix {
	var descriptors []cib.Descriptor
	for i := range m.Len() {
		descriptors = append(descriptors, m.Descriptor(i))
	}
	own := judgements(m)
	cells := make([][]int, times*len(own))
	for r := range cells {
		cells[r] = make([]int, len(cells))
		copy(cells[r][r/len(own)*len(own):], own[r%len(own)])
	}
	c, err := cib.New("copies", slices.Repeat(descriptors, times), cells)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
