package mactor

// Powers is what the actors can do to one another, directly or through a third.
type Powers struct {
	// MDII adds to each direct influence what reaches through any one third actor:
	// MDI_ij + Σ min(MDI_ik, MDI_kj) over k other than i and j. Its diagonal is
	// what comes back to an actor.
	MDII [][]int
	// MMIDI takes the strongest of these ways instead of their sum.
	MMIDI [][]int
	// I and D are the influence and the dependence of each actor: sums of the rows
	// and of the columns of MDII without its diagonal.
	I, D []int
	// NetScale is MDII_ij - MDII_ji: who has the upper hand.
	NetScale [][]int
	// R is the strength of each actor, (I / all of MDII) · I / (I + D); RStar is
	// the same with a mean of 1. Where nobody has any strength, RStar is 1 for all.
	R, RStar []float64
}

func powers(mdi [][]int) Powers {
	n := len(mdi)
	p := Powers{MDII: square(n), MMIDI: square(n), NetScale: square(n), I: make([]int, n), D: make([]int, n)}
	total := 0
	for i := range n {
		for j := range n {
			p.MDII[i][j], p.MMIDI[i][j] = through(mdi, i, j)
			total += p.MDII[i][j]
			if i != j {
				p.I[i] += p.MDII[i][j]
				p.D[j] += p.MDII[i][j]
			}
		}
	}
	for i := range n {
		for j := range n {
			p.NetScale[i][j] = p.MDII[i][j] - p.MDII[j][i]
		}
	}
	p.strengths(total)
	return p
}

// through gives the sum and the strongest of the ways from i to j.
func through(mdi [][]int, i, j int) (sum, strongest int) {
	sum, strongest = mdi[i][j], mdi[i][j]
	for k := range mdi {
		if k != i && k != j {
			way := min(mdi[i][k], mdi[k][j])
			sum += way
			strongest = max(strongest, way)
		}
	}
	return sum, strongest
}

func (p *Powers) strengths(total int) {
	n, all := len(p.I), 0.0
	p.R, p.RStar = make([]float64, n), make([]float64, n)
	for i := range n {
		if p.I[i] > 0 {
			p.R[i] = float64(p.I[i]) / float64(total) * float64(p.I[i]) / float64(p.I[i]+p.D[i])
		}
		all += p.R[i]
	}
	for i := range n {
		p.RStar[i] = 1
		if all > 0 {
			p.RStar[i] = float64(n) * p.R[i] / all
		}
	}
}

func square(n int) [][]int {
	m := make([][]int, n)
	for i := range m {
		m[i] = make([]int, n)
	}
	return m
}
