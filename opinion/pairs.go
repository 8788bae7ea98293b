package opinion

// pairSum holds, for two statements and everybody who voted on both: how many
// they are, and the sums of the product, of the votes on the lower and of those
// on the higher statement. Two numbers share a word, the second as a signed
// half; adding words adds both.
type pairSum struct {
	countAndProduct int64
	lowerAndHigher  int64
}

func packed(high, low int64) int64 { return high<<32 + low }

func unpacked(w int64) (high, low float64) {
	l := int32(w)
	return float64((w - int64(l)) >> 32), float64(l)
}

// mostPaired is the number of statements up to which pair sums are kept: above
// it they would take more than 128 MB, and the plane is found from the votes.
const mostPaired = 4000

// pairSums are those of all pairs, the pair j < k at k(k-1)/2 + j. Whole
// numbers, so that the order of votes cannot matter.
type pairSums []pairSum

// grown has room for the pairs among so many statements.
func (p pairSums) grown(statements int) pairSums {
	if need := statements * (statements - 1) / 2; need > len(p) {
		p = append(p, make(pairSums, need-len(p))...)
	}
	return p
}

// change adjusts the pairs of one statement with all others of a row: by how
// much the number of votes on it changes (1 new, 0 changed, -1 taken back) and
// by how much the vote itself.
func (p pairSums) change(row []cell, statement int, number, vote int64) {
	lower := statement * (statement - 1) / 2
	for _, c := range row {
		other, w := c.statement(), int64(c.vote())
		switch {
		case other < statement:
			sum := &p[lower+other]
			sum.countAndProduct += packed(number, vote*w)
			sum.lowerAndHigher += packed(number*w, vote)
		case other > statement:
			sum := &p[other*(other-1)/2+statement]
			sum.countAndProduct += packed(number, vote*w)
			sum.lowerAndHigher += packed(vote, number*w)
		}
	}
}

// addRow counts all pairs of a row that is not counted yet.
func (p pairSums) addRow(row []cell) {
	for i, c := range row {
		k, v := c.statement(), int64(c.vote())
		of := p[k*(k-1)/2 : k*(k-1)/2+k]
		for _, d := range row[:i] {
			w := int64(d.vote())
			sum := &of[d.statement()]
			sum.countAndProduct += packed(1, v*w)
			sum.lowerAndHigher += packed(w, v)
		}
	}
}

// gram is X'X itself, its lower triangle with the diagonal, row by row.
type gram struct {
	n    int
	cell []float64
}

// gram assembles X'X from the sums: with means m and, over those who voted on
// both, number N, product S and sums A, each entry is
// S - m_k·A_j - m_j·A_k + m_j·m_k·N.
func (p pairSums) gram(v *Votes) *gram {
	n := v.Statements()
	g := &gram{n: n, cell: make([]float64, n*(n+1)/2)}
	mean := v.means()
	for k := range n {
		row := g.cell[k*(k+1)/2 : k*(k+1)/2+k+1]
		if v.out[k] {
			continue
		}
		sums := p[k*(k-1)/2 : k*(k-1)/2+k]
		for j := range sums {
			number, product := unpacked(sums[j].countAndProduct)
			lower, higher := unpacked(sums[j].lowerAndHigher)
			row[j] = product - mean[k]*lower - mean[j]*higher + mean[j]*mean[k]*number
		}
		t := v.tally[k]
		row[k] = float64(t.Agree+t.Disagree) - float64(t.Votes())*mean[k]*mean[k]
	}
	for j, out := range v.out {
		if out {
			for k := j; k < n; k++ {
				g.cell[k*(k+1)/2+j] = 0
			}
		}
	}
	return g
}

func (g *gram) apply(out, in *[2][]float64) {
	clear(out[0])
	clear(out[1])
	for k := range g.n {
		row := g.cell[k*(k+1)/2 : k*(k+1)/2+k+1]
		a, b := in[0][k], in[1][k]
		x, y := in[0][:len(row)], in[1][:len(row)]
		ox, oy := out[0][:len(row)], out[1][:len(row)]
		s, t := 0.0, 0.0
		for j, c := range row {
			s += c * x[j]
			t += c * y[j]
			ox[j] += c * a
			oy[j] += c * b
		}
		// The diagonal was counted in both directions.
		out[0][k] += s - row[k]*a
		out[1][k] += t - row[k]*b
	}
}
