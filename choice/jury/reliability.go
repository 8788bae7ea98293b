package jury

import (
	"errors"
	"math"
	"math/big"
	"slices"
)

// Reliability says how far the assessors agree.
type Reliability struct {
	// Single is ICC(2,1): how far one assessor's total can be trusted. Average is
	// ICC(2,k): how far the mean of all can be. Both want a complete design, and are
	// NaN otherwise. Below 0.5 is called poor, to 0.75 moderate, to 0.9 good.
	Single, Average float64
	// Interval and Ordinal are Krippendorff's alpha of the totals, which may have
	// gaps: 0.8 is firm, 0.667 tentative. NaN where nothing varies.
	Interval, Ordinal float64
}

// ErrTooFew says that there are fewer than two initiatives with two cards each.
var ErrTooFew = errors.New("jury: reliability needs two assessors and two initiatives with two cards each")

// Reliability measures the agreement of the totals.
//
// Sources: Shrout and Fleiss, Psychological Bulletin 1979; Krippendorff,
// "Computing Krippendorff's Alpha-Reliability", 2011.
func (p *Panel) Reliability() (Reliability, error) {
	rows := p.floats()
	paired := 0
	for _, row := range rows {
		if len(known(row)) > 1 {
			paired++
		}
	}
	if paired < 2 {
		return Reliability{}, ErrTooFew
	}
	r := Reliability{Single: math.NaN(), Average: math.NaN()}
	if p.Complete() {
		r.Single, r.Average = icc(rows)
	}
	r.Interval = alpha(rows, func(_ []float64, a, b float64) float64 { return (a - b) * (a - b) })
	r.Ordinal = alpha(rows, ordinal)
	return r, nil
}

// floats are the totals, NaN where there is no card.
func (p *Panel) floats() [][]float64 {
	out := make([][]float64, p.Initiatives)
	for i, row := range p.Totals() {
		out[i] = make([]float64, len(row))
		for j, v := range row {
			out[i][j] = float(v)
		}
	}
	return out
}

func float(v *big.Rat) float64 {
	if v == nil {
		return math.NaN()
	}
	f, _ := v.Float64()
	return f
}

func known(row []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(row), math.IsNaN)
}

// icc gives ICC(2,1) and ICC(2,k) of a full table, rows being what is judged: from
// the mean squares between rows, between columns and of what is left.
func icc(rows [][]float64) (single, average float64) {
	n, k := float64(len(rows)), float64(len(rows[0]))
	var grand float64
	column := make([]float64, len(rows[0]))
	row := make([]float64, len(rows))
	for i, r := range rows {
		for j, v := range r {
			grand += v / (n * k)
			row[i] += v / k
			column[j] += v / n
		}
	}
	var between, judges, rest float64
	for i, r := range rows {
		between += k * (row[i] - grand) * (row[i] - grand) / (n - 1)
		for j, v := range r {
			e := v - row[i] - column[j] + grand
			rest += e * e / ((n - 1) * (k - 1))
		}
	}
	for _, c := range column {
		judges += n * (c - grand) * (c - grand) / (k - 1)
	}
	single = (between - rest) / (between + (k-1)*rest + k*(judges-rest)/n)
	average = (between - rest) / (between + (judges-rest)/n)
	return single, average
}

// alpha is Krippendorff's: 1 less the disagreement within initiatives over that
// which chance would give, both over pairs of marks. Initiatives with one mark are
// left out.
func alpha(rows [][]float64, difference func(all []float64, a, b float64) float64) float64 {
	var all []float64
	for _, row := range rows {
		if marks := known(row); len(marks) > 1 {
			all = append(all, marks...)
		}
	}
	slices.Sort(all)
	var observed, expected float64
	for _, row := range rows {
		marks := known(row)
		for i, a := range marks {
			for _, b := range marks[:i] {
				observed += 2 * difference(all, a, b) / float64(len(marks)-1)
			}
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			expected += 2 * difference(all, a, b)
		}
	}
	if expected == 0 {
		return math.NaN()
	}
	return 1 - float64(len(all)-1)*observed/expected
}

// ordinal is the square of how many marks lie between two, the two themselves
// counted by half. all is sorted.
func ordinal(all []float64, a, b float64) float64 {
	if a > b {
		a, b = b, a
	}
	if a == b {
		return 0
	}
	count := func(v float64) (from, to int) {
		from, _ = slices.BinarySearch(all, v)
		to, _ = slices.BinarySearch(all, math.Nextafter(v, math.Inf(1)))
		return from, to
	}
	aFrom, aTo := count(a)
	bFrom, bTo := count(b)
	d := float64(bTo-aFrom) - float64(aTo-aFrom+bTo-bFrom)/2
	return d * d
}
