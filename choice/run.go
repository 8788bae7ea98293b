package choice

import (
	"math"
	"math/big"
)

// run is one count by Equal Shares, with one endowment.
//
// It works in floating point and knows how far off it may be, so that every
// decision is the one that exact fractions would give:
//
// Let b be the money of a group's voters, b' what is stored, e a bound for
// |b-b'|. For a project of cost C let S be any set of its backers and R the
// utility of the others. Since min(b, ut) is at most b and at most ut,
//
//	t(S) = (C - sum over S of b) / R
//
// is never more than the true payment t per unit, whatever S is. The computed
// t' differs from t(S) by at most d = (sum over S of e + rounding) / R, so t'-d
// is a lower bound of t, and it stays one while money is spent: t never falls.
// If moreover every backer in S has b' < ut' - e - ud and every other one
// b' > ut' + e + ud, then S are those who truly cannot pay ut(S), t = t(S), and
// t'+d is an upper bound too.
//
// The project whose upper bound lies below the lower bounds of all others is
// the winner. Where bounds overlap, or a backer lies too near to the border,
// exact.go decides in whole numbers. After a payment e grows by ud and the
// rounding of one subtraction; who has given everything has exactly nothing.
type run struct {
	*shares
	b0     *big.Rat
	purses []purse
	err    []float64 // by group: bound of the error of its purse
	worst  float64   // the largest of them ever
	died   []int32   // by group: alive, or see gone
	list   []uint32  // backers who may still have money, by project from start
	end    []uint32
	value  []uint32 // their utility

	t, slack []float64 // by project: t' and d of its last step
	rich     []float64 // R of that step, -1 before the first of a round
	stepped  []int32   // the round in which that was
	looked   []int32   // the round in which S last stopped growing
	thinned  []int     // how many groups had died when its list was thinned last
	dead     int       // how many have by now
	low      []float64 // lower bound of rho that follows; infinite when struck out

	rounds    []bought
	roundOf   []int32 // by project: the round in which it was elected, -1
	cost      Grosze
	exact     *exact
	fallbacks int
}

// purse is what each voter of a group has left, in grosze, and how many they
// are while they have anything.
type purse struct{ left, count float64 }

// alive is the round in which those with money have spent it.
const alive = math.MaxInt32

// gone says in which round a group spent its last money: 2r if that was less
// than full payers gave, 2r+1 if it was just as much.
func gone(round int, full bool) int32 {
	if full {
		return int32(2*round + 1)
	}
	return int32(2 * round)
}

// bought is one purchase.
type bought struct {
	project int
	tie     *Tie
	price   *price // exact t, once it was needed
}

func newRun(s *shares) *run {
	groups, n := len(s.profile.count), len(s.open)
	r := &run{
		shares: s, purses: make([]purse, groups), err: make([]float64, groups), died: make([]int32, groups),
		list: make([]uint32, len(s.backers)), end: make([]uint32, n), t: make([]float64, n), slack: make([]float64, n),
		rich: make([]float64, n), stepped: make([]int32, n), looked: make([]int32, n), thinned: make([]int, n), low: make([]float64, n), roundOf: make([]int32, n),
	}
	if !s.uniform {
		r.value = make([]uint32, len(s.worth))
	}
	return r
}

// count runs the rule for an endowment. It stops early, and says so, when more
// than the budget is spent.
func (r *run) count(b0 *big.Rat) (within bool) {
	r.reset(b0)
	for r.rule.Top == 0 || len(r.rounds) < r.rule.Top {
		c, tie := r.next()
		if c < 0 {
			break
		}
		r.pay(c, tie)
		if r.cost > r.election.Budget {
			return false
		}
	}
	return true
}

func (r *run) winners() []int {
	out := make([]int, len(r.rounds))
	for i, b := range r.rounds {
		out[i] = b.project
	}
	return out
}

func (r *run) reset(b0 *big.Rat) {
	r.b0, r.exact, r.rounds, r.cost = b0, nil, r.rounds[:0], 0
	r.worst, r.dead = 0, 0
	endowment := make([]float64, len(r.weights))
	for class := range r.weights {
		endowment[class] = ratFloat(new(big.Rat).Mul(r.profile.weights[class], b0))
		r.worst = max(r.worst, unit*endowment[class])
	}
	for g := range r.purses {
		class := 0
		if r.profile.class != nil {
			class = int(r.profile.class[g])
		}
		r.purses[g] = purse{left: endowment[class], count: float64(r.profile.count[g])}
		r.err[g] = unit * endowment[class]
		r.died[g] = alive
	}
	copy(r.list, r.backers)
	copy(r.value, r.worth)
	for c := range r.open {
		r.thinned[c] = 0
		r.end[c], r.roundOf[c] = r.start[c+1], -1
		r.looked[c], r.stepped[c] = -1, -1
		if !r.open[c] {
			r.strike(c)
			continue
		}
		t := float64(r.election.Projects[c].Cost) / float64(r.full[c])
		r.set(c, t, spread*t)
	}
}

// set keeps t' and d of a project, and the lower bound of its rho that follows.
func (r *run) set(c int, t, slack float64) {
	r.t[c], r.slack[c] = t, slack
	r.low[c] = max(0, (t-slack)/float64(r.scale[c])*(1-spread))
}

// strike takes a project out: it was elected, or cannot be paid for any more.
func (r *run) strike(c int) { r.low[c] = math.Inf(1) }

// high is an upper bound of the rho of a project whose t is certain.
func (r *run) high(c int) float64 {
	return (r.t[c] + r.slack[c]) / float64(r.scale[c]) * (1 + spread)
}

// next finds the project with the lowest rho, -1 when nothing can be paid for.
func (r *run) next() (int, *Tie) {
	for {
		best := r.lowest()
		if best < 0 {
			return -1, nil
		}
		if int(r.looked[best]) < len(r.rounds) {
			r.step(best)
			continue
		}
		near, again := r.rivals(best)
		if again {
			continue
		}
		if len(near) == 1 {
			return best, nil
		}
		if c, tie := r.decide(near); c >= 0 {
			return c, tie
		}
	}
}

func (r *run) lowest() int {
	best, bound := -1, math.Inf(1)
	for c, low := range r.low {
		if low < bound {
			best, bound = c, low
		}
	}
	return best
}

// rivals are the projects whose rho may be as low as that of best, best among
// them. again: one of them was looked at anew, or best itself turned out too
// dear, so that another may be best now.
func (r *run) rivals(best int) (near []int, again bool) {
	if !r.certain(best) {
		return nil, true
	}
	high := r.high(best)
	for c, low := range r.low {
		if low > high {
			continue
		}
		if int(r.looked[c]) < len(r.rounds) {
			r.step(c)
			return nil, true
		}
		near = append(near, c)
	}
	return near, false
}

// step brings the lower bound of a project nearer to the truth: t(S), with S all who
// have less than ut, is Newton's step from below. When S no longer grows the true t
// is reached, and the project has been looked at in this round. Most projects are
// out of the running after one step and need no more.
func (r *run) step(c int) {
	if int(r.stepped[c]) < len(r.rounds) {
		r.stepped[c], r.rich[c] = int32(len(r.rounds)), -1
		r.thin(c)
	}
	cost, last, n := float64(r.election.Projects[c].Cost), r.t[c], int(r.end[c]-r.start[c])
	poor, rich, all := r.weighUp(c, last)
	if rich == 0 || all < cost*(1-0x1p-20) {
		r.afford(c, n, cost, all)
		return
	}
	t := (cost - poor) / rich
	r.set(c, t, bound(n, t, cost, poor, rich, r.worst*float64(r.tally.votes[c])))
	if rich == r.rich[c] || math.Abs(t-last) <= unit*t {
		r.looked[c] = int32(len(r.rounds))
	}
	r.rich[c] = rich
}

// bound is d: how far t' may lie from t(S), errors being those of S together.
func bound(n int, t, cost, poor, rich, errors float64) float64 {
	return (errors+sumError(n, poor)+unit*cost)/rich*(1+spread) + spread*t
}

// afford settles what is to be done with a project whose backers, all giving
// everything, have about its cost or less.
func (r *run) afford(c, n int, cost, money float64) {
	errors := r.worst*float64(r.tally.votes[c]) + sumError(n, money)
	if money+errors < cost {
		r.strike(c)
		return
	}
	r.settle(c)
}

// certain makes sure that t of the project is known from both sides: no backer
// lies too near to the border. If one does, the price is settled exactly, and
// certain reports false, since the bounds must then be compared anew.
func (r *run) certain(c int) bool {
	if r.exact.knows(c, len(r.rounds)) {
		return true
	}
	cost, t, slack := float64(r.election.Projects[c].Cost), r.t[c], r.slack[c]
	poor, rich, errors, near := r.weighBorder(c, t, slack)
	if near {
		r.settle(c)
		return false
	}
	n := int(r.end[c] - r.start[c])
	if rich == 0 || math.Abs((cost-poor)/rich-t) > slack {
		r.settle(c) // S was not yet all: rounding stopped Newton early
		return false
	}
	t = (cost - poor) / rich
	r.set(c, t, min(slack, bound(n, t, cost, poor, rich, errors*(1+float64(n)*unit))))
	return true
}

// pay takes the money for a project whose t is certain.
func (r *run) pay(c int, tie *Tie) {
	round := len(r.rounds)
	t, d := r.t[c], r.slack[c]
	known, list := r.exact.of(c, round), r.list[r.start[c]:r.end[c]]
	r.rounds = append(r.rounds, bought{project: c, tie: tie, price: known})
	r.roundOf[c] = int32(round)
	r.strike(c)
	r.cost += r.election.Projects[c].Cost
	if r.election.Projects[c].Cost == 0 {
		return // nobody's last money is spent on what costs nothing
	}
	for i, g := range list {
		p := &r.purses[g]
		if p.count == 0 {
			continue
		}
		u := 1.0
		if r.value != nil {
			u = float64(r.value[int(r.start[c])+i])
		}
		ut := u * t
		switch {
		case known != nil && math.Abs(p.left-ut) <= (r.worst+u*d)*(1+spread)+unit*p.left:
			r.payExactly(g, round, int64(u), known)
		case p.left < ut:
			r.bury(g, gone(round, false))
		default:
			e := r.err[g] + u*d + 2*unit*p.left
			p.left -= ut
			r.err[g] = e
			if e > r.worst {
				r.worst = e
			}
		}
	}
}

// bury marks a group that has spent everything.
func (r *run) bury(g uint32, when int32) {
	r.died[g], r.purses[g], r.err[g] = when, purse{}, 0
	r.dead++
}
