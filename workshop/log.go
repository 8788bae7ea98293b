package workshop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/gather"
)

// Answer is one answer on its way into the log.
type Answer struct {
	ID          store.ID // given by the device: sent twice, it counts once
	Activity    store.ID
	Participant store.ID // "" for a facilitator
	Body        string   // as the kind wrote it
	Typed       bool     // from a sheet of paper: it may come after the close
}

// entry is one line of the log.
type entry struct {
	Seq         int64
	ID          store.ID
	Activity    store.ID
	Round       int
	Participant store.ID
	Body        string
}

// Take writes an answer. nil means that it is on the disk, or was there already.
func (s *Service) Take(ctx context.Context, workshop store.ID, a Answer) error {
	if a.Body == "" || len(a.Body) > longestBody {
		return fault.Invalid("workshop.answer.unreadable")
	}
	return s.hall(workshop).box.Put(ctx, a)
}

// newBox gathers the answers of a workshop, so that three hundred phones share
// a few commits. The clock of the database decides what comes too late.
func (s *Service) newBox(workshop store.ID) *gather.Box[Answer] {
	return &gather.Box[Answer]{DB: s.db, Write: func(ctx context.Context, tx *store.Tx, batch []Answer) ([]error, error) {
		w, err := locked(ctx, tx, workshop)
		if err != nil {
			return nil, err
		}
		agenda, err := Agenda(ctx, tx, workshop)
		if err != nil {
			return nil, err
		}
		known, err := knownOf(ctx, tx, workshop, batch)
		if err != nil {
			return nil, err
		}
		refused := make([]error, len(batch))
		var fresh []entry
		for i, a := range batch {
			if old, there := known.answers[a.ID]; there {
				refused[i] = old.again(a)
				continue
			}
			var round int
			if round, refused[i] = w.takes(tx, agenda, a, known.people); refused[i] != nil {
				continue
			}
			e := entry{Seq: w.Seq + int64(len(fresh)) + 1, ID: a.ID, Activity: a.Activity, Round: round, Participant: a.Participant, Body: a.Body}
			fresh, known.answers[a.ID] = append(fresh, e), e
		}
		if len(fresh) == 0 {
			return refused, nil
		}
		if err := insertEntries(ctx, tx, workshop, fresh); err != nil {
			return nil, err
		}
		w.Seq += int64(len(fresh))
		if _, err := tx.Exec(ctx, `UPDATE workshop SET seq = $2 WHERE id = $1`, workshop, w.Seq); err != nil {
			return nil, err
		}
		return refused, s.counted(ctx, tx, w)
	}}
}

// known are the answers and the people of a batch that the workshop has.
type known struct {
	answers map[store.ID]entry
	people  map[store.ID]bool
}

func knownOf(ctx context.Context, tx *store.Tx, workshop store.ID, batch []Answer) (known, error) {
	k := known{map[store.ID]entry{}, map[store.ID]bool{}}
	var ids, people []store.ID
	for _, a := range batch {
		ids, people = append(ids, a.ID), append(people, a.Participant)
	}
	in, args := store.In(2, ids)
	there, err := store.All[entry](ctx, tx, `SELECT seq, id, activity, round, participant, body FROM workshop_entry WHERE workshop = $1 AND id IN (`+in+`)`,
		append([]any{workshop}, args...)...)
	if err != nil {
		return k, err
	}
	for _, e := range there {
		k.answers[e.ID] = e
	}
	in, args = store.In(2, people)
	ids, err = store.All[store.ID](ctx, tx, `SELECT id FROM workshop_participant WHERE workshop = $1 AND id IN (`+in+`)`, append([]any{workshop}, args...)...)
	for _, id := range ids {
		k.people[id] = true
	}
	return k, err
}

// again answers a device that sends what is there already: the same answer is
// fine, another one under its id is not.
func (e entry) again(a Answer) error {
	if e.Activity != a.Activity || e.Participant != a.Participant || e.Body != a.Body {
		return fault.Conflict("workshop.answer.other")
	}
	return nil
}

// takes says in which round of its activity an answer counts, or why it does not.
// Facilitators may answer for hands and cards as long as the workshop is open.
func (w Workshop) takes(tx *store.Tx, agenda []Activity, a Answer, people map[store.ID]bool) (int, error) {
	if err := w.isOpen(); err != nil {
		return 0, err
	}
	one, err := find(agenda, a.Activity)
	if err != nil {
		return 0, err
	}
	if a.Participant == "" {
		return one.Round, nil
	}
	if !people[a.Participant] {
		return 0, fault.NotFound("participant")
	}
	if a.Typed && !one.StartedAt.IsZero() {
		return one.Round, nil
	}
	switch one.At(tx.Now()) {
	case Waiting:
		return 0, fault.Closed("workshop.answer.early")
	case Stopped:
		return 0, fault.Closed("workshop.answer.late", "Title", one.Title)
	}
	return one.Round, nil
}

// Most rows of one statement, within the number of parameters that both
// databases take.
const mostRows = 1000

// insertEntries writes lines of the log.
func insertEntries(ctx context.Context, tx *store.Tx, workshop store.ID, all []entry) error {
	for some := range slices.Chunk(all, mostRows) {
		const each = 7
		var rows strings.Builder
		args := make([]any, 0, len(some)*each)
		for i, e := range some {
			if i > 0 {
				rows.WriteByte(',')
			}
			n := i * each
			fmt.Fprintf(&rows, "($%d,$%d,$%d,$%d,$%d,$%d,$%d)", n+1, n+2, n+3, n+4, n+5, n+6, n+7)
			args = append(args, workshop, e.Seq, e.ID, e.Activity, e.Round, e.Participant, e.Body)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO workshop_entry (workshop, seq, id, activity, round, participant, body) VALUES `+rows.String(), args...); err != nil {
			return err
		}
	}
	return nil
}

// entriesAfter reads the log of a workshop from after a line on.
func entriesAfter(ctx context.Context, r store.Reader, workshop store.ID, after int64) ([]entry, error) {
	return store.All[entry](ctx, r, `SELECT seq, id, activity, round, participant, body FROM workshop_entry WHERE workshop = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
		workshop, after, mostAtOnce)
}

// mostAtOnce bounds what one reading of the log takes into memory.
const mostAtOnce = 20_000

// line is an entry as its kind reads it.
func (e entry) line(people map[store.ID]activity.Who) activity.Entry {
	return activity.Entry{Seq: e.Seq, ID: e.ID, Who: people[e.Participant], Body: e.Body}
}
