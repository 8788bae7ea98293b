package scan

import (
	"math"
	"slices"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// Agreement says how far voters order the items alike, inside each sector and
// between sectors. Only sectors with people enough take part.
type Agreement struct {
	Within []SectorAgreement `json:"within"`
	Pairs  []PairAgreement   `json:"between"`
}

// SectorAgreement is Kendall's W over the importance of the items that are shown,
// from the voters of a sector who weighed all of these.
type SectorAgreement struct {
	Sector string  `json:"sector"`
	Voters int     `json:"voters"`
	W      Measure `json:"W"`
	P      Measure `json:"p"`
}

// PairAgreement compares two sectors by their mean importance of each item that
// may be shown for both.
type PairAgreement struct {
	Sectors  [2]string `json:"sectors"`
	Items    int       `json:"items"`
	Spearman Measure   `json:"spearman"`
	TauB     Measure   `json:"kendall_tau_b"`
}

func (b *ballots) agreement(open []int, o Options) Agreement {
	a := Agreement{Within: []SectorAgreement{}, Pairs: []PairAgreement{}}
	for s, name := range b.sectors {
		if w, ok := b.within(s, open, o.Least); ok {
			w.Sector = name
			a.Within = append(a.Within, w)
		}
	}
	for i := range b.sectors {
		for j := i + 1; j < len(b.sectors); j++ {
			x, y := b.sharedMeans(i, j, o.Least)
			if len(x) >= 2 {
				a.Pairs = append(a.Pairs, PairAgreement{[2]string{b.sectors[i], b.sectors[j]}, len(x), Measure(delphi.Spearman(x, y)), Measure(TauB(x, y))})
			}
		}
	}
	return a
}

func (b *ballots) within(sector int, open []int, least int) (SectorAgreement, bool) {
	var ratings [][]float64
	for v, s := range b.sectorOf {
		var row []float64
		for _, i := range open {
			row = append(row, b.importance[i][v])
		}
		if s == sector && !slices.ContainsFunc(row, math.IsNaN) {
			ratings = append(ratings, row)
		}
	}
	if len(ratings) < least {
		return SectorAgreement{}, false
	}
	w, err := delphi.KendallW(ratings)
	if err != nil { // fewer than two voters or items
		return SectorAgreement{}, false
	}
	return SectorAgreement{Voters: w.Raters, W: Measure(w.W), P: Measure(w.P)}, true
}

// sharedMeans are the mean importances in two sectors of the items that may be
// shown for both.
func (b *ballots) sharedMeans(one, other, least int) (x, y []float64) {
	first, second := b.once(one), b.once(other)
	for i := range b.importance {
		sectors, shown, _ := b.tallies(i, least)
		if shown[one] && shown[other] && sectors[one].N() > 0 && sectors[other].N() > 0 {
			x, y = append(x, b.measure(i, first).importance), append(y, b.measure(i, second).importance)
		}
	}
	return x, y
}

// TauB is Kendall's rank correlation with his correction for ties; NaN where one
// of the lists has no order or their lengths differ.
// Source: Kendall, Biometrika 33 (1945) 239.
func TauB(x, y []float64) float64 {
	if len(x) != len(y) {
		return math.NaN()
	}
	score, inX, inY := 0, 0, 0
	for i := range x {
		for j := range i {
			dx, dy := sign(x[i]-x[j]), sign(y[i]-y[j])
			score += dx * dy
			inX += dx * dx
			inY += dy * dy
		}
	}
	if inX == 0 || inY == 0 {
		return math.NaN()
	}
	return float64(score) / math.Sqrt(float64(inX)*float64(inY))
}

func sign(d float64) int { return one(d > 0) - one(d < 0) }
