package jury

import (
	"fmt"
	"math/big"
	"slices"
)

// Calibration splits totals into what initiatives are worth and how mild or severe
// assessors are.
type Calibration struct {
	// Values are the corrected scores of the initiatives, on the scale of the
	// totals; nil where an initiative has no card.
	Values []*big.Rat
	// Mildness is by how much an assessor gives more than the others would; it
	// adds up to 0 over those who have cards, and is nil for those who have none.
	Mildness []*big.Rat
}

// Disconnected says that severity cannot be told from quality: the cards fall into
// parts that have neither an assessor nor an initiative in common.
type Disconnected struct {
	Parts [][]int // the initiatives of each part
}

func (d *Disconnected) Error() string {
	return fmt.Sprintf("jury: the cards fall into %d parts without a common assessor, initiatives %v; expected each part to share one with another, "+
		"since severity cannot be told from quality between them", len(d.Parts), d.Parts)
}

// Severity corrects for assessors who saw different initiatives: it finds values v
// and mildness b that minimise the sum of (total - v - b)² over all cards, the b
// adding up to 0. The answer is exact, and in a complete design the values are the
// means. A design that hangs together in no way gives *Disconnected.
//
// Source: Fisher's incomplete blocks; MacKay, Kenna, Low and Parker, "Calibration
// with confidence", Royal Society Open Science 2017, with equal confidence.
func (p *Panel) Severity() (*Calibration, error) {
	if parts := p.parts(); len(parts) > 1 {
		return nil, &Disconnected{Parts: parts}
	}
	totals := p.Totals()
	active := make([]bool, p.Assessors)
	for _, c := range p.Cards {
		active[c.Assessor] = true
	}
	b := solve(p.normal(totals, active))
	out := &Calibration{Values: make([]*big.Rat, p.Initiatives), Mildness: make([]*big.Rat, p.Assessors)}
	for j := range b {
		if active[j] {
			out.Mildness[j] = b[j]
		}
	}
	for i, row := range totals {
		corrected := make([]*big.Rat, len(row))
		for j, y := range row {
			if y != nil {
				corrected[j] = new(big.Rat).Sub(y, b[j])
			}
		}
		out.Values[i] = mean(corrected)
	}
	return out, nil
}

// parts are the initiatives with cards, those together that share assessors,
// directly or over others.
func (p *Panel) parts() [][]int {
	leader := make([]int, p.Initiatives+p.Assessors) // of the part, as far as known
	for i := range leader {
		leader[i] = i
	}
	find := func(i int) int {
		for leader[i] != i {
			leader[i] = leader[leader[i]]
			i = leader[i]
		}
		return i
	}
	marked := make([]bool, p.Initiatives)
	for _, c := range p.Cards {
		leader[find(p.Initiatives+c.Assessor)] = find(c.Initiative)
		marked[c.Initiative] = true
	}
	var order []int
	parts := map[int][]int{}
	for i, has := range marked {
		if has {
			at := find(i)
			if parts[at] == nil {
				order = append(order, at)
			}
			parts[at] = append(parts[at], i)
		}
	}
	var out [][]int
	for _, at := range order {
		out = append(out, parts[at])
	}
	return out
}

// normal sets up the equations for b with the values eliminated: for assessor j
//
//	sum over i of (b_j - mean of b over the assessors of i) = sum over i of (y_ij - mean of y_i)
//
// The last column is the right side. They leave one freedom, which the row of ones
// for an active assessor's sum takes away; an idle one gets b = 0.
func (p *Panel) normal(totals [][]*big.Rat, active []bool) [][]*big.Rat {
	m := p.Assessors
	a := make([][]*big.Rat, m)
	for j := range a {
		a[j] = make([]*big.Rat, m+1)
		for k := range a[j] {
			a[j][k] = new(big.Rat)
		}
	}
	for _, row := range totals {
		average := mean(row)
		var who []int
		for j, y := range row {
			if y != nil {
				who = append(who, j)
			}
		}
		for _, j := range who {
			a[j][j].Add(a[j][j], big.NewRat(1, 1))
			for _, k := range who {
				a[j][k].Sub(a[j][k], big.NewRat(1, int64(len(who))))
			}
			a[j][m].Add(a[j][m], new(big.Rat).Sub(row[j], average))
		}
	}
	if first := slices.Index(active, true); first >= 0 {
		for k := range m + 1 {
			a[first][k].SetInt64(0)
			if k < m && active[k] {
				a[first][k].SetInt64(1)
			}
		}
	}
	for j, is := range active {
		if !is {
			a[j][j].SetInt64(1)
		}
	}
	return a
}

// solve finds the only solution of linear equations exactly, by elimination in
// whole numbers (Bareiss 1968): every division there leaves no rest, so numbers stay
// as short as determinants are. All unknowns have the determinant as denominator.
func solve(equations [][]*big.Rat) []*big.Rat {
	a := whole(equations)
	n := len(a)
	before, part := big.NewInt(1), new(big.Int)
	for k := range n {
		at := k
		for a[at][k].Sign() == 0 {
			at++ // there is one: the equations have one solution
		}
		a[k], a[at] = a[at], a[k]
		for i := k + 1; i < n; i++ {
			for j := k + 1; j <= n; j++ {
				a[i][j].Mul(a[i][j], a[k][k]).Sub(a[i][j], part.Mul(a[i][k], a[k][j])).Quo(a[i][j], before)
			}
			a[i][k].SetInt64(0)
		}
		before = a[k][k]
	}
	determinant := before
	x, out := make([]*big.Int, n), make([]*big.Rat, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = new(big.Int).Mul(determinant, a[i][n])
		for j := i + 1; j < n; j++ {
			x[i].Sub(x[i], part.Mul(a[i][j], x[j]))
		}
		x[i].Quo(x[i], a[i][i])
		out[i] = new(big.Rat).SetFrac(x[i], determinant)
	}
	return out
}

// whole multiplies each equation until it is one of whole numbers.
func whole(equations [][]*big.Rat) [][]*big.Int {
	out := make([][]*big.Int, len(equations))
	for i, row := range equations {
		multiple := big.NewInt(1)
		for _, v := range row {
			gcd := new(big.Int).GCD(nil, nil, multiple, v.Denom())
			multiple.Mul(multiple, new(big.Int).Quo(v.Denom(), gcd))
		}
		for _, v := range row {
			n := new(big.Int).Quo(multiple, v.Denom())
			out[i] = append(out[i], n.Mul(n, v.Num()))
		}
	}
	return out
}
