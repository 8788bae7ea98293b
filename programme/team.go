package programme

import (
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// Given says what became of a role that was given to an address.
type Given string

const (
	GivenAtOnce    Given = "given"
	GivenBefore    Given = "had"
	GivenByMessage Given = "invited"
)

// Give gives a role to the person of an address: at once where we know the
// person, otherwise when they accept the invitation that is sent to them.
func (s *Service) Give(ctx context.Context, slug, email string, role access.Role) (Given, error) {
	if !slices.Contains(access.ProgrammeRoles, role) {
		return "", fault.Mistake("role", "form.not_offered")
	}
	address, err := people.ParseEmail(email)
	if err != nil {
		return "", err
	}
	actor := access.From(ctx)
	var given Given
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		person, err := people.ByEmail(ctx, tx, address)
		if fault.Is(err, fault.KindNotFound) {
			given = GivenByMessage
			if _, err = s.invite(ctx, tx, p, address, role, lang.From(ctx)); err != nil {
				return err
			}
			return noteWhole(ctx, tx, didInvite, p, roleChange("", role))
		}
		if err != nil {
			return err
		}
		given, err = s.giveTo(ctx, tx, p, person.ID, role, actor.Person)
		return err
	})
	return given, err
}

// giveTo writes the role, tells the person and ends their sessions: they come
// back with those of staff, which are shorter.
func (s *Service) giveTo(ctx context.Context, tx *store.Tx, p Programme, person store.ID, role access.Role, by store.ID) (Given, error) {
	fresh, err := giveRole(ctx, tx, p.ID, person, role, by)
	if err != nil {
		return "", err
	}
	if !fresh {
		return GivenBefore, nil
	}
	if err := notePerson(ctx, tx, didGive, p, person, roleChange("", role), ""); err != nil {
		return "", err
	}
	if person == by { // renewed by the handler, so that nobody is sent out by their own act
		return GivenAtOnce, nil
	}
	if err := s.people.RolesChanged(ctx, tx, person); err != nil {
		return "", err
	}
	if err := s.tellPerson(ctx, tx, toldRole, p, person); err != nil {
		return "", err
	}
	return GivenAtOnce, s.write(ctx, tx, letterRole, person, letter{Programme: p.ID, Person: person, Role: role})
}

// MustStay is the objection of the room to erasing a person: a programme never
// stays without a manager, so another takes over first.
func MustStay(ctx context.Context, r store.Reader, person store.ID) error {
	alone, err := store.All[string](ctx, r, `SELECT p.title FROM programme_role o JOIN programme p ON p.id = o.programme
		WHERE o.person = $1 AND o.role = $2 AND NOT EXISTS (
			SELECT 1 FROM programme_role x WHERE x.programme = o.programme AND x.role = $2 AND x.person <> $1)
		ORDER BY p.title_key LIMIT 1`, person, access.Manager)
	if err == nil && len(alone) > 0 {
		err = fault.Invalid("programme.team.alone", "Title", alone[0])
	}
	return err
}

// Take takes a role away. A programme never stays without a manager; when the
// one who speaks for it goes, the manager longest in office speaks instead.
func (s *Service) Take(ctx context.Context, slug string, person store.ID, role access.Role) error {
	actor := access.From(ctx)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		if err := takeRole(ctx, tx, p.ID, person, role); err != nil {
			return err
		}
		if err := notePerson(ctx, tx, didTake, p, person, roleChange(role, ""), ""); err != nil {
			return err
		}
		managers, err := peopleIn(ctx, tx, p.ID, access.Manager)
		if err != nil {
			return err
		}
		if len(managers) == 0 {
			return fault.Conflict("programme.team.last_manager")
		}
		if !slices.Contains(managers, p.Manager) {
			if _, err := tx.Exec(ctx, `UPDATE programme SET manager = $2 WHERE id = $1`, p.ID, managers[0]); err != nil {
				return err
			}
		}
		if person == actor.Person {
			return nil // renewed by the handler
		}
		return s.people.RolesChanged(ctx, tx, person)
	})
}
