package seating

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

func proposed(ctx context.Context, r store.Reader, event store.ID) (seed, version int, err error) {
	p, err := store.One[struct{ Seed, Version int }](ctx, r, `SELECT seed, version FROM event_seating WHERE event = $1`, event)
	if fault.Is(err, fault.KindNotFound) {
		return 0, 0, nil
	}
	return p.Seed, p.Version, err
}

func tablesOf(ctx context.Context, r store.Reader, event store.ID) ([]Table, error) {
	return store.All[Table](ctx, r, `SELECT id, position, name FROM event_table WHERE event = $1 ORDER BY position`, event)
}

// guestsOf are those who have a seat at the event, with their table.
func guestsOf(ctx context.Context, r store.Reader, event store.ID) ([]Guest, error) {
	return store.All[Guest](ctx, r, `SELECT `+registration.Columns+`, COALESCE(s.table_id, '') AS table_id, COALESCE(s.locked, FALSE) AS locked`+
		registration.Tables+`LEFT JOIN event_seat s ON s.registration = g.id
		WHERE g.event = $1 AND g.state = 'confirmed' ORDER BY g.number`, event)
}

// Changes.

// furnish leaves so many tables: those that are there keep their names, new ones
// are numbered, the last go.
func furnish(ctx context.Context, tx *store.Tx, event store.ID, tables []Table, w Wish) ([]Table, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM event_table WHERE event = $1 AND position > $2`, event, w.Tables); err != nil {
		return nil, err
	}
	for n := len(tables) + 1; n <= w.Tables; n++ {
		if _, err := tx.Exec(ctx, `INSERT INTO event_table (id, event, position, name) VALUES ($1, $2, $3, $4)`,
			store.NewID(), event, n, fmt.Sprint(w.Word, " ", n)); err != nil {
			return nil, err
		}
	}
	return tablesOf(ctx, tx, event)
}

func saveProposal(ctx context.Context, tx *store.Tx, event store.ID, seed int) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_seating (event, seed, proposed_at) VALUES ($1, $2, $3)
		ON CONFLICT (event) DO UPDATE SET seed = excluded.seed, proposed_at = excluded.proposed_at, version = event_seating.version + 1`,
		event, seed, store.At(tx.Now()))
	return err
}

// standUp takes everybody from their tables, those who withdrew too.
func standUp(ctx context.Context, tx *store.Tx, event store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_seat WHERE event = $1`, event)
	return err
}

func leave(ctx context.Context, tx *store.Tx, registration store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_seat WHERE registration = $1`, registration)
	return err
}

func sit(ctx context.Context, tx *store.Tx, g Guest, table store.ID, locked bool) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_seat (id, event, registration, table_id, person, locked) VALUES ($1, $2, $3, $4, $5, $6)`,
		store.NewID(), g.Event, g.ID, table, g.Person.OrNull(), locked)
	return err
}

func lock(ctx context.Context, tx *store.Tx, registration store.ID, locked bool) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_seat SET locked = $2 WHERE registration = $1`, registration, locked))
}

func rename(ctx context.Context, tx *store.Tx, table store.ID, name string) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_table SET name = $2 WHERE id = $1`, table, name))
}
