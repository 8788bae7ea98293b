package workshop

import (
	"context"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// rehearsing is how many invented phones come to a rehearsal: enough of each of
// three sectors for results to be shown.
const rehearsing = 18

// Rehearse lets invented phones come into an open workshop and answer what runs, so
// that whoever leads sees the wall and the buttons before the hall comes. It is
// refused once real people are in the room: nothing invented stands among them.
func (s *Service) Rehearse(ctx context.Context, workshop store.ID) error {
	if _, err := s.change(ctx, workshop, 0, "workshop.rehearsed", "", func(tx *store.Tx, w *Workshop) error {
		if err := w.isOpen(); err != nil {
			return err
		}
		n, err := store.One[struct{ Real, Invented int }](ctx, tx, `SELECT COALESCE(sum(CASE WHEN way <> $2 THEN 1 ELSE 0 END), 0) AS real,
			COALESCE(sum(CASE WHEN way = $2 THEN 1 ELSE 0 END), 0) AS invented FROM workshop_participant WHERE workshop = $1`, workshop, activity.Rehearsal)
		if err != nil {
			return err
		}
		if n.Real > 0 {
			return fault.Conflict("workshop.rehearsal.people")
		}
		for i := n.Invented; i < rehearsing; i++ {
			who := activity.Who{ID: store.NewRandomID(), Sector: ui.Sectors[i%3], Way: activity.Rehearsal}
			if err := insertParticipant(ctx, tx, workshop, who, "", 0); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return s.rehearseAnswers(ctx, workshop)
}

// rehearseAnswers answers what runs.
func (s *Service) rehearseAnswers(ctx context.Context, workshop store.ID) error {
	w, err := ByID(ctx, s.db, workshop)
	if err != nil {
		return err
	}
	agenda, err := Agenda(ctx, s.db, workshop)
	if err != nil {
		return err
	}
	a, err := find(agenda, w.Current)
	if err != nil || a.At(s.db.Now()) != Running {
		return nil // nothing runs: they are in the room, and wait
	}
	people, err := participants(ctx, s.db, workshop)
	if err != nil {
		return err
	}
	for i, who := range people {
		bodies, err := s.invented(ctx, w, agenda, a, i)
		if err != nil {
			return err
		}
		for _, body := range bodies {
			if err := s.Take(ctx, workshop, Answer{ID: store.NewRandomID(), Activity: a.ID, Participant: who.ID, Body: body}); err != nil {
				return err
			}
		}
	}
	return nil
}

// invented are the answers of one invented phone.
func (s *Service) invented(ctx context.Context, w Workshop, agenda []Activity, a Activity, i int) (bodies []string, err error) {
	err = s.with(ctx, w, agenda, func(x *states) error {
		state, err := x.of(a)
		if inventive, ok := state.(activity.Inventive); ok && err == nil {
			bodies = inventive.Invent(i)
		}
		return err
	})
	return bodies, err
}

// EndRehearsal sends the invented phones away with everything they answered; the
// agenda is as it was before.
func (s *Service) EndRehearsal(ctx context.Context, workshop store.ID) error {
	_, err := s.change(ctx, workshop, 0, "workshop.rehearsal_ended", "", func(tx *store.Tx, w *Workshop) error {
		real, err := store.One[int](ctx, tx, `SELECT count(*) FROM workshop_participant WHERE workshop = $1 AND way <> $2`, workshop, activity.Rehearsal)
		if err != nil {
			return err
		}
		if real > 0 {
			return fault.Conflict("workshop.rehearsal.people")
		}
		w.Current = ""
		for _, sweep := range []string{`DELETE FROM workshop_entry WHERE workshop = $1`, `DELETE FROM workshop_participant WHERE workshop = $1`,
			`UPDATE workshop_activity SET round = round + 1, started_at = NULL, ends_at = NULL, stopped_at = NULL, revealed = FALSE WHERE workshop = $1`} {
			if _, err := tx.Exec(ctx, sweep, workshop); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() { s.forget(workshop) })
		return nil
	})
	return err
}
