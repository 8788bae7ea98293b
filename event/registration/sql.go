package registration

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// AdmissionOf reads how people sign up for an event; one for which they do not
// has an Admission that is not Set.
func AdmissionOf(ctx context.Context, r store.Reader, event store.ID) (Admission, error) {
	a, err := store.One[Admission](ctx, r, `SELECT event, opens_at, closes_at, withdraw_until, confirm_hours, invited, link_key, group_size,
			note, updated_at, version
		FROM event_admission WHERE event = $1`, event)
	if fault.Is(err, fault.KindNotFound) {
		return Admission{Event: event}, nil
	}
	return a, err
}

// LimitsOf reads how many seats an event has.
func LimitsOf(ctx context.Context, r store.Reader, event store.ID) (Limits, error) {
	rows, err := store.All[struct {
		Limit
		Seats int
	}](ctx, r, `SELECT kind, value, seats FROM event_seat_limit WHERE event = $1`, event)
	l := Limits{}
	for _, row := range rows {
		l[row.Limit] = row.Seats
	}
	return l, err
}

// Tally is how many registrations of a class are in a state.
type Tally struct {
	State State
	Class
	Number int
	Due    store.Time // of offered ones: until when the first of them is held
}

// Tallies counts the registrations of an event that are live.
func Tallies(ctx context.Context, r store.Reader, event store.ID) ([]Tally, error) {
	return store.All[Tally](ctx, r, `SELECT state, sector, terc, count(*) AS number, min(offered_until) AS due
		FROM event_registration WHERE event = $1 AND state IN ('confirmed', 'offered', 'waiting')
		GROUP BY state, sector, terc ORDER BY sector, terc, state`, event)
}

// seatsOf counts the taken seats, and tells which classes wait and whether an
// offer is over.
func seatsOf(l Limits, tallies []Tally, now time.Time) (seats *Seats, waiting []Class, lapsed bool) {
	seats = NewSeats(l)
	for _, t := range tallies {
		if t.State == Waiting {
			waiting = append(waiting, t.Class)
			continue
		}
		seats.Take(t.Class, t.Number)
		lapsed = lapsed || t.State == Offered && !now.Before(t.Due.Time)
	}
	return seats, waiting, lapsed
}

// waitersOf lists who waits, in the order of arrival.
func waitersOf(ctx context.Context, r store.Reader, event store.ID) ([]Waiter, error) {
	return store.All[Waiter](ctx, r, `SELECT id, number, sector, terc FROM event_registration
		WHERE event = $1 AND state = 'waiting' ORDER BY number`, event)
}

// Place is where somebody stands among those who wait.
type Place struct{ Position, Waiting int }

// placeOf counts who waits before a number, and in all.
func placeOf(ctx context.Context, r store.Reader, g Registration) (Place, error) {
	return store.One[Place](ctx, r, `SELECT COALESCE(sum(CASE WHEN number <= $2 THEN 1 ELSE 0 END), 0) AS position, count(*) AS waiting
		FROM event_registration WHERE event = $1 AND state = 'waiting'`, g.Event, g.Number)
}

func lastNumber(ctx context.Context, r store.Reader, event store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT COALESCE(max(number), 0) FROM event_registration WHERE event = $1`, event)
}

// Changes.

func insert(ctx context.Context, tx *store.Tx, g Registration) error {
	return insertAll(ctx, tx, []Registration{g})
}

// turn puts a registration into another state. What became of a registration is
// never before it, even where the clock was set back meanwhile.
func turn(ctx context.Context, tx *store.Tx, g Registration, to State, until store.Time) error {
	at := store.At(tx.Now())
	if at.Before(g.RegisteredAt.Time) {
		at = g.RegisteredAt
	}
	return store.Changed(tx.Exec(ctx, `UPDATE event_registration SET state = $3, state_at = $4, offered_until = $5, version = version + 1
		WHERE id = $1 AND state = $2`, g.ID, g.State, to, at, until))
}

func saveAnswers(ctx context.Context, tx *store.Tx, g Registration, version int, plain Answers) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_registration SET answers = $3, version = version + 1
		WHERE id = $1 AND version = $2`, g.ID, version, plain))
}

// saveNeeds replaces the answers that are kept apart.
func saveNeeds(ctx context.Context, tx *store.Tx, e event.Event, g Registration, needs Answers) error {
	if _, err := tx.Exec(ctx, `DELETE FROM event_need WHERE registration = $1`, g.ID); err != nil {
		return err
	}
	return insertNeeds(ctx, tx, e, g, needs)
}

func insertNeeds(ctx context.Context, tx *store.Tx, e event.Event, g Registration, needs Answers) error {
	for _, n := range needs {
		if _, err := tx.Exec(ctx, `INSERT INTO event_need (id, registration, event, person, email, question, answer, ends_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, store.NewID(), g.ID, e.ID, g.Person.OrNull(), g.Email, n.Question, n.Answer, e.EndsAt); err != nil {
			return err
		}
	}
	return nil
}

// needsOf reads the answers of one registration that are kept apart.
func needsOf(ctx context.Context, r store.Reader, registration store.ID) (Answers, error) {
	return store.All[Answer](ctx, r, `SELECT question, answer FROM event_need WHERE registration = $1`, registration)
}

func saveAdmission(ctx context.Context, tx *store.Tx, a Admission) error {
	if a.Version == 0 {
		_, err := tx.Exec(ctx, `INSERT INTO event_admission (event, opens_at, closes_at, withdraw_until, confirm_hours, invited, link_key,
				group_size, note, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			a.Event, a.OpensAt, a.ClosesAt, a.WithdrawUntil, a.ConfirmHours, a.Invited, a.LinkKey, a.GroupSize, a.Note, store.At(tx.Now()))
		if store.IsUnique(err, "event_admission") {
			return fault.Conflict("fault.conflict")
		}
		return err
	}
	return store.Changed(tx.Exec(ctx, `UPDATE event_admission SET opens_at = $3, closes_at = $4, withdraw_until = $5, confirm_hours = $6,
			invited = $7, group_size = $8, note = $9, updated_at = $10, version = version + 1
		WHERE event = $1 AND version = $2`,
		a.Event, a.Version, a.OpensAt, a.ClosesAt, a.WithdrawUntil, a.ConfirmHours, a.Invited, a.GroupSize, a.Note, store.At(tx.Now())))
}

func saveLimits(ctx context.Context, tx *store.Tx, event store.ID, l Limits) error {
	if _, err := tx.Exec(ctx, `DELETE FROM event_seat_limit WHERE event = $1`, event); err != nil {
		return err
	}
	for limit, seats := range l {
		if _, err := tx.Exec(ctx, `INSERT INTO event_seat_limit (event, kind, value, seats) VALUES ($1, $2, $3, $4)`,
			event, limit.Kind, limit.Value, seats); err != nil {
			return err
		}
	}
	return nil
}

// mayRun reports whether the actor works with the people who come to the event.
func mayRun(ctx context.Context, e event.Event) bool {
	return access.From(ctx).May(event.Run, string(e.Programme))
}

// atOnce is how many registrations one statement writes.
const atOnce = 200

// insertAll writes a long list in few statements.
func insertAll(ctx context.Context, tx *store.Tx, all []Registration) error {
	for part := range slices.Chunk(all, atOnce) {
		var values []string
		var args []any
		for _, g := range part {
			row := []any{g.ID, g.Event, g.Person.OrNull(), g.Name, g.Email, g.Organisation.OrNull(), g.OrganisationName, g.Sector, g.TERC,
				g.Channel, g.State, g.Number, g.Answers, g.RegisteredAt, g.RegisteredBy, g.StateAt, g.Batch}
			placeholders, _ := store.In(len(args)+1, row)
			values = append(values, "("+placeholders+")")
			args = append(args, row...)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO event_registration (id, event, person, name, email, organisation, organisation_name, sector, terc,
				channel, state, number, answers, registered_at, registered_by, state_at, batch)
			VALUES `+strings.Join(values, ", "), args...); err != nil {
			return err
		}
	}
	return nil
}
