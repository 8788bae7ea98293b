package moderation

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/store"
)

// Veil is what keeps a thing from being shown.
type Veil struct {
	Case   store.ID
	Thing  store.ID
	State  State      // Open: it waits to be looked at; Hidden: it was hidden
	At     store.Time // since when
	Reason string     // of hiding it
}

// Veiled is a condition of SQL that holds for things of a kind that are not
// shown now; id is the expression of their id. Lists of the room say NOT before
// it. kind is a word of the program, never of a person.
func Veiled(kind, id string) string {
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM moderation_case veil WHERE veil.veiled AND veil.kind = '%s' AND veil.thing = %s)`, kind, id)
}

// VeilOf returns what keeps a thing from being shown, nil for nothing.
func VeilOf(ctx context.Context, r store.Reader, kind string, thing store.ID) (*Veil, error) {
	veils, err := store.All[Veil](ctx, r, `SELECT id AS "case", thing, state, COALESCE(decided_at, opened_at) AS at, reason
		FROM moderation_case WHERE veiled AND kind = $1 AND thing = $2`, kind, thing)
	if err != nil {
		return nil, fmt.Errorf("moderation: veil: %w", err)
	}
	if len(veils) == 0 {
		return nil, nil
	}
	return &veils[0], nil
}

// RestoredNow reports whether a thing that was hidden is being shown again in
// this very transaction: a room whose own team may take the same thing away
// brings back only what moderation took.
func RestoredNow(ctx context.Context, tx *store.Tx, kind string, thing store.ID) (bool, error) {
	n, err := store.One[int](ctx, tx, `SELECT count(*) FROM moderation_case WHERE kind = $1 AND thing = $2 AND restored_at = $3`,
		kind, thing, store.At(tx.Now()))
	if err != nil {
		return false, fmt.Errorf("moderation: restored now: %w", err)
	}
	return n > 0, nil
}
