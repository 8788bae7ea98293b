package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

func TestWriteKeepsWhatSucceeds(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		id := store.NewID()
		run(t, db, `INSERT INTO shelf (id, title) VALUES ($1, $2)`, id, "Solaris")
		if got := one[string](t, db, `SELECT title FROM shelf WHERE id = $1`, id); got != "Solaris" {
			t.Errorf("title = %q", got)
		}
	})
}

func TestWriteUndoesWhatFails(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		refused := errors.New("refused")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ('1')`); err != nil {
				return err
			}
			tx.AfterCommit(func() { t.Error("AfterCommit ran although nothing was committed") })
			return refused
		})
		if !errors.Is(err, refused) {
			t.Errorf("err = %v", err)
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestPanicInWriteSurfacesAndUndoes(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		func() {
			defer func() {
				if got := recover(); got != "oops" {
					t.Errorf("recovered %v", got)
				}
			}()
			_ = db.Write(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ('1')`); err != nil {
					t.Error(err)
				}
				panic("oops")
			})
		}()
		run(t, db, `INSERT INTO shelf (id) VALUES ('2')`)
		if got := one[string](t, db, `SELECT id FROM shelf`); got != "2" {
			t.Errorf("left on the shelf: %s", got)
		}
	})
}

func TestTheTimesOfATransactionStandStill(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			db.Clock().Advance(time.Hour)
			if !tx.Now().Equal(storetest.Start) || !tx.Wall().Equal(storetest.Start) {
				t.Errorf("now %v, wall %v", tx.Now(), tx.Wall())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := storetest.Start.Add(time.Hour); !db.Now().Equal(want) {
			t.Errorf("now = %v, want %v", db.Now(), want)
		}
	})
}

func TestAfterCommitRunsInOrderAndSeesTheRow(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		var seen []string
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			for _, id := range []string{"a", "b"} {
				if _, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ($1)`, id); err != nil {
					return err
				}
				tx.AfterCommit(func() {
					seen = append(seen, one[string](t, db, `SELECT id FROM shelf WHERE id = $1`, id))
				})
			}
			return nil
		})
		if err != nil || !slices.Equal(seen, []string{"a", "b"}) {
			t.Errorf("seen %v, err %v", seen, err)
		}
	})
}

func TestAfterCommitMayWrite(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			tx.AfterCommit(func() { run(t, db, `INSERT INTO shelf (id) VALUES ('after')`) })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := one[string](t, db, `SELECT id FROM shelf`); got != "after" {
			t.Errorf("id = %q", got)
		}
	})
}

func TestWriteInsideWriteIsRefused(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(*store.Tx) error { return deep(30, func() error { return db.Write(t.Context(), nil) }) })
		if !errors.Is(err, store.ErrNested) {
			t.Errorf("err = %v", err)
		}
	})
}

// deep calls f through many frames, as the handlers of the web do.
func deep(n int, f func() error) error {
	if n == 0 {
		return f()
	}
	err := deep(n-1, f)
	return err
}

func TestReadSeesOneState(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			before := one[int](t, tx, `SELECT count(*) FROM shelf`)
			run(t, db, `INSERT INTO shelf (id) VALUES ('1')`)
			if after := one[int](t, tx, `SELECT count(*) FROM shelf`); after != before {
				t.Errorf("%d rows became %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestReadCannotWrite(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ('1')`)
			return err
		})
		if err == nil {
			t.Error("a Read wrote")
		}
	})
}

func TestCancelledWriteDoesNothing(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Write(ctx, func(tx *store.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO shelf (id) VALUES ('1')`); err != nil {
				return err
			}
			cancel()
			_, err := tx.Exec(ctx, `INSERT INTO shelf (id) VALUES ('2')`)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestWriteAfterCloseIsRefused(t *testing.T) {
	db, err := store.Open(t.Context(), storetest.SQLiteAddress(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := tryRun(t.Context(), db, `SELECT 1`); !errors.Is(err, store.ErrClosed) || !store.IsUnavailable(err) {
		t.Errorf("err = %v", err)
	}
}
