package choice

// tally is what all rules need to know of the ballots.
type tally struct {
	votes []int64 // voters who named the project
	score []int64 // the same, or points where the rule's utility is one
	open  []bool  // may win: not withdrawn, named by somebody, over the threshold
	ties  *tieOrder
}

func newTally(e *Election, r Rule) *tally {
	t := &tally{votes: make([]int64, len(e.Projects)), score: make([]int64, len(e.Projects)), open: make([]bool, len(e.Projects))}
	p := e.Ballots
	for g, n := range p.count {
		from, to := p.group(g)
		for i := from; i < to; i++ {
			t.votes[p.picks[i]] += int64(n)
			t.score[p.picks[i]] += int64(n) * p.utility(r.Utility, i, to)
		}
	}
	for i, project := range e.Projects {
		t.open[i] = !project.Withdrawn && t.votes[i] > 0 && t.score[i] >= int64(r.Threshold)
	}
	t.ties = newTieOrder(r, e.Projects, t.votes)
	return t
}

// utility is what the pick at i, of a ballot that ends at to, is worth to its
// voter: points, or 1 where a project is worth the same to all who named it.
func (p *Profile) utility(u Utility, i, to uint32) int64 {
	switch u {
	case UtilityPoints:
		return int64(p.points[i])
	case UtilityBorda:
		return int64(to - i)
	}
	return 1
}
