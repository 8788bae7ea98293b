package micmac

import "slices"

// sparse holds what is not zero of a square matrix of small whole numbers, row
// by row. Everything below works on it: for the influence of variables with the
// rows of the matrix, for their dependence with its columns.
type sparse struct {
	n     int
	start []int // of each row in col and val; n+1 of them
	col   []int32
	val   []float64
	most  int // cells in the fullest row
}

// rowsOf reads the matrix as it is, potential influences as nothing.
func rowsOf(m *Matrix) *sparse { return newSparse(m.Len(), func(i, j int) int { return m.At(i, j) }) }

// columnsOf reads it transposed.
func columnsOf(m *Matrix) *sparse {
	return newSparse(m.Len(), func(i, j int) int { return m.At(j, i) })
}

func newSparse(n int, at func(i, j int) int) *sparse {
	s := &sparse{n: n, start: make([]int, n+1)}
	for i := range n {
		s.col, s.val = slices.Grow(s.col, n), slices.Grow(s.val, n)
		for j := range n {
			if v := at(i, j); v > 0 {
				s.col, s.val = append(s.col, int32(j)), append(s.val, float64(v))
			}
		}
		s.start[i+1] = len(s.col)
		s.most = max(s.most, s.start[i+1]-s.start[i])
	}
	return s
}

// row gives the columns and values of a row.
func (s *sparse) row(i int) ([]int32, []float64) {
	return s.col[s.start[i]:s.start[i+1]], s.val[s.start[i]:s.start[i+1]]
}

// times computes out = s·v. Sums of numbers that are not negative lose at most
// most+1 roundings of their own size.
func (s *sparse) times(v, out []float64) {
	for i := range out {
		cols, vals := s.row(i)
		vals = vals[:len(cols)]
		a, b := 0.0, 0.0
		k := 0
		for ; k+1 < len(cols); k += 2 {
			a += vals[k] * v[cols[k]]
			b += vals[k+1] * v[cols[k+1]]
		}
		if k < len(cols) {
			a += vals[k] * v[cols[k]]
		}
		out[i] = a + b
	}
}

// among keeps the rows and columns of the given variables, renumbered in that
// order.
func (s *sparse) among(nodes []int) *sparse {
	place := make([]int32, s.n)
	for i := range place {
		place[i] = -1
	}
	for at, i := range nodes {
		place[i] = int32(at)
	}
	t := &sparse{n: len(nodes), start: make([]int, len(nodes)+1)}
	for at, i := range nodes {
		cols, vals := s.row(i)
		for k, j := range cols {
			if place[j] >= 0 {
				t.col, t.val = append(t.col, place[j]), append(t.val, vals[k])
			}
		}
		t.start[at+1] = len(t.col)
		t.most = max(t.most, t.start[at+1]-t.start[at])
	}
	return t
}
