package cib

import (
	"math/big"
	"math/bits"
)

// tally is a number of scenarios: small as long as it fits, exact beyond.
type tally struct {
	small uint64
	large *big.Int // used instead where it is not nil
}

func (t tally) zero() bool { return t.large == nil && t.small == 0 }

func (t tally) big() *big.Int {
	if t.large != nil {
		return t.large
	}
	return new(big.Int).SetUint64(t.small)
}

func (t tally) plus(u tally) tally {
	if t.large == nil && u.large == nil {
		if sum, carry := bits.Add64(t.small, u.small, 0); carry == 0 {
			return tally{small: sum}
		}
	}
	return tally{large: new(big.Int).Add(t.big(), u.big())}
}

func (t tally) times(u tally) tally {
	if t.large == nil && u.large == nil {
		if high, low := bits.Mul64(t.small, u.small); high == 0 {
			return tally{small: low}
		}
	}
	return tally{large: new(big.Int).Mul(t.big(), u.big())}
}
