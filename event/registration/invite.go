package registration

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// mostInvited is how many addresses one form may hold.
const mostInvited = 500

// Invitation lets an address sign up for a closed event.
type Invitation struct {
	ID        store.ID
	Event     store.ID
	Email     string
	InvitedAt store.Time
	InvitedBy store.ID
	State     State // of what became of it, "" for nothing yet
}

func invited(ctx context.Context, r store.Reader, event store.ID, email string) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_invitation WHERE event = $1 AND email = $2`, event, email)
	return n > 0, err
}

// invitations lists who was invited, with what became of it.
func invitations(ctx context.Context, r store.Reader, event store.ID) ([]Invitation, error) {
	return store.All[Invitation](ctx, r, `SELECT i.id, i.event, i.email, i.invited_at, i.invited_by,
			COALESCE((SELECT g.state FROM event_registration g LEFT JOIN person p ON p.id = g.person
				WHERE g.event = i.event AND (p.email = i.email OR g.person IS NULL AND g.email = i.email)
				ORDER BY g.number DESC LIMIT 1), '') AS state
		FROM event_invitation i WHERE i.event = $1 ORDER BY i.email`, event)
}

// InvitedLine is what became of one line of a list of addresses.
type InvitedLine struct {
	Line, Email, Key string // Key: of the mistake, "" for none
	Again            bool   // was on the list already
}

// Invite puts addresses on the list and writes to those who are new. The answer
// tells of each line what became of it; a line with a mistake holds up no other.
func (s *Service) Invite(ctx context.Context, e event.Event, lines string) ([]InvitedLine, error) {
	all := strings.FieldsFunc(lines, func(r rune) bool { return r == '\n' || r == ',' || r == ';' })
	if len(all) > mostInvited {
		return nil, fault.Mistake("emails", "event.registration.invite.too_many", "Most", mostInvited)
	}
	var report []InvitedLine
	err := s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		report = nil
		for _, line := range all {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			one := InvitedLine{Line: line}
			email, err := people.ParseEmail(line)
			if err != nil {
				one.Key = fault.Of(err).Fields[0].Key
			} else if one.Email = email; one.Email != "" {
				if one.Again, err = s.invite(ctx, tx, h, email); err != nil {
					return err
				}
			}
			report = append(report, one)
		}
		return s.noteMany(ctx, tx, didInvite, h.Event, len(report))
	})
	return report, err
}

func (s *Service) invite(ctx context.Context, tx *store.Tx, h *hall, email string) (again bool, err error) {
	id := store.NewID()
	added, err := store.Met(tx.Exec(ctx, `INSERT INTO event_invitation (id, event, email, invited_at, invited_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (event, email) DO NOTHING`, id, h.Event.ID, email, store.At(h.now), atKeyboard(ctx)))
	if err != nil || !added {
		return true, err
	}
	if err := desk.Put(ctx, tx, desk.Item{Kind: waitsInvitation, Matter: string(id), To: desk.To{Email: email}, Place: place(h.Event),
		Title: h.Title, Path: h.Path() + "/zapisy", From: h.OpensAt.Time, Due: h.ClosesAt.Time, Until: h.ClosesAt.Time}); err != nil {
		return false, err
	}
	return false, s.writeInvitation(ctx, tx, h.Event, id, email)
}

// Uninvite takes an address off the list. Who has signed up already stays.
func (s *Service) Uninvite(ctx context.Context, e event.Event, id store.ID) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		if err := there(ctx, tx, "event_invitation", h.Event.ID, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM event_invitation WHERE event = $1 AND id = $2`, h.Event.ID, id); err != nil {
			return err
		}
		if err := desk.Done(ctx, tx, waitsInvitation, string(id)); err != nil {
			return err
		}
		return s.noteMany(ctx, tx, didUninvite, h.Event, 0)
	})
}
