package event

import (
	"context"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// PutSession adds a session to the programme or changes the one that has its
// id. With follow, what comes after it on the same day moves by as much as its
// end moved.
func (s *Service) PutSession(ctx context.Context, programme, id store.ID, version int, session Session, follow bool) (Event, error) {
	if err := session.check(); err != nil {
		return Event{}, err
	}
	session.Event = id
	return s.change(ctx, programme, id, version, didAgenda, func(tx *store.Tx, _ *Event) error {
		before, err := Sessions(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := putSession(ctx, tx, session); err != nil || !follow {
			return err
		}
		return moveAfter(ctx, tx, before, session)
	})
}

// moveAfter moves the later sessions of a day by as much as the end of one of
// them moved.
func moveAfter(ctx context.Context, tx *store.Tx, before []Session, changed Session) error {
	i := slices.IndexFunc(before, func(s Session) bool { return s.ID == changed.ID })
	if i < 0 {
		return nil
	}
	old := before[i]
	by, day := changed.EndsAt().Sub(old.EndsAt()), midnight(old.StartsAt.Time)
	for _, later := range before {
		if later.ID == old.ID || later.StartsAt.Before(old.EndsAt()) || !midnight(later.StartsAt.Time).Equal(day) {
			continue
		}
		later.StartsAt = store.At(later.StartsAt.Add(by))
		if err := startSession(ctx, tx, later); err != nil {
			return err
		}
	}
	return nil
}

// RemoveSession takes a session out of the programme. The last one stays: an
// event without any has no time.
func (s *Service) RemoveSession(ctx context.Context, programme, id store.ID, version int, session store.ID) (Event, error) {
	return s.change(ctx, programme, id, version, didAgenda, func(tx *store.Tx, _ *Event) error {
		all, err := Sessions(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(all) == 1 && all[0].ID == session {
			return fault.Invalid("event.session.last")
		}
		return deleteSession(ctx, tx, id, session)
	})
}

// Hasten puts a session before its earlier neighbour of the same day.
func (s *Service) Hasten(ctx context.Context, programme, id store.ID, version int, session store.ID) (Event, error) {
	return s.change(ctx, programme, id, version, didAgenda, func(tx *store.Tx, _ *Event) error {
		all, err := Sessions(ctx, tx, id)
		if err != nil {
			return err
		}
		moved := swap(all, session)
		if moved == nil {
			return fault.NotFound("an earlier session of the day")
		}
		for _, x := range moved {
			if err := startSession(ctx, tx, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// Shift moves the whole event to another first day, each session to the same
// hour of the clock in Warsaw.
func (s *Service) Shift(ctx context.Context, programme, id store.ID, version int, first time.Time) (Event, error) {
	return s.change(ctx, programme, id, version, didAgenda, func(tx *store.Tx, e *Event) error {
		all, err := Sessions(ctx, tx, id)
		if err != nil {
			return err
		}
		moved, err := shift(all, daysBetween(e.StartsAt.Time, first))
		if err != nil {
			return err
		}
		for _, x := range moved {
			if err := startSession(ctx, tx, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// daysBetween counts the days from one moment's day in Warsaw to another's.
func daysBetween(from, to time.Time) int {
	return int(midnight(to).Sub(midnight(from)).Round(24*time.Hour) / (24 * time.Hour))
}

// PutSpeaker announces a person, or changes what is announced of them.
func (s *Service) PutSpeaker(ctx context.Context, programme, id store.ID, version int, speaker Speaker) (Event, error) {
	if err := speaker.check(); err != nil {
		return Event{}, err
	}
	speaker.Event = id
	return s.change(ctx, programme, id, version, didSpeakers, func(tx *store.Tx, _ *Event) error {
		all, err := Speakers(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, known := named(all, speaker.ID); !known && len(all) >= mostSpeakers {
			return fault.Invalid("event.speakers.too_many", "Max", mostSpeakers)
		}
		return putSpeaker(ctx, tx, speaker)
	})
}

// RemoveSpeaker takes a person out of the announcement and of all sessions.
func (s *Service) RemoveSpeaker(ctx context.Context, programme, id store.ID, version int, speaker store.ID) (Event, error) {
	return s.change(ctx, programme, id, version, didSpeakers, func(tx *store.Tx, _ *Event) error {
		return deleteSpeaker(ctx, tx, id, speaker)
	})
}

// RaiseSpeaker puts a person before the one who stands above them.
func (s *Service) RaiseSpeaker(ctx context.Context, programme, id store.ID, version int, speaker store.ID) (Event, error) {
	return s.change(ctx, programme, id, version, didSpeakers, func(tx *store.Tx, _ *Event) error {
		all, err := Speakers(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x Speaker) bool { return x.ID == speaker })
		if i < 1 {
			return fault.NotFound("a speaker above")
		}
		all[i-1], all[i] = all[i], all[i-1]
		for position, x := range all {
			if err := placeSpeaker(ctx, tx, id, x.ID, position+1); err != nil {
				return err
			}
		}
		return nil
	})
}
