package registration

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// SaveSettings writes how people sign up and how many seats there are. Seats that
// become free by it are offered in the same transaction; nobody loses one.
func (s *Service) SaveSettings(ctx context.Context, e event.Event, a Admission, l Limits) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		if err := a.check(h.Event, l); err != nil {
			return err
		}
		a.Event = h.Event.ID
		if a.Version == 0 {
			a.LinkKey = newKey()
		}
		if err := saveAdmission(ctx, tx, a); err != nil {
			return err
		}
		if err := saveLimits(ctx, tx, h.Event.ID, l); err != nil {
			return err
		}
		if err := s.noteSettings(ctx, tx, h, a, l); err != nil {
			return err
		}
		h.Admission, h.limits = a, l
		return s.settle(ctx, tx, h)
	})
}

// RenewLink makes the link to a closed event anew; the old one opens nothing.
func (s *Service) RenewLink(ctx context.Context, e event.Event) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		if !h.Set() {
			return fault.NotFound("admission")
		}
		if _, err := tx.Exec(ctx, `UPDATE event_admission SET link_key = $2, version = version + 1 WHERE event = $1`, h.Event.ID, newKey()); err != nil {
			return err
		}
		return s.noteMany(ctx, tx, didRenewLink, h.Event, 0)
	})
}

// SaveQuestion adds a question, or changes the words of one. The kind of one that
// was answered stays: its answers lie where that kind belongs.
func (s *Service) SaveQuestion(ctx context.Context, e event.Event, q Question) error {
	if err := q.check(); err != nil {
		return err
	}
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		asked, err := everyQuestion(ctx, tx, h.Event.ID)
		if err != nil {
			return err
		}
		at := 1
		for _, other := range asked {
			if other.ID == q.ID {
				return s.changeQuestion(ctx, tx, h, other, q)
			}
			at = max(at, other.Position+1)
		}
		if len(asked) >= mostQuestions {
			return fault.Invalid("event.registration.question.too_many", "Most", mostQuestions)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO event_question (id, event, position, kind, label, hint, options, required)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, q.ID, h.Event.ID, at, q.Kind, q.Label, q.Hint, q.Options, q.Required); err != nil {
			return err
		}
		return s.noteMany(ctx, tx, didAsk, h.Event, 0)
	})
}

func (s *Service) changeQuestion(ctx context.Context, tx *store.Tx, h *hall, before, q Question) error {
	if q.Kind != before.Kind {
		answered, err := isAnswered(ctx, tx, before)
		if err != nil {
			return err
		}
		if answered {
			return fault.Mistake("kind", "event.registration.question.kind_stays")
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE event_question SET kind = $3, label = $4, hint = $5, options = $6, required = $7
		WHERE event = $1 AND id = $2`, h.Event.ID, q.ID, q.Kind, q.Label, q.Hint, q.Options, q.Required); err != nil {
		return err
	}
	return s.noteMany(ctx, tx, didAsk, h.Event, 0)
}

// isAnswered reports whether anybody has answered the question.
func isAnswered(ctx context.Context, r store.Reader, q Question) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT (SELECT count(*) FROM event_need WHERE question = $2)
		+ (SELECT count(*) FROM event_registration WHERE event = $1 AND answers LIKE $3 ESCAPE '\')`,
		q.Event, q.ID, store.Contains(string(q.ID)))
	return n > 0, err
}

// DropQuestion asks a question no more. One that was answered is kept aside, so
// that its answers keep their words.
func (s *Service) DropQuestion(ctx context.Context, e event.Event, id store.ID) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		q, err := store.One[Question](ctx, tx, `SELECT `+questionColumns+` FROM event_question
			WHERE event = $1 AND id = $2 AND retired_at IS NULL`, h.Event.ID, id)
		if err != nil {
			return err
		}
		answered, err := isAnswered(ctx, tx, q)
		if err != nil {
			return err
		}
		if answered {
			_, err = tx.Exec(ctx, `UPDATE event_question SET retired_at = $2 WHERE id = $1`, id, store.At(tx.Now()))
		} else {
			_, err = tx.Exec(ctx, `DELETE FROM event_question WHERE id = $1`, id)
		}
		if err != nil {
			return err
		}
		return s.noteMany(ctx, tx, didAsk, h.Event, 0)
	})
}

// MoveQuestion swaps a question with the one before it.
func (s *Service) MoveQuestion(ctx context.Context, e event.Event, id store.ID) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		if err := there(ctx, tx, "event_question", h.Event.ID, id); err != nil {
			return err
		}
		asked, err := Questions(ctx, tx, h.Event.ID)
		if err != nil {
			return err
		}
		for i, q := range asked {
			if q.ID != id || i == 0 {
				continue
			}
			asked[i-1], asked[i] = asked[i], asked[i-1]
			for at, q := range asked {
				if _, err := tx.Exec(ctx, `UPDATE event_question SET position = $2 WHERE id = $1`, q.ID, at+1); err != nil {
					return err
				}
			}
			return nil
		}
		return nil
	})
}

// there is fault.NotFound for a row of another event.
func there(ctx context.Context, r store.Reader, table string, event, id store.ID) error {
	_, err := store.One[store.ID](ctx, r, `SELECT id FROM `+table+` WHERE event = $1 AND id = $2`, event, id)
	return err
}
