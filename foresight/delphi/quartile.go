package delphi

import (
	"fmt"
	"math"
)

// QuartileType names one of the ways in which quartiles are interpolated. On
// small panels they differ, so that every result says which was used. Numbers
// are those of Hyndman and Fan, The American Statistician 50 (1996) 361.
type QuartileType int

const (
	Type7       QuartileType = iota // linear: R, numpy, Excel QUARTILE.INC; the one used unless told otherwise
	Type6                           // Weibull: SPSS, Excel QUARTILE.EXC
	Type5                           // Hazen: hydrology
	Type8                           // median-unbiased whatever the distribution
	TukeyHalves                     // medians of the lower and the upper half, without the median itself
)

// QuartileTypes lists them all.
var QuartileTypes = []QuartileType{Type7, Type6, Type5, Type8, TukeyHalves}

var quartileNames = []string{"type7_linear", "type6_weibull", "type5_hazen", "type8", "tukey_halves_excl_median"}

// String is the name that stands in results.
func (q QuartileType) String() string {
	if q < 0 || int(q) >= len(quartileNames) {
		return fmt.Sprintf("QuartileType(%d)", int(q))
	}
	return quartileNames[q]
}

// Quartiles are the lower quartile, the median and the upper quartile in the
// unit of the scale; all NaN where nobody answered.
type Quartiles struct{ Q1, Median, Q3 float64 }

// IQR is the distance between the quartiles: what the middle half spans.
func (q Quartiles) IQR() float64 { return q.Q3 - q.Q1 }

// Quartiles interpolates as the type says. One answer is its own quartiles.
func (t Tally) Quartiles(as QuartileType) Quartiles {
	if t.n == 0 {
		return Quartiles{math.NaN(), math.NaN(), math.NaN()}
	}
	if as == TukeyHalves {
		half := max(1, t.n/2)
		return Quartiles{t.middle(0, half), t.middle(0, t.n), t.middle(t.n-half, t.n)}
	}
	return Quartiles{t.quantile(0.25, as), t.quantile(0.5, as), t.quantile(0.75, as)}
}

// middle is the median of the answers from number i up to, not with, number j.
func (t Tally) middle(i, j int) float64 {
	return t.between(float64(i+j-1) / 2)
}

// quantile follows Hyndman and Fan: the place counted from zero is np + m - 1,
// with an m of each type, and never leaves the answers.
func (t Tally) quantile(p float64, as QuartileType) float64 {
	m := 1 - p
	switch as {
	case Type5:
		m = 0.5
	case Type6:
		m = p
	case Type8:
		m = (p + 1) / 3
	}
	return t.between(float64(t.n)*p + m - 1)
}

// between interpolates linearly at a place counted from zero.
func (t Tally) between(place float64) float64 {
	place = min(max(place, 0), float64(t.n-1))
	below := math.Floor(place)
	low := t.nth(int(below))
	if place == below {
		return low
	}
	high := t.nth(int(below) + 1)
	return low + (place-below)*(high-low)
}
