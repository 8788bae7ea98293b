package moderation

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Against is what an appeal is against.
type Against string

const (
	AgainstCase  Against = "case"
	AgainstBlock Against = "block"
)

// Verdict is where an appeal stands.
type Verdict string

const (
	Waiting  Verdict = "waiting"
	Upheld   Verdict = "upheld" // the author was right
	Rejected Verdict = "rejected"
)

// Appeal is what an author, or somebody who was blocked, says against it. Each
// decision is appealed once.
type Appeal struct {
	ID         store.ID
	Against    Against
	Matter     store.ID // the case or the block
	Programme  store.ID
	Person     store.ID
	Words      string
	At         store.Time
	State      Verdict
	Answer     string
	AnsweredAt store.Time
	AnsweredBy store.ID
}

const appealColumns = `id, against, matter, programme, person, words, at, state, answer, answered_at, answered_by`

// appealOf returns the appeal in a matter, nil where there is none.
func appealOf(ctx context.Context, r store.Reader, matter store.ID) (*Appeal, error) {
	a, err := store.One[Appeal](ctx, r, `SELECT `+appealColumns+` FROM moderation_appeal WHERE matter = $1`, matter)
	if fault.Is(err, fault.KindNotFound) {
		return nil, nil
	}
	return &a, err
}

var errTooLate = fault.Closed("moderation.appeal.late")

// AppealCase asks for another look at a text that was hidden. Only its authors
// may, within the term.
func (s *Service) AppealCase(ctx context.Context, id store.ID, words string) error {
	if err := checkAppeal(words); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "moderation_case", id); err != nil {
			return err
		}
		c, err := caseByID(ctx, tx, id)
		if err != nil {
			return err
		}
		_, t, err := s.thing(ctx, tx, c.Kind, c.Thing)
		if err != nil {
			return err
		}
		actor := access.From(ctx)
		if !slices.Contains(t.Authors, actor.Person) {
			return fault.NotFound("case of another") // who did not write it learns nothing
		}
		if until := c.appealUntil(); !tx.Now().Before(until) {
			return errTooLate
		}
		a := Appeal{Against: AgainstCase, Matter: c.ID, Programme: c.Programme, Person: actor.Person, Words: words}
		if err := a.file(ctx, tx); err != nil {
			return err
		}
		if err := s.waitForAppeal(ctx, tx, a, c.DecidedBy, t.Place, t.Title); err != nil {
			return err
		}
		return noteOwn(ctx, tx, didAppeal, c, t.Title)
	})
}

func checkAppeal(words string) error {
	var m fault.Mistakes
	m.Check(words != "", "words", "form.required")
	m.Check(utf8.RuneCountInString(words) <= longestWords, "words", "form.too_long", "Max", longestWords)
	return m.Err()
}

// file writes an appeal down, once for its matter.
func (a *Appeal) file(ctx context.Context, tx *store.Tx) error {
	a.ID, a.State, a.At = store.NewID(), Waiting, store.At(tx.Now())
	fresh, err := store.Met(tx.Exec(ctx, `INSERT INTO moderation_appeal (id, against, matter, programme, person, words, at, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (matter) DO NOTHING`, a.ID, a.Against, a.Matter, a.Programme, a.Person, a.Words, a.At, a.State))
	if err == nil && !fresh {
		err = fault.Conflict("moderation.appeal.once")
	}
	return err
}

// answer settles an appeal that waits; fault.Conflict where somebody was quicker.
func (a *Appeal) answer(ctx context.Context, tx *store.Tx, v Verdict, answer string) error {
	a.State, a.Answer, a.AnsweredAt, a.AnsweredBy = v, answer, store.At(tx.Now()), access.From(ctx).Person
	err := store.Changed(tx.Exec(ctx, `UPDATE moderation_appeal SET state = $2, answer = $3, answered_at = $4, answered_by = $5
		WHERE id = $1 AND state = 'waiting'`, a.ID, a.State, a.Answer, a.AnsweredAt, a.AnsweredBy))
	if fault.Is(err, fault.KindConflict) {
		return errDecided
	}
	return err
}

// grantWaiting upholds an appeal that waits in a matter which was undone anyway.
func grantWaiting(ctx context.Context, tx *store.Tx, matter store.ID, answer string) error {
	_, err := tx.Exec(ctx, `UPDATE moderation_appeal SET state = 'upheld', answer = $2, answered_at = $3, answered_by = $4
		WHERE matter = $1 AND state = 'waiting'`, matter, answer, store.At(tx.Now()), access.From(ctx).Person)
	return err
}

// errOwnDecision keeps whoever decided from judging the appeal against it.
var errOwnDecision = fault.Invalid("moderation.appeal.own")

// Answer decides an appeal. It has to be somebody else than who decided before
// and than who appeals; where nobody else in the programme may, an administrator.
func (s *Service) Answer(ctx context.Context, matter store.ID, uphold bool, answer string) error {
	var m fault.Mistakes
	m.Check(answer != "", "answer", "form.required")
	m.Check(utf8.RuneCountInString(answer) <= longestReason, "answer", "form.too_long", "Max", longestReason)
	if err := m.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		a, err := appealOf(ctx, tx, matter)
		switch {
		case err != nil:
			return err
		case a == nil:
			return fault.NotFound("appeal")
		case a.State != Waiting:
			return errDecided
		case a.Against == AgainstBlock:
			return s.answerBlock(ctx, tx, *a, uphold, answer)
		}
		return s.answerCase(ctx, tx, *a, uphold, answer)
	})
}

func (s *Service) answerCase(ctx context.Context, tx *store.Tx, a Appeal, uphold bool, answer string) error {
	if err := store.Lock(ctx, tx, "moderation_case", a.Matter); err != nil {
		return err
	}
	c, err := caseByID(ctx, tx, a.Matter)
	switch {
	case err != nil:
		return err
	case !s.mayDecide(ctx, c):
		return fault.Forbidden()
	case c.State != Hidden:
		return errDecided
	case c.DecidedBy == access.From(ctx).Person:
		return errOwnDecision
	}
	if err := notOwnText(ctx, tx, c); err != nil {
		return err
	}
	if !uphold {
		return s.reject(ctx, tx, a, c, answer)
	}
	if err := a.answer(ctx, tx, Upheld, answer); err != nil {
		return err
	}
	version := c.Version
	restored(ctx, tx, &c, answer)
	if err := decide(ctx, tx, c, Hidden, version); err != nil {
		return err
	}
	return s.settle(ctx, tx, c, didUphold, answer)
}

// reject leaves the text hidden.
func (s *Service) reject(ctx context.Context, tx *store.Tx, a Appeal, c Case, answer string) error {
	if err := a.answer(ctx, tx, Rejected, answer); err != nil {
		return err
	}
	if err := s.leaveDesks(ctx, tx, c); err != nil {
		return err
	}
	_, t, err := s.thing(ctx, tx, c.Kind, c.Thing)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return fmt.Errorf("moderation: appeal: %w", err)
	}
	if err := s.tellAnswer(ctx, tx, a, c.DecidedBy, t.Place, t.Title, casePath(c.ID)); err != nil {
		return err
	}
	return note(ctx, tx, didReject, c, t.Title, answer)
}
