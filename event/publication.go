package event

import (
	"context"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// Publish puts a complete event before the public.
func (s *Service) Publish(ctx context.Context, programme, id store.ID, version int) (Event, error) {
	return s.change(ctx, programme, id, version, didPublish, func(tx *store.Tx, e *Event) error {
		if e.State() != Draft {
			return fault.Invalid("event.publish.already")
		}
		c, err := contentOf(ctx, tx, *e)
		if err != nil {
			return err
		}
		if err := c.Complete(); err != nil {
			return err
		}
		e.PublishedAt = store.At(tx.Now())
		return nil
	})
}

// Cancel tells everybody that the event will not take place. Its page stays and
// says so and why.
func (s *Service) Cancel(ctx context.Context, programme, id store.ID, version int, reason string) (Event, error) {
	return s.change(ctx, programme, id, version, didCancel, func(tx *store.Tx, e *Event) error {
		switch {
		case e.State() != Published:
			return fault.Invalid("event.cancel.not_published")
		case e.Over(tx.Now()):
			return fault.Closed("event.cancel.over")
		case reason == "":
			return fault.Mistake("reason", "form.required")
		}
		e.CancelledAt, e.CancelledReason = store.At(tx.Now()), reason
		return nil
	})
}

// Return lets a cancelled event take place after all.
func (s *Service) Return(ctx context.Context, programme, id store.ID, version int) (Event, error) {
	return s.change(ctx, programme, id, version, didReturn, func(tx *store.Tx, e *Event) error {
		if e.State() != Cancelled {
			return fault.Invalid("event.return.not_cancelled")
		}
		e.CancelledAt, e.CancelledReason = store.Time{}, ""
		return nil
	})
}

// Readdress gives the event the address that fits its present title. The old one
// leads to it.
func (s *Service) Readdress(ctx context.Context, programme, id store.ID, version int) (Event, error) {
	return s.change(ctx, programme, id, version, didReaddress, func(tx *store.Tx, e *Event) (err error) {
		e.Slug, err = freeAddress(ctx, tx, *e)
		return err
	})
}

// Delete removes a draft with its files and with what other packages keep of it,
// unless one of them says that it stays (Keeping). What was ever before the public
// is cancelled instead.
func (s *Service) Delete(ctx context.Context, programme, id store.ID, version int) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", id); err != nil {
			return err
		}
		e, err := ByID(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		if e.Version != version {
			return fault.Conflict("event.conflict")
		}
		if e.State() != Draft {
			return fault.Invalid("event.delete.not_draft")
		}
		if err := s.mayGo(ctx, tx, e); err != nil {
			return err
		}
		files, err := filesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, tell := range s.deleted {
			if err := tell(ctx, tx, e); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() { s.removeQuietly(ctx, files...) })
		if err := search.Remove(ctx, tx, found, id); err != nil {
			return err
		}
		if err := trace.Forget(ctx, tx, trace.Ref{Kind: found, ID: id}); err != nil {
			return err
		}
		if err := waitNoMore(ctx, tx, e); err != nil {
			return err
		}
		if err := deleteEvent(ctx, tx, e); err != nil {
			return err
		}
		return note(ctx, tx, didDelete, e, "")
	})
}

// Copy begins a draft like another event of the programme, from another day on:
// its words, its programme at the same hours, its speakers. Materials stay where
// they are. id is the new one's and comes from the form.
func (s *Service) Copy(ctx context.Context, programme, of, id store.ID, title string, days int) (Event, error) {
	e, err := ByID(ctx, s.db, programme, of)
	if err != nil {
		return Event{}, err
	}
	d, err := s.like(ctx, e, days)
	if err != nil {
		return Event{}, err
	}
	d.ID, d.Title = id, title
	return s.begin(ctx, d, e.Host)
}

// like is an event to be begun again so many days later, with new ids inside.
func (s *Service) like(ctx context.Context, e Event, days int) (Draw, error) {
	c, err := contentOf(ctx, s.db, e)
	if err != nil {
		return Draw{}, err
	}
	sessions, err := Agenda(ctx, s.db, e.ID)
	if err != nil {
		return Draw{}, err
	}
	if sessions, err = shift(sessions, days); err != nil {
		return Draw{}, err
	}
	speakers, err := Speakers(ctx, s.db, e.ID)
	if err != nil {
		return Draw{}, err
	}
	ids := map[store.ID]store.ID{}
	for i := range speakers {
		ids[speakers[i].ID] = store.NewID()
		speakers[i].ID = ids[speakers[i].ID]
	}
	for i := range sessions {
		sessions[i].ID = store.NewID()
		for j, speaker := range sessions[i].Speakers {
			sessions[i].Speakers[j] = ids[speaker]
		}
	}
	return Draw{Event: e, Body: c.Body, Goals: c.Goals, Sessions: sessions, Speakers: speakers}, nil
}
