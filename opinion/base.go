package opinion

import (
	"cmp"
	"slices"
)

// Base clusters stand for the crowd where comparing every pair of people would
// take minutes: about a hundred places, each with the number of people nearest
// to it.
const (
	baseClusters = 100
	baseSample   = 4096
	baseRounds   = 20
	warmRounds   = 4 // from previous places, which are near
)

// base summarises many points by weighted ones. The places are found by
// k-means on an even sample, from the previous places or from quantiles of it;
// everybody is then counted where they stand nearest.
func base(at []Point, previous []Point) (centre []Point, weight []float64) {
	sample := at
	if len(at) > baseSample {
		sample = make([]Point, baseSample)
		for i := range sample {
			sample[i] = at[i*len(at)/baseSample]
		}
	}
	start, rounds := previous, warmRounds
	if len(start) == 0 {
		start, rounds = quantiles(sample), baseRounds
	}
	c := clustering{label: make([]uint8, len(sample)), centre: slices.Clone(start)}
	for range rounds {
		c.centre = sorted(c.centre)
		if !c.assignSorted(sample) {
			break
		}
		c.centre = c.moments(sample, nil).means(c.centre)
	}
	c.centre = sorted(c.centre)
	all := clustering{label: make([]uint8, len(at)), centre: c.centre}
	all.assignSorted(at)
	m := all.moments(at, nil)
	return occupied(m.means(all.centre), m.total[:len(all.centre)]) // where those people stand in the mean
}

// quantiles cuts the sample into ten columns of equally many points, each into
// ten cells, and takes the middle point of each.
func quantiles(sample []Point) []Point {
	s := slices.Clone(sample)
	slices.SortFunc(s, before)
	var centre []Point
	for i := range 10 {
		column := s[i*len(s)/10 : (i+1)*len(s)/10]
		slices.SortFunc(column, func(p, q Point) int { return cmp.Or(cmp.Compare(p.Y, q.Y), cmp.Compare(p.X, q.X)) })
		for j := range 10 {
			if cell := column[j*len(column)/10 : (j+1)*len(column)/10]; len(cell) > 0 {
				centre = append(centre, cell[len(cell)/2])
			}
		}
	}
	return centre
}

func sorted(centre []Point) []Point {
	s := slices.Clone(centre)
	slices.SortFunc(s, before)
	return slices.Compact(s)
}

// assignSorted is assign for many centres in ascending order of X: from the
// one nearest in X it looks both ways until X alone is too far.
func (c *clustering) assignSorted(at []Point) bool {
	changed := false
	last := len(c.centre) - 1
	for i, p := range at {
		from := firstRightOf(c.centre, p.X)
		best := min(from, last)
		near := squared(p, c.centre[best])
		for j := from; j <= last; j++ {
			if x := c.centre[j].X - p.X; x*x > near {
				break
			}
			if d := squared(p, c.centre[j]); d < near {
				best, near = j, d
			}
		}
		for j := from - 1; j >= 0; j-- {
			if x := c.centre[j].X - p.X; x*x > near {
				break
			}
			if d := squared(p, c.centre[j]); d < near {
				best, near = j, d
			}
		}
		if c.label[i] != uint8(best) {
			c.label[i], changed = uint8(best), true
		}
	}
	return changed
}

// firstRightOf is the place of the first centre that is not left of x.
func firstRightOf(centre []Point, x float64) int {
	low, high := 0, len(centre)
	for low < high {
		if middle := (low + high) / 2; centre[middle].X < x {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// occupied leaves out places where nobody stands.
func occupied(centre []Point, weight []float64) ([]Point, []float64) {
	var c []Point
	var w []float64
	for i, n := range weight {
		if n > 0 {
			c, w = append(c, centre[i]), append(w, n)
		}
	}
	return c, w
}
