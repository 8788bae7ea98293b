package panel

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Publish lets everybody read a question that waited.
func (s *Service) Publish(ctx context.Context, e event.Event, id store.ID, version int) error {
	return s.moderate(ctx, e, id, version, didPublish, func(_ *store.Tx, q *Question) error {
		if q.State != Waiting {
			return fault.Closed("event.panel.moderated")
		}
		q.State = Public
		return nil
	})
}

// Refuse keeps a question from the public and tells who asked it why.
func (s *Service) Refuse(ctx context.Context, e event.Event, id store.ID, version int, reason string) error {
	var m fault.Mistakes
	limit(&m, "reason", reason, longestReason)
	if err := m.Err(); err != nil {
		return err
	}
	return s.moderate(ctx, e, id, version, didRefuse, func(_ *store.Tx, q *Question) error {
		if q.State != Waiting && q.State != Public {
			return fault.Closed("event.panel.moderated")
		}
		q.State, q.Reason = Refused, reason
		return nil
	})
}

// Merge makes a question part of another one that is public: those who asked or
// supported it support the other, each once.
func (s *Service) Merge(ctx context.Context, e event.Event, id store.ID, version int, into store.ID) error {
	return s.moderate(ctx, e, id, version, didMerge, func(tx *store.Tx, q *Question) error {
		target, err := byID(ctx, tx, e.ID, into, "")
		if fault.Is(err, fault.KindNotFound) {
			return fault.Mistake("into", "form.choose")
		}
		if err != nil {
			return err
		}
		if q.State != Waiting && q.State != Public {
			return fault.Closed("event.panel.moderated")
		}
		if !target.State.Shown() || target.ID == q.ID {
			return fault.Mistake("into", "event.panel.merge.hidden")
		}
		// Who was merged into this one goes on with it.
		if _, err := tx.Exec(ctx, `UPDATE event_panel_question SET merged_into = $2 WHERE merged_into = $1`, q.ID, target.ID); err != nil {
			return err
		}
		q.State, q.MergedInto = Merged, target.ID
		return moveSupport(ctx, tx, *q, target)
	})
}

// Answer answers a public question, or mends the answer. Experts of the panel may
// as well as its team.
func (s *Service) Answer(ctx context.Context, e event.Event, id store.ID, version int, reply Reply) error {
	if err := reply.check(); err != nil {
		return err
	}
	return s.moderate(ctx, e, id, version, didAnswer, func(_ *store.Tx, q *Question) error {
		if !q.State.Shown() {
			return fault.Closed("event.panel.answer.hidden")
		}
		q.State, q.Answer, q.AnswerBy, q.AnswerWay = Answered, reply.Text, reply.By, reply.Way
		return nil
	})
}

// Note writes down a question that was asked in the room; it is public at once.
func (s *Service) Note(ctx context.Context, e event.Event, id store.ID, text, expert string) error {
	var m fault.Mistakes
	limit(&m, "text", text, longestQuestion)
	if err := m.Err(); err != nil {
		return err
	}
	return s.change(ctx, e, func(tx *store.Tx) error {
		if e.Kind != event.Panel {
			return fault.NotFound("questions of this event")
		}
		if err := announced(ctx, tx, e.ID, expert); err != nil {
			return err
		}
		q := Question{ID: id, Event: e.ID, Text: text, Expert: expert, State: Public, AskedAt: store.At(tx.Now())}
		made, err := insert(ctx, tx, q, access.From(ctx).Person)
		if err != nil {
			return err
		}
		if !made {
			return errNothing
		}
		if err := index(ctx, tx, q.ID); err != nil {
			return err
		}
		return note(ctx, tx, didNote, e, q, "")
	})
}

// MayAnswer reports whether the actor answers questions of the panel: its team,
// and its experts.
func (s *Service) MayAnswer(ctx context.Context, r store.Reader, e event.Event) (bool, error) {
	actor := access.From(ctx)
	if actor.May(event.Run, string(e.Programme)) {
		return true, nil
	}
	return isExpert(ctx, r, e.ID, actor.Person)
}

// moderate changes one question, if nobody has since the actor saw it, writes it
// into the log and tells who asked.
func (s *Service) moderate(ctx context.Context, e event.Event, id store.ID, version int, act string, do func(*store.Tx, *Question) error) error {
	return s.change(ctx, e, func(tx *store.Tx) error {
		q, err := byID(ctx, tx, e.ID, id, "")
		if err != nil {
			return err
		}
		if q.Version != version {
			return fault.Conflict("event.panel.conflict")
		}
		if err := do(tx, &q); err != nil {
			return err
		}
		if err := update(ctx, tx, q, access.From(ctx).Person); err != nil {
			return err
		}
		if err := note(ctx, tx, act, e, q, q.Reason); err != nil {
			return err
		}
		if err := index(ctx, tx, q.ID); err != nil {
			return err
		}
		return s.tellAuthor(ctx, tx, e, q)
	})
}
