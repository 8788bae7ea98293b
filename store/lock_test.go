package store_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Counting and then inserting is right only while nobody else does the same.
func TestLockedSeatsAreNotGivenTwice(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		const seats, people = 7, 100
		run(t, db, `INSERT INTO shelf (id) VALUES ('hall')`)
		run(t, db, `CREATE TABLE seat (number INTEGER NOT NULL)`)
		full := errors.New("full")
		var accepted atomic.Int32
		var all sync.WaitGroup
		for range people {
			all.Go(func() {
				ctx := t.Context()
				err := db.Write(ctx, func(tx *store.Tx) error {
					if err := store.Lock(ctx, tx, "shelf", "hall"); err != nil {
						return err
					}
					taken, err := store.One[int](ctx, tx, `SELECT count(*) FROM seat`)
					if err != nil {
						return err
					}
					if taken == seats {
						return full
					}
					_, err = tx.Exec(ctx, `INSERT INTO seat (number) VALUES ($1)`, taken+1)
					return err
				})
				switch {
				case err == nil:
					accepted.Add(1)
				case !errors.Is(err, full):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := one[int](t, db, `SELECT count(DISTINCT number) FROM seat`); n != seats || accepted.Load() != seats {
			t.Errorf("%d accepted, %d seats taken, want %d", accepted.Load(), n, seats)
		}
	})
}

func TestLockOfNothing(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error { return store.Lock(t.Context(), tx, "shelf", "none") })
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("err = %v", err)
		}
	})
}
