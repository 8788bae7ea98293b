package store_test

import (
	"context"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// shelf is a small table for the tests of this package.
const shelf = `CREATE TABLE shelf (
	id TEXT PRIMARY KEY, title TEXT UNIQUE, at BIGINT, lent BOOLEAN NOT NULL DEFAULT FALSE,
	pages INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)`

// each runs a test on both databases with the shelf in place.
func each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		run(t, db, shelf)
		test(t, db)
	})
}

func run(t testing.TB, db *store.DB, query string, args ...any) {
	t.Helper()
	if err := tryRun(t.Context(), db, query, args...); err != nil {
		t.Fatal(err)
	}
}

func tryRun(ctx context.Context, db *store.DB, query string, args ...any) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	})
}

func one[T any](t testing.TB, r store.Reader, query string, args ...any) T {
	t.Helper()
	v, err := store.One[T](t.Context(), r, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
