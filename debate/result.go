package debate

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
)

// between is the least time between two computations of one debate. However
// many people vote and look, the map is made once a second at most.
const between = time.Second

// Result is what a debate has come to, as of one entry of its log. It is not
// changed once it is made.
type Result struct {
	Seq        int64
	Revision   int64 // of the debate, that it shows at least
	Joined     Joined
	People     int // who voted
	Votes      int
	Statements []Statement
	Map        *opinion.Map // nil before the first vote
	Compared   *opinion.Comparison
	Mirror     *opinion.Mirrored
	Important  []int // per statement: who marked it as important to them
	Agree      []opinion.Common
	Disagree   []opinion.Common

	sectors []int8 // per participant of Map
}

// sectorOf is the place in ui.Sectors of a participant of the map, -1 for none.
func (r *Result) sectorOf(participant int) int {
	if participant >= len(r.sectors) {
		return -1
	}
	return int(r.sectors[participant])
}

// seed of the permutations of a result: the same votes give the same page.
const seed = 1

// Result returns what the debate has come to. While people vote it may be a
// second old; once nobody does, it is of the last vote.
func (s *Service) Result(ctx context.Context, debate store.ID) (*Result, error) {
	h, err := s.hall(ctx, debate)
	if err != nil {
		return nil, err
	}
	return h.compute(s.db.Wall())
}

// compute makes the result anew where there is something new and the last one
// is old enough.
func (h *hall) compute(wall time.Time) (*Result, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.result != nil && (h.result.Revision == h.revision || wall.Sub(h.refreshed) < between) {
		return h.result, nil
	}
	r := &Result{Seq: h.seq, Revision: h.revision, Joined: h.joined, Statements: slices.Clone(h.statements)}
	m, err := h.live.Refresh()
	switch {
	case errors.Is(err, opinion.ErrNoVotes):
	case err != nil:
		return nil, err
	default:
		h.fill(r, m)
	}
	h.result, h.refreshed = r, wall
	return r, nil
}

func (h *hall) fill(r *Result, m *opinion.Map) {
	v := h.live.Votes()
	r.sectors = slices.Clone(h.sectors.Of)
	r.Map, r.Votes, r.People = m, v.Count(), v.Participants()
	r.Compared = opinion.Compare(v, m, h.sectors, seed)
	r.Mirror = opinion.Mirror(v, h.sectors, h.guesses)
	r.Agree, r.Disagree = opinion.Consensus(m.All, m.Moderated)
	r.Important = make([]int, len(h.statements))
	for key := range maps.Keys(h.important) {
		if h.important[key] {
			r.Important[key[1]-1]++
		}
	}
}
