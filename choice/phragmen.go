package choice

import (
	"math"
	"math/big"
)

// loads is a count by Phragmén's sequential rule: every voter earns money at the
// speed of their weight, and a project is bought at the moment when its backers
// together have its cost; they then have nothing.
//
// So a voter's account is the moment at which it was last emptied, which is that
// of the last winner on the ballot, and the moment of a project is
//
//	(cost + sum of weight × last moment) / weight of the backers.
//
// Moments are whole numbers over one denominator, which each round multiplies by
// the weight of the backers. Floating point only says which ones to compare: it
// is taken from the whole numbers, right to 2^-52. Moments never fall, so those
// of former rounds are lower bounds.
type loads struct {
	*shares
	last    []int32 // by group: the round that emptied its account, -1
	moments []*big.Int
	den     *big.Int
	now     []moment // by project, as looked at last
}

// moment is num/(den·weight of the backers), den being that of its round.
type moment struct {
	num   *big.Int
	float float64
	round int
	out   bool
}

// Source: Brill, Freeman, Janson and Lackner, Mathematical Programming 2023, for
// committees; Los, Christoff and Grossi, IJCAI 2022, for projects with costs.
func (o *Outcome) phragmen() {
	l := &loads{shares: newShares(o), last: make([]int32, o.election.Ballots.Distinct()), den: big.NewInt(1)}
	for g := range l.last {
		l.last[g] = -1
	}
	for c, open := range l.open {
		cost := float64(o.election.Projects[c].Cost)
		l.now = append(l.now, moment{out: !open, round: -1, float: cost / float64(max(l.weight[c], 1)) * weightFloat(l.weightUnit) * (1 - spread)})
	}
	for !o.full() {
		equal := l.next()
		if len(equal) == 0 {
			return
		}
		for _, c := range equal {
			if !o.fits(c) {
				return // the rule ends where one of the first to be bought does not fit
			}
		}
		c, tie := l.tally.ties.decide(equal)
		l.buy(c)
		t := new(big.Rat).SetFrac(l.moments[len(l.moments)-1], l.den)
		all := int(l.tally.votes[c])
		o.elect(Round{Project: c, Stage: ByLoads, Payment: t, Payers: all, Full: all, Tie: tie})
	}
}

func weightFloat(unit *big.Int) float64 {
	f, _ := new(big.Float).SetInt(unit).Float64()
	return f
}

// next are the projects that can be bought first.
func (l *loads) next() []int {
	for {
		best := -1
		for c := range l.now {
			if !l.now[c].out && (best < 0 || l.now[c].float < l.now[best].float) {
				best = c
			}
		}
		if best < 0 {
			return nil
		}
		if l.now[best].round < len(l.moments) {
			l.look(best)
			continue
		}
		if equal, again := l.equal(best); !again {
			return equal
		}
	}
}

// equal are the projects whose moment is exactly the least. again: one that may
// be among them had to be looked at anew.
func (l *loads) equal(best int) (equal []int, again bool) {
	border := l.now[best].float * (1 + 8*spread)
	for c := range l.now {
		if l.now[c].out || l.now[c].float > border {
			continue
		}
		if l.now[c].round < len(l.moments) {
			l.look(c)
			return nil, true
		}
		d := -1
		if len(equal) > 0 {
			d = l.order(c, equal[0])
		}
		if d < 0 {
			equal = equal[:0]
		}
		if d <= 0 {
			equal = append(equal, c)
		}
	}
	return equal, false
}

func (l *loads) order(a, b int) int {
	left := new(big.Int).Mul(l.now[a].num, big.NewInt(l.weight[b]))
	return left.Cmp(new(big.Int).Mul(l.now[b].num, big.NewInt(l.weight[a])))
}

// look computes the moment of a project anew.
func (l *loads) look(c int) {
	counts := make([]int64, len(l.moments))
	for i := l.start[c]; i < l.start[c+1]; i++ {
		if g := l.backers[i]; l.last[g] >= 0 {
			counts[l.last[g]] += int64(l.profile.count[g]) * l.weightOf(g)
		}
	}
	num := new(big.Int).Mul(l.den, l.weightUnit)
	num.Mul(num, big.NewInt(int64(l.election.Projects[c].Cost)))
	part := new(big.Int)
	for e, n := range counts {
		if n != 0 {
			num.Add(num, part.Mul(l.moments[e], part.SetInt64(n)))
		}
	}
	f := (&price{num: num, rich: l.weight[c]}).float(l.den)
	l.now[c] = moment{num: num, float: math.Max(f*(1-spread), 0), round: len(l.moments)}
}

// buy empties the accounts of the backers.
func (l *loads) buy(c int) {
	weight := big.NewInt(l.weight[c])
	for _, m := range l.moments {
		m.Mul(m, weight)
	}
	l.den.Mul(l.den, weight)
	l.now[c].out = true
	for i := l.start[c]; i < l.start[c+1]; i++ {
		l.last[l.backers[i]] = int32(len(l.moments))
	}
	l.moments = append(l.moments, l.now[c].num)
}
