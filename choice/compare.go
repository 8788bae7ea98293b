package choice

// Comparison is the vote of all voters between two outcomes, each voter for the
// one with more of the projects they named, or more of their points where points
// are the rule's utility.
type Comparison struct {
	ForOutcome int  // voters who have more of the rule's outcome
	ForGreedy  int  // voters who have more of Greedy's
	Equal      int  // voters to whom both are worth the same
	Replaced   bool // more preferred Greedy, so its winners are the outcome
	Greedy     []int
}

// compare asks every voter, also those who get nothing on one side, and takes
// Greedy's winners when more voters prefer them.
func (o *Outcome) compare() {
	greedy := &Outcome{Rule: Rule{Method: Greedy, Top: o.Rule.Top}, election: o.election, tally: o.tally}
	greedy.greedy()
	c := &Comparison{Greedy: greedy.Winners}
	margin := make([]int, len(o.election.Projects)) // won here and not there: 1; the reverse: -1
	for _, w := range o.Winners {
		margin[w]++
	}
	for _, w := range greedy.Winners {
		margin[w]--
	}
	p := o.election.Ballots
	for g, n := range p.count {
		switch d := p.difference(o, g, margin); {
		case d > 0:
			c.ForOutcome += int(n)
		case d < 0:
			c.ForGreedy += int(n)
		default:
			c.Equal += int(n)
		}
	}
	o.Comparison = c
	if c.ForGreedy > c.ForOutcome {
		c.Replaced = true
		o.Winners, o.Cost, o.Rounds = greedy.Winners, greedy.Cost, greedy.Rounds
	}
}

// difference is by how much a voter of the group has more of the outcome.
func (p *Profile) difference(o *Outcome, g int, margin []int) int64 {
	from, to := p.group(g)
	var sum int64
	for i := from; i < to; i++ {
		if m := margin[p.picks[i]]; m != 0 {
			sum += int64(m) * p.utility(o.Rule.Utility, i, to)
		}
	}
	return sum
}

// worth is the utility of the pick at i of a ballot that ends at to; of cost,
// in grosze.
func (e *Election) worth(u Utility, i, to uint32) int64 {
	if u == UtilityCost {
		return int64(e.Projects[e.Ballots.picks[i]].Cost)
	}
	return e.Ballots.utility(u, i, to)
}
