package choice

import (
	"cmp"
	"slices"
)

// greedy goes down the list by score. What does not fit is skipped or ends the
// count, as the rule says; projects that nobody named never win.
func (o *Outcome) greedy() {
	for _, tied := range o.byScore() {
		for !o.full() {
			tied = slices.DeleteFunc(tied, o.skips)
			if len(tied) == 0 {
				break
			}
			c, tie := o.tally.ties.decide(tied)
			fits := o.fits(c)
			if !fits && !o.nearlyFits(c) {
				return // GreedyNoSkip
			}
			o.elect(Round{Project: c, Stage: ByVotes, Score: o.tally.score[c], Tie: tie})
			if !fits {
				return
			}
			tied = slices.DeleteFunc(tied, func(other int) bool { return other == c })
		}
	}
}

// skips reports that a project is passed over, for lack of money.
func (o *Outcome) skips(c int) bool {
	return o.Rule.Method != GreedyNoSkip && !o.fits(c) && !o.nearlyFits(c)
}

// byScore gathers the projects that may still win: equal scores together, the
// highest first.
func (o *Outcome) byScore() [][]int {
	var order []int
	for c, open := range o.tally.open {
		if open && o.tally.score[c] > 0 && !slices.Contains(o.Winners, c) {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(o.tally.score[b], o.tally.score[a]) })
	var equal [][]int
	for i, c := range order {
		if i == 0 || o.tally.score[order[i-1]] != o.tally.score[c] {
			equal = append(equal, nil)
		}
		equal[len(equal)-1] = append(equal[len(equal)-1], c)
	}
	return equal
}

func (o *Outcome) fits(c int) bool {
	return o.Cost+o.election.Projects[c].Cost <= o.election.Budget
}

// nearlyFits is the rule by which Poznań funds the first project that does not
// fit when 80 per cent of its cost is left.
func (o *Outcome) nearlyFits(c int) bool {
	left, percent := o.election.Budget-o.Cost, Grosze(o.Rule.LastAtPercent)
	return percent > 0 && left > 0 && left*100 >= percent*o.election.Projects[c].Cost
}
