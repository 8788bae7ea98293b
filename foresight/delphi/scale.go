package delphi

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Scale is the set of whole numbers that may be answered, from Min to Max. The
// zero Scale means that answers are any finite numbers (a year, a sum); the
// measures that need points are then NaN.
type Scale struct{ Min, Max int }

// MostPoints is how many points a scale may have.
const MostPoints = 1001

// ParseScale reads "1-7", or "none" for the zero Scale.
func ParseScale(s string) (Scale, error) {
	if s == "none" {
		return Scale{}, nil
	}
	low, high, _ := strings.Cut(s, "-")
	from, err1 := strconv.Atoi(strings.TrimSpace(low))
	to, err2 := strconv.Atoi(strings.TrimSpace(high))
	scale := Scale{from, to}
	if err1 != nil || err2 != nil || from < 0 || scale.Points() < 2 || scale.Points() > MostPoints {
		return Scale{}, fmt.Errorf("delphi: scale %q: expected the lowest and the highest point such as 1-7, at most %d points, or none", s, MostPoints)
	}
	return scale, nil
}

func (s Scale) String() string {
	if s.Points() == 0 {
		return "none"
	}
	return fmt.Sprintf("%d-%d", s.Min, s.Max)
}

// Points is the number of points, 0 without a scale.
func (s Scale) Points() int {
	if s == (Scale{}) || s.Max < s.Min {
		return 0
	}
	return s.Max - s.Min + 1
}

// Has says whether v is a point of the scale; without one every finite number is.
func (s Scale) Has(v float64) bool {
	if s.Points() == 0 {
		return finite(v) == nil
	}
	return v == math.Trunc(v) && float64(s.Min) <= v && v <= float64(s.Max)
}

// Close is how far apart two answers may lie and still be near: one point on
// scales of up to seven, two on scales of up to eleven, a fifth of the length of
// longer ones. It is the usual bound of the interquartile range. Without a
// scale there is none: NaN.
func (s Scale) Close() float64 {
	switch points := s.Points(); {
	case points == 0:
		return math.NaN()
	case points <= 7:
		return 1
	case points <= 11:
		return 2
	default:
		return float64(points-1) / 5
	}
}

// counts is how often each point was given; answers that are no point of the
// scale give false.
func (s Scale) counts(t Tally) ([]int, bool) {
	if s.Points() == 0 {
		return nil, false
	}
	counts := make([]int, s.Points())
	for v, c := range t.All() {
		if !s.Has(v) {
			return nil, false
		}
		counts[int(v)-s.Min] = c
	}
	return counts, true
}
