package micmac

import (
	"math"
	"math/big"
	"slices"
)

// recurrence is the shortest linear rule of a sequence: each term is the sum of
// rule[i] times the term i+1 places before it.
type recurrence []*big.Rat

// shortest finds the rule by Berlekamp and Massey, in exact fractions. Where some
// rule of order m holds for ever, 2m terms give the shortest one that does.
func shortest(terms []*big.Int) recurrence {
	rule, before := recurrence{}, recurrence{}
	var gapBefore *big.Rat
	since := 1
	for i := range terms {
		gap := rule.gap(terms, i)
		if gap.Sign() == 0 {
			since++
			continue
		}
		if gapBefore == nil {
			rule, gapBefore, since = zeros(i+1), gap, 1
			continue
		}
		factor := new(big.Rat).Quo(gap, gapBefore)
		next := rule.corrected(before, factor, since)
		if 2*len(rule) <= i {
			before, gapBefore, since = rule, gap, 0
			next = append(next, zeros(max(0, i+1-len(rule)-len(next)))...)
		}
		rule = next
		since++
	}
	return rule
}

// gap is what a term has beyond what the rule says.
func (r recurrence) gap(terms []*big.Int, i int) *big.Rat {
	gap := new(big.Rat).SetInt(terms[i])
	for k, c := range r {
		if i-k-1 >= 0 {
			gap.Sub(gap, new(big.Rat).Mul(c, new(big.Rat).SetInt(terms[i-k-1])))
		}
	}
	return gap
}

// corrected adds factor times the older rule, moved by since places.
func (r recurrence) corrected(before recurrence, factor *big.Rat, since int) recurrence {
	next := slices.Clone(r)
	for len(next) < len(before)+since {
		next = append(next, new(big.Rat))
	}
	next[since-1] = new(big.Rat).Add(next[since-1], factor)
	for k, c := range before {
		next[since+k] = new(big.Rat).Sub(next[since+k], new(big.Rat).Mul(factor, c))
	}
	return next
}

func zeros(n int) recurrence {
	z := make(recurrence, n)
	for i := range z {
		z[i] = new(big.Rat)
	}
	return z
}

// lasting proves that a sequence keeps one sign for ever: it gives the sign and
// the term from which it holds. order bounds the order of its shortest rule.
//
// Let S move to the next term. With f_i = (S−a)^i e, for i below the order, the
// rule says how f at one place follows from f at L places before. Where no
// coefficient of that is negative, f stays ≥ 0 once it has been so L times in a
// row; and with it e stays above zero. The number a is tried near the ratio to
// which the terms tend.
func lasting(e []*big.Int, order int) (sign, from int, ok bool) {
	rule := shortest(e[:min(len(e), 2*order)])
	if len(rule) == 0 {
		return 0, 0, true
	}
	if len(rule) > mostOrder || len(e) < max(3, 2*order) || !steady(e) {
		return 0, 0, false
	}
	sign = e[len(e)-1].Sign()
	for _, a := range shifts(e) {
		move := rule.inBasis(a)
		power := move
		for _, l := range []int{1, 2, 4, 8, 16} {
			if l > 1 {
				power = power.times(power)
			}
			if power.monotone() {
				if from, ok := since(e, a, len(rule), l, sign); ok {
					return sign, from, true
				}
			}
		}
	}
	return 0, 0, false
}

// mostOrder bounds the rules for which a proof is tried.
const mostOrder = 12

// steady reports whether the second half of the terms has one sign: otherwise
// there is nothing to prove.
func steady(e []*big.Int) bool {
	last := e[len(e)-1].Sign()
	return last != 0 && !slices.ContainsFunc(e[len(e)/2:], func(x *big.Int) bool { return x.Sign() != last })
}

// shifts are numbers at and under the ratio of the last terms, and whole numbers
// near it: where the largest eigenvalue is a double one, only itself will do.
func shifts(e []*big.Int) []*big.Rat {
	last := e[len(e)-3:]
	x := make([]float64, 3)
	for i, term := range last { // in proportion to the last
		x[i], _ = new(big.Rat).SetFrac(term, last[2]).Float64()
	}
	ratio := x[2] / x[1]
	tries := []float64{0, math.Round(ratio), math.Floor(ratio)}
	if twice := x[1]*x[1] - x[0]*x[2]; twice > 0 {
		tries = append(tries, math.Round((x[1]-math.Sqrt(twice))/x[0]))
	}
	for _, part := range []float64{1, 0.5, 0.75, 0.875, 0.9375, 0.97, 0.99} {
		tries = append(tries, math.Round(ratio*part*256)/256)
	}
	var list []*big.Rat
	for _, a := range tries {
		if r := new(big.Rat).SetFloat64(a); r != nil && r.Sign() >= 0 {
			list = append(list, r)
		}
	}
	return list
}

// since finds the first of l terms in a row at which f ≥ 0 and e > 0, with signs
// turned where e is negative.
func since(e []*big.Int, a *big.Rat, order, l, sign int) (int, bool) {
	run := 0
	for t := 0; t+order <= len(e); t++ {
		if e[t].Sign() != sign || !shifted(e[t:t+order], a, sign) {
			run = 0
			continue
		}
		if run++; run == l {
			return t - l + 1, true
		}
	}
	return 0, false
}

// shifted reports whether every (S−a)^i e, i below the number of terms, is zero
// or has the sign.
func shifted(terms []*big.Int, a *big.Rat, sign int) bool {
	row := make([]*big.Rat, len(terms))
	for i, x := range terms {
		row[i] = new(big.Rat).SetInt(x)
	}
	for len(row) > 0 {
		if row[0].Sign() == -sign {
			return false
		}
		for i := 0; i+1 < len(row); i++ {
			row[i] = new(big.Rat).Sub(row[i+1], new(big.Rat).Mul(a, row[i]))
		}
		row = row[:len(row)-1]
	}
	return true
}
