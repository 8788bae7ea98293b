package micmac

import "math/big"

// square matrix of exact fractions.
type rational [][]*big.Rat

func newRational(n int) rational {
	m := make(rational, n)
	for i := range m {
		m[i] = zeros(n)
	}
	return m
}

// inBasis is the move to the next term for f_i = (S−a)^i e: S f_i = f_{i+1} + a f_i,
// and the last from the rule, whose polynomial is rewritten in powers of S−a.
func (r recurrence) inBasis(a *big.Rat) rational {
	n := len(r)
	// q(x) = x^n − Σ r[k] x^(n−1−k), lowest coefficient first.
	q := zeros(n + 1)
	q[n].SetInt64(1)
	for k, c := range r {
		q[n-1-k].Neg(c)
	}
	// Taylor's shift: q(y + a), by Horner's scheme again and again.
	for i := range n {
		for k := n - 1; k >= i; k-- {
			q[k] = new(big.Rat).Add(q[k], new(big.Rat).Mul(a, q[k+1]))
		}
	}
	m := newRational(n)
	for i := range n {
		m[i][i].Set(a)
		if i+1 < n {
			m[i][i+1].SetInt64(1)
		}
	}
	for k := range n {
		m[n-1][k] = new(big.Rat).Sub(m[n-1][k], q[k])
	}
	return m
}

func (m rational) times(o rational) rational {
	n := len(m)
	p := newRational(n)
	for i := range n {
		for j := range n {
			for k := range n {
				p[i][j].Add(p[i][j], new(big.Rat).Mul(m[i][k], o[k][j]))
			}
		}
	}
	return p
}

// monotone reports whether no entry is negative and the first component carries
// itself on.
func (m rational) monotone() bool {
	for _, row := range m {
		for _, x := range row {
			if x.Sign() < 0 {
				return false
			}
		}
	}
	return m[0][0].Sign() > 0
}
