package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// Written is all that one form says about a point: a note taker fills in what
// there is and sends it at once.
type Written struct {
	Title, Text string
	Decisions   []Decision // an empty text takes one away
	Votes       []Vote     // an empty question takes one away
	Task        *Task      // a new one
}

// AddPoint puts a point at the end of the agenda. Its id comes from the form:
// sent twice, it makes one point.
func (s *Service) AddPoint(ctx context.Context, e event.Event, id store.ID, title string) error {
	if title == "" {
		return fault.Mistake("title", "form.required")
	}
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		all, err := points(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.ID == id {
				return nil
			}
		}
		if len(all) >= mostPoints {
			return fault.Mistake("title", "minutes.point.too_many", "Max", mostPoints)
		}
		return insertPoint(ctx, tx, Point{ID: id, Minutes: m.ID, Title: title})
	})
}

// SavePoint writes what was said under a point, if version is still the one that
// the note taker saw: two who write at once never overwrite one another unseen.
func (s *Service) SavePoint(ctx context.Context, e event.Event, point store.ID, version int, w Written) error {
	if err := w.check(); err != nil {
		return err
	}
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		p, err := pointByID(ctx, tx, m.ID, point)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.Conflict("minutes.conflict")
		}
		p.Title, p.Text = w.Title, w.Text
		if err := updatePoint(ctx, tx, p); err != nil {
			return err
		}
		if err := s.saveDecisions(ctx, tx, m, p, w.Decisions); err != nil {
			return err
		}
		if err := saveVotes(ctx, tx, m, p, w.Votes); err != nil {
			return err
		}
		if w.Task != nil {
			w.Task.Point = &p.ID
			if err := s.addTask(ctx, tx, e, m, *w.Task); err != nil {
				return err
			}
		}
		return note(ctx, tx, didWrite, e, m, "")
	})
}

func (w Written) check() error {
	if w.Title == "" {
		return fault.Mistake("title", "form.required")
	}
	return nil
}

// saveDecisions writes the decisions of a point. One that was published is
// replaced by words that say so, and never taken away.
func (s *Service) saveDecisions(ctx context.Context, tx *store.Tx, m Minutes, p Point, of []Decision) error {
	there, err := decisions(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	known := map[store.ID]Decision{}
	for _, d := range there {
		known[d.ID] = d
	}
	for _, d := range of {
		before, old := known[d.ID]
		d.Point = p.ID
		switch {
		case old && before.Point != p.ID:
			return fault.NotFound("decision of the point")
		case old && d.Text == before.Text, !old && d.Text == "":
			continue
		case !old && len(known) >= mostDecisions:
			return fault.Mistake("decision."+string(d.ID), "minutes.decision.too_many", "Max", mostDecisions)
		case d.Text == "" && before.PublicText != "":
			return fault.Mistake("decision."+string(d.ID), "minutes.decision.published")
		case d.Text == "":
			err = trace.Forget(ctx, tx, trace.Ref{Kind: decisionKind, ID: d.ID})
			if err == nil {
				err = deleteDecision(ctx, tx, d.ID)
			}
		case old:
			err = updateDecision(ctx, tx, d)
		default:
			known[d.ID] = d
			err = insertDecision(ctx, tx, m.ID, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func saveVotes(ctx context.Context, tx *store.Tx, m Minutes, p Point, of []Vote) error {
	there, err := votes(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	known := map[store.ID]Vote{}
	for _, v := range there {
		known[v.ID] = v
	}
	for _, v := range of {
		before, old := known[v.ID]
		v.Point = p.ID
		switch {
		case old && before.Point != p.ID:
			return fault.NotFound("vote of the point")
		case v.Question == "" && old:
			err = deleteVote(ctx, tx, v.ID)
		case v.Question == "" && v.Hands() == 0 && v.Present == 0:
			continue
		default:
			if err = v.check("vote." + string(v.ID) + "."); err == nil {
				err = putVote(ctx, tx, v)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// MovePoint puts a point one place up or down.
func (s *Service) MovePoint(ctx context.Context, e event.Event, point store.ID, up bool) error {
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		all, err := points(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		for i, p := range all {
			j := i + 1
			if up {
				j = i - 1
			}
			if p.ID != point {
				continue
			}
			if j < 0 || j >= len(all) {
				return nil
			}
			all[i], all[j] = all[j], all[i]
			for n, p := range all {
				if err := setPosition(ctx, tx, p.ID, n+1); err != nil {
					return err
				}
			}
			return nil
		}
		return fault.NotFound("point of the minutes")
	})
}

// RemovePoint takes away a point under which nothing was decided, voted or given
// to anybody.
func (s *Service) RemovePoint(ctx context.Context, e event.Event, point store.ID, version int) error {
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		p, err := pointByID(ctx, tx, m.ID, point)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.Conflict("minutes.conflict")
		}
		under, err := store.One[int](ctx, tx, `SELECT (SELECT count(*) FROM event_minutes_decision WHERE point = $1)
			+ (SELECT count(*) FROM event_minutes_vote WHERE point = $1) + (SELECT count(*) FROM event_task WHERE point = $1)`, point)
		if err != nil {
			return err
		}
		if under > 0 {
			return fault.Invalid("minutes.point.not_empty")
		}
		_, err = tx.Exec(ctx, `DELETE FROM event_minutes_point WHERE id = $1`, point)
		return err
	})
}

// write is for what changes the words of minutes: they must be open.
func (s *Service) write(ctx context.Context, e event.Event, do func(*store.Tx, Minutes) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		m, err := locked(ctx, tx, e)
		if err != nil {
			return err
		}
		if !m.State.Open() {
			return closed()
		}
		if err := do(tx, m); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE event_minutes SET updated_at = $2, updated_by = $3 WHERE id = $1`,
			m.ID, store.At(tx.Now()), access.From(ctx).Person.OrNull())
		return err
	})
}
