package choice_test

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/wspolnota/wspolnota/choice"
)

// textbook counts as the papers say, one voter at a time, every amount a
// fraction, with no thought of speed. What the package answers is compared with
// it, and so is its time.
type textbook struct {
	e      *choice.Election
	rule   choice.Rule
	voters []voter
	votes  []int
}

type voter struct {
	worth  map[int]*big.Rat // utility by project
	weight *big.Rat
	money  *big.Rat
	load   *big.Rat
}

func newTextbook(e *choice.Election, rule choice.Rule) *textbook {
	t := &textbook{e: e, rule: rule, votes: make([]int, len(e.Projects))}
	for b := range e.Ballots.All() {
		worth := map[int]*big.Rat{}
		for i, c := range b.Projects {
			t.votes[c] += b.Voters
			u := int64(1)
			switch rule.Utility {
			case choice.UtilityPoints:
				u = int64(b.Points[i])
			case choice.UtilityBorda:
				u = int64(len(b.Projects) - i)
			case choice.UtilityCost, "":
				u = max(int64(e.Projects[c].Cost), 1)
			}
			if u > 0 {
				worth[c] = big.NewRat(u, 1)
			}
		}
		for range b.Voters {
			t.voters = append(t.voters, voter{worth: worth, weight: b.Weight, load: new(big.Rat)})
		}
	}
	return t
}

// payment is what a voter gives for a project at a price per unit of utility.
func (v *voter) payment(c int, rho *big.Rat) *big.Rat {
	u, ok := v.worth[c]
	if !ok {
		return new(big.Rat)
	}
	if p := new(big.Rat).Mul(u, rho); p.Cmp(v.money) < 0 {
		return p
	}
	return v.money
}

// rho is the least price at which the backers can pay for a project, nil if
// none: with the backers sorted by how soon they run dry, either everybody from
// some place on pays in full or nobody does.
func (t *textbook) rho(c int) *big.Rat {
	var backers []*voter
	utility := new(big.Rat)
	for i := range t.voters {
		if u, ok := t.voters[i].worth[c]; ok {
			backers = append(backers, &t.voters[i])
			utility.Add(utility, u)
		}
	}
	dry := func(v *voter) *big.Rat { return new(big.Rat).Quo(v.money, v.worth[c]) }
	slices.SortFunc(backers, func(a, b *voter) int { return dry(a).Cmp(dry(b)) })
	missing := big.NewRat(int64(t.e.Projects[c].Cost), 1)
	for _, v := range backers {
		rho := new(big.Rat).Quo(missing, utility)
		if rho.Cmp(dry(v)) <= 0 {
			return rho
		}
		missing.Sub(missing, v.money)
		utility.Sub(utility, v.worth[c])
	}
	return nil
}

// before orders equal projects by cost, votes, id.
func (t *textbook) before(a, b int) bool {
	p, q := t.e.Projects[a], t.e.Projects[b]
	return cmp.Or(cmp.Compare(p.Cost, q.Cost), cmp.Compare(t.votes[b], t.votes[a]), cmp.Compare(p.ID, q.ID)) < 0
}

func (t *textbook) endowment() *big.Rat {
	sum := new(big.Rat)
	for _, v := range t.voters {
		sum.Add(sum, v.weight)
	}
	if sum.Sign() == 0 {
		return sum
	}
	return sum.Quo(big.NewRat(int64(t.e.Budget), 1), sum)
}

// equalShares gives the winners and their prices.
func (t *textbook) equalShares(b0 *big.Rat) (winners []int, rhos []*big.Rat, cost choice.Grosze) {
	for i := range t.voters {
		t.voters[i].money = new(big.Rat).Mul(t.voters[i].weight, b0)
	}
	for {
		best, least := -1, (*big.Rat)(nil)
		for c, p := range t.e.Projects {
			if p.Withdrawn || slices.Contains(winners, c) {
				continue
			}
			rho := t.rho(c)
			if rho == nil {
				continue
			}
			if best >= 0 {
				if d := rho.Cmp(least); d > 0 || d == 0 && !t.before(c, best) {
					continue
				}
			}
			best, least = c, rho
		}
		if best < 0 {
			return winners, rhos, cost
		}
		for i := range t.voters {
			v := &t.voters[i]
			v.money = new(big.Rat).Sub(v.money, v.payment(best, least))
		}
		winners, rhos, cost = append(winners, best), append(rhos, least), cost+t.e.Projects[best].Cost
	}
}

// supported are the projects that somebody gives something for.
func (t *textbook) supported(c int) bool {
	return !t.e.Projects[c].Withdrawn && slices.ContainsFunc(t.voters, func(v voter) bool { return v.worth[c] != nil })
}

// add1 raises the endowment a złoty at a time.
func (t *textbook) add1(exhaustive bool) []int {
	var last []int
	b0 := t.endowment()
	for {
		winners, _, cost := t.equalShares(b0)
		if cost > t.e.Budget {
			return last
		}
		last = winners
		room, left := false, false
		for c, p := range t.e.Projects {
			if t.supported(c) && !slices.Contains(winners, c) {
				left = true
				room = room || cost+p.Cost <= t.e.Budget
			}
		}
		if !left || exhaustive && !room {
			return winners
		}
		b0 = new(big.Rat).Add(b0, big.NewRat(100, 1))
	}
}

// phragmen gives the winners of Phragmén's sequential rule.
func (t *textbook) phragmen() (winners []int) {
	cost := choice.Grosze(0)
	for i := range t.voters {
		t.voters[i].load = new(big.Rat)
	}
	for {
		var equal []int
		var least *big.Rat
		for c, p := range t.e.Projects {
			if !t.supported(c) || slices.Contains(winners, c) {
				continue
			}
			sum, weight := big.NewRat(int64(p.Cost), 1), new(big.Rat)
			for _, v := range t.voters {
				if v.worth[c] != nil {
					sum.Add(sum, new(big.Rat).Mul(v.weight, v.load))
					weight.Add(weight, v.weight)
				}
			}
			at := sum.Quo(sum, weight)
			if least == nil || at.Cmp(least) < 0 {
				equal, least = nil, at
			}
			if at.Cmp(least) == 0 {
				equal = append(equal, c)
			}
		}
		for _, c := range equal {
			if cost+t.e.Projects[c].Cost > t.e.Budget {
				return winners
			}
		}
		if len(equal) == 0 {
			return winners
		}
		best := equal[0]
		for _, c := range equal {
			if t.before(c, best) {
				best = c
			}
		}
		for i := range t.voters {
			if t.voters[i].worth[best] != nil {
				t.voters[i].load = least
			}
		}
		winners, cost = append(winners, best), cost+t.e.Projects[best].Cost
	}
}
