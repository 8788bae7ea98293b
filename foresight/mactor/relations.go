package mactor

import "math"

// Relations follow from one matrix of positions.
type Relations struct {
	// Positions is kMAO: actors × objectives.
	Positions [][]float64
	// Mobilisation is how much is at stake for each actor: the sum of its
	// positions without their signs.
	Mobilisation []float64
	// For and Against are the sums of the positive and of the negative positions
	// on each objective; Against is zero or negative.
	For, Against []float64
	// Convergence (kCAA) of two actors is the mean of their positions, without
	// signs, summed over the objectives on which they have the same sign;
	// Divergence (kDAA) the same where the signs are opposite. For signs alone
	// both count objectives. Diagonals are zero.
	Convergence, Divergence [][]float64
	// Distance is Convergence - Divergence: allies are positive.
	Distance [][]float64
	// Ambivalence of an actor is 1 - Σ|CAA-DAA| / Σ(CAA+DAA) over all others: 0
	// where each other actor is wholly an ally or an opponent or nothing, 1 where
	// all are as much one as the other.
	Ambivalence []float64
}

func relations(positions [][]float64) Relations {
	n, m := len(positions), 0
	if n > 0 {
		m = len(positions[0])
	}
	r := Relations{Positions: positions, Mobilisation: make([]float64, n), For: make([]float64, m), Against: make([]float64, m),
		Convergence: table(n), Divergence: table(n), Distance: table(n), Ambivalence: make([]float64, n)}
	for i, row := range positions {
		for k, p := range row {
			r.Mobilisation[i] += math.Abs(p)
			if p > 0 {
				r.For[k] += p
			} else {
				r.Against[k] += p
			}
		}
	}
	for i := range n {
		for j := range n {
			if i != j {
				r.pair(i, j)
			}
		}
		r.Ambivalence[i] = r.ambivalence(i)
	}
	return r
}

// pair weighs what two actors want against each other.
func (r *Relations) pair(i, j int) {
	for k, p := range r.Positions[i] {
		q := r.Positions[j][k]
		switch both := (math.Abs(p) + math.Abs(q)) / 2; {
		case p*q > 0:
			r.Convergence[i][j] += both
		case p*q < 0:
			r.Divergence[i][j] += both
		}
	}
	r.Distance[i][j] = r.Convergence[i][j] - r.Divergence[i][j]
}

func (r *Relations) ambivalence(i int) float64 {
	clear, all := 0.0, 0.0
	for j := range r.Positions {
		clear += math.Abs(r.Distance[i][j])
		all += r.Convergence[i][j] + r.Divergence[i][j]
	}
	if all == 0 {
		return 0
	}
	return 1 - clear/all
}

func table(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}
