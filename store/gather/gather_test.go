package gather_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/gather"
)

var errOdd = errors.New("odd numbers are refused")

// numbers is a box that keeps even numbers in a table of its own.
func numbers(t *testing.T, db *store.DB) (box *gather.Box[int], batches *atomic.Int64) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `CREATE TABLE gathered (n INTEGER NOT NULL PRIMARY KEY)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	batches = new(atomic.Int64)
	return &gather.Box[int]{DB: db, Then: func() { batches.Add(1) }, Write: func(ctx context.Context, tx *store.Tx, batch []int) ([]error, error) {
		refused := make([]error, len(batch))
		for i, n := range batch {
			if n < 0 {
				return nil, errors.New("nothing of this batch is kept")
			}
			if n%2 == 1 {
				refused[i] = errOdd
			}
		}
		for _, n := range gather.Kept(batch, refused) {
			if _, err := tx.Exec(ctx, `INSERT INTO gathered (n) VALUES ($1)`, n); err != nil {
				return nil, err
			}
		}
		return refused, nil
	}}, batches
}

func TestEachIsAnsweredForItself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		box, batches := numbers(t, db)
		var all sync.WaitGroup
		for n := range 200 {
			all.Go(func() {
				err := box.Put(t.Context(), n)
				if n%2 == 1 && !errors.Is(err, errOdd) || n%2 == 0 && err != nil {
					t.Errorf("%d: %v", n, err)
				}
			})
		}
		all.Wait()
		kept, err := store.One[int](t.Context(), db, `SELECT count(*) FROM gathered`)
		if err != nil || kept != 100 {
			t.Errorf("%d kept, %v", kept, err)
		}
		if n := batches.Load(); n < 1 || n > 150 {
			t.Errorf("%d commits: nothing gathers", n)
		}
	})
}

func TestRefusedBatchKeepsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		box, batches := numbers(t, db)
		if err := box.Put(t.Context(), -1); err == nil {
			t.Error("it was kept")
		}
		if err := box.Put(t.Context(), 2); err != nil || batches.Load() != 1 {
			t.Errorf("%v, %d commits", err, batches.Load())
		}
	})
}

func TestWhoDoesNotWaitIsWrittenAllTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		box, _ := numbers(t, db)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if err := box.Put(gone, 4); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if err := box.Put(t.Context(), 6); err != nil {
			t.Fatal(err)
		}
		if kept, err := store.One[int](t.Context(), db, `SELECT count(*) FROM gathered`); err != nil || kept != 2 {
			t.Errorf("%d kept, %v", kept, err)
		}
	})
}
