package registration

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// Call lets these addresses sign up for an event in the transaction of another
// package of the room, and writes to those who were not invited before: a working
// group calls its members. Where nobody can sign up for the event yet, those who
// are invited can from now on until it begins, and nobody else.
func (s *Service) Call(ctx context.Context, tx *store.Tx, e event.Event, emails []string) error {
	h, err := s.enter(ctx, tx, e)
	if err != nil {
		return err
	}
	if !h.Set() {
		a := Admission{Event: e.ID, OpensAt: store.At(h.now), ClosesAt: e.StartsAt, Invited: true, LinkKey: newKey()}
		if err := saveAdmission(ctx, tx, a); err != nil {
			return err
		}
		if err := s.noteSettings(ctx, tx, h, a, h.limits); err != nil {
			return err
		}
		if h.Admission, err = AdmissionOf(ctx, tx, e.ID); err != nil {
			return err
		}
	}
	n := 0
	for _, email := range emails {
		again, err := s.invite(ctx, tx, h, email)
		if err != nil {
			return err
		}
		if !again {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return s.noteMany(ctx, tx, didInvite, h.Event, n)
}
