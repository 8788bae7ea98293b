package choice

import (
	"cmp"
	"math/big"
	"slices"
)

// Reason says why a project did not win.
type Reason string

const (
	Withdrawn    Reason = "withdrawn"
	Unnamed      Reason = "nobody named it"
	UnderMinimum Reason = "under the threshold"
	TooMany      Reason = "the number of winners was reached"
	NoRoom       Reason = "more than the money left in the budget"
	TooLittle    Reason = "its supporters had too little left"
	AfterTheEnd  Reason = "the rule had ended before it"
	ByTheVoters  Reason = "more voters preferred the outcome of greedy"
	Indifference Reason = "nobody gave it a point"
)

// Loser says of a project without success how near it came.
type Loser struct {
	Project int
	Votes   int64
	Score   int64
	Reason  Reason
	// Left is what its supporters still had when Equal Shares ended, in grosze;
	// Support is the part of its cost that this is, below 1. nil under other
	// rules.
	Left, Support *big.Rat
	// Spent is what its supporters gave for winners, most money first.
	Spent []Spending
}

// Spending is what the supporters of one project gave for a winner.
type Spending struct {
	Winner int
	Voters int      // of the supporters, who paid for it
	Money  *big.Rat // in grosze
}

// Losers explains each project that did not win, in the order of their votes.
func (o *Outcome) Losers() []Loser {
	var out []Loser
	for c := range o.election.Projects {
		if slices.Contains(o.Winners, c) {
			continue
		}
		l := Loser{Project: c, Votes: o.tally.votes[c], Score: o.tally.score[c], Reason: o.reason(c)}
		if o.run != nil {
			o.run.explain(&l)
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b Loser) int { return cmp.Compare(b.Votes, a.Votes) })
	return out
}

func (o *Outcome) reason(c int) Reason {
	switch {
	case o.election.Projects[c].Withdrawn:
		return Withdrawn
	case o.tally.votes[c] == 0:
		return Unnamed
	case o.tally.score[c] < int64(o.Rule.Threshold):
		return UnderMinimum
	case o.Comparison != nil && o.Comparison.Replaced && o.run != nil && o.run.roundOf[c] >= 0:
		return ByTheVoters
	case o.full():
		return TooMany
	case o.tally.score[c] == 0:
		return Indifference
	case o.Rule.Method == EqualShares && o.Rule.Completion != Add1U:
		return TooLittle
	case !o.fits(c):
		return NoRoom
	case o.Rule.Method == EqualShares:
		return TooLittle
	}
	return AfterTheEnd
}

// explain fills in the money of the supporters of a project.
func (r *run) explain(l *Loser) {
	x := r.fractions()
	s := r.newSum()
	for i := r.start[l.Project]; i < r.start[l.Project+1]; i++ {
		if g := r.backers[i]; r.died[g] == alive {
			s.add(g)
		}
	}
	l.Left = new(big.Rat).SetFrac(s.value(), x.den)
	if cost := r.election.Projects[l.Project].Cost; cost > 0 {
		l.Support = new(big.Rat).Quo(l.Left, big.NewRat(int64(cost), 1))
	}
	for round, b := range r.rounds {
		if spent := r.spent(l.Project, round); spent.Voters > 0 {
			spent.Winner = b.project
			l.Spent = append(l.Spent, spent)
		}
	}
	slices.SortStableFunc(l.Spent, func(a, b Spending) int { return b.Money.Cmp(a.Money) })
}

// spent is what the supporters of a project gave in a round: whole payments,
// and all that those had left who died in it.
func (r *run) spent(c, round int) (out Spending) {
	s, units := r.newSum(), int64(0)
	winner := r.rounds[round].project
	for i := r.start[c]; i < r.start[c+1]; i++ {
		g := r.backers[i]
		if r.died[g] < gone(round, false) {
			continue
		}
		from, to := r.profile.group(int(g))
		j := slices.Index(r.profile.picks[from:to], uint16(winner))
		if j < 0 {
			continue
		}
		u := r.utility(from+uint32(j), to)
		switch {
		case u == 0:
			continue
		case r.died[g] == gone(round, false):
			s.addBefore(g, round)
		default:
			units += int64(r.profile.count[g]) * u
		}
		out.Voters += int(r.profile.count[g])
	}
	money := new(big.Int).Mul(r.exact.paid[round], big.NewInt(units))
	out.Money = new(big.Rat).SetFrac(money.Add(money, s.value()), r.exact.den)
	return out
}

// Account is what one voter had and gave.
type Account struct {
	Endowment *big.Rat // in grosze
	Payments  []Payment
	Left      *big.Rat
}

// Payment is what one voter gave for a winner.
type Payment struct {
	Winner int
	Money  *big.Rat // in grosze
}

// Account says what a voter with this ballot paid for under Equal Shares, by
// the prices of the rounds alone; it is empty under other rules. Anyone can so
// follow the money of a single ballot without asking for anybody else's.
func (o *Outcome) Account(b Ballot) Account {
	if o.Endowment == nil {
		return Account{}
	}
	left := new(big.Rat).Set(o.Endowment)
	if b.Weight != nil {
		left.Mul(left, b.Weight)
	}
	a := Account{Endowment: new(big.Rat).Set(left), Left: left}
	for _, r := range o.Rounds {
		i := slices.Index(b.Projects, r.Project)
		if i < 0 || r.Stage != ByShares {
			continue
		}
		paid := new(big.Rat).Mul(r.Rho, o.utilityOn(b, i))
		if paid.Cmp(left) > 0 {
			paid.Set(left)
		}
		left.Sub(left, paid)
		a.Payments = append(a.Payments, Payment{Winner: r.Project, Money: paid})
	}
	return a
}

// utilityOn is what the project at i of a ballot is worth to its voter.
func (o *Outcome) utilityOn(b Ballot, i int) *big.Rat {
	switch o.Rule.Utility {
	case UtilityPoints:
		return big.NewRat(int64(b.Points[i]), 1)
	case UtilityBorda:
		return big.NewRat(int64(len(b.Projects)-i), 1)
	case UtilityCount:
		return big.NewRat(1, 1)
	}
	return big.NewRat(int64(o.election.Projects[b.Projects[i]].Cost), 1)
}
