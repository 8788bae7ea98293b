package opinion

import (
	"cmp"
	"slices"
)

// Who is clustered: everybody with so many votes (or with a vote on every
// statement, where there are fewer), and at least so many people as long as
// there are any. Source: Polis.
const (
	enoughVotes  = 7
	enoughPeople = 15
)

// members are the participants to be clustered, ascending. Who was clustered
// once stays so.
func members(v *Votes, memory *Memory) []int {
	need := max(1, min(enoughVotes, v.Statements()))
	var in, rest []int
	for i, row := range v.rows {
		if len(row) >= need || memory.was(i) >= 0 {
			in = append(in, i)
		} else if len(in) < enoughPeople && len(row) > 0 {
			rest = append(rest, i)
		}
	}
	if short := enoughPeople - len(in); short > 0 {
		slices.SortStableFunc(rest, func(a, b int) int { return cmp.Compare(len(v.rows[b]), len(v.rows[a])) })
		in = append(in, rest[:min(short, len(rest))]...)
		slices.Sort(in)
	}
	return in
}
