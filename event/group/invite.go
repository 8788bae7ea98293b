package group

import (
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// Calling is an invitation as somebody writes it: one role for all addresses.
type Calling struct {
	Emails string // one in a line
	Role   Role
	Words  string
}

// read returns the addresses, each once.
func (c Calling) read() ([]string, error) {
	var emails []string
	var m fault.Mistakes
	for _, line := range strings.FieldsFunc(c.Emails, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		email, err := people.ParseEmail(line)
		if err != nil {
			m.Add("emails", "event.group.invite.no_address", "Line", shortened(line))
		} else if !slices.Contains(emails, email) {
			emails = append(emails, email)
		}
	}
	m.Check(len(emails) > 0, "emails", "form.required")
	m.Check(len(emails) <= mostInvited, "emails", "event.group.invite.too_many", "Max", mostInvited)
	m.Check(slices.Contains(Roles, c.Role), "role", "form.choose")
	m.Check(c.Role != Chair || len(emails) <= 1, "emails", "event.group.invite.one_chair")
	m.Check(len([]rune(c.Words)) <= longestWords, "words", "form.too_long", "Max", longestWords)
	return emails, m.Err()
}

func shortened(line string) string {
	if runes := []rune(line); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return line
}

// Invite invites people into the group. Either all of the addresses are invited
// or, where one cannot be, none: the mistake names it.
func (s *Service) Invite(ctx context.Context, programme, id store.ID, c Calling) (n int, err error) {
	emails, err := c.read()
	if err != nil {
		return 0, err
	}
	err = s.running(ctx, programme, id, func(tx *store.Tx, g Group) error {
		if c.Role == Chair {
			if err := chairFree(ctx, tx, g); err != nil {
				return err
			}
		}
		for _, email := range emails {
			if err := s.invite(ctx, tx, g, email, c); err != nil {
				return err
			}
		}
		return note(ctx, tx, didInvite, g, "")
	})
	return len(emails), err
}

// chairFree refuses a second chair, also one who has only been invited.
func chairFree(ctx context.Context, r store.Reader, g Group) error {
	presided, err := hasChair(ctx, r, g.ID)
	if err != nil {
		return err
	}
	called, err := store.One[int](ctx, r, `SELECT count(*) FROM event_group_invitation
		WHERE event_group = $1 AND role = 'chair' AND answer = '' AND expires_at > $2`, g.ID, store.At(r.Now()))
	if err == nil && (presided || called > 0) {
		err = fault.Mistake("role", "event.group.chair.one")
	}
	return err
}

func (s *Service) invite(ctx context.Context, tx *store.Tx, g Group, email string, c Calling) error {
	inside, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_group_member m JOIN person q ON q.id = m.person
		WHERE m.event_group = $1 AND m.state = 'active' AND q.email = $2`, g.ID, email)
	if err != nil {
		return err
	}
	if inside > 0 {
		return fault.Mistake("emails", "event.group.invite.member", "Email", email)
	}
	before, err := store.All[Invitation](ctx, tx, `SELECT `+invitationColumns+` FROM event_group_invitation
		WHERE event_group = $1 AND email = $2 AND answer = ''`, g.ID, email)
	if err != nil {
		return err
	}
	for _, i := range before {
		if i.ExpiresAt.After(tx.Now()) {
			return fault.Mistake("emails", "event.group.invite.waits", "Email", email)
		}
		if err := s.settleInvitation(ctx, tx, i, "withdrawn"); err != nil {
			return err
		}
	}
	i := Invitation{ID: store.NewID(), Group: g.ID, Email: email, Role: c.Role, Words: c.Words, Language: lang.From(ctx),
		InvitedAt: store.At(tx.Now()), InvitedBy: access.From(ctx).Person, ExpiresAt: store.At(tx.Now().Add(invitationLasts))}
	if person, err := people.ByEmail(ctx, tx, email); err == nil {
		i.Language = person.Language
	} else if !fault.Is(err, fault.KindNotFound) {
		return err
	}
	if err := insertInvitation(ctx, tx, i); err != nil {
		return err
	}
	if err := waitInvitation(ctx, tx, g, i); err != nil {
		return err
	}
	if c.Role == Chair {
		if err := waitChair(ctx, tx, g); err != nil {
			return err
		}
	}
	return s.writeInvitation(ctx, tx, g, i)
}

// settleInvitation closes an invitation with an answer.
func (s *Service) settleInvitation(ctx context.Context, tx *store.Tx, i Invitation, answer string) error {
	if err := answerInvitation(ctx, tx, i.ID, answer); err != nil {
		return err
	}
	return desk.Done(ctx, tx, waitsInvitation, string(i.ID))
}

// TakeBack takes an invitation back.
func (s *Service) TakeBack(ctx context.Context, programme, id, invitation store.ID) error {
	return s.running(ctx, programme, id, func(tx *store.Tx, g Group) error {
		open, err := invitations(ctx, tx, g.ID)
		if err != nil {
			return err
		}
		for _, i := range open {
			if i.ID == invitation {
				if err := s.settleInvitation(ctx, tx, i, "withdrawn"); err != nil {
					return err
				}
				if err := waitChair(ctx, tx, g); err != nil {
					return err
				}
				return note(ctx, tx, didUninvite, g, "")
			}
		}
		return fault.NotFound("invitation")
	})
}

// Accept answers the actor's invitation with yes. Sent twice, it is accepted once.
func (s *Service) Accept(ctx context.Context, programme, id, invitation store.ID, j Joining) error {
	actor := access.From(ctx)
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		i, err := invitationTo(ctx, tx, g.ID, actor.Person)
		if fault.Is(err, fault.KindNotFound) {
			if m, inside := liveOf(ctx, tx, g.ID, actor.Person); inside == nil && m.State == Active {
				return nil
			}
		}
		if err != nil {
			return err
		}
		switch {
		case i.ID != invitation:
			return fault.NotFound("invitation")
		case !g.Live():
			return fault.Closed("event.group.closed")
		}
		m, err := comes(ctx, tx, g, j)
		if err != nil {
			return err
		}
		if err := s.overtake(ctx, tx, g, actor.Person); err != nil {
			return err
		}
		if err := s.settleInvitation(ctx, tx, i, "accepted"); err != nil {
			return err
		}
		m.Role = i.Role
		if err := s.enter(ctx, tx, g, m); err != nil {
			return err
		}
		if err := s.tellRunning(ctx, tx, toldAccepted, g, actor.Person); err != nil {
			return err
		}
		return notePerson(ctx, tx, didAccept, g, m, roleChange("", m.Role), "")
	})
}

// overtake settles a request of somebody who is invited besides.
func (s *Service) overtake(ctx context.Context, tx *store.Tx, g Group, person store.ID) error {
	m, err := liveOf(ctx, tx, g.ID, person)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if m.State == Active {
		return fault.Conflict("event.group.inside")
	}
	m.State = Withdrawn
	if err := desk.Done(ctx, tx, waitsAsked, string(m.ID)); err != nil {
		return err
	}
	return updateMember(ctx, tx, m, person)
}

// Decline answers the actor's invitation with no.
func (s *Service) Decline(ctx context.Context, programme, id, invitation store.ID) error {
	actor := access.From(ctx)
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		i, err := invitationTo(ctx, tx, g.ID, actor.Person)
		if err != nil {
			return err
		}
		if i.ID != invitation {
			return fault.NotFound("invitation")
		}
		if err := s.settleInvitation(ctx, tx, i, "declined"); err != nil {
			return err
		}
		if err := waitChair(ctx, tx, g); err != nil {
			return err
		}
		if err := s.tellRunning(ctx, tx, toldDeclined, g, actor.Person); err != nil {
			return err
		}
		return notePerson(ctx, tx, didDecline, g, Member{Person: actor.Person}, nil, "")
	})
}

// endWaiting ends what waits for an answer when the group is closed.
func (s *Service) endWaiting(ctx context.Context, tx *store.Tx, g Group) error {
	open, err := invitations(ctx, tx, g.ID)
	if err != nil {
		return err
	}
	for _, i := range open {
		if err := s.settleInvitation(ctx, tx, i, "withdrawn"); err != nil {
			return err
		}
	}
	asked, err := members(ctx, tx, g.ID, Asked)
	if err != nil {
		return err
	}
	for _, m := range asked {
		if err := desk.Done(ctx, tx, waitsAsked, string(m.ID)); err != nil {
			return err
		}
		m.State, m.Reason = Refused, g.Reason
		if err := updateMember(ctx, tx, m, access.From(ctx).Person); err != nil {
			return err
		}
		if err := s.tellPerson(ctx, tx, toldRefused, g, m); err != nil {
			return err
		}
	}
	return nil
}
