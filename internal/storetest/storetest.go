// Package storetest gives each test a migrated database of its own.
//
// Each runs a test on SQLite and on PostgreSQL; SQLite gives one database where
// one is enough. PostgreSQL is taken from WSPOLNOTA_TEST_POSTGRES (the address
// of a superuser; "off" skips), else a server is started for this test program,
// else the tests on it are skipped, visibly.
package storetest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// Start is the time at which the clock of every test database stands.
var Start = time.Date(2014, time.June, 1, 10, 0, 0, 0, time.UTC)

// Each runs fn on every kind of database, each time on a fresh one.
func Each(t *testing.T, fn func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { fn(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { fn(t, Postgres(t)) })
}

// SQLite returns a fresh, migrated SQLite database.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, SQLiteAddress(t))
}

// SQLiteAddress returns the address of a fresh, migrated SQLite file, for tests
// that open it themselves.
func SQLiteAddress(t testing.TB) string {
	t.Helper()
	content, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("storetest: template: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

func open(t testing.TB, address string) *store.DB {
	t.Helper()
	clock := new(store.Clock)
	clock.Set(Start)
	db, err := store.Open(t.Context(), address, store.Options{Clock: clock, Logger: quiet(), Volatile: true})
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("storetest: close: %v", err)
		}
	})
	return db
}

// sqliteTemplate is a migrated, empty database file; tests start from a copy.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "wspolnota-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	if err := migrate(context.Background(), "sqlite:"+path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrate opens, migrates and closes; SQLite then has everything in one file.
func migrate(ctx context.Context, address string) error {
	db, err := store.Open(ctx, address, store.Options{Logger: quiet(), Volatile: true})
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx); err != nil {
		_ = db.Close()
		return err
	}
	return db.Close()
}

// quiet lets warnings through only: each test would otherwise tell of every
// migration.
func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
