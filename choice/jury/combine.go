package jury

import (
	"errors"
	"math/big"
)

// Points of a jury and votes of residents have no common unit and are never simply
// added. Of the three ways to bring them together Gate is the plainest: experts say
// what may be funded, residents choose among it, and the guarantees of the rule by
// which they choose hold.

// Gate gives what the residents may choose from: the initiatives that pass.
func Gate(verdicts []Verdict) []bool {
	out := make([]bool, len(verdicts))
	for i, v := range verdicts {
		out[i] = v.Passes
	}
	return out
}

// ErrShares refuses what cannot be combined.
var ErrShares = errors.New("jury: combination; expected votes and scores of the same number, a part of the residents from 0 to 1, and a highest score above 0")

// ByShares weighs shares of a hundred: residents × 100 · votes/all votes and the rest
// × 100 · score/highest possible score. An initiative without a score has none.
func ByShares(votes []int, scores []*big.Rat, highest, residents *big.Rat) ([]*big.Rat, error) {
	one := big.NewRat(1, 1)
	if len(votes) != len(scores) || residents == nil || residents.Sign() < 0 || residents.Cmp(one) > 0 || highest == nil || highest.Sign() <= 0 {
		return nil, ErrShares
	}
	all := int64(0)
	for _, n := range votes {
		if n < 0 {
			return nil, ErrShares
		}
		all += int64(n)
	}
	out := make([]*big.Rat, len(votes))
	for i, n := range votes {
		if scores[i] == nil {
			continue
		}
		out[i] = new(big.Rat).Mul(new(big.Rat).Sub(one, residents), new(big.Rat).Quo(scores[i], highest))
		if all > 0 {
			out[i].Add(out[i], new(big.Rat).Mul(residents, big.NewRat(int64(n), all)))
		}
		out[i].Mul(out[i], big.NewRat(100, 1))
	}
	return out, nil
}

// ByRanks gives Borda points of two rankings, that of the votes and that of the
// scores, residents being the part of the first: to each initiative the number of
// those it is ahead of, and a half for each it is equal with. Without a score it is
// left out.
func ByRanks(votes []int, scores []*big.Rat, residents *big.Rat) ([]*big.Rat, error) {
	one := big.NewRat(1, 1)
	if len(votes) != len(scores) || residents == nil || residents.Sign() < 0 || residents.Cmp(one) > 0 {
		return nil, ErrShares
	}
	out := make([]*big.Rat, len(votes))
	for i := range votes {
		if scores[i] == nil {
			continue
		}
		var byVotes, byScore int64 // in halves
		for j := range votes {
			if j != i && scores[j] != nil {
				byVotes += int64(1 + sign(votes[i]-votes[j]))
				byScore += int64(1 + scores[i].Cmp(scores[j]))
			}
		}
		out[i] = new(big.Rat).Mul(residents, big.NewRat(byVotes, 2))
		out[i].Add(out[i], new(big.Rat).Mul(new(big.Rat).Sub(one, residents), big.NewRat(byScore, 2)))
	}
	return out, nil
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
