package debate

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/gather"
	"github.com/wspolnota/wspolnota/web/ui"
)

// hall is an open debate in memory: everything that its log says, counted as it
// comes. It holds nothing that is not on the disk, and is made anew from the log
// wherever it is missing; several programs on one database each have their own.
type hall struct {
	box    *gather.Box[ballot]
	db     *store.DB
	debate store.ID
	memory *opinion.Memory // of the map shown last before this hall, or nil

	mu         sync.Mutex
	loaded     bool
	revision   int64  // of the debate, read before all else
	joined     Joined // sectors that are told as one
	seq        int64  // of the last entry counted
	live       *opinion.Live
	index      map[int]int // row of a participant
	sectors    opinion.Sectors
	important  map[[2]int]bool // row, statement: of votes
	guesses    []opinion.Guess
	guessed    map[guessKey]bool
	statements []Statement

	refreshed time.Time // by the wall clock
	result    *Result
}

type guessKey struct {
	row, statement int
	about          ui.Sector
}

// hall returns the state of a debate, with every vote of its log.
func (s *Service) hall(ctx context.Context, debate store.ID) (*hall, error) {
	s.mu.Lock()
	h := s.halls[debate]
	if h == nil {
		h = newHall(s.db, debate, s.move)
		s.halls[debate] = h
	}
	s.mu.Unlock()
	return h, h.catchUp(ctx)
}

func newHall(db *store.DB, debate store.ID, move func(context.Context, *store.Tx, store.ID) error) *hall {
	h := &hall{db: db, debate: debate, index: map[int]int{}, important: map[[2]int]bool{}, guessed: map[guessKey]bool{},
		live: opinion.NewLive(&opinion.Votes{}, opinion.Options{}, nil)}
	for _, sector := range ui.Sectors {
		h.sectors.Names = append(h.sectors.Names, string(sector))
	}
	h.box = newBox(db, debate, move)
	return h
}

// mostAtOnce bounds what one reading of the log takes into memory.
const mostAtOnce = 20_000

// catchUp counts what the log has gained, and reads how the statements stand.
// Whatever changes them raises the revision in the same transaction, so that as
// a rule one number is read.
func (h *hall) catchUp(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	now, err := store.One[struct {
		Revision int64
		Joined   Joined
	}](ctx, h.db, `SELECT revision, joined FROM debate WHERE id = $1`, h.debate)
	if err != nil || h.loaded && h.revision == now.Revision {
		return err
	}
	h.joined = now.Joined
	if err := h.read(ctx); err != nil {
		return err
	}
	h.loaded, h.revision = true, now.Revision
	return nil
}

func (h *hall) read(ctx context.Context) error {
	if err := h.readStatements(ctx); err != nil {
		return err
	}
	for {
		rows, err := store.All[struct {
			ballot
			Sector ui.Sector
		}](ctx, h.db, `SELECT e.seq, e.participant, e.statement, e.vote, e.important, COALESCE(e.about, '') AS about,
				COALESCE(e.percent, 0) AS percent, q.sector
			FROM debate_entry e JOIN debate_participant q ON q.debate = e.debate AND q.number = e.participant
			WHERE e.debate = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, h.debate, h.seq, mostAtOnce)
		if err != nil {
			return fmt.Errorf("debate: read the log: %w", err)
		}
		for _, row := range rows {
			if err := h.count(row.ballot, row.Sector); err != nil {
				return fmt.Errorf("debate: entry %d of %s: %w", row.Seq, h.debate, err)
			}
		}
		if len(rows) < mostAtOnce {
			return nil
		}
	}
}

func (h *hall) readStatements(ctx context.Context) error {
	all, err := Statements(ctx, h.db, h.debate)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return nil
	}
	if err := h.live.Votes().Grow(0, len(all)); err != nil {
		return err
	}
	for i, st := range all {
		if out := st.State != Shown || st.Meta; out != h.live.Votes().Moderated(i) {
			if err := h.live.Moderate(i, out); err != nil {
				return err
			}
		}
	}
	if !slices.Equal(all, h.statements) {
		h.result = nil
	}
	h.statements = all
	return nil
}

// count adds one entry of the log.
func (h *hall) count(b ballot, sector ui.Sector) error {
	row, known := h.index[b.Participant]
	if !known {
		row = len(h.index)
		h.index[b.Participant] = row
		h.sectors.Of = append(h.sectors.Of, sectorAt(h.joined.of(sector)))
	}
	h.seq = b.Seq
	if b.Vote == nil {
		h.guessed[guessKey{row, b.Statement, b.About}] = true
		h.guesses = append(h.guesses, opinion.Guess{Participant: row, Statement: b.Statement - 1, About: int(sectorAt(h.joined.of(b.About))), Percent: b.Percent})
		return nil
	}
	h.important[[2]int{row, b.Statement}] = b.Important
	_, err := h.live.Vote(row, b.Statement-1, *b.Vote)
	return err
}

// vote is what a participant has said about a statement.
func (h *hall) vote(participant, statement int) (opinion.Vote, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	row, known := h.index[participant]
	if !known {
		return 0, false
	}
	return h.live.Votes().Of(row, statement-1)
}

// says reports whether a participant has said just this.
func (h *hall) says(participant, statement int, vote opinion.Vote, important bool) bool {
	old, voted := h.vote(participant, statement)
	if !voted || old != vote {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.important[[2]int{h.index[participant], statement}] == important
}

// Own is what one participant has done in a debate.
type Own struct {
	Votes     map[int]opinion.Vote // by number of the statement
	Important map[int]bool
	Guessed   map[int][]ui.Sector
	Left      int // statements that are shown and not voted on
	At        opinion.Point
	Group     int  // on the map, -1 for none
	Placed    bool // there is a map, and they are on it
}

// Own returns what a participant has done so far.
func (s *Service) Own(ctx context.Context, debate store.ID, participant int) (Own, error) {
	h, err := s.hall(ctx, debate)
	if err != nil {
		return Own{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	own := Own{Votes: map[int]opinion.Vote{}, Important: map[int]bool{}, Guessed: map[int][]ui.Sector{}, Group: -1}
	row, known := h.index[participant]
	if !known {
		row = -1
	}
	for _, st := range h.statements {
		vote, voted := h.live.Votes().Of(row, st.Number-1)
		if voted {
			own.Votes[st.Number], own.Important[st.Number] = vote, h.important[[2]int{row, st.Number}]
		} else if st.State == Shown {
			own.Left++
		}
		for _, sector := range ui.Sectors {
			if h.guessed[guessKey{row, st.Number, sector}] {
				own.Guessed[st.Number] = append(own.Guessed[st.Number], sector)
			}
		}
	}
	if known && h.result != nil && h.result.Map != nil {
		own.At, own.Placed = h.live.Position(row), h.result.Map.Status == opinion.Ready
		if row < len(h.result.Map.Group) {
			own.Group = int(h.result.Map.Group[row])
		}
	}
	return own, nil
}

// Next is the statement to ask a participant now, by the routing formula; draw
// is a random number from 0 up to 1. It returns fault.NotFound when nothing is
// left.
func (s *Service) Next(ctx context.Context, debate store.ID, participant int, draw float64) (Statement, error) {
	if _, err := s.Result(ctx, debate); err != nil {
		return Statement{}, err
	}
	h, err := s.hall(ctx, debate)
	if err != nil {
		return Statement{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	row, known := h.index[participant]
	if !known {
		row = h.live.Votes().Participants() // somebody without a vote
	}
	var priorities []float64
	if h.result != nil && h.result.Map != nil {
		priorities = h.result.Map.Priorities(h.metas())
	}
	at := opinion.Next(h.live.Votes(), row, priorities, draw)
	if at < 0 {
		return Statement{}, fault.NotFound("statement")
	}
	return h.statements[at], nil
}

func (h *hall) metas() []bool {
	metas := make([]bool, len(h.statements))
	for i, st := range h.statements {
		metas[i] = st.Meta
	}
	return metas
}
