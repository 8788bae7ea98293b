package micmac

import (
	"cmp"
	"slices"
)

// alike puts variables into one class when their row sums are equal in every
// power of the matrix because they influence, in sum, each class equally
// strongly (the coarsest equitable partition, by colour refinement).
func (s *sparse) alike() []int {
	class := make([]int, s.n)
	for count := 1; ; {
		refined, found := s.refine(class, count)
		if found == count {
			return class
		}
		class, count = refined, found
	}
}

// weight is the influence of a variable on all of one class together.
type weight struct {
	class int
	sum   float64 // whole
}

// refine parts the classes by what their members influence.
func (s *sparse) refine(class []int, count int) (refined []int, found int) {
	profiles := make([][]weight, s.n)
	sums := make([]float64, count)
	for i := range s.n {
		profiles[i] = s.profile(i, class, sums)
	}
	order := make([]int, s.n)
	for i := range order {
		order[i] = i
	}
	compare := func(i, j int) int {
		return cmp.Or(cmp.Compare(class[i], class[j]), slices.CompareFunc(profiles[i], profiles[j], func(a, b weight) int {
			return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.sum, b.sum))
		}))
	}
	slices.SortFunc(order, compare)
	refined = make([]int, s.n)
	for at, i := range order {
		if at > 0 && compare(order[at-1], i) != 0 {
			found++
		}
		refined[i] = found
	}
	return refined, found + 1
}

// profile sums a row by classes; sums comes and goes empty.
func (s *sparse) profile(i int, class []int, sums []float64) []weight {
	cols, vals := s.row(i)
	var touched []weight
	for k, j := range cols {
		c := class[j]
		if sums[c] == 0 {
			touched = append(touched, weight{class: c})
		}
		sums[c] += vals[k]
	}
	for k, t := range touched {
		touched[k].sum, sums[t.class] = sums[t.class], 0
	}
	slices.SortFunc(touched, func(a, b weight) int { return a.class - b.class })
	return touched
}
