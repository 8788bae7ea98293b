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
	start := previous
	if len(start) == 0 {
		start = quantiles(sample)
	}
	c := clustering{label: make([]uint8, len(sample)), centre: slices.Clone(start)}
	for range baseRounds {
		c.centre = sorted(c.centre)
		if !c.assignSorted(sample) {
			break
		}
		c.recentre(sample, nil)
	}
	c.centre = sorted(c.centre)
	all := clustering{label: make([]uint8, len(at)), centre: c.centre}
	all.assignSorted(at)
	all.recentre(at, nil) // where those people stand in the mean
	weight = make([]float64, len(all.centre))
	for _, l := range all.label {
		weight[l]++
	}
	return occupied(all.centre, weight)
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
		from, _ := slices.BinarySearchFunc(c.centre, p.X, func(m Point, x float64) int { return cmp.Compare(m.X, x) })
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
