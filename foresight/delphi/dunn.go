package delphi

import (
	"cmp"
	"math"
	"slices"
)

// PairOfGroups compares two of several groups after Kruskal–Wallis.
type PairOfGroups struct {
	A, B int     // places of the groups, A before B
	Z    float64 // above zero where A answers higher
	P    float64 // two-sided, of this pair alone
	Holm float64 // corrected for the number of pairs
}

// Dunn compares every pair of groups that answered, by the ranks among all of
// them, and corrects for the number of pairs as Holm does. Pairs come in the
// order (0,1), (0,2) … (1,2) …; where all answers are equal Z is 0 and P is 1.
//
// Sources: Dunn, Technometrics 6 (1964) 241; Holm, Scandinavian Journal of
// Statistics 6 (1979) 65.
func Dunn(groups ...Tally) []PairOfGroups {
	p := pool(groups)
	sums, n := p.doubledSums(), float64(p.n)
	variance := n*(n+1)/12 - p.tieTerm()/(12*(n-1))
	var pairs []PairOfGroups
	for a := range groups {
		for b := a + 1; b < len(groups); b++ {
			if p.sizes[a] == 0 || p.sizes[b] == 0 {
				continue
			}
			n1, n2 := float64(p.sizes[a]), float64(p.sizes[b])
			z := 0.0
			if !p.allTied() {
				z = (float64(sums[a])/n1 - float64(sums[b])/n2) / 2 / math.Sqrt(variance*(1/n1+1/n2))
			}
			pairs = append(pairs, PairOfGroups{A: a, B: b, Z: z, P: twoSided(z)})
		}
	}
	holm(pairs)
	return pairs
}

// holm multiplies the smallest P by the number of pairs, the next by one less,
// and so on; none becomes smaller than one before it.
func holm(pairs []PairOfGroups) {
	order := make([]int, len(pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(pairs[i].P, pairs[j].P) })
	least := 0.0
	for place, i := range order {
		least = max(least, min(1, pairs[i].P*float64(len(pairs)-place)))
		pairs[i].Holm = least
	}
}
