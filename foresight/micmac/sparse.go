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
func rowsOf(m *Matrix) *sparse {
	n, count := m.Len(), 0
	for _, v := range m.cells {
		if v > 0 {
			count++
		}
	}
	s := &sparse{n: n, start: make([]int, n+1), col: make([]int32, 0, count), val: make([]float64, 0, count)}
	for i := range n {
		for j, v := range m.cells[i*n : (i+1)*n] {
			if v > 0 {
				s.col, s.val = append(s.col, int32(j)), append(s.val, float64(v))
			}
		}
		s.end(i)
	}
	return s
}

// transposed has its columns as rows.
func (s *sparse) transposed() *sparse {
	t := &sparse{n: s.n, start: make([]int, s.n+1), col: make([]int32, len(s.col)), val: make([]float64, len(s.val))}
	for _, j := range s.col {
		t.start[j+1]++
	}
	for j := range s.n {
		t.most = max(t.most, t.start[j+1])
		t.start[j+1] += t.start[j]
	}
	next := slices.Clone(t.start)
	for i := range s.n {
		cols, vals := s.row(i)
		for k, j := range cols {
			t.col[next[j]], t.val[next[j]] = int32(i), vals[k]
			next[j]++
		}
	}
	return t
}

// end closes row i.
func (s *sparse) end(i int) {
	s.start[i+1] = len(s.col)
	s.most = max(s.most, s.start[i+1]-s.start[i])
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
	if len(nodes) == s.n && slices.IsSorted(nodes) {
		return s
	}
	place := make([]int32, s.n)
	for i := range place {
		place[i] = -1
	}
	for at, i := range nodes {
		place[i] = int32(at)
	}
	t := &sparse{n: len(nodes), start: make([]int, len(nodes)+1), col: make([]int32, 0, len(s.col)), val: make([]float64, 0, len(s.val))}
	for at, i := range nodes {
		cols, vals := s.row(i)
		for k, j := range cols {
			if place[j] >= 0 {
				t.col, t.val = append(t.col, place[j]), append(t.val, vals[k])
			}
		}
		t.end(at)
	}
	return t
}
