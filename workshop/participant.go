package workshop

import (
	"context"
	"crypto/rand"
	"slices"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// NewDevice is a token for a phone: whoever comes back with it is who they were.
func NewDevice() string { return rand.Text() }

// Join gives a phone its token in an open workshop: the one it had, whatever
// sector it says now, or a new one. The same phone in two tabs is one participant.
// Whoever comes late comes in like anybody.
func (s *Service) Join(ctx context.Context, workshop store.ID, device string, sector ui.Sector, seat int) (activity.Who, error) {
	if device == "" {
		return activity.Who{}, fault.Invalid("workshop.join.no_device")
	}
	var p activity.Who
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		w, err := locked(ctx, tx, workshop)
		if err != nil {
			return err
		}
		if p, err = byDevice(ctx, tx, workshop, device); err == nil || !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if err := w.isOpen(); err != nil {
			return err
		}
		var m fault.Mistakes
		m.Check(slices.Contains(ui.Sectors, sector), "sector", "form.choose")
		m.Check(seat >= 0 && seat <= w.Tables, "seat", "form.out_of_range", "Min", 0, "Max", w.Tables)
		if err := m.Err(); err != nil {
			return err
		}
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM workshop_participant WHERE workshop = $1`, workshop)
		if err != nil {
			return err
		}
		if invented, err := store.One[int](ctx, tx, `SELECT count(*) FROM workshop_participant WHERE workshop = $1 AND way = $2`, workshop, activity.Rehearsal); err != nil || invented > 0 {
			if err == nil {
				err = fault.Closed("workshop.rehearsal.on")
			}
			return err
		}
		if n >= mostPeople {
			return fault.Limited("workshop.join.full", "Max", mostPeople)
		}
		p = activity.Who{ID: store.NewRandomID(), Sector: sector, Seat: seat, Way: activity.Phone}
		if err := insertParticipant(ctx, tx, workshop, p, hashed(workshop, device), 0); err != nil {
			return err
		}
		return s.moved(ctx, tx, w)
	})
	return p, err
}

// Known is the participant that a phone already is; fault.NotFound for a new one.
func (s *Service) Known(ctx context.Context, workshop store.ID, device string) (activity.Who, error) {
	return byDevice(ctx, s.db, workshop, device)
}

func byDevice(ctx context.Context, r store.Reader, workshop store.ID, device string) (activity.Who, error) {
	if device == "" {
		return activity.Who{}, fault.NotFound("participant")
	}
	return store.One[activity.Who](ctx, r, `SELECT `+participantColumns+` FROM workshop_participant WHERE workshop = $1 AND hash = $2`,
		workshop, hashed(workshop, device))
}

// isOpen refuses what comes too early, too late, or to the wrong place.
func (w Workshop) isOpen() error {
	switch w.State() {
	case Open:
		return nil
	case Away:
		return fault.Closed("workshop.away")
	case Closed:
		return fault.Closed("workshop.closed")
	}
	return fault.Closed("workshop.not_open")
}
