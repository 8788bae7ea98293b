package choice

import "math/big"

// exact holds what is known of a run in whole numbers, over one denominator.
//
// A group with money left has paid u·t(e) for every winner e on its ballot, so
// it needs no purse here: its money is weight·b0 less those payments, and a sum
// over groups is a whole number of endowments less whole numbers of payments.
// Each round multiplies the denominator by a whole number, so nothing is ever
// reduced and no fraction normalised.
type exact struct {
	den    *big.Int   // of everything below
	unit   *big.Int   // endowment of weight 1/weightUnit
	paid   []*big.Int // by round: t
	price  []*price   // by project: as settled last
	at     []int      // by project: in which round
	counts []int64    // by round: scratch for sums
}

// price is a payment per unit, num/(den·rich), where den is that of the round in
// which it was settled.
type price struct {
	num  *big.Int
	rich int64
}

// knows reports that the price of a project was settled in this round.
func (x *exact) knows(c, round int) bool { return x != nil && x.price[c] != nil && x.at[c] == round }

// of is the price of a project if it was settled in this round.
func (x *exact) of(c, round int) *price {
	if !x.knows(c, round) {
		return nil
	}
	return x.price[c]
}

// fractions brings the exact account up to the present round.
func (r *run) fractions() *exact {
	if r.exact == nil {
		r.exact = &exact{
			den: new(big.Int).Mul(r.b0.Denom(), r.weightUnit), unit: new(big.Int).Set(r.b0.Num()),
			price: make([]*price, len(r.open)), at: make([]int, len(r.open)),
		}
	}
	for round := len(r.exact.paid); round < len(r.rounds); round++ {
		b := r.rounds[round]
		if b.price == nil {
			b.price = r.recall(round)
		}
		r.exact.enter(b.price)
	}
	return r.exact
}

// enter adds a round: den grows by the utility of those who paid in full.
func (x *exact) enter(p *price) {
	rich := big.NewInt(p.rich)
	x.den.Mul(x.den, rich)
	x.unit.Mul(x.unit, rich)
	for _, paid := range x.paid {
		paid.Mul(paid, rich)
	}
	x.paid = append(x.paid, new(big.Int).Set(p.num))
	x.counts = append(x.counts, 0)
}

// recall finds the price of a past round from who died in it and who after it.
func (r *run) recall(round int) *price {
	c := r.rounds[round].project
	var rich int64
	sum := r.newSum()
	for i := r.start[c]; i < r.start[c+1]; i++ {
		switch g := r.backers[i]; {
		case r.died[g] == gone(round, false):
			sum.add(g)
		case r.died[g] > gone(round, false):
			rich += int64(r.profile.count[g]) * r.wholeUnit(i)
		}
	}
	return r.priceOf(c, sum, rich)
}

func (r *run) wholeUnit(i uint32) int64 {
	if r.worth == nil {
		return 1
	}
	return int64(r.worth[i])
}

// priceOf is (cost - sum) / rich.
func (r *run) priceOf(c int, s *sum, rich int64) *price {
	num := new(big.Int).Mul(big.NewInt(int64(r.election.Projects[c].Cost)), r.exact.den)
	return &price{num: num.Sub(num, s.value()), rich: rich}
}

// sum gathers the money of groups, as counts, until its value is asked for.
type sum struct {
	run    *run
	weight int64
	counts []int64
}

func (r *run) newSum() *sum {
	clear(r.exact.counts)
	return &sum{run: r, counts: r.exact.counts}
}

// add puts in all voters of a group: what they had before the round that is
// being counted.
func (s *sum) add(g uint32) { s.addBefore(g, len(s.counts)) }

// addBefore puts in what they had before an earlier round.
func (s *sum) addBefore(g uint32, round int) {
	r := s.run
	n := int64(r.profile.count[g])
	s.weight += n * r.weightOf(g)
	from, to := r.profile.group(int(g))
	for i := from; i < to; i++ {
		if e := r.roundOf[r.profile.picks[i]]; e >= 0 && int(e) < round {
			s.counts[e] += n * r.utility(i, to)
		}
	}
}

// value is the sum, over exact.den.
func (s *sum) value() *big.Int {
	x, part := s.run.exact, new(big.Int)
	out := new(big.Int).Mul(x.unit, part.SetInt64(s.weight))
	for e, n := range s.counts {
		if n != 0 {
			out.Sub(out, part.Mul(x.paid[e], part.SetInt64(n)))
		}
	}
	return out
}

// settle finds the exact price of a project by Newton's steps in fractions, from
// those who certainly cannot pay in full. It strikes the project out when its
// backers have too little.
func (r *run) settle(c int) {
	x := r.fractions()
	r.fallbacks++
	t := r.t[c] - r.slack[c]
	var now *price
	for before := -1; ; {
		s := r.newSum()
		rich, poor := int64(0), 0
		for i := r.start[c]; i < r.end[c]; i++ {
			g := r.list[i]
			if r.died[g] != alive {
				continue
			}
			if r.cannot(g, i, t, now) {
				s.add(g)
				poor++
			} else {
				rich += int64(r.profile.count[g]) * int64(r.unitOf(i))
			}
		}
		if rich == 0 {
			r.strike(c)
			return
		}
		if poor == before {
			break
		}
		before, now = poor, r.priceOf(c, s, rich)
		t = now.float(x.den)
	}
	x.price[c], x.at[c] = now, len(r.rounds)
	r.set(c, t, spread*t)
	r.looked[c] = int32(len(r.rounds))
}

// cannot reports whether the voters of a group have less than u times a price:
// by floating point where that is clear, else exactly. Before there is a price,
// only those who certainly have less than ut are said to.
func (r *run) cannot(g, i uint32, t float64, p *price) bool {
	u := r.unitOf(i)
	left, margin := r.purses[g].left, r.err[g]*(1+spread)+2*spread*u*t
	switch {
	case left+margin < u*t:
		return true
	case p == nil || left-margin > u*t:
		return false
	}
	return r.compare(g, int64(u), p) < 0
}

// compare holds the exact money of a voter against u times a price.
func (r *run) compare(g uint32, u int64, p *price) int {
	money := r.money(g)
	return money.Mul(money, big.NewInt(p.rich)).Cmp(new(big.Int).Mul(p.num, big.NewInt(u)))
}

// money is what one voter of a living group has, over exact.den.
func (r *run) money(g uint32) *big.Int {
	part := new(big.Int)
	out := new(big.Int).Mul(r.exact.unit, part.SetInt64(r.weightOf(g)))
	from, to := r.profile.group(int(g))
	for i := from; i < to; i++ {
		if e := r.roundOf[r.profile.picks[i]]; e >= 0 && int(e) < len(r.exact.paid) {
			out.Sub(out, part.Mul(r.exact.paid[e], part.SetInt64(r.utility(i, to))))
		}
	}
	return out
}

// payExactly is for a group whose money is about what it has to pay.
func (r *run) payExactly(g uint32, round int, u int64, p *price) {
	switch d := r.compare(g, u, p); {
	case d <= 0:
		r.bury(g, gone(round, d == 0))
	default:
		left := r.money(g)
		left.Mul(left, big.NewInt(p.rich)).Sub(left, new(big.Int).Mul(p.num, big.NewInt(u)))
		rest := (&price{num: left, rich: p.rich}).float(r.exact.den)
		r.purses[g].left, r.err[g] = rest, spread*rest
	}
}

// float is the price as a floating point number, right to spread.
func (p *price) float(den *big.Int) float64 {
	d := new(big.Int).Mul(den, big.NewInt(p.rich))
	f, _ := new(big.Float).SetPrec(64).Quo(new(big.Float).SetPrec(64).SetInt(p.num), new(big.Float).SetPrec(64).SetInt(d)).Float64()
	return f
}

// decide compares projects that floating point cannot tell apart, and lets the
// rule's keys choose among those that are equal; -1 when it found all of them
// too dear.
func (r *run) decide(near []int) (int, *Tie) {
	prices := r.plain(near)
	if prices == nil {
		prices = make([]*price, len(near))
		for i, c := range near {
			if !r.exact.knows(c, len(r.rounds)) {
				r.settle(c)
			}
			prices[i] = r.exact.of(c, len(r.rounds))
		}
	}
	var equal []int
	var lowest *price
	for i, c := range near {
		if prices[i] == nil {
			continue // struck out
		}
		d := -1
		if lowest != nil {
			d = r.order(c, equal[0], prices[i], lowest)
		}
		if d < 0 {
			equal, lowest = equal[:0], prices[i]
		}
		if d <= 0 {
			equal = append(equal, c)
		}
	}
	if len(equal) == 0 {
		return -1, nil
	}
	return r.tally.ties.decide(equal)
}

// order compares the rho of two projects.
func (r *run) order(a, b int, pa, pb *price) int {
	left := new(big.Int).Mul(pa.num, big.NewInt(pb.rich))
	right := new(big.Int).Mul(pb.num, big.NewInt(pa.rich))
	return left.Mul(left, big.NewInt(r.scale[b])).Cmp(right.Mul(right, big.NewInt(r.scale[a])))
}

// plain gives prices over the denominator 1 where nobody with money left has
// too little for any of the projects: what they cost is shared by whole numbers.
// That is how most ties look, since it is so in the first rounds.
func (r *run) plain(near []int) []*price {
	var prices []*price
	for _, c := range near {
		var rich int64
		for i := r.start[c]; i < r.end[c]; i++ {
			g := r.list[i]
			if r.died[g] != alive {
				continue
			}
			ut := r.unitOf(i) * (r.t[c] + r.slack[c])
			if r.purses[g].left-r.err[g] <= ut*(1+spread) {
				return nil
			}
			rich += int64(r.profile.count[g]) * int64(r.unitOf(i))
		}
		prices = append(prices, &price{num: big.NewInt(int64(r.election.Projects[c].Cost)), rich: rich})
	}
	return prices
}
