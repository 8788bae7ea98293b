package micmac

import (
	"math/big"
	"math/bits"
)

// exact iterates v = M·v from ones in whole numbers of any length: no rounding
// and no overflow. All components have the same number of 64-bit words, the
// lowest first.
type exact struct {
	s     *sparse
	power int
	words int
	v     []uint64
	spare []uint64
}

func newExact(s *sparse) *exact {
	e := &exact{s: s, words: 1, v: make([]uint64, s.n)}
	for i := range e.v {
		e.v[i] = 1
	}
	return e
}

// to goes on to the given power; it cannot go back.
func (e *exact) to(power int) *exact {
	for e.power < power {
		e.step()
	}
	return e
}

// step multiplies once. Beforehand there is a free word wherever the sum could
// need one: it grows by less than 2^32.
func (e *exact) step() {
	e.grow()
	if len(e.spare) < len(e.v) {
		e.spare = make([]uint64, len(e.v))
	}
	out, w := e.spare[:len(e.v)], e.words
	for i := range e.s.n {
		sum := out[i*w : (i+1)*w]
		clear(sum)
		cols, vals := e.s.row(i)
		for k, j := range cols {
			addTimes(sum, e.v[int(j)*w:(int(j)+1)*w], uint64(vals[k]))
		}
	}
	e.v, e.spare = out, e.v
	e.power++
}

// grow adds a word to every component when the highest one is half full.
func (e *exact) grow() {
	w := e.words
	for i := range e.s.n {
		if e.v[(i+1)*w-1]>>32 != 0 {
			wide := make([]uint64, e.s.n*(w+1))
			for j := range e.s.n {
				copy(wide[j*(w+1):], e.v[j*w:(j+1)*w])
			}
			e.v, e.spare, e.words = wide, nil, w+1
			return
		}
	}
}

// addTimes adds factor times v to sum, both of the same length.
func addTimes(sum, v []uint64, factor uint64) {
	carry := uint64(0)
	for k := range sum {
		high, low := bits.Mul64(v[k], factor)
		low, c := bits.Add64(low, carry, 0)
		high += c
		sum[k], c = bits.Add64(sum[k], low, 0)
		carry = high + c
	}
}

// compare tells whether component i is smaller (-1) than component j, equal (0)
// or larger (+1).
func (e *exact) compare(i, j int) int {
	a, b := e.v[i*e.words:(i+1)*e.words], e.v[j*e.words:(j+1)*e.words]
	for k := e.words - 1; k >= 0; k-- {
		if a[k] != b[k] {
			if a[k] < b[k] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// sums are the components as numbers.
func (e *exact) sums() []*big.Int {
	sums := make([]*big.Int, e.s.n)
	for i := range sums {
		sums[i] = new(big.Int)
		for k := e.words - 1; k >= 0; k-- {
			sums[i].Lsh(sums[i], 64).Add(sums[i], new(big.Int).SetUint64(e.v[i*e.words+k]))
		}
	}
	return sums
}
