package opinion

import "math"

// eigen returns the eigenvalues of a small symmetric matrix, largest first, and
// its eigenvectors as rows, by cyclic Jacobi rotations. It overwrites a.
func eigen(a [][]float64) (values []float64, vectors [][]float64) {
	n := len(a)
	vectors = square(n)
	for i := range vectors {
		vectors[i][i] = 1
	}
	for range 60 { // converges quadratically: six to ten sweeps are usual
		off, diagonal := 0.0, 0.0
		for i := range n {
			diagonal += a[i][i] * a[i][i]
			for j := range i {
				off += a[i][j] * a[i][j]
			}
		}
		if off <= 1e-32*diagonal || off == 0 {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, vectors, p, q)
			}
		}
	}
	values = make([]float64, n)
	for i := range n {
		values[i] = a[i][i]
	}
	for i := range n { // selection sort: n is a few dozen
		best := i
		for j := i + 1; j < n; j++ {
			if values[j] > values[best] {
				best = j
			}
		}
		values[i], values[best] = values[best], values[i]
		vectors[i], vectors[best] = vectors[best], vectors[i]
	}
	return values, vectors
}

// rotate turns the plane of p and q so that a[p][q] vanishes.
func rotate(a, vectors [][]float64, p, q int) {
	if a[p][q] == 0 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for k := range a {
		a[k][p], a[k][q] = c*a[k][p]-s*a[k][q], s*a[k][p]+c*a[k][q]
	}
	turn(a[p], a[q], c, s)
	turn(vectors[p], vectors[q], c, s)
}

func turn(x, y []float64, c, s float64) {
	for k := range x {
		x[k], y[k] = c*x[k]-s*y[k], s*x[k]+c*y[k]
	}
}

func square(n int) [][]float64 {
	flat := make([]float64, n*n)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = flat[i*n : (i+1)*n : (i+1)*n]
	}
	return rows
}
