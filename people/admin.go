package people

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// act is what an administrator does to an account. Each is kept with who did it
// and why.
type act string

const (
	actPromote act = "promote"
	actDemote  act = "demote"
	actBlock   act = "block"
	actUnblock act = "unblock"
	actReset   act = "reset-second-factor"
	actEndAll  act = "end-sessions"
)

// Administer does an act to the account that the administrator has seen in the
// given version. The account's sessions end with each of them.
func (s *Service) Administer(ctx context.Context, id store.ID, version int, a act, reason string) error {
	do, known := map[act]func(context.Context, *store.Tx, Person, string) error{
		actPromote: s.promote, actDemote: s.demote, actBlock: s.block, actUnblock: s.unblock,
		actReset: s.resetSecond, actEndAll: s.endSessions,
	}[a]
	if !known {
		return fault.NotFound("act")
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := ByID(ctx, tx, id)
		if err != nil {
			return err
		}
		p.Version = version
		return do(ctx, tx, p, reason)
	})
	if err != nil {
		return fmt.Errorf("people: administer: %w", err)
	}
	return nil
}

// promote makes somebody an administrator. Their sessions end: the new role has
// shorter ones.
func (s *Service) promote(ctx context.Context, tx *store.Tx, p Person, reason string) error {
	if p.Administrator {
		return nil
	}
	if err := setAdministrator(ctx, tx, p, true); err != nil {
		return err
	}
	return s.noteAct(ctx, tx, p.ID, actPromote, reason)
}

// demote takes the role away, unless nobody would be left to give it.
func (s *Service) demote(ctx context.Context, tx *store.Tx, p Person, reason string) error {
	if err := s.keepAnAdministrator(ctx, tx, p); err != nil {
		return err
	}
	if err := setAdministrator(ctx, tx, p, false); err != nil {
		return err
	}
	return s.noteAct(ctx, tx, p.ID, actDemote, reason)
}

// block keeps a person out at once.
func (s *Service) block(ctx context.Context, tx *store.Tx, p Person, reason string) error {
	if p.ID == access.From(ctx).Person {
		return fault.Invalid("people.admin.not_yourself")
	}
	if err := s.keepAnAdministrator(ctx, tx, p); err != nil {
		return err
	}
	if err := setBlocked(ctx, tx, p, store.At(tx.Now()), reason); err != nil {
		return err
	}
	return s.noteAct(ctx, tx, p.ID, actBlock, reason)
}

func (s *Service) unblock(ctx context.Context, tx *store.Tx, p Person, reason string) error {
	if err := setBlocked(ctx, tx, p, store.Time{}, ""); err != nil {
		return err
	}
	return s.noteAct(ctx, tx, p.ID, actUnblock, reason)
}

// resetSecond is for somebody who has lost both the device and the codes; the
// administrator has found out who asks, and says how in the reason.
func (s *Service) resetSecond(ctx context.Context, tx *store.Tx, p Person, reason string) error {
	if err := touch(ctx, tx, p); err != nil {
		return err
	}
	if err := dropTOTP(ctx, tx, p.ID); err != nil {
		return err
	}
	if err := s.postNotice(ctx, tx, p, p.Email, noticeSecondReset); err != nil {
		return err
	}
	return s.noteAct(ctx, tx, p.ID, actReset, reason)
}

func (s *Service) endSessions(ctx context.Context, tx *store.Tx, p Person, reason string) error {
	if err := touch(ctx, tx, p); err != nil {
		return err
	}
	return s.noteAct(ctx, tx, p.ID, actEndAll, reason)
}

// keepAnAdministrator refuses what would leave nobody who can administer. The
// lock keeps two administrators from removing each other at once.
func (s *Service) keepAnAdministrator(ctx context.Context, tx *store.Tx, p Person) error {
	if !p.Administrator {
		return nil
	}
	if err := s.lock(ctx, tx, "administrators", ""); err != nil {
		return err
	}
	others, err := store.One[int](ctx, tx, `SELECT count(*) FROM person
		WHERE administrator AND blocked_at IS NULL AND id <> $1`, p.ID)
	if err == nil && others == 0 {
		err = fault.Invalid("people.admin.last")
	}
	return err
}

// noteAct writes the act down and ends the person's sessions: every act of an
// administrator changes what they may do, or who may be behind them.
func (s *Service) noteAct(ctx context.Context, tx *store.Tx, person store.ID, a act, reason string) error {
	_, err := tx.Exec(ctx, `INSERT INTO person_act (id, person, done_by, act, reason, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		store.NewID(), person, access.From(ctx).Person, a, reason, store.At(tx.Now()))
	if err != nil {
		return fmt.Errorf("people: note act: %w", err)
	}
	if err := note(ctx, tx, "people."+string(a), person, "", nil, reason); err != nil {
		return err
	}
	return session.EndAll(ctx, tx, person, "")
}

func setAdministrator(ctx context.Context, tx *store.Tx, p Person, is bool) error {
	return store.Changed(tx.Exec(ctx, `UPDATE person SET administrator = $3, version = version + 1
		WHERE id = $1 AND version = $2`, p.ID, p.Version, is))
}

func setBlocked(ctx context.Context, tx *store.Tx, p Person, at store.Time, reason string) error {
	return store.Changed(tx.Exec(ctx, `UPDATE person SET blocked_at = $3, blocked_reason = $4, version = version + 1
		WHERE id = $1 AND version = $2`, p.ID, p.Version, at, reason))
}

// touch makes sure that the administrator saw the account as it is.
func touch(ctx context.Context, tx *store.Tx, p Person) error {
	return store.Changed(tx.Exec(ctx, `UPDATE person SET version = version + 1 WHERE id = $1 AND version = $2`, p.ID, p.Version))
}
