package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Outcome is what became of a remark.
type Outcome string

const (
	Unanswered Outcome = ""
	Taken      Outcome = "taken"
	Declined   Outcome = "declined"
)

// Remark is what a participant says about a draft.
type Remark struct {
	ID         store.ID
	Minutes    store.ID
	Edition    int
	Point      *store.ID
	PointTitle string
	Person     store.ID
	PersonName string
	Text       string
	At         store.Time
	Outcome    Outcome
	Answer     string
	AnsweredAt store.Time
}

const remarkColumns = `r.id, r.minutes, r.edition, r.point, COALESCE(p.title, '') AS point_title, r.person, COALESCE(q.name, '') AS person_name,
	r.text, r.at, r.outcome, r.answer, r.answered_at
	FROM event_minutes_remark r LEFT JOIN event_minutes_point p ON p.id = r.point LEFT JOIN person q ON q.id = r.person `

func remarks(ctx context.Context, r store.Reader, minutes store.ID) ([]Remark, error) {
	return store.All[Remark](ctx, r, `SELECT `+remarkColumns+`WHERE r.minutes = $1 ORDER BY r.at, r.id`, minutes)
}

func remarkByID(ctx context.Context, r store.Reader, minutes, id store.ID) (Remark, error) {
	return store.One[Remark](ctx, r, `SELECT `+remarkColumns+`WHERE r.minutes = $1 AND r.id = $2`, minutes, id)
}

// unanswered counts the remarks that wait.
func unanswered(ctx context.Context, r store.Reader, minutes store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM event_minutes_remark WHERE minutes = $1 AND outcome = ''`, minutes)
}

// mostRemarks keeps one person from filling the page.
const mostRemarks = 50

// Remark keeps what somebody who took part says about the draft. The id comes
// from the form: sent twice, it is one remark.
func (s *Service) Remark(ctx context.Context, e event.Event, id store.ID, point *store.ID, text string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		m, err := locked(ctx, tx, e)
		if err != nil {
			return err
		}
		if took, err := s.took(ctx, tx, e); err != nil || !took {
			return orForbidden(err)
		}
		if !m.TakesRemarks(tx.Now()) {
			return fault.Closed("minutes.remark.closed")
		}
		if point != nil {
			if _, err := pointByID(ctx, tx, m.ID, *point); err != nil {
				return fault.Mistake("point", "form.not_offered")
			}
		}
		person := access.From(ctx).Person
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_minutes_remark WHERE minutes = $1 AND person = $2`, m.ID, person)
		if err != nil {
			return err
		}
		if n >= mostRemarks {
			return fault.Limited("minutes.remark.too_many", "Max", mostRemarks)
		}
		fresh, err := store.Met(tx.Exec(ctx, `INSERT INTO event_minutes_remark (id, minutes, edition, point, person, text, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`, id, m.ID, m.Edition, point, person, text, store.At(tx.Now())))
		if err != nil || !fresh {
			return err
		}
		if err := waitRemarks(ctx, tx, e, m); err != nil {
			return err
		}
		return note(ctx, tx, didRemark, e, m, "")
	})
}

func orForbidden(err error) error {
	if err == nil {
		err = fault.Forbidden()
	}
	return err
}

// Answer tells a participant what became of their remark. An answer may be
// given anew as long as the minutes are not approved.
func (s *Service) Answer(ctx context.Context, e event.Event, remark store.ID, outcome Outcome, words string) error {
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		r, err := remarkByID(ctx, tx, m.ID, remark)
		if err != nil {
			return err
		}
		if outcome == Declined && words == "" {
			return fault.Mistake("answer", "minutes.answer.why")
		}
		if _, err := tx.Exec(ctx, `UPDATE event_minutes_remark SET outcome = $2, answer = $3, answered_at = $4, answered_by = $5 WHERE id = $1`,
			r.ID, outcome, words, store.At(tx.Now()), access.From(ctx).Person.OrNull()); err != nil {
			return err
		}
		left, err := unanswered(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		if left == 0 {
			if err := waitRemarksNoMore(ctx, tx, m); err != nil {
				return err
			}
		}
		if err := s.tellAnswered(ctx, tx, e, r); err != nil {
			return err
		}
		return note(ctx, tx, didAnswer, e, m, "")
	})
}
