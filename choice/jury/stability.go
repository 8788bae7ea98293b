package jury

import (
	"cmp"
	"math/big"
	"math/rand/v2"
	"slices"
)

// Stability says how firmly each initiative stands among the first.
type Stability struct {
	// LeaveOneOut is in how many of the rankings that leave out one assessor the
	// initiative is among the first, as a share; Bootstrap in how many of those
	// whose assessors are drawn with repetition. Where several are equal on the
	// border, each counts for its share of the places.
	LeaveOneOut, Bootstrap []float64
}

// Stability ranks again, top places being given, by means without each assessor in
// turn and by draws of as many assessors with repetition. Seed makes the draws the
// same each time; 2,000 draws tell shares to about two points in a hundred.
func (p *Panel) Stability(top, draws int, seed uint64) Stability {
	rows := p.whole()
	s := Stability{LeaveOneOut: make([]float64, p.Initiatives), Bootstrap: make([]float64, p.Initiatives)}
	times := make([]int64, p.Assessors)
	for out := range p.Assessors {
		for j := range times {
			times[j] = 1
		}
		times[out] = 0
		addFirst(s.LeaveOneOut, rows, times, top, p.Assessors)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	for range draws {
		clear(times)
		for range p.Assessors {
			times[random.IntN(p.Assessors)]++
		}
		addFirst(s.Bootstrap, rows, times, top, draws)
	}
	return s
}

// whole are the totals in units of their common fraction, below 0 where there is no
// card: sums and products of them are exact, as Check has made sure.
func (p *Panel) whole() [][]int64 {
	unit := big.NewRat(p.denominator(), 1)
	out := make([][]int64, p.Initiatives)
	for i, row := range p.Totals() {
		for _, v := range row {
			n := int64(-1)
			if v != nil {
				n = new(big.Rat).Mul(v, unit).Num().Int64()
			}
			out[i] = append(out[i], n)
		}
	}
	return out
}

// addFirst ranks by means in which each assessor counts so many times, and adds to
// the shares of those who are among the first.
func addFirst(shares []float64, rows [][]int64, times []int64, top, of int) {
	type ranked struct {
		initiative int
		sum, cards int64
	}
	var all []ranked
	for i, row := range rows {
		r := ranked{initiative: i}
		for j, v := range row {
			if v >= 0 {
				r.sum += v * times[j]
				r.cards += times[j]
			}
		}
		if r.cards > 0 {
			all = append(all, r)
		}
	}
	compare := func(a, b ranked) int { return cmp.Compare(b.sum*a.cards, a.sum*b.cards) }
	slices.SortFunc(all, compare)
	for from := 0; from < min(top, len(all)); {
		to := from + 1
		for to < len(all) && compare(all[from], all[to]) == 0 {
			to++
		}
		places := float64(min(top, to)-from) / float64(to-from)
		for _, r := range all[from:to] {
			shares[r.initiative] += places / float64(of)
		}
		from = to
	}
}
