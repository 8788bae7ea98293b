package scan

import (
	"math"
	"math/rand/v2"
	"slices"
)

// rank gives ranks to the items that are shown and measured.
func (b *ballots) rank(r *Report) []int {
	var open []int
	var priorities []float64
	for i, item := range r.Items {
		if p := float64(item.Priority); !math.IsNaN(p) {
			open, priorities = append(open, i), append(priorities, p)
		}
	}
	for k, rank := range descending(priorities) {
		r.Items[open[k]].Rank = Measure(rank)
	}
	return open
}

// descending is the rank of each number, 1 the largest; equal numbers share
// their mean rank, and what is not known comes last. Products of means that only
// rounding tells apart are equal.
func descending(numbers []float64) []float64 {
	order := make([]int, len(numbers))
	key := make([]float64, len(numbers))
	for i, v := range numbers {
		order[i], key[i] = i, v
		if math.IsNaN(v) {
			key[i] = math.Inf(-1)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if key[a] > key[b] {
			return -1
		}
		return one(key[a] < key[b])
	})
	ranks := make([]float64, len(numbers))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && alike(key[order[to]], key[order[from]]) {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}

func alike(a, b float64) bool { return a == b || math.Abs(a-b) <= 1e-12*math.Abs(b) }

// intervals says how firm the ranking is: voters are drawn anew, with
// replacement and in each sector as many as it has, and everything is computed
// again. The interval is the middle 95 % of what comes out (Efron and
// Tibshirani, An Introduction to the Bootstrap (1993), chapter 13).
func (b *ballots) intervals(r *Report, open []int, o Options) {
	random := rand.New(rand.NewPCG(o.Seed, 0))
	members := make([][]int, len(b.sectors))
	for v, s := range b.sectorOf {
		members[s] = append(members[s], v)
	}
	kept, priorities, times := make([]samples, len(open)), make([]float64, len(open)), make([]int, len(b.sectorOf))
	for range o.Samples {
		clear(times)
		for _, voters := range members {
			for range voters {
				times[voters[random.IntN(len(voters))]]++
			}
		}
		for k, i := range open {
			m := b.measure(i, times)
			priorities[k] = m.priority()
			kept[k].add(m)
		}
		for k, rank := range descending(priorities) {
			kept[k].rank = append(kept[k].rank, rank)
		}
	}
	for k, i := range open {
		item := &r.Items[i]
		item.RankRange, item.PriorityRange = middle(kept[k].rank), middle(kept[k].priority)
		item.ImportanceRange, item.UncertaintyRange = middle(kept[k].importance), middle(kept[k].uncertainty)
	}
}

// samples is what came out for one item. What nobody drawn voted on is left out
// of the measures, and its rank is the last.
type samples struct{ rank, importance, uncertainty, priority []float64 }

func (s *samples) add(m measure) {
	if !math.IsNaN(m.priority()) {
		s.importance, s.uncertainty, s.priority = append(s.importance, m.importance), append(s.uncertainty, m.uncertainty), append(s.priority, m.priority())
	}
}

// middle is the 2.5th and the 97.5th percentile.
func middle(numbers []float64) [2]Measure {
	if len(numbers) == 0 {
		return [2]Measure{Measure(math.NaN()), Measure(math.NaN())}
	}
	slices.Sort(numbers)
	at := func(p float64) Measure { return Measure(numbers[int(math.Round(p*float64(len(numbers)-1)))]) }
	return [2]Measure{at(0.025), at(0.975)}
}
