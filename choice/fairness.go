package choice

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// Fairness tells how the outcome is spread over the voters.
type Fairness struct {
	Voters      int
	WithNothing int     // voters none of whose projects won
	Winners     float64 // winners that a voter named, on average
	// Gini is the Gini coefficient of what the winners are worth to each voter,
	// by the rule's utility: 0 when to all the same, towards 1 when to few.
	Gini float64
	// Wronged are the projects whose supporters could have demanded one of
	// them: the outcome breaks EJR+. Equal Shares leaves none, unless Top cut it
	// short or the voters preferred Greedy.
	Wronged []Wronged
}

// Wronged is a group of supporters large enough to pay for a project that lost,
// each of whom got less than that.
type Wronged struct {
	Project int
	Voters  int
}

// Fairness measures the outcome.
func (o *Outcome) Fairness() Fairness {
	p := o.election.Ballots
	f := Fairness{Voters: p.Voters()}
	won := make([]bool, len(o.election.Projects))
	for _, w := range o.Winners {
		won[w] = true
	}
	shares := newShares(o)
	gained := make([]int64, len(p.count))
	named := 0
	for g, n := range p.count {
		from, to := p.group(g)
		winners := 0
		for i := from; i < to; i++ {
			if won[p.picks[i]] {
				winners++
				gained[g] += o.election.worth(o.Rule.Utility, i, to)
			}
		}
		if winners == 0 {
			f.WithNothing += int(n)
		}
		named += winners * int(n)
	}
	if f.Voters > 0 {
		f.Winners = float64(named) / float64(f.Voters)
	}
	f.Gini = gini(gained, p.count)
	for c := range won {
		if n := shares.wronged(c, won, gained); n > 0 {
			f.Wronged = append(f.Wronged, Wronged{Project: c, Voters: n})
		}
	}
	return f
}

// gini is the Gini coefficient of values that occur count times; 0 where all
// are 0.
func gini(values []int64, count []uint32) float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	var n, sum, ranked float64
	for _, i := range order {
		k, v := float64(count[i]), float64(values[i])
		ranked += v * k * (2*n + k + 1) / 2 // ranks n+1 to n+k
		n += k
		sum += v * k
	}
	if sum == 0 {
		return 0
	}
	return (2*ranked/sum - (n + 1)) / n
}

// wronged looks for a group that breaks EJR+ up to one project: supporters S of
// a project c that lost, to each of whom the winners and c together are worth no
// more than their share of the budget buys at the price at which S alone could
// pay for c:
//
//	(u(winners) + u(c)) · cost(c) ≤ share · sum over S of u(c)
//
// Equal Shares leaves no such group: nobody in S would have paid a higher price
// before c was bought, so all would still have had the money for it. For utility
// cost this is EJR+ up to one project of Brill and Peters (EC 2023). Since only
// the largest left side counts, the groups to look at are the supporters sorted
// by it, up to some place; that is what makes the check polynomial.
func (s *shares) wronged(c int, won []bool, gained []int64) int {
	cost := int64(s.election.Projects[c].Cost)
	if won[c] || !s.open[c] || cost == 0 {
		return 0
	}
	type backer struct{ total, weight, group, utility uint64 }
	var backers []backer
	for i := s.start[c]; i < s.start[c+1]; i++ {
		g := s.backers[i]
		u := uint64(1)
		if s.worth != nil {
			u = uint64(s.worth[i])
		}
		if s.rule.Utility == UtilityCost {
			u = uint64(cost)
		}
		if u > 0 {
			backers = append(backers, backer{uint64(gained[g]) + u, uint64(s.weightOf(g)), uint64(g), u})
		}
	}
	compare := func(a, b backer) int { // a.total/a.weight against b.total/b.weight
		ahi, alo := bits.Mul64(a.total, b.weight)
		bhi, blo := bits.Mul64(b.total, a.weight)
		return cmp.Or(cmp.Compare(ahi, bhi), cmp.Compare(alo, blo))
	}
	slices.SortFunc(backers, compare)
	utility, voters := new(big.Int), 0
	left, right, part := new(big.Int), new(big.Int), new(big.Int)
	for i, b := range backers {
		n := uint64(s.profile.count[b.group])
		utility.Add(utility, part.Mul(new(big.Int).SetUint64(n), new(big.Int).SetUint64(b.utility)))
		voters += int(n)
		if i+1 < len(backers) && compare(b, backers[i+1]) == 0 {
			continue
		}
		left.SetUint64(b.total)
		left.Mul(left, part.SetInt64(cost)).Mul(left, part.SetInt64(s.total))
		right.Mul(utility, part.SetUint64(b.weight)).Mul(right, part.SetInt64(int64(s.election.Budget)))
		if left.Cmp(right) <= 0 {
			return voters
		}
	}
	return 0
}
