package programme

import (
	"context"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// invitationLasts is how long an invitation may be answered.
const invitationLasts = 60 * 24 * time.Hour

// rest is how long an address is left alone after an invitation, so that no
// list sent twice, and no ill will, fills somebody's mailbox.
const rest = 24 * time.Hour

// mostInvited bounds one sending: mail servers take more for spam.
const mostInvited = 200

// Invited says what became of one line of a list of addresses.
type Invited string

const (
	InvitedNow      Invited = "sent"
	InvitedAgain    Invited = "again"    // there was an invitation, a new one was sent
	InvitedRecently Invited = "recently" // there was one within a day, nothing was sent
	InvitedMember   Invited = "member"   // takes part already
	InvitedTwice    Invited = "repeated" // stands on the list twice
	NotAnAddress    Invited = "invalid"
)

// InvitedLine is one line of the report.
type InvitedLine struct {
	Line  string // as it was typed
	Email string
	What  Invited
}

// Invite invites people to take part, one address a line, and reports on each.
// A line that is no address stops none of the others.
func (s *Service) Invite(ctx context.Context, slug, lines string, language lang.Language) ([]InvitedLine, error) {
	report := readLines(lines)
	switch {
	case len(report) == 0:
		return nil, fault.Mistake("emails", "form.required")
	case len(report) > mostInvited:
		return nil, fault.Mistake("emails", "programme.invite.too_many", "Max", mostInvited, "Count", len(report))
	}
	var done []InvitedLine
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		if p.State != Published {
			return fault.Closed("programme.invite.not_published")
		}
		members, err := memberAddresses(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		done = done[:0]
		for _, line := range report {
			if line.What == InvitedNow && members[line.Email] {
				line.What = InvitedMember
			}
			if line.What == InvitedNow {
				if line.What, err = s.invite(ctx, tx, p, line.Email, "", language); err != nil {
					return err
				}
			}
			done = append(done, line)
		}
		return noteInvited(ctx, tx, p, done)
	})
	return done, err
}

// readLines finds the addresses and marks what is none or stands there twice.
func readLines(lines string) []InvitedLine {
	var report []InvitedLine
	seen := map[string]bool{}
	for line := range strings.Lines(lines) {
		line = strings.Trim(strings.TrimSpace(line), ",;")
		if line == "" {
			continue
		}
		email, err := people.ParseEmail(line)
		l := InvitedLine{Line: line, Email: email, What: InvitedNow}
		switch {
		case err != nil:
			l.What = NotAnAddress
		case seen[email]:
			l.What = InvitedTwice
		}
		seen[email] = true
		report = append(report, l)
	}
	return report
}

func memberAddresses(ctx context.Context, r store.Reader, programme store.ID) (map[string]bool, error) {
	addresses, err := store.All[string](ctx, r, `SELECT p.email FROM programme_member m JOIN person p ON p.id = m.person
		WHERE m.programme = $1 AND m.state = $2`, programme, Active)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(addresses))
	for _, a := range addresses {
		known[a] = true
	}
	return known, nil
}

// invite writes one invitation and its letter, in the language of the person
// where we know them and in the given one where we do not.
func (s *Service) invite(ctx context.Context, tx *store.Tx, p Programme, email string, role access.Role, language lang.Language) (Invited, error) {
	what := InvitedNow
	open, err := invitationsTo(ctx, tx, p.ID, email)
	if err != nil {
		return "", err
	}
	for _, i := range open {
		switch {
		case i.Role != role:
		case tx.Now().Sub(i.InvitedAt.Time) < rest:
			return InvitedRecently, nil
		default:
			what = InvitedAgain
		}
	}
	if person, err := people.ByEmail(ctx, tx, email); err == nil {
		language = person.Language
	} else if !fault.Is(err, fault.KindNotFound) {
		return "", err
	}
	i := Invitation{ID: store.NewID(), Programme: p.ID, Email: email, Role: role, Language: language,
		InvitedBy: access.From(ctx).Person, InvitedAt: store.At(tx.Now()), ExpiresAt: store.At(tx.Now().Add(invitationLasts))}
	if err := putInvitation(ctx, tx, i); err != nil {
		return "", err
	}
	if err := waitInvitation(ctx, tx, p, i); err != nil {
		return "", err
	}
	if err := s.tellInvited(ctx, tx, p, i); err != nil {
		return "", err
	}
	return what, s.writeInvitation(ctx, tx, i)
}

// Withdraw takes an invitation back.
func (s *Service) Withdraw(ctx context.Context, slug string, invitation store.ID) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		i, err := store.One[Invitation](ctx, tx, `SELECT `+invitationColumns+` FROM programme_invitation
			WHERE programme = $1 AND id = $2 AND answer = ''`, p.ID, invitation)
		if err != nil {
			return err
		}
		if err := closeInvitation(ctx, tx, i, "withdrawn"); err != nil {
			return err
		}
		return noteWhole(ctx, tx, didWithdraw, p, nil)
	})
}

// Accept answers the actor's invitation with yes. renew tells that the actor
// has a new role and needs a new session.
func (s *Service) Accept(ctx context.Context, slug string, invitation store.ID, j Joining) (renew bool, err error) {
	actor := access.From(ctx)
	err = s.answerInvitation(ctx, slug, invitation, "accepted", func(tx *store.Tx, p Programme, i Invitation, person people.Person) error {
		if i.Role == "" {
			if p.State != Published {
				return fault.Closed("programme.join.off." + string(p.State))
			}
			return s.admitInvited(ctx, tx, p, person, j)
		}
		given, err := s.giveTo(ctx, tx, p, actor.Person, i.Role, actor.Person)
		renew = given == GivenAtOnce
		return err
	})
	return renew, err
}

// Decline answers the actor's invitation with no.
func (s *Service) Decline(ctx context.Context, slug string, invitation store.ID) error {
	return s.answerInvitation(ctx, slug, invitation, "declined",
		func(*store.Tx, Programme, Invitation, people.Person) error { return nil })
}

// answerInvitation finds an open invitation to the actor's own address.
func (s *Service) answerInvitation(ctx context.Context, slug string, invitation store.ID, answer string,
	act func(*store.Tx, Programme, Invitation, people.Person) error) error {
	actor := access.From(ctx)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		person, err := people.ByID(ctx, tx, actor.Person)
		if err != nil {
			return err
		}
		open, err := invitationsTo(ctx, tx, p.ID, person.Email)
		if err != nil {
			return err
		}
		for _, i := range open {
			if i.ID != invitation {
				continue
			}
			if err := act(tx, p, i, person); err != nil {
				return err
			}
			if err := closeInvitation(ctx, tx, i, answer); err != nil {
				return err
			}
			did := didAccept
			if answer == "declined" {
				did = didDecline
			}
			return notePerson(ctx, tx, did, p, person.ID, roleChange("", i.Role), "")
		}
		return fault.NotFound("invitation")
	})
}
