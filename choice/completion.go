package choice

import (
	"context"
	"math/big"
)

// equalShares counts by the Method of Equal Shares.
//
// Source: Peters, Pierczyński and Skowron, NeurIPS 2021; add1 as in Wieliczka
// 2023 and on equalshares.net.
func (o *Outcome) equalShares(ctx context.Context) error {
	s := newShares(o)
	r := newRun(s)
	b0 := s.base()
	var err error
	if o.Rule.Completion == NoCompletion {
		r.count(b0)
		o.Runs = 1
	} else {
		b0, err = o.add1(ctx, r, b0)
		r.count(b0)
	}
	o.take(r, b0)
	if o.Rule.Completion == Add1U {
		o.greedy()
	}
	return err
}

// add1 finds the endowment with which the count ends. The outcome is not
// monotone in the endowment, so every step is counted; steps are left out only
// where they cannot matter, see jump.
func (o *Outcome) add1(ctx context.Context, r *run, base *big.Rat) (*big.Rat, error) {
	step := func(k int64) *big.Rat {
		more := new(big.Int).Mul(big.NewInt(k), big.NewInt(int64(o.Rule.Increment)))
		return new(big.Rat).Add(base, new(big.Rat).SetInt(more))
	}
	for k := int64(0); ; {
		o.Runs++
		if !r.count(step(k)) {
			return step(k - 1), nil // k > 0: with its own shares nobody passes the budget
		}
		exhausted := r.exhausted(r.winners(), r.cost)
		if exhausted && o.Rule.ExhaustiveStop || r.all() {
			return step(k), nil
		}
		if err := ctx.Err(); err != nil {
			return step(k), err
		}
		k = r.jump(base, k)
	}
}

// all reports that every project which may win has won, or as many as may.
func (r *run) all() bool {
	for c, open := range r.open {
		if open && r.roundOf[c] < 0 {
			return r.rule.Top > 0 && len(r.rounds) >= r.rule.Top
		}
	}
	return true
}

// jump is the next step worth counting. As long as the backers of every project
// that lost could not pay for it even if they bought nothing else, no outcome
// holds anything but projects that won now: none costs more than this one, and
// none is exhausted, since what fits beside this one fits beside a part of it.
func (r *run) jump(base *big.Rat, k int64) int64 {
	var least *big.Rat
	for c, open := range r.open {
		if !open || r.roundOf[c] >= 0 {
			continue
		}
		// cost / weight of the backers
		needed := new(big.Rat).SetFrac(
			new(big.Int).Mul(big.NewInt(int64(r.election.Projects[c].Cost)), r.weightUnit), big.NewInt(r.weight[c]))
		if least == nil || needed.Cmp(least) < 0 {
			least = needed
		}
	}
	steps := new(big.Rat).Sub(least, base)
	steps.Quo(steps, new(big.Rat).SetInt64(int64(r.rule.Increment)))
	up := new(big.Int).Div(new(big.Int).Sub(new(big.Int).Add(steps.Num(), steps.Denom()), big.NewInt(1)), steps.Denom())
	if up.IsInt64() && up.Int64() > k+1 {
		return up.Int64()
	}
	return k + 1
}

// take makes an outcome of the last run.
func (o *Outcome) take(r *run, b0 *big.Rat) {
	o.Endowment = new(big.Rat).Set(b0)
	x := r.fractions()
	for i, b := range r.rounds {
		t := new(big.Rat).SetFrac(x.paid[i], x.den)
		round := Round{Project: b.project, Stage: ByShares, Tie: b.tie, Rho: t, Payment: r.highest(i, t)}
		if r.uniform {
			round.Rho = new(big.Rat).Mul(t, big.NewRat(1, r.scale[b.project]))
		}
		round.Payers, round.Full = r.payers(i)
		o.elect(round)
	}
	o.ExactFallbacks = r.fallbacks
	o.run = r
}

// payers counts who paid in a round, and who of them as much as asked.
func (r *run) payers(round int) (all, full int) {
	c := r.rounds[round].project
	for i := r.start[c]; i < r.start[c+1]; i++ {
		g := r.backers[i]
		if died := r.died[g]; died >= gone(round, false) {
			all += int(r.profile.count[g])
			if died > gone(round, false) {
				full += int(r.profile.count[g])
			}
		}
	}
	return all, full
}

// highest is the most that any voter paid in a round, given what each full payer
// paid per unit: u·t of the full payer with the most utility, or all the money
// of a poorer one with more.
func (r *run) highest(round int, t *big.Rat) *big.Rat {
	if r.uniform {
		return t
	}
	c := r.rounds[round].project
	most := new(big.Rat)
	for i := r.start[c]; i < r.start[c+1]; i++ {
		g := r.backers[i]
		switch died := r.died[g]; {
		case died > gone(round, false):
			if paid := new(big.Rat).Mul(t, big.NewRat(r.wholeUnit(i), 1)); paid.Cmp(most) > 0 {
				most = paid
			}
		case died == gone(round, false):
			if paid := r.before(g, round); paid.Cmp(most) > 0 {
				most = paid
			}
		}
	}
	return most
}

// before is what a voter of a group had before a round in which it was alive.
func (r *run) before(g uint32, round int) *big.Rat {
	x, part := r.exact, new(big.Int)
	out := new(big.Int).Mul(x.unit, part.SetInt64(r.weightOf(g)))
	from, to := r.profile.group(int(g))
	for i := from; i < to; i++ {
		if e := r.roundOf[r.profile.picks[i]]; e >= 0 && int(e) < round {
			out.Sub(out, part.Mul(x.paid[e], part.SetInt64(r.utility(i, to))))
		}
	}
	return new(big.Rat).SetFrac(out, x.den)
}
