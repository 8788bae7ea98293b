package delphi

import "slices"

// pooled is several groups put into one order: for every value that somebody
// gave, rising, how many answers of each group have it. The answers of one value
// share the mean of their ranks. Ranks are kept doubled, as whole numbers, so
// that sums of them are exact.
type pooled struct {
	values []float64 // rising
	ties   [][]int   // per value, per group
	sizes  []int     // of the groups
	n      int
}

func pool(groups []Tally) pooled {
	p := pooled{sizes: make([]int, len(groups))}
	var values []float64
	for _, g := range groups {
		values = append(values, g.values...)
	}
	slices.Sort(values)
	values = slices.Compact(values)
	p.values = values
	p.ties = make([][]int, len(values))
	for i := range p.ties {
		p.ties[i] = make([]int, len(groups))
	}
	for g, group := range groups {
		p.sizes[g] = group.n
		p.n += group.n
		for v, c := range group.All() {
			i, _ := slices.BinarySearch(values, v)
			p.ties[i][g] = c
		}
	}
	return p
}

// doubledRanks is, per value, twice the rank that its answers share.
func (p pooled) doubledRanks() []int {
	ranks, before := make([]int, len(p.ties)), 0
	for i, tie := range p.ties {
		t := sum(tie)
		ranks[i] = 2*before + t + 1
		before += t
	}
	return ranks
}

// doubledSums is, per group, twice the sum of its ranks.
func (p pooled) doubledSums() []int {
	sums := make([]int, len(p.sizes))
	for i, rank := range p.doubledRanks() {
		for g, c := range p.ties[i] {
			sums[g] += c * rank
		}
	}
	return sums
}

// tieTerm is the sum of t³ - t over all values that t answers share.
func (p pooled) tieTerm() float64 {
	term := 0.0
	for _, tie := range p.ties {
		t := float64(sum(tie))
		term += t*t*t - t
	}
	return term
}

// allTied says that there is no order at all.
func (p pooled) allTied() bool { return len(p.ties) < 2 }

// doubledRanksOf gives every number of a list twice its rank among them.
func doubledRanksOf(numbers []float64) []int {
	sorted := slices.Sorted(slices.Values(numbers))
	ranks := make([]int, len(numbers))
	for i, v := range numbers {
		first, _ := slices.BinarySearch(sorted, v)
		after := first
		for after < len(sorted) && sorted[after] == v {
			after++
		}
		ranks[i] = first + after + 1
	}
	return ranks
}
