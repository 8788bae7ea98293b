package moderation

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Block keeps a person from writing, in one programme or everywhere, for a time
// or until somebody lifts it. They read on, use what is their own and appeal.
type Block struct {
	ID        store.ID
	Person    store.ID
	Programme store.ID // "" for the installation
	Reason    string
	At        store.Time
	BlockedBy store.ID
	EndsAt    store.Time // zero: no end
	LiftedBy  store.ID   // "": not lifted, it ends by the clock
	Answer    string
	Version   int
}

const blockColumns = `id, person, programme, reason, at, blocked_by, ends_at, lifted_by, answer, version`

// Live reports whether the block counts at a moment.
func (b Block) Live(at time.Time) bool { return b.EndsAt.IsZero() || at.Before(b.EndsAt.Time) }

func blockByID(ctx context.Context, r store.Reader, id store.ID) (Block, error) {
	return store.One[Block](ctx, r, `SELECT `+blockColumns+` FROM moderation_block WHERE id = $1`, id)
}

// liveBlocks are those of a person that count now, the longest first.
func liveBlocks(ctx context.Context, r store.Reader, person store.ID) ([]Block, error) {
	all, err := store.All[Block](ctx, r, `SELECT `+blockColumns+` FROM moderation_block
		WHERE person = $1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY ends_at DESC NULLS FIRST, id`, person, store.At(r.Now()))
	if err != nil {
		return nil, fmt.Errorf("moderation: blocks: %w", err)
	}
	return all, nil
}

// Refuse says why somebody may not write, in the words of the page that refuses
// it: nil where they may. programme is what the address names, "" for none. Web
// asks it of every form before its handler is reached, but for those that are
// open to everybody (web.Route.Always).
func (s *Service) Refuse(ctx context.Context, a *access.Actor, programme string) error {
	if !a.SignedIn() {
		return nil
	}
	blocks, err := liveBlocks(ctx, s.db, a.Person)
	if err != nil {
		return err
	}
	for _, b := range blocks {
		here, err := s.counts(ctx, b, programme)
		if err != nil {
			return err
		}
		if here {
			return b.refusal(ctx)
		}
	}
	return nil
}

// counts reports whether a block counts in the place that an address names.
func (s *Service) counts(ctx context.Context, b Block, programme string) (bool, error) {
	if b.Programme == "" || programme == "" || s.Programme == nil {
		return b.Programme == "", nil
	}
	p, err := s.Programme(ctx, s.db, programme)
	if fault.Is(err, fault.KindNotFound) {
		return false, nil // its handler says so
	}
	return p.ID == b.Programme, err
}

func (b Block) refusal(ctx context.Context) error {
	if b.EndsAt.IsZero() {
		return fault.Refused("moderation.blocked.always", "Reason", b.Reason)
	}
	return fault.Refused("moderation.blocked.until", "Until", lang.DateTime(ctx, b.EndsAt.Time), "Reason", b.Reason)
}

// Terms for which a person may be blocked, in days; 0 has no end.
var Terms = []int{1, 7, 30, 90, 0}

// NewBlock is whom to keep from writing, and why.
type NewBlock struct {
	Person    store.ID
	Programme Place // zero: the installation
	Days      int   // 0: no end
	Reason    string
}

// BlockPerson keeps somebody from writing. Those who handle others' matters in
// the place are not blocked there: their role is taken away first.
func (s *Service) BlockPerson(ctx context.Context, n NewBlock) error {
	var m fault.Mistakes
	m.Check(n.Reason != "", "reason", "form.required")
	m.Check(utf8.RuneCountInString(n.Reason) <= longestReason, "reason", "form.too_long", "Max", longestReason)
	if err := m.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "person", n.Person); err != nil {
			return err
		}
		if err := s.blockable(ctx, tx, n); err != nil {
			return err
		}
		b := Block{ID: store.NewID(), Person: n.Person, Programme: n.Programme.ID, Reason: n.Reason, At: store.At(tx.Now()),
			BlockedBy: access.From(ctx).Person}
		if n.Days > 0 {
			b.EndsAt = store.At(tx.Now().AddDate(0, 0, n.Days))
		}
		_, err := tx.Exec(ctx, `INSERT INTO moderation_block (id, person, programme, reason, at, blocked_by, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			b.ID, b.Person, b.Programme, b.Reason, b.At, b.BlockedBy, b.EndsAt)
		if err != nil {
			return fmt.Errorf("moderation: block: %w", err)
		}
		if err := s.tellBlock(ctx, tx, toldBlock, b, n.Programme); err != nil {
			return err
		}
		return noteBlock(ctx, tx, didBlock, b, n.Reason)
	})
}

func (s *Service) blockable(ctx context.Context, tx *store.Tx, n NewBlock) error {
	staff, err := s.Staff(ctx, tx, n.Person, n.Programme.ID)
	switch {
	case err != nil:
		return err
	case staff || n.Person == access.From(ctx).Person:
		return fault.Mistake("person", "moderation.block.staff")
	}
	blocks, err := liveBlocks(ctx, tx, n.Person)
	if err != nil {
		return err
	}
	for _, b := range blocks {
		if b.Programme == n.Programme.ID {
			return fault.Mistake("person", "moderation.block.already")
		}
	}
	return nil
}

// Lift ends a block before its time. An appeal that waits is thereby granted.
func (s *Service) Lift(ctx context.Context, id store.ID, version int, in Place, answer string) error {
	if utf8.RuneCountInString(answer) > longestReason {
		return fault.Mistake("answer", "form.too_long", "Max", longestReason)
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		b, err := blockByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if b.Programme != in.ID {
			return fault.NotFound("block of another place")
		}
		if b.Version != version || !b.Live(tx.Now()) {
			return errDecided
		}
		if err := grantWaiting(ctx, tx, b.ID, answer); err != nil {
			return err
		}
		return s.lift(ctx, tx, b, in, didLift, answer)
	})
}

func (s *Service) lift(ctx context.Context, tx *store.Tx, b Block, in Place, act, answer string) error {
	err := store.Changed(tx.Exec(ctx, `UPDATE moderation_block SET ends_at = $3, lifted_by = $4, answer = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		b.ID, b.Version, store.At(tx.Now()), access.From(ctx).Person, answer))
	if err != nil {
		return err
	}
	if err := s.leaveAppeal(ctx, tx, b.ID); err != nil {
		return err
	}
	if err := s.tellBlock(ctx, tx, toldLift, b, in); err != nil {
		return err
	}
	return noteBlock(ctx, tx, act, b, answer)
}

// AppealBlock asks for another look at a block, within the term and while it
// counts. place is the programme in which it counts, zero for the installation.
func (s *Service) AppealBlock(ctx context.Context, id store.ID, place Place, words string) error {
	if err := checkAppeal(words); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		b, err := blockByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if b.Person != access.From(ctx).Person {
			return fault.NotFound("block of another")
		}
		if !b.Live(tx.Now()) || !tx.Now().Before(b.At.Add(appealWithin)) {
			return errTooLate
		}
		a := Appeal{Against: AgainstBlock, Matter: b.ID, Programme: b.Programme, Person: b.Person, Words: words}
		if err := a.file(ctx, tx); err != nil {
			return err
		}
		if err := s.waitForAppeal(ctx, tx, a, b.BlockedBy, place, ""); err != nil {
			return err
		}
		return noteBlock(ctx, tx, didAppealBlock, b, "")
	})
}

func (s *Service) answerBlock(ctx context.Context, tx *store.Tx, a Appeal, uphold bool, answer string) error {
	b, err := blockByID(ctx, tx, a.Matter)
	actor := access.From(ctx)
	switch {
	case err != nil:
		return err
	case b.Programme == "" && !actor.May(access.Administrators, ""), b.Programme != "" && !actor.May(Govern, string(b.Programme)):
		return fault.Forbidden()
	case b.BlockedBy == actor.Person, b.Person == actor.Person:
		return errOwnDecision
	}
	place, err := s.placeOf(ctx, tx, b.Programme)
	if err != nil {
		return err
	}
	verdict := Rejected
	if uphold {
		verdict = Upheld
	}
	if err := a.answer(ctx, tx, verdict, answer); err != nil {
		return err
	}
	if uphold && b.Live(tx.Now()) {
		return s.lift(ctx, tx, b, place, didUpholdBlock, answer)
	}
	if err := s.leaveAppeal(ctx, tx, b.ID); err != nil {
		return err
	}
	if err := s.tellAnswer(ctx, tx, a, b.BlockedBy, place, "", OwnPath); err != nil {
		return err
	}
	act := didRejectBlock
	if uphold {
		act = didUpholdBlock
	}
	return noteBlock(ctx, tx, act, b, answer)
}

// placeOf is the programme of an id; zero for the installation.
func (s *Service) placeOf(ctx context.Context, r store.Reader, programme store.ID) (Place, error) {
	if programme == "" {
		return Place{}, nil
	}
	return s.Programme(ctx, r, string(programme))
}
