package choice

import (
	"context"
	"math/big"
)

// Stage says by which step of a rule a project was elected.
type Stage string

const (
	ByVotes  Stage = "votes"  // down the list of votes or points
	ByShares Stage = "shares" // bought by its supporters with equal shares
	ByLoads  Stage = "loads"  // bought by its supporters under Phragmén's rule
)

// Round is the election of one project.
type Round struct {
	Project int // position in Election.Projects
	Stage   Stage
	// Rho is what the payers who could afford it paid for one unit of utility,
	// in grosze: with utility cost a plain fraction, Payment divided by the
	// cost. nil for other rules.
	Rho *big.Rat
	// Payment is the most that any voter paid, in grosze. nil ByVotes. ByLoads
	// it is the moment of purchase: what a voter of weight 1 has earned by then.
	Payment *big.Rat
	Payers  int // voters who paid something
	Full    int // of them, those who paid as much as Rho asks; the rest gave all they had left
	// Score is the votes or points by which the project was chosen ByVotes.
	Score int64
	Left  Grosze // of the budget, after this round; below 0 by LastAtPercent
	Tie   *Tie   // nil when no other project was equal
}

// Outcome is the result of a count. Winners stand in order of election.
type Outcome struct {
	Rule     Rule // with every parameter filled in
	Winners  []int
	Cost     Grosze
	Rounds   []Round
	Complete bool // false: the context ended before the rule was through
	// Endowment is what a voter of weight 1 had at the start of the last run
	// of Equal Shares, in grosze; nil for other rules.
	Endowment *big.Rat
	// Runs is how often Equal Shares was counted, with growing endowments.
	Runs int
	// ExactFallbacks is how many decisions were too close for floating point
	// and were made in fractions.
	ExactFallbacks int
	Comparison     *Comparison // nil when the rule asks for none

	election *Election
	tally    *tally
	run      *run // the last run of Equal Shares
}

// Count elects projects by a rule. It gives ErrElection or ErrRule when it
// cannot. When ctx ends, it returns what it had, with Complete false, and the
// error of the context.
//
// The result depends on nothing but the election and the rule: every choice is
// made as if in exact fractions, on every machine alike.
func Count(ctx context.Context, e *Election, r Rule) (*Outcome, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	r, err := r.complete(e.Ballots.kind)
	if err != nil {
		return nil, err
	}
	o := &Outcome{Rule: r, election: e, tally: newTally(e, r)}
	switch r.Method {
	case EqualShares:
		err = o.equalShares(ctx)
	case Phragmen:
		o.phragmen()
	default:
		o.greedy()
	}
	if r.Comparison {
		o.compare()
	}
	o.Complete = err == nil
	return o, err
}

// elect adds a round to the outcome.
func (o *Outcome) elect(r Round) {
	o.Winners = append(o.Winners, r.Project)
	o.Cost += o.election.Projects[r.Project].Cost
	r.Left = o.election.Budget - o.Cost
	o.Rounds = append(o.Rounds, r)
}

// full reports that no more project may win.
func (o *Outcome) full() bool { return o.Rule.Top > 0 && len(o.Winners) >= o.Rule.Top }
