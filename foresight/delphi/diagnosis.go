package delphi

import "math"

// Diagnosis says where agreement ends: inside a sector, or between sectors.
type Diagnosis string

const (
	// Agreement: every sector agrees within, and their medians lie close.
	Agreement Diagnosis = "agreement within and between sectors"
	// WithinNotBetween: every sector agrees within, but their medians lie apart,
	// and chance hardly does that. It is what cross-sector work looks for.
	WithinNotBetween Diagnosis = "agreement within each sector but not between them"
	// PerhapsBetween: the same, but with so few people chance may do it.
	PerhapsBetween Diagnosis = "agreement within each sector, and a difference between them that chance may explain"
	// Disagreement: at least one sector does not agree within.
	Disagreement Diagnosis = "disagreement within a sector"
	// NotKnown: fewer than two sectors can be shown, or there is no scale.
	NotKnown Diagnosis = "not known"
)

// Between is a diagnosis with what led to it.
type Between struct {
	Diagnosis Diagnosis
	Spread    float64 // largest interquartile range inside a sector
	Gap       float64 // between the highest and the lowest median of the sectors
	Close     float64 // what both may be at most, of the scale
	P         float64 // Kruskal–Wallis, the best that is known
}

// Significance is the chance below which a difference counts as no accident.
const Significance = 0.05

// Diagnose looks at sectors that may be shown. A sector agrees within when its
// middle half spans at most Scale.Close: whether it agrees that something is
// likely or that it is not does not matter here, as it does for a Rule. Sectors
// lie apart when their medians differ by more.
func Diagnose(sectors []Tally, scale Scale, as QuartileType) Between {
	return diagnose(sectors, scale, as, KruskalWallis(sectors...).Best())
}

func diagnose(sectors []Tally, scale Scale, as QuartileType, p float64) Between {
	sectors = answering(sectors)
	b := Between{NotKnown, math.NaN(), math.NaN(), scale.Close(), p}
	if len(sectors) < 2 {
		return b
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range sectors {
		q := s.Quartiles(as)
		low, high = min(low, q.Median), max(high, q.Median)
		if !(q.IQR() <= b.Spread) { // NaN at first
			b.Spread = q.IQR()
		}
	}
	b.Gap = high - low
	b.Diagnosis = b.name()
	return b
}

func (b Between) name() Diagnosis {
	switch {
	case math.IsNaN(b.Close):
		return NotKnown
	case b.Spread > b.Close:
		return Disagreement
	case b.Gap <= b.Close:
		return Agreement
	case b.P <= Significance:
		return WithinNotBetween
	}
	return PerhapsBetween
}
