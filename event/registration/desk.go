package registration

import (
	"context"

	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people here.
var Desk = []desk.Kind{
	{Name: waitsOffer, Key: "event.registration.desk.offer", Status: "desk.status.answer"},
	{Name: waitsInvitation, Key: "event.registration.desk.invitation", Status: "desk.status.answer"},
}

const (
	waitsOffer      = "registration.offer"
	waitsInvitation = "registration.invitation"
)

func place(e event.Event) desk.Place { return desk.Place{ID: e.Programme, Title: e.ProgrammeTitle} }

// waitOffer lets an offered seat wait on the desk of whom it was offered to.
func (s *Service) waitOffer(ctx context.Context, tx *store.Tx, e event.Event, before State, g Registration) error {
	if before == Offered {
		return desk.Done(ctx, tx, waitsOffer, string(g.ID))
	}
	if g.State != Offered || g.Person == "" {
		return nil
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsOffer, Matter: string(g.ID), To: desk.To{Person: g.Person}, Place: place(e),
		Title: e.Title, Path: e.Path() + "/zapisy", Due: g.OfferedUntil.Time, Until: g.OfferedUntil.Time})
}
