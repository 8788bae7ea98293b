package cib_test

import (
	"math/rand/v2"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

type failer interface{ Fatal(...any) }

// states makes descriptors with so many states each.
func states(domains ...int) []cib.Descriptor {
	var descriptors []cib.Descriptor
	for _, n := range domains {
		descriptors = append(descriptors, cib.Descriptor{States: make([]cib.State, n)})
	}
	return descriptors
}

// random fills the given share of the sections with whole numbers from -most to most.
func random(t failer, descriptors []cib.Descriptor, seed uint64, most int, share float64) *cib.Matrix {
	r := rand.New(rand.NewPCG(seed, 1))
	return build(t, descriptors, func(rows, columns int) [][]int {
		if r.Float64() >= share {
			return nil
		}
		section := make([][]int, rows)
		for k := range section {
			for range columns {
				section[k] = append(section[k], r.IntN(2*most+1)-most)
			}
		}
		return section
	})
}

// build asks for each section between two descriptors; nil is an empty one.
func build(t failer, descriptors []cib.Descriptor, section func(rows, columns int) [][]int) *cib.Matrix {
	all := 0
	var first []int
	for _, d := range descriptors {
		first = append(first, all)
		all += len(d.States)
	}
	cells := make([][]int, all)
	for r := range cells {
		cells[r] = make([]int, all)
	}
	for i, from := range descriptors {
		for j, to := range descriptors {
			if i == j {
				continue
			}
			for k, row := range section(len(from.States), len(to.States)) {
				copy(cells[first[i]+k][first[j]:], row)
			}
		}
	}
	m, err := cib.New("random", descriptors, cells)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
