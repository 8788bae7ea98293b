package organisation

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// appoint gives a person a mandate. Somebody whose mandate still counts, or has
// yet to begin, is refused.
func appoint(ctx context.Context, tx *store.Tx, organisation, person store.ID, a Appointment, by store.ID) error {
	if err := closeExpired(ctx, tx, organisation, person); err != nil {
		return err
	}
	if a.From.IsZero() {
		a.From = store.At(tx.Now())
	}
	made, err := insertMandate(ctx, tx, Mandate{ID: store.NewID(), Organisation: organisation, Person: person, Appointment: a}, by)
	if err == nil && !made {
		err = fault.Conflict("organisation.already_inside")
	}
	return err
}

// belongs reports whether a person has a mandate that counts or will.
func belongs(ctx context.Context, r store.Reader, organisation, person store.ID) (bool, error) {
	m, err := mandateOf(ctx, r, organisation, person)
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return err == nil && (m.Counts(r.Now()) || m.Comes(r.Now())), err
}

// Ask notes the actor's wish to belong to an organisation and tells its
// representatives.
func (s *Service) Ask(ctx context.Context, organisation store.ID, reason string) error {
	person := access.From(ctx).Person
	if reason == "" {
		return fault.Mistake("reason", "form.required")
	}
	if err := tooLong("reason", reason, maxReason); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		const today = `SELECT count(*) FROM organisation_request WHERE person = $1 AND created_at > $2`
		if err := sparing(ctx, tx, today, person, requestsPerDay); err != nil {
			return err
		}
		inside, err := belongs(ctx, tx, organisation, person)
		if err != nil {
			return err
		}
		if inside {
			return fault.Conflict("organisation.already_inside")
		}
		q := Request{ID: store.NewID(), Organisation: organisation, Person: person, Reason: reason, State: Waiting, CreatedAt: store.At(tx.Now())}
		made, err := insertRequest(ctx, tx, q)
		if err != nil || !made {
			return err // the same request waits already: nothing to do, nobody to tell again
		}
		if err := waitRequest(ctx, tx, q); err != nil {
			return err
		}
		if err := note(ctx, tx, didAsk, organisation, person, true, nil, reason); err != nil {
			return err
		}
		return s.tellRepresentatives(ctx, tx, q)
	})
}

// Withdraw takes back the actor's request if it still waits.
func (s *Service) Withdraw(ctx context.Context, organisation store.ID) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		person := access.From(ctx).Person
		waited, err := withdrawRequest(ctx, tx, organisation, person)
		if err != nil || !waited {
			return err
		}
		return note(ctx, tx, didTakeBack, organisation, person, true, nil, "")
	})
}

// Accept grants a request with an appointment and tells the person.
func (s *Service) Accept(ctx context.Context, organisation, request store.ID, a Appointment) error {
	by := access.From(ctx).Person
	if err := a.Check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockPeople(ctx, tx, organisation); err != nil {
			return err
		}
		q, err := requestByID(ctx, tx, organisation, request)
		if err != nil {
			return err
		}
		if err := answerRequest(ctx, tx, organisation, request, Accepted, "", by); err != nil {
			return answered(err)
		}
		if err := appoint(ctx, tx, organisation, q.Person, a, by); err != nil {
			return err
		}
		if err := s.People.RolesChanged(ctx, tx, q.Person); err != nil {
			return err
		}
		if err := desk.Done(ctx, tx, waitsRequest, requestMatter(organisation, q.Person)); err != nil {
			return err
		}
		if err := note(ctx, tx, didAccept, organisation, q.Person, false, appointmentChanges(Appointment{}, a), ""); err != nil {
			return err
		}
		return s.tellRequester(ctx, tx, q)
	})
}

// answered says what a conflict over a request or an invitation means.
func answered(err error) error {
	if fault.Is(err, fault.KindConflict) {
		return fault.Conflict("organisation.answered_already")
	}
	return err
}

// Refuse answers a request with the reason why not, and tells the person.
func (s *Service) Refuse(ctx context.Context, organisation, request store.ID, reason string) error {
	if reason == "" {
		return fault.Mistake("answer", "form.required")
	}
	if err := tooLong("answer", reason, maxReason); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		q, err := requestByID(ctx, tx, organisation, request)
		if err != nil {
			return err
		}
		if err := answerRequest(ctx, tx, organisation, request, Refused, reason, access.From(ctx).Person); err != nil {
			return answered(err)
		}
		if err := desk.Done(ctx, tx, waitsRequest, requestMatter(organisation, q.Person)); err != nil {
			return err
		}
		if err := note(ctx, tx, didRefuse, organisation, q.Person, false, nil, reason); err != nil {
			return err
		}
		return s.tellRequester(ctx, tx, q)
	})
}

// Invite offers an appointment to whoever has the address, and writes to it.
func (s *Service) Invite(ctx context.Context, organisation store.ID, email string, a Appointment) error {
	by := access.From(ctx).Person
	var m fault.Mistakes
	email, err := people.ParseEmail(email)
	m.Take(err)
	m.Take(a.Check())
	if m.Any() {
		return m.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		const today = `SELECT count(*) FROM organisation_invitation WHERE invited_by = $1 AND created_at > $2`
		if err := sparing(ctx, tx, today, by, invitationsPerDay); err != nil {
			return err
		}
		invited, err := readyToInvite(ctx, tx, organisation, email)
		if err != nil {
			return err
		}
		i := Invitation{ID: store.NewID(), Organisation: organisation, Email: email, Appointment: a, State: Waiting,
			InvitedBy: by, CreatedAt: store.At(tx.Now()), ExpiresAt: store.At(tx.Now().Add(invitationLives))}
		made, err := insertInvitation(ctx, tx, i)
		if err != nil {
			return err
		}
		if !made {
			return fault.Mistake("email", "organisation.invitation.waits")
		}
		if err := waitInvited(ctx, tx, i); err != nil {
			return err
		}
		if err := note(ctx, tx, didInvite, organisation, invited.ID, false, appointmentChanges(Appointment{}, a), ""); err != nil {
			return err
		}
		return s.tellInvited(ctx, tx, i, invited)
	})
}

// readyToInvite refuses to invite who is inside already, and returns whom the
// letter goes to: somebody without an account is written to in the language of
// the one who invites.
func readyToInvite(ctx context.Context, tx *store.Tx, organisation store.ID, email string) (people.Person, error) {
	if err := closeInvitations(ctx, tx, organisation, email); err != nil {
		return people.Person{}, err
	}
	p, err := people.ByEmail(ctx, tx, email)
	if fault.Is(err, fault.KindNotFound) {
		return people.Person{Language: lang.From(ctx)}, nil
	}
	if err != nil {
		return p, err
	}
	inside, err := belongs(ctx, tx, organisation, p.ID)
	if err == nil && inside {
		err = fault.Mistake("email", "organisation.invitation.inside")
	}
	return p, err
}

// CancelInvitation takes an invitation back before it is answered.
func (s *Service) CancelInvitation(ctx context.Context, organisation, invitation store.ID) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		i, err := invitationByID(ctx, tx, invitation)
		if err != nil {
			return err
		}
		if i.Organisation != organisation {
			return fault.NotFound("invitation of another organisation")
		}
		if err := answerInvitation(ctx, tx, organisation, invitation, Withdrawn, access.From(ctx).Person); err != nil {
			return answered(err)
		}
		return note(ctx, tx, didCancel, organisation, "", false, nil, "")
	})
}

// invitationFor returns an invitation to the person whose address it bears;
// for everybody else it is not there.
func invitationFor(ctx context.Context, r store.Reader, id, person store.ID) (Invitation, error) {
	i, err := invitationByID(ctx, r, id)
	if err != nil {
		return Invitation{}, err
	}
	p, err := people.ByID(ctx, r, person)
	if err != nil {
		return Invitation{}, err
	}
	if p.Email != i.Email {
		return Invitation{}, fault.NotFound("invitation of another")
	}
	return i, nil
}

// AcceptInvitation gives the actor the appointment they were offered. A request
// of theirs that still waited is answered by it too.
func (s *Service) AcceptInvitation(ctx context.Context, id store.ID) error {
	person := access.From(ctx).Person
	return s.db.Write(ctx, func(tx *store.Tx) error {
		i, err := invitationFor(ctx, tx, id, person)
		if err != nil {
			return err
		}
		over := !i.Until.IsZero() && !i.Until.After(tx.Now())
		if !i.Open(tx.Now()) || over {
			return fault.Closed("organisation.invitation.over")
		}
		if err := lockPeople(ctx, tx, i.Organisation); err != nil {
			return err
		}
		if err := answerInvitation(ctx, tx, i.Organisation, i.ID, Accepted, person); err != nil {
			return answered(err)
		}
		if _, err := withdrawRequest(ctx, tx, i.Organisation, person); err != nil {
			return err
		}
		if err := appoint(ctx, tx, i.Organisation, person, i.Appointment, i.InvitedBy); err != nil {
			return err
		}
		return note(ctx, tx, didJoin, i.Organisation, person, true, appointmentChanges(Appointment{}, i.Appointment), "")
	})
}

// DeclineInvitation answers no.
func (s *Service) DeclineInvitation(ctx context.Context, id store.ID) error {
	person := access.From(ctx).Person
	return s.db.Write(ctx, func(tx *store.Tx) error {
		i, err := invitationFor(ctx, tx, id, person)
		if err != nil {
			return err
		}
		if err := answerInvitation(ctx, tx, i.Organisation, i.ID, Refused, person); err != nil {
			return answered(err)
		}
		return note(ctx, tx, didDecline, i.Organisation, person, true, nil, "")
	})
}

// Amend changes the role, the function or the days of a mandate.
func (s *Service) Amend(ctx context.Context, organisation, mandate store.ID, version int, a Appointment) error {
	if err := a.Check(); err != nil {
		return err
	}
	return s.changePeople(ctx, organisation, mandate, func(tx *store.Tx, m Mandate) error {
		before := m.Appointment
		if m.Appointment = a; a.From.IsZero() {
			m.From = before.From
		}
		if err := updateMandate(ctx, tx, m, version); err != nil {
			return err
		}
		return note(ctx, tx, didAmend, organisation, m.Person, m.Person == access.From(ctx).Person, appointmentChanges(before, m.Appointment), "")
	})
}

// End takes a mandate away.
func (s *Service) End(ctx context.Context, organisation, mandate store.ID) error {
	return s.changePeople(ctx, organisation, mandate, func(tx *store.Tx, m Mandate) error {
		actor := access.From(ctx).Person
		if err := endMandate(ctx, tx, m, actor); err != nil {
			return answered(err)
		}
		return note(ctx, tx, didEnd, organisation, m.Person, m.Person == actor, nil, "")
	})
}

// Leave ends the actor's own mandate.
func (s *Service) Leave(ctx context.Context, organisation store.ID) error {
	m, err := mandateOf(ctx, s.db, organisation, access.From(ctx).Person)
	if err != nil {
		return err
	}
	return s.End(ctx, organisation, m.ID)
}

// changePeople runs one change of a mandate while nobody else changes the
// organisation's people, and afterwards asks that somebody may still act for
// it. Only an administrator may leave it with nobody. The person's sessions end
// with their old role, except when they ask themselves: their browser then gets
// a new one.
func (s *Service) changePeople(ctx context.Context, organisation, mandate store.ID, change func(*store.Tx, Mandate) error) error {
	actor := access.From(ctx)
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockPeople(ctx, tx, organisation); err != nil {
			return err
		}
		m, err := mandateByID(ctx, tx, organisation, mandate)
		if err != nil {
			return err
		}
		if err := change(tx, m); err != nil {
			return err
		}
		represented := m.Role == access.Representative && m.Counts(tx.Now())
		if represented && !actor.Is(access.Administrator, "") {
			left, err := representatives(ctx, tx, organisation)
			if err != nil {
				return err
			}
			if len(left) == 0 {
				return fault.Conflict("organisation.last_representative")
			}
		}
		if m.Person == actor.Person {
			return nil
		}
		return s.People.RolesChanged(ctx, tx, m.Person)
	})
	if err != nil {
		return fmt.Errorf("organisation: mandate %s: %w", mandate, err)
	}
	return nil
}
