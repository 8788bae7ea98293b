package opinion

import (
	"cmp"
	"math"
	"slices"
)

// clustering is a division of points into k clusters around their means.
type clustering struct {
	label   []uint8
	centre  []Point
	inertia float64 // sum of squared distances to the own centre
}

// maxRounds is never met in practice; it guards against rounding that would
// turn in a circle.
const maxRounds = 2000

// lloyd runs k-means from the given centres until no point changes its
// cluster: early stopping moves dozens of people between groups. Points as near
// to one centre as to another go to the first. A cluster that lost all its
// points begins anew at the point farthest from its centre.
// weight may be nil.
func lloyd(at []Point, weight []float64, start []Point) clustering {
	c := clustering{label: make([]uint8, len(at)), centre: slices.Clone(start)}
	for i := range c.label {
		c.label[i] = math.MaxUint8 // so that the first round changes everything
	}
	for range maxRounds {
		changed := c.assign(at)
		m := c.moments(at, weight)
		for c.refill(at, m.size) {
			changed, m = true, c.moments(at, weight)
		}
		if !changed {
			break
		}
		c.centre = m.means(c.centre)
	}
	c.measure(at, weight)
	return c
}

// assign gives each point to its nearest centre, the first of equals, and says
// whether any moved. It looks at the present centre first: most points stay, and
// the processor learns that no other is nearer.
func (c *clustering) assign(at []Point) bool {
	changed := false
	for i, p := range at {
		best := int(c.label[i])
		if best >= len(c.centre) {
			best = 0
		}
		near := squared(p, c.centre[best])
		for j, m := range c.centre {
			if d := squared(p, m); d <= near && (d < near || j < best) {
				best, near = j, d
			}
		}
		if c.label[i] != uint8(best) {
			c.label[i] = uint8(best)
			changed = true
		}
	}
	return changed
}

// moments are the sums over each cluster from which its mean follows.
type moments struct {
	size  [math.MaxUint8 + 1]int
	total [math.MaxUint8 + 1]float64
	x, y  [math.MaxUint8 + 1]float64
}

func (c *clustering) moments(at []Point, weight []float64) *moments {
	m := &moments{}
	for i, p := range at {
		l, w := c.label[i], 1.0
		if weight != nil {
			w = weight[i]
		}
		m.size[l]++
		m.total[l] += w
		m.x[l] += w * p.X
		m.y[l] += w * p.Y
	}
	return m
}

// means are the new centres; where nothing is, the old one stays.
func (m *moments) means(old []Point) []Point {
	centre := slices.Clone(old)
	for k := range centre {
		if n := m.total[k]; n > 0 {
			centre[k] = Point{m.x[k] / n, m.y[k] / n}
		}
	}
	return centre
}

// refill moves the farthest point into an empty cluster, if there is one.
func (c *clustering) refill(at []Point, size [math.MaxUint8 + 1]int) bool {
	k := slices.Index(size[:len(c.centre)], 0)
	if k < 0 {
		return false
	}
	far, distance := -1, 0.0
	for i, p := range at {
		if d := squared(p, c.centre[c.label[i]]); d > distance && size[c.label[i]] > 1 {
			far, distance = i, d
		}
	}
	if far < 0 {
		return false
	}
	c.label[far], c.centre[k] = uint8(k), at[far]
	return true
}

func (c *clustering) measure(at []Point, weight []float64) {
	c.inertia = 0
	for i, p := range at {
		w := 1.0
		if weight != nil {
			w = weight[i]
		}
		c.inertia += w * squared(p, c.centre[c.label[i]])
	}
}

// sizes counts the points of each cluster.
func (c *clustering) sizes() []int {
	size := make([]int, len(c.centre))
	for _, l := range c.label {
		size[l]++
	}
	return size
}

func squared(p, q Point) float64 {
	x, y := p.X-q.X, p.Y-q.Y
	return x*x + y*y
}

// firstDistinct are the first k distinct points in the order of X, then Y; fewer
// where there are no k.
func firstDistinct(at []Point, k int) []Point {
	var first []Point // ascending; k is at most five
	for _, p := range at {
		if len(first) == k && before(p, first[k-1]) >= 0 {
			continue
		}
		i, found := slices.BinarySearchFunc(first, p, func(a, b Point) int { return before(a, b) })
		if found {
			continue
		}
		first = slices.Insert(first, i, p)
		first = first[:min(k, len(first))]
	}
	return first
}

func before(p, q Point) int { return cmp.Or(cmp.Compare(p.X, q.X), cmp.Compare(p.Y, q.Y)) }

// scattered chooses k starting centres by k-means++: each next one with a
// probability in proportion to its squared distance from those chosen.
// Source: Arthur and Vassilvitskii 2007.
func scattered(at []Point, weight []float64, k int, seed uint64) []Point {
	r := newRandom(seed)
	chance := make([]float64, len(at))
	near := make([]float64, len(at))
	for i := range near {
		near[i] = math.Inf(1)
	}
	centre := []Point{at[r.IntN(len(at))]}
	for len(centre) < k {
		total := 0.0
		for i, p := range at {
			near[i] = min(near[i], squared(p, centre[len(centre)-1]))
			w := 1.0
			if weight != nil {
				w = weight[i]
			}
			total += w * near[i]
			chance[i] = total
		}
		if total == 0 {
			break // fewer than k distinct points
		}
		i, _ := slices.BinarySearch(chance, r.Float64()*total)
		centre = append(centre, at[min(i, len(at)-1)])
	}
	return centre
}
