package registration

import (
	"context"
	"strconv"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// A list of thousands is entered, or an event is moved to which thousands come,
// in one transaction; their letters are only marked as owed in it. A job orders
// them afterwards, some at a time, so that nobody who signs up waits for it. Each
// is ordered and its mark removed together: once, also where the program dies in
// between.

// owing is the job that orders the letters owed to those of one event.
type owing struct{ Programme, Event store.ID }

func (owing) Kind() string { return "registration.owing" }

// oweState marks those who were entered after a number as owed a letter about
// their state. Who came on paper without an address gets none.
func (s *Service) oweState(ctx context.Context, tx *store.Tx, e event.Event, after int) error {
	return s.owe(ctx, tx, e, `UPDATE event_registration SET owed = CASE state WHEN 'confirmed' THEN $3 ELSE $4 END
		WHERE event = $1 AND number > $2 AND (person IS NOT NULL OR email <> '')`, e.ID, after, letterConfirmed, letterWaiting)
}

// oweNews marks all who mean to come as owed news of the event. What they were
// owed before is old by then: the letter tells how things stand.
func (s *Service) oweNews(ctx context.Context, tx *store.Tx, e event.Event, letter string) error {
	return s.owe(ctx, tx, e, `UPDATE event_registration SET owed = $2
		WHERE event = $1 AND state IN ('confirmed', 'offered', 'waiting')`, e.ID, letter)
}

func (s *Service) owe(ctx context.Context, tx *store.Tx, e event.Event, mark string, args ...any) error {
	if s.Outbox == nil || s.Queue == nil {
		return nil
	}
	if _, err := tx.Exec(ctx, mark, args...); err != nil {
		return err
	}
	return s.Queue.Add(ctx, tx, owing{e.Programme, e.ID})
}

func (s *Service) settleOwed(ctx context.Context, job owing) error {
	for more := true; more; {
		var err error
		if more, err = s.settleSome(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

// owed is a registration with the letter that is still to be ordered.
type owed struct {
	Registration
	Owed string
}

func (s *Service) settleSome(ctx context.Context, job owing) (more bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", job.Event); err != nil {
			return err // another replica orders the same letters
		}
		e, err := event.ByID(ctx, tx, job.Programme, job.Event)
		if err != nil {
			return err
		}
		some, err := store.All[owed](ctx, tx, `SELECT `+Columns+`, g.owed`+Tables+`
			WHERE g.event = $1 AND g.owed <> '' ORDER BY g.number LIMIT `+strconv.Itoa(atATime), e.ID)
		for _, g := range some {
			if err == nil {
				err = s.write(ctx, tx, g.Owed, e, g.Registration, "")
			}
			if err == nil {
				_, err = tx.Exec(ctx, `UPDATE event_registration SET owed = '' WHERE id = $1`, g.ID)
			}
		}
		more = len(some) == atATime
		return err
	})
	return more, err
}
