package organisation

import (
	"context"
	"errors"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// What the import of lists (people/organisation/intake) needs of the room: many
// organisations at once, entered by somebody who will not act for them.

// Enter founds an organisation that has no representative yet.
func (s *Service) Enter(ctx context.Context, tx *store.Tx, p Profile) (Organisation, error) {
	p, err := p.Check()
	if err != nil {
		return Organisation{}, err
	}
	o, err := add(ctx, tx, p, access.From(ctx).Person)
	if err != nil {
		return Organisation{}, s.taken(ctx, p, err)
	}
	return o, note(ctx, tx, didRegister, o.ID, "", false, nil, "")
}

// Offer invites whoever has the address to represent the organisation. Somebody
// who is invited already is not written to again.
func (s *Service) Offer(ctx context.Context, tx *store.Tx, organisation store.ID, email string) error {
	email, err := people.ParseEmail(email)
	if err != nil {
		return err
	}
	invited, err := readyToInvite(ctx, tx, organisation, email)
	if err != nil {
		return err
	}
	a := Appointment{Role: access.Representative}
	i := Invitation{ID: store.NewID(), Organisation: organisation, Email: email, Appointment: a, State: Waiting,
		InvitedBy: access.From(ctx).Person, CreatedAt: store.At(tx.Now()), ExpiresAt: store.At(tx.Now().Add(invitationLives))}
	made, err := insertInvitation(ctx, tx, i)
	if err != nil || !made {
		return err
	}
	if err := note(ctx, tx, didInvite, organisation, invited.ID, false, appointmentChanges(Appointment{}, a), ""); err != nil {
		return err
	}
	if err := waitInvited(ctx, tx, i); err != nil {
		return err
	}
	return s.tellInvited(ctx, tx, i, invited)
}

// TakeBack removes an organisation that nobody has touched since it was entered:
// same words, nobody acting for it or asking to. It reports whether it did.
func (s *Service) TakeBack(ctx context.Context, tx *store.Tx, id store.ID) (bool, error) {
	o, err := ByID(ctx, tx, id)
	if fault.Is(err, fault.KindNotFound) {
		return true, nil // somebody removed it already
	}
	if err != nil || o.Version != 1 {
		return false, err
	}
	touched, err := store.One[int](ctx, tx, `SELECT (SELECT count(*) FROM organisation_mandate WHERE organisation = $1) +
		(SELECT count(*) FROM organisation_request WHERE organisation = $1)`, id)
	if err != nil || touched > 0 {
		return false, err
	}
	if err := note(ctx, tx, didTakeOut, id, "", false, nil, ""); err != nil {
		return false, err
	}
	if err := leaveDesks(ctx, tx, id); err != nil {
		return false, err
	}
	for _, statement := range []string{
		`DELETE FROM organisation_invitation WHERE organisation = $1`,
		`DELETE FROM organisation_papers WHERE organisation = $1`,
		`DELETE FROM organisation WHERE id = $1`,
	} {
		if _, err := tx.Exec(ctx, statement, id); err != nil {
			return false, err
		}
	}
	return true, search.Remove(ctx, tx, foundAs, id)
}

// leaveDesks takes off all desks what waited because of an organisation.
func leaveDesks(ctx context.Context, tx *store.Tx, id store.ID) error {
	invitations, err := store.All[string](ctx, tx, `SELECT id FROM organisation_invitation WHERE organisation = $1`, id)
	for _, invitation := range invitations {
		err = errors.Join(err, desk.Done(ctx, tx, waitsInvited, invitation))
	}
	return errors.Join(err, desk.Done(ctx, tx, waitsCheck, string(id)), desk.Done(ctx, tx, waitsMend, string(id)))
}

// Identity is what tells whether an organisation is here already.
type Identity struct {
	ID          store.ID
	Slug        string
	Name        string
	NameKey     string
	RegisterKey string
	NIP         string
	Seat        string `db:"municipality"`
}

// Identities lists those of all organisations.
func Identities(ctx context.Context, r store.Reader) ([]Identity, error) {
	return store.All[Identity](ctx, r, `SELECT id, slug, name, name_key, coalesce(register_key, '') AS register_key, nip, municipality
		FROM organisation ORDER BY id`)
}

// Is reports whether the profile is that of this organisation: the same entry of
// a register, the same NIP, or, where there is neither, the same name in the
// same place.
func (i Identity) Is(p Profile) bool {
	switch key := p.registerKey(); {
	case key != "" && i.RegisterKey != "":
		return key == i.RegisterKey
	case p.NIP != "" && i.NIP != "":
		return p.NIP == i.NIP
	}
	return i.NameKey == lang.SortKey(p.Name) && i.Seat == p.Municipality
}

// IdentityOf is what the profile would be known by.
func IdentityOf(p Profile) Identity {
	return Identity{Name: p.Name, NameKey: lang.SortKey(p.Name), RegisterKey: p.registerKey(), NIP: p.NIP, Seat: p.Municipality}
}
