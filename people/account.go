package people

import (
	"context"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// freshFor is how long after signing in nobody asks again who sits there.
const freshFor = 15 * time.Minute

// proof is what a person has to show before they change how they are known: a
// sign-in of just now, or their password. A browser left open shows neither.
type proof struct {
	Fresh       bool
	HasPassword bool
}

// Possible reports whether the person can prove themselves on this page;
// otherwise they sign in once more first.
func (p proof) Possible() bool { return p.Fresh || p.HasPassword }

func (s *Service) proofOf(ctx context.Context, kept secrets) (proof, error) {
	actor := access.From(ctx)
	all, err := session.List(ctx, s.db, actor.Person)
	if err != nil {
		return proof{}, err
	}
	p := proof{HasPassword: kept.hasPassword()}
	for _, in := range all {
		if in.ID == actor.Session {
			p.Fresh = s.db.Wall().Sub(in.CreatedAt.Time) < freshFor
		}
	}
	return p, nil
}

// checkProof compares the password where one is asked for. Its tries are those
// of the sign-in.
func (s *Service) checkProof(ctx context.Context, p proof, kept secrets, current string) error {
	if p.Fresh {
		return nil
	}
	if !p.HasPassword {
		return fault.Invalid("people.proof.needed")
	}
	person, err := ByID(ctx, s.db, access.From(ctx).Person)
	if err != nil {
		return err
	}
	err = s.counted(ctx, func(tx *store.Tx) error { return s.take(ctx, tx, brakePassword, person.Email) })
	if err != nil {
		return currentMistake(err)
	}
	right, err := s.hasher.matches(ctx, current, kept.PasswordHash)
	if err != nil {
		return err
	}
	if !right {
		return currentMistake(fault.Invalid("people.proof.wrong"))
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.forgive(ctx, tx, brakePassword, person.Email, true) })
}

// currentMistake shows a refusal beside the field of the present password.
func currentMistake(err error) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	return fault.Mistake("current", f.Key, f.Args...)
}

// EditData keeps what a person changed in their own data. Somebody else cannot
// have changed it, but another window of theirs can: a version that is not the
// present one is a conflict.
func (s *Service) EditData(ctx context.Context, version int, name, municipality string, l lang.Language) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := ByID(ctx, tx, access.From(ctx).Person)
		if err != nil {
			return err
		}
		before := p
		p.Version, p.Name, p.Municipality, p.Language = version, name, municipality, l
		if err := updatePerson(ctx, tx, p); err != nil {
			return err
		}
		return note(ctx, tx, didEdit, p.ID, "", changesOf(before, p), "")
	})
	if err != nil {
		return fmt.Errorf("people: edit data: %w", err)
	}
	return nil
}

// changeAddress makes the address that the code has proved the person's own.
// The old address is told, and all other sessions end.
func (s *Service) changeAddress(ctx context.Context, b browser, code string) error {
	actor := access.From(ctx)
	err := s.counted(ctx, func(tx *store.Tx) error {
		a, err := s.proveByCode(ctx, tx, b, toChangeAddress, code)
		if err != nil {
			return err
		}
		if a.Person != actor.Person {
			return errCodeWrong
		}
		p, err := ByID(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		changed, err := updateEmail(ctx, tx, p, a.Email)
		if err != nil {
			return err
		}
		if !changed {
			return codeMistake("people.email.taken")
		}
		if _, err := markDone(ctx, tx, a.ID); err != nil {
			return err
		}
		if err := s.postNotice(ctx, tx, p, p.Email, noticeAddressChanged); err != nil {
			return err
		}
		if err := noteSecret(ctx, tx, didAddress, "email", p.ID); err != nil {
			return err
		}
		return session.EndAll(ctx, tx, p.ID, actor.Session)
	})
	if store.IsUnique(err, "email") { // somebody took it in the same moment
		err = codeMistake("people.email.taken")
	}
	if err != nil {
		return fmt.Errorf("people: change address: %w", err)
	}
	return nil
}

// actFor says for whom the person acts from now on in this browser: one of
// their organisations, or "" for themselves.
func (s *Service) actFor(ctx context.Context, organisation string) error {
	actor := access.From(ctx)
	mandated := organisation == ""
	for _, id := range actor.Places(access.InOrganisation, access.OrganisationRoles...) {
		mandated = mandated || string(id) == organisation
	}
	if !mandated {
		return fault.Forbidden()
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error { return session.ActFor(ctx, tx, actor.Session, organisation) })
	if err != nil {
		return fmt.Errorf("people: act for: %w", err)
	}
	return nil
}

// rolesWait reports whether staff roles are held back until the person sets up
// a second factor.
func (s *Service) rolesWait(ctx context.Context, r store.Reader, p Person, kept secrets) (bool, error) {
	if !s.RequireSecondFactor || kept.enrolled() {
		return false, nil
	}
	grants, err := s.grants(ctx, r, p.ID, p.Administrator)
	return isStaff(grants), err
}
