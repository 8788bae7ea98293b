package opinion

import (
	"math"
	"slices"
)

// table holds, for every cell, what it adds to the position of who gave it.
type table struct {
	step  [cells][2]float64
	scale []float64 // by number of votes n: sqrt(C/n)
	out   []bool
	zero  int // moderated statements
}

// table prepares the projection onto the plane.
func (p *Plane) table(v *Votes) *table {
	t := &table{out: slices.Clone(v.out)}
	for c, x := range v.centred(p.Mean) {
		t.step[c] = [2]float64{x * p.Axes[0][c>>2], x * p.Axes[1][c>>2]}
	}
	for _, out := range v.out {
		if out {
			t.zero++
		}
	}
	all := len(p.Mean)
	t.scale = make([]float64, all+1)
	for n := range t.scale {
		t.scale[n] = math.Sqrt(float64(all) / float64(max(n, 1)))
	}
	return t
}

// score is the position before scaling: the two principal component scores.
func (t *table) score(row []cell) Point {
	var a, b, c, d float64 // four sums, so that none waits for the other
	i := 0
	for ; i+1 < len(row); i += 2 {
		p, q := &t.step[row[i]], &t.step[row[i+1]]
		a, b = a+p[0], b+p[1]
		c, d = c+q[0], d+q[1]
	}
	if i < len(row) {
		p := &t.step[row[i]]
		a, b = a+p[0], b+p[1]
	}
	return Point{a + c, b + d}
}

// factor is sqrt(C/n), by which a score is scaled so that who voted on little
// is not pressed into the middle. C counts all statements. A moderated one
// counts among the n of everybody, since its column is full of passes.
func (t *table) factor(row []cell) float64 {
	n := len(row)
	if t.zero > 0 {
		n += t.zero
		for _, c := range row {
			if s := c.statement(); s < len(t.out) && t.out[s] {
				n--
			}
		}
	}
	return t.scale[min(n, len(t.scale)-1)] // statements may be newer than the plane
}

func (t *table) position(row []cell) Point {
	p, f := t.score(row), t.factor(row)
	return Point{p.X * f, p.Y * f}
}

// Positions places every participant on the plane, in the order of the rows:
// sqrt(C/n) times the sum of (vote - mean)·axis over the votes given, where C
// is the number of statements and n that of the person's votes, moderated
// statements included in both. Who has not voted stands at 0, 0.
// Source: Polis, sparsity-aware projection.
func (p *Plane) Positions(v *Votes) []Point {
	t := p.table(v)
	at := make([]Point, len(v.rows))
	for i, row := range v.rows {
		at[i] = t.position(row)
	}
	return at
}

// place computes the positions and turns axes that point the wrong way: away
// from the previous axes or, where there are none, away from the participant
// who stands farthest along.
func (p *Plane) place(v *Votes, previous *[2][]float64) []Point {
	t := p.table(v)
	at := make([]Point, len(v.rows))
	far := Point{}
	for i, row := range v.rows {
		s, f := t.score(row), t.factor(row)
		if math.Abs(s.X) > math.Abs(far.X) {
			far.X = s.X
		}
		if math.Abs(s.Y) > math.Abs(far.Y) {
			far.Y = s.Y
		}
		at[i] = Point{s.X * f, s.Y * f}
	}
	sign := [2]float64{far.X, far.Y}
	if previous != nil {
		for i := range sign {
			n := min(len(p.Axes[i]), len(previous[i]))
			if overlap := dot(p.Axes[i][:n], previous[i][:n]); overlap != 0 {
				sign[i] = overlap
			}
		}
	}
	p.turn(at, sign)
	return at
}

// turn mirrors the axes whose sign is negative.
func (p *Plane) turn(at []Point, sign [2]float64) {
	if sign[0] < 0 {
		scale(p.Axes[0], -1)
		for i := range at {
			at[i].X = -at[i].X
		}
	}
	if sign[1] < 0 {
		scale(p.Axes[1], -1)
		for i := range at {
			at[i].Y = -at[i].Y
		}
	}
}

// Statements places every statement where somebody would stand who only agreed
// with it: sqrt(C)·(1 - mean)·axis. Source: Polis, projection of statements.
func (p *Plane) Statements() []Point {
	at := make([]Point, len(p.Mean))
	s := math.Sqrt(float64(len(p.Mean)))
	for j, mean := range p.Mean {
		at[j] = Point{s * (1 - mean) * p.Axes[0][j], s * (1 - mean) * p.Axes[1][j]}
	}
	return at
}

// Extremity is how far each statement stands from the middle. It has no upper
// bound: it grows with sqrt(C).
func (p *Plane) Extremity() []float64 {
	e := make([]float64, len(p.Mean))
	for j, at := range p.Statements() {
		e[j] = math.Hypot(at.X, at.Y)
	}
	return e
}
