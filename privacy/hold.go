package privacy

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Hold is a legal hold: while it lies on a person, nothing of theirs is erased
// and no time of theirs runs out. A court, an audit or a claim is its reason.
type Hold struct {
	ID       store.ID
	Person   store.ID
	Reason   string
	SetBy    store.ID
	SetAt    store.Time
	LiftedBy store.ID
	LiftedAt store.Time // zero: it lies
	Why      string     // it was lifted
	Version  int
	AskedAt  store.Time // the person's wish to be erased, which waits
}

func held(ctx context.Context, r store.Reader, id store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM privacy_hold WHERE person = $1 AND lifted_at IS NULL`, id)
	return n > 0, err
}

// SetHold puts a hold on a person.
func (k *Keeper) SetHold(ctx context.Context, id store.ID, reason string) error {
	err := k.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := find(ctx, tx, id); err != nil {
			return err
		}
		set, err := store.Met(tx.Exec(ctx, `INSERT INTO privacy_hold (id, person, reason, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (person) WHERE lifted_at IS NULL DO NOTHING`,
			store.NewID(), id, reason, access.From(ctx).Person, store.At(tx.Now())))
		if err == nil && !set {
			err = fault.Conflict("privacy.hold.there")
		}
		if err != nil {
			return err
		}
		return k.note(ctx, tx, Deed{Name: HoldSet, Person: id, Reason: reason})
	})
	if err != nil {
		return fmt.Errorf("privacy: set hold: %w", err)
	}
	return nil
}

// Lift ends a hold. A wish to be erased that waited for it is carried out at
// once; erased tells that it was.
func (k *Keeper) Lift(ctx context.Context, hold store.ID, version int, why string) (erased bool, err error) {
	err = k.db.Write(ctx, func(tx *store.Tx) error {
		erased = false
		err := store.Changed(tx.Exec(ctx, `UPDATE privacy_hold SET lifted_by = $3, lifted_at = $4, why = $5, version = version + 1
			WHERE id = $1 AND version = $2 AND lifted_at IS NULL`, hold, version, access.From(ctx).Person, store.At(tx.Now()), why))
		if err != nil {
			return err
		}
		id, err := store.One[store.ID](ctx, tx, `SELECT person FROM privacy_hold WHERE id = $1`, hold)
		if err != nil {
			return err
		}
		if err := k.note(ctx, tx, Deed{Name: HoldLifted, Person: id, Reason: why}); err != nil {
			return err
		}
		at, err := asked(ctx, tx, id)
		if err != nil || at.IsZero() {
			return err
		}
		erased = true
		return k.erase(ctx, tx, id)
	})
	if err != nil {
		return false, fmt.Errorf("privacy: lift hold: %w", err)
	}
	return erased, nil
}

// Holds lists holds, those that lie first.
func (k *Keeper) Holds(ctx context.Context) ([]Hold, error) {
	return store.All[Hold](ctx, k.db, `SELECT h.id, h.person, h.reason, h.set_by, h.set_at, h.lifted_by, h.lifted_at, h.why, h.version, e.asked_at
		FROM privacy_hold h LEFT JOIN privacy_erasure e ON e.person = h.person AND e.done_at IS NULL
		ORDER BY h.lifted_at IS NOT NULL, h.set_at DESC, h.id DESC LIMIT 200`)
}
