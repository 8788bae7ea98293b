package opinion

import "math"

// spread is the operator whose two largest eigenvectors are the axes of the
// map: X'X of the centred matrix X, without forming either.
type spread interface {
	// apply sets out[k] = X'X in[k] for both vectors.
	apply(out, in *[2][]float64)
}

// tolerance is the residual, relative to the largest eigenvalue, below which an
// axis counts as found. The error of an eigenvalue is its square, that of a
// direction about its ratio to the distance of the next eigenvalue.
const tolerance = 1e-9

// maxBlocks bounds the basis, and with it the memory; conversations need six to
// fifteen. Votes that are nothing but noise, whose eigenvalues lie close
// together, begin again with the best axes so far, at most maxRestarts times.
const (
	maxBlocks   = 60
	maxRestarts = 12
)

// topTwo finds the two largest eigenvalues of a and their unit eigenvectors in
// n dimensions, by a block Krylov method with two vectors per step and full
// re-orthogonalisation: exact to the tolerance, deterministic, and able to see
// an eigenvalue that occurs twice. start may hold two guesses; nil is allowed.
// With n < 2 the missing axis is zero.
func topTwo(a spread, n int, start *[2][]float64) (values [2]float64, axes [2][]float64) {
	block := [2][]float64{noise(n, 1), noise(n, 2)}
	if start != nil {
		block = [2][]float64{clone(start[0]), clone(start[1])}
	}
	for range 1 + maxRestarts {
		var found bool
		if values, axes, found = search(a, n, block, start != nil); found {
			break
		}
		block = [2][]float64{clone(axes[0]), clone(axes[1])}
	}
	return values, axes
}

// search grows one basis from the block and says whether the axes in it are
// exact to the tolerance. near says that the block is close to them already.
func search(a spread, n int, block [2][]float64, near bool) (values [2]float64, axes [2][]float64, found bool) {
	k := &krylov{operator: a, n: n}
	for step := 1; ; step++ {
		whole := k.extend(block)
		last := whole || step == maxBlocks
		// Looking costs little beside a step over all votes, but not nothing.
		if last || step >= 3 && (near || step%2 == 0) {
			values, axes = k.ritz()
			if found = whole || k.residual(values, axes) <= tolerance*values[0]; found || last {
				return values, axes, found
			}
		}
		block = [2][]float64{clone(k.last[0]), clone(k.last[1])}
	}
}

// krylov is the growing orthonormal basis, its image, and the operator seen
// from inside: t[i][j] = basis[i]·image[j].
type krylov struct {
	operator spread
	n        int
	basis    [][]float64
	image    [][]float64
	t        [][]float64
	last     [2][]float64 // image of the newest two
	weights  [][]float64  // of the two newest Ritz vectors
}

// extend adds two directions to the basis; it says true when the basis is the
// whole space, so that what it sees is exact.
func (k *krylov) extend(block [2][]float64) bool {
	first := len(k.basis)
	for i, w := range block {
		if !k.orthogonalise(w) {
			w = k.replacement(uint64(first + i))
		}
		if w != nil {
			k.basis = append(k.basis, w)
		}
	}
	var in, out [2][]float64
	for i := range in {
		in[i], out[i] = make([]float64, k.n), make([]float64, k.n)
		if first+i < len(k.basis) {
			in[i] = k.basis[first+i]
		}
	}
	k.operator.apply(&out, &in)
	k.last = out
	for i := first; i < len(k.basis); i++ {
		k.image = append(k.image, out[i-first])
		column := make([]float64, i+1)
		for j := range column {
			column[j] = dot(k.basis[j], k.image[i])
		}
		k.t = append(k.t, column) // lower triangle
	}
	return len(k.basis) >= k.n
}

// orthogonalise takes the basis out of w and makes it a unit vector; false when
// nothing is left of it.
func (k *krylov) orthogonalise(w []float64) bool {
	before := math.Sqrt(dot(w, w))
	for range 2 { // twice is enough (Kahan)
		for _, q := range k.basis {
			addTo(w, q, -dot(q, w))
		}
	}
	norm := math.Sqrt(dot(w, w))
	if norm <= 1e-10*before || norm == 0 {
		return false
	}
	scale(w, 1/norm)
	return true
}

// replacement is a fresh direction where the Krylov space has ended, so that an
// eigenvector which the start did not contain is found all the same.
func (k *krylov) replacement(seed uint64) []float64 {
	for try := range uint64(8) {
		if len(k.basis) >= k.n {
			return nil
		}
		if w := noise(k.n, 1000+8*seed+try); k.orthogonalise(w) {
			return w
		}
	}
	return nil
}

// ritz are the best two eigenpairs within the basis.
func (k *krylov) ritz() (values [2]float64, axes [2][]float64) {
	m := len(k.basis)
	t := square(m)
	for i := range m {
		for j := range i + 1 {
			t[i][j], t[j][i] = k.t[i][j], k.t[i][j]
		}
	}
	all, vectors := eigen(t)
	k.weights = vectors[:min(2, m)]
	for i := range axes {
		axes[i] = make([]float64, k.n)
		if i < m {
			values[i] = max(0, all[i])
			for j, q := range k.basis {
				addTo(axes[i], q, vectors[i][j])
			}
		}
	}
	return values, axes
}

// residual is the larger |X'X u - λ u| of the two pairs.
func (k *krylov) residual(values [2]float64, axes [2][]float64) float64 {
	worst := 0.0
	r := make([]float64, k.n)
	for i, weights := range k.weights {
		clear(r)
		for j, w := range k.image {
			addTo(r, w, weights[j])
		}
		addTo(r, axes[i], -values[i])
		worst = max(worst, math.Sqrt(dot(r, r)))
	}
	return worst
}

func dot(a, b []float64) float64 {
	b = b[:len(a)]
	s := 0.0
	for i, x := range a {
		s += x * b[i]
	}
	return s
}

func addTo(a, b []float64, factor float64) {
	b = b[:len(a)]
	for i := range a {
		a[i] += factor * b[i]
	}
}

func scale(a []float64, factor float64) {
	for i := range a {
		a[i] *= factor
	}
}

func clone(a []float64) []float64 { return append([]float64(nil), a...) }

// noise is a fixed vector without structure.
func noise(n int, seed uint64) []float64 {
	r := newRandom(seed)
	w := make([]float64, n)
	for i := range w {
		w[i] = r.Float64() - 0.5
	}
	return w
}
