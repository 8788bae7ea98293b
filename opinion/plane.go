package opinion

// Plane is the map's ground: two directions in the space of statements along
// which people differ most.
type Plane struct {
	// Axes are unit vectors over the statements, orthogonal to each other; zero
	// at moderated statements.
	Axes [2][]float64
	// Mean of the votes on each statement, zero at moderated ones.
	Mean []float64
	// Variance of the imputed matrix along each axis (an eigenvalue of X'X), and
	// in all directions together.
	Variance [2]float64
	Total    float64
}

// Explained is the share of all variance that each axis shows.
func (p *Plane) Explained() [2]float64 {
	if p.Total == 0 {
		return [2]float64{}
	}
	return [2]float64{p.Variance[0] / p.Total, p.Variance[1] / p.Total}
}

// NewPlane computes the exact two-component PCA of the votes, where a missing
// vote counts as the mean of its statement.
//
// Centred by those same means a missing vote is exactly 0, so the centred
// matrix is as sparse as the votes and is never written out. Time grows with
// the number of votes; memory with the number of statements.
//
// The sign of each axis is chosen so that the participant farthest along it
// stands on its positive side.
func NewPlane(v *Votes) *Plane {
	p := planeFrom(v, sparseOf(v), nil)
	p.place(v, nil)
	return p
}

// planeFrom finds the axes with the given operator, beginning from a guess.
func planeFrom(v *Votes, a spread, start *[2][]float64) *Plane {
	p := &Plane{Mean: v.means()}
	for s, mean := range p.Mean {
		if t := v.tally[s]; !v.out[s] {
			p.Total += float64(t.Agree+t.Disagree) - float64(t.Votes())*mean*mean
		}
	}
	if p.Total > 0 {
		p.Variance, p.Axes = topTwo(a, v.Statements(), start)
	} else {
		p.Axes = [2][]float64{make([]float64, v.Statements()), make([]float64, v.Statements())}
	}
	for _, axis := range p.Axes { // rounding only; their rows are zero
		for s, out := range v.out {
			if out {
				axis[s] = 0
			}
		}
	}
	return p
}

// means of the votes of each statement; 0 where there are none or the
// statement is moderated.
func (v *Votes) means() []float64 {
	m := make([]float64, len(v.tally))
	for s, t := range v.tally {
		if n := t.Votes(); n > 0 && !v.out[s] {
			m[s] = float64(t.Agree-t.Disagree) / float64(n)
		}
	}
	return m
}

// centred is the table of what each cell is worth: vote minus mean, and 0 for
// moderated statements.
func (v *Votes) centred(mean []float64) []float64 {
	table := make([]float64, 4*len(mean))
	for s, m := range mean {
		if v.out[s] {
			continue
		}
		for _, vote := range []Vote{Disagree, Pass, Agree} {
			table[cellOf(s, vote)] = float64(vote) - m
		}
	}
	return table
}

// sparse applies X'X by walking over the votes: down each row to its product
// with the vector, and back to spread that product over the row's statements.
type sparse struct {
	rows  [][]cell
	value []float64
	along [cells][2]float64 // value of a cell times its statement's entry
	sum   [cells][2]float64
}

func sparseOf(v *Votes) *sparse { return &sparse{rows: v.rows, value: v.centred(v.means())} }

func (s *sparse) apply(out, in *[2][]float64) {
	for c, x := range s.value {
		j := c >> 2
		s.along[c] = [2]float64{x * in[0][j], x * in[1][j]}
	}
	clear(s.sum[:len(s.value)])
	for _, row := range s.rows {
		var a, b, c, d float64 // four sums, so that none waits for the other
		i := 0
		for ; i+1 < len(row); i += 2 {
			p, q := &s.along[row[i]], &s.along[row[i+1]]
			a, b = a+p[0], b+p[1]
			c, d = c+q[0], d+q[1]
		}
		if i < len(row) {
			p := &s.along[row[i]]
			a, b = a+p[0], b+p[1]
		}
		a, b = a+c, b+d
		for _, c := range row {
			p := &s.sum[c]
			p[0] += a
			p[1] += b
		}
	}
	for j := range out[0] {
		x, y := 0.0, 0.0
		for c := 4 * j; c < 4*j+3; c++ {
			x += s.value[c] * s.sum[c][0]
			y += s.value[c] * s.sum[c][1]
		}
		out[0][j], out[1][j] = x, y
	}
}
