package choice

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
)

// Tie says that several projects were equal and what told them apart.
type Tie struct {
	Among []int  // positions in Election.Projects, the winner first
	By    TieKey // the first key by which the winner was ahead of all others
}

// tieOrder ranks all projects by the keys of a rule, once and for all steps.
type tieOrder struct {
	keys     []TieKey
	projects []Project
	votes    []int64
	lots     [][sha256.Size]byte
	rank     []int
}

func newTieOrder(r Rule, projects []Project, votes []int64) *tieOrder {
	o := &tieOrder{keys: r.Ties, projects: projects, votes: votes, rank: make([]int, len(projects))}
	order := make([]int, len(projects))
	for i, p := range projects {
		order[i] = i
		o.lots = append(o.lots, sha256.Sum256([]byte(r.Lot+"\x00"+p.ID)))
	}
	slices.SortFunc(order, func(a, b int) int {
		return o.compare(o.keys[o.first(a, b)], a, b)
	})
	for rank, i := range order {
		o.rank[i] = rank
	}
	return o
}

func (o *tieOrder) compare(k TieKey, a, b int) int {
	switch k {
	case LowerCost:
		return cmp.Compare(o.projects[a].Cost, o.projects[b].Cost)
	case MoreVotes:
		return cmp.Compare(o.votes[b], o.votes[a])
	case ByLot:
		return bytes.Compare(o.lots[a][:], o.lots[b][:])
	}
	return cmp.Compare(o.projects[a].ID, o.projects[b].ID)
}

// decide picks the first of equal projects, and says how; nil where there was
// one only.
func (o *tieOrder) decide(equal []int) (int, *Tie) {
	if len(equal) == 1 {
		return equal[0], nil
	}
	among := slices.Clone(equal)
	slices.SortFunc(among, func(a, b int) int { return cmp.Compare(o.rank[a], o.rank[b]) })
	by := 0
	for _, other := range among[1:] {
		by = max(by, o.first(among[0], other))
	}
	return among[0], &Tie{Among: among, By: o.keys[by]}
}

// first is the first key that tells two projects apart; the last one always
// does.
func (o *tieOrder) first(a, b int) int {
	i := 0
	for i < len(o.keys)-1 && o.compare(o.keys[i], a, b) == 0 {
		i++
	}
	return i
}

// TieOrder lists the ids of all projects in the order in which ties are decided,
// to be published before anybody counts.
func (o *Outcome) TieOrder() []string {
	order := make([]int, len(o.election.Projects))
	for c, rank := range o.tally.ties.rank {
		order[rank] = c
	}
	return o.ids(order)
}
