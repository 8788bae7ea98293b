package registration

import (
	"context"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// remindBefore is how long before an event its participants are reminded of it.
const remindBefore = 48 * time.Hour

// Sweep lets lapse the offers whose time is over, and offers those seats to the
// next. The queue calls it every minute; any change of an event does the same.
func (s *Service) Sweep(ctx context.Context) error {
	due, err := s.events(ctx, `SELECT DISTINCT event AS id FROM event_registration WHERE state = 'offered' AND offered_until <= $1`, store.At(s.db.Now()))
	for _, e := range due {
		if err := s.within(ctx, e, func(*store.Tx, *hall) error { return nil }); err != nil {
			return err
		}
	}
	return err
}

// events reads the events whose ids the query gives.
func (s *Service) events(ctx context.Context, query string, args ...any) ([]event.Event, error) {
	found, err := store.All[event.Event](ctx, s.db, `SELECT e.id, e.programme, e.starts_at, e.ends_at FROM event e WHERE e.id IN (`+query+`)`, args...)
	return found, err
}

// Remind writes to those who have a seat, two days before the event and once.
func (s *Service) Remind(ctx context.Context) error {
	now := s.db.Now()
	soon, err := s.events(ctx, `SELECT id FROM event WHERE starts_at > $1 AND starts_at <= $2 AND published_at IS NOT NULL AND cancelled_at IS NULL`,
		store.At(now), store.At(now.Add(remindBefore)))
	for _, e := range soon {
		for more := true; more && err == nil; {
			more, err = s.remindSome(ctx, e)
		}
	}
	return err
}

// atATime keeps a transaction short, since others wait for it.
const atATime = 100

func (s *Service) remindSome(ctx context.Context, e event.Event) (more bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if e, err = event.ByID(ctx, tx, e.Programme, e.ID); err != nil {
			return err
		}
		// Who was given a seat in the last days has just read it all.
		some, err := store.All[Registration](ctx, tx, `SELECT `+Columns+Tables+`WHERE g.event = $1 AND g.state = 'confirmed'
			AND g.reminded_at IS NULL AND g.state_at < $2 ORDER BY g.number LIMIT `+strconv.Itoa(atATime), e.ID, store.At(e.StartsAt.Add(-remindBefore)))
		for _, g := range some {
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE event_registration SET reminded_at = $2 WHERE id = $1`, g.ID, store.At(tx.Now()))
			}
			if err == nil {
				err = s.write(ctx, tx, letterReminder, e, g, "")
			}
		}
		more = len(some) == atATime
		return err
	})
	return more, err
}

// EventChanged is what follows from a change of an event: letters to all who mean
// to come, and seats that are offered again. It goes to event.Service.OnChange.
func (s *Service) EventChanged(ctx context.Context, tx *store.Tx, before, after event.Event) error {
	if _, err := tx.Exec(ctx, `UPDATE event_need SET ends_at = $2 WHERE event = $1`, after.ID, after.EndsAt); err != nil {
		return err
	}
	// Who may sign up until the event begins may do so until it really begins.
	if _, err := tx.Exec(ctx, `UPDATE event_admission SET closes_at = $3 WHERE event = $1 AND closes_at = $2`, after.ID, before.StartsAt, after.StartsAt); err != nil {
		return err
	}
	kind := ""
	switch {
	case before.State() == event.Published && after.State() == event.Cancelled:
		kind = letterCancelled
	case before.State() == event.Cancelled && after.State() == event.Published:
		kind = letterReturned
	case after.State() == event.Published && before.Revision != after.Revision:
		kind = letterChanged
	}
	if kind == "" {
		return nil
	}
	err := s.oweNews(ctx, tx, after, kind)
	if err == nil && kind != letterCancelled {
		_, err = s.enter(ctx, tx, after)
	}
	if fault.Is(err, fault.KindNotFound) {
		err = nil
	}
	return err
}
