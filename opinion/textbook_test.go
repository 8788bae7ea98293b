package opinion_test

import (
	"math"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

// textbook computes the same map as one would write it down first: a dense
// matrix, missing votes filled with column means, power iteration with
// deflation, k-means, the silhouette over all pairs for each k, and counts
// group by group. The benchmarks compare with it, and a test that both agree.
type textbook struct {
	x         [][]float64 // NaN where there is no vote
	axes      [2][]float64
	at        []opinion.Point
	in        []int
	label     []int // of those in, for the best k
	k         int
	counts    [][]opinion.Tally
	explained [2]float64
}

// textbookPairs is the number of people up to which the textbook can afford its
// silhouette; above it the first k is taken, which spares it minutes.
const textbookPairs = 5000

func denseOf(v *opinion.Votes) [][]float64 {
	x := make([][]float64, v.Participants())
	for p := range x {
		x[p] = make([]float64, v.Statements())
		for s := range x[p] {
			x[p][s] = math.NaN()
			if vote, ok := v.Of(p, s); ok {
				x[p][s] = float64(vote)
			}
		}
	}
	return x
}

func (b *textbook) compute() {
	centred := b.centred()
	total := 0.0
	for _, row := range centred {
		total += dot(row, row)
	}
	for a := range b.axes {
		axis, value := power(centred)
		b.axes[a], b.explained[a] = axis, value/total
		for _, row := range centred {
			d := dot(row, axis)
			for j := range row {
				row[j] -= d * axis[j]
			}
		}
	}
	b.place()
	best := math.Inf(-1)
	points := make([]opinion.Point, len(b.in))
	for i, p := range b.in {
		points[i] = b.at[p]
	}
	for k := 2; k <= 5; k++ {
		label := textbookKMeans(points, k)
		score := -float64(k)
		if len(points) <= textbookPairs {
			score = textbookSilhouette(points, label, k)
		}
		if score >= best {
			best, b.k, b.label = score, k, label
		}
	}
	b.count()
}

func (b *textbook) centred() [][]float64 {
	mean := make([]float64, len(b.x[0]))
	for j := range mean {
		n := 0.0
		for _, row := range b.x {
			if !math.IsNaN(row[j]) {
				mean[j] += row[j]
				n++
			}
		}
		if n > 0 {
			mean[j] /= n
		}
	}
	c := make([][]float64, len(b.x))
	for i, row := range b.x {
		c[i] = make([]float64, len(row))
		for j, v := range row {
			if !math.IsNaN(v) {
				c[i][j] = v - mean[j]
			}
		}
	}
	return c
}

func power(x [][]float64) ([]float64, float64) {
	v := make([]float64, len(x[0]))
	for j := range v {
		v[j] = 1 + 0.01*float64(j%7)
	}
	value := 0.0
	for range 500 {
		next := make([]float64, len(v))
		for _, row := range x {
			d := dot(row, v)
			for j := range row {
				next[j] += d * row[j]
			}
		}
		norm := math.Sqrt(dot(next, next))
		for j := range next {
			next[j] /= norm
		}
		moved := minus(next, v, 1)
		v, value = next, norm
		if dot(moved, moved) < 1e-18 {
			break
		}
	}
	return v, value
}

func (b *textbook) place() {
	b.at, b.in = make([]opinion.Point, len(b.x)), nil
	centred := b.centred()
	for i, row := range centred {
		n := 0
		for _, v := range b.x[i] {
			if !math.IsNaN(v) {
				n++
			}
		}
		f := math.Sqrt(float64(len(row)) / float64(max(n, 1)))
		b.at[i] = opinion.Point{X: f * dot(row, b.axes[0]), Y: f * dot(row, b.axes[1])}
		if n >= 7 {
			b.in = append(b.in, i)
		}
	}
}

func textbookKMeans(at []opinion.Point, k int) []int {
	centre := append([]opinion.Point(nil), at[:k]...)
	label := make([]int, len(at))
	for round := 0; ; round++ {
		changed := round == 0
		for i, p := range at {
			best := 0
			for j := range centre {
				if math.Hypot(p.X-centre[j].X, p.Y-centre[j].Y) < math.Hypot(p.X-centre[best].X, p.Y-centre[best].Y) {
					best = j
				}
			}
			changed = changed || label[i] != best
			label[i] = best
		}
		if !changed {
			return label
		}
		for j := range centre {
			x, y, n := 0.0, 0.0, 0.0
			for i, p := range at {
				if label[i] == j {
					x, y, n = x+p.X, y+p.Y, n+1
				}
			}
			if n > 0 {
				centre[j] = opinion.Point{X: x / n, Y: y / n}
			}
		}
	}
}

func textbookSilhouette(at []opinion.Point, label []int, k int) float64 {
	score := 0.0
	for i, p := range at {
		sum, n := make([]float64, k), make([]float64, k)
		for j, q := range at {
			if i != j {
				sum[label[j]] += math.Hypot(p.X-q.X, p.Y-q.Y)
				n[label[j]]++
			}
		}
		if n[label[i]] == 0 {
			continue
		}
		a, b := sum[label[i]]/n[label[i]], math.Inf(1)
		for g := range sum {
			if g != label[i] && n[g] > 0 {
				b = min(b, sum[g]/n[g])
			}
		}
		score += (b - a) / max(a, b)
	}
	return score / float64(len(at))
}

func (b *textbook) count() {
	b.counts = make([][]opinion.Tally, b.k)
	for g := range b.counts {
		b.counts[g] = make([]opinion.Tally, len(b.x[0]))
		for s := range b.counts[g] {
			for i, p := range b.in {
				if b.label[i] != g {
					continue
				}
				switch b.x[p][s] {
				case 1:
					b.counts[g][s].Agree++
				case 0:
					b.counts[g][s].Pass++
				case -1:
					b.counts[g][s].Disagree++
				}
			}
		}
	}
}

func textbookPosition(x [][]float64, plane *opinion.Plane, p, s int) opinion.Point {
	sum, n := 0.0, 0.0
	for _, row := range x {
		if !math.IsNaN(row[s]) {
			sum, n = sum+row[s], n+1
		}
	}
	plane.Mean[s] = sum / n
	at, voted := opinion.Point{}, 0.0
	for j, v := range x[p] {
		if !math.IsNaN(v) {
			at.X += (v - plane.Mean[j]) * plane.Axes[0][j]
			at.Y += (v - plane.Mean[j]) * plane.Axes[1][j]
			voted++
		}
	}
	f := math.Sqrt(float64(len(x[p])) / voted)
	return opinion.Point{X: f * at.X, Y: f * at.Y}
}

func TestMapAgreesWithTheTextbook(t *testing.T) {
	v := synthetic(t, 400, 60, 9000, 5)
	m := compute(t, v)
	b := &textbook{x: denseOf(v)}
	b.compute()
	if a := angle(m.Plane, b.axes[0], b.axes[1]); a > 1e-7 {
		t.Errorf("planes are %.2g rad apart", a)
	}
	for i, share := range m.Plane.Explained() {
		if !near(share, b.explained[i], 1e-9) {
			t.Errorf("axis %d explains %v, the textbook says %v", i, share, b.explained[i])
		}
	}
	own, theirs := make([]int, len(b.in)), b.label
	for i, p := range b.in {
		own[i] = int(m.Group[p])
	}
	if ari := opinion.AdjustedRand(own, theirs); ari < 0.99 || len(b.in) != m.Clustered || b.k != len(m.Groups) {
		t.Errorf("ARI %.3f, %d and %d people, %d and %d groups", ari, m.Clustered, len(b.in), len(m.Groups), b.k)
	}
	if got := textbookSilhouette(points(m, b.in), own, len(m.Groups)); !near(got, m.Silhouettes[len(m.Groups)], 1e-9) {
		t.Errorf("silhouette %v, the textbook says %v", m.Silhouettes[len(m.Groups)], got)
	}
}

func points(m *opinion.Map, in []int) []opinion.Point {
	at := make([]opinion.Point, len(in))
	for i, p := range in {
		at[i] = m.At[p]
	}
	return at
}
