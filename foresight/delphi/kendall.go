package delphi

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// ErrTooFew says that there are not enough raters or items to measure.
var ErrTooFew = errors.New("delphi: too few raters or items")

// Concordance is Kendall's W: how far raters order items alike, from 0 to 1.
// W, its uncorrected form and the rest are NaN where no rater orders anything.
type Concordance struct {
	Raters, Items int
	RankSums      []float64 // per item
	S             float64   // squared distances of the rank sums from their mean
	W             float64   // corrected for ties
	Uncorrected   float64   // W without that
	Chi2          float64   // raters · (items - 1) · W
	DF            int
	P             float64 // chi-squared approximation, rough below about 15 raters times items
}

// KendallW measures concordance. ratings has one row per rater and one column
// per item; a row holds ranks, or ratings from which ranks are taken (a higher
// rating is a higher rank), equal ones sharing their mean rank. Fewer than two
// rows or columns give ErrTooFew, rows of unequal length an error, numbers that
// Count refuses ErrNotFinite.
//
// Source: Kendall and Babington Smith, Annals of Mathematical Statistics 10
// (1939) 275; ties as in Kendall, Rank Correlation Methods (1948), chapter 6.
func KendallW(ratings [][]float64) (Concordance, error) {
	ranks, ties, err := ranksOf(ratings)
	if err != nil {
		return Concordance{}, err
	}
	m, k := float64(len(ranks)), float64(len(ranks[0]))
	c := Concordance{Raters: len(ranks), Items: len(ranks[0]), DF: len(ranks[0]) - 1}
	sums := columnSums(ranks)
	for _, s := range sums {
		c.RankSums = append(c.RankSums, float64(s)/2)
	}
	c.S = float64(squares(sums, len(ranks))) / 4
	most := m * m * (k*k*k - k)
	c.W, c.Uncorrected = math.NaN(), 12*c.S/most
	if corrected := most - m*ties; corrected > 0 {
		c.W = min(1, 12*c.S/corrected)
	}
	c.Chi2 = m * (k - 1) * c.W
	c.P = chiSquareTail(c.Chi2, c.DF)
	return c, nil
}

// ranksOf turns ratings into doubled ranks, and adds up t³ - t over all ties.
func ranksOf(ratings [][]float64) (ranks [][]int, ties float64, err error) {
	if len(ratings) < 2 || len(ratings[0]) < 2 {
		return nil, 0, fmt.Errorf("%w: W needs two of each", ErrTooFew)
	}
	for i, row := range ratings {
		if len(row) != len(ratings[0]) {
			return nil, 0, fmt.Errorf("delphi: rater %d rates %d items, the first %d", i+1, len(row), len(ratings[0]))
		}
		heap, err := Count(row)
		if err != nil {
			return nil, 0, fmt.Errorf("rater %d: %w", i+1, err)
		}
		ranks = append(ranks, doubledRanksOf(row))
		ties += pool([]Tally{heap}).tieTerm()
	}
	return ranks, ties, nil
}

func columnSums(ranks [][]int) []int {
	sums := make([]int, len(ranks[0]))
	for _, row := range ranks {
		for j, r := range row {
			sums[j] += r
		}
	}
	return sums
}

// squares adds up squared distances of doubled rank sums from their mean.
func squares(sums []int, raters int) int {
	s, mean := 0, raters*(len(sums)+1)
	for _, sum := range sums {
		s += (sum - mean) * (sum - mean)
	}
	return s
}

// PermutedKendallW is the chance of a W at least as large if every rater
// ordered the items by lot, from draws samples; the observed order counts as
// one more, so that it is never zero. It is what to read where the chi-squared
// approximation is rough. The seed decides the samples. The errors are those of
// KendallW.
func PermutedKendallW(ratings [][]float64, draws int, seed uint64) (float64, error) {
	ranks, _, err := ranksOf(ratings)
	if err != nil {
		return math.NaN(), err
	}
	seen := squares(columnSums(ranks), len(ranks))
	for _, row := range ranks {
		slices.Sort(row)
	}
	slices.SortFunc(ranks, slices.Compare) // neither raters nor items have an order now
	random := rand.New(rand.NewPCG(seed, 0))
	far := 1
	for range draws {
		for _, row := range ranks {
			random.Shuffle(len(row), func(i, j int) { row[i], row[j] = row[j], row[i] })
		}
		if squares(columnSums(ranks), len(ranks)) >= seen {
			far++
		}
	}
	return float64(far) / float64(draws+1), nil
}
