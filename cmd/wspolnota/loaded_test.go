package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
)

// The example takes seconds to load. It is loaded and furnished once on each kind
// of database; tests attack copies of it.

// loaded is the directory of an example on SQLite.
var loaded = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "wspolnota-attack-"); err != nil {
		return "", err
	}
	loadedDirs = append(loadedDirs, dir)
	db, err := store.Open(context.Background(), "sqlite:"+filepath.Join(dir, "wspolnota.db"),
		store.Options{Clock: new(store.Clock), Logger: slog.New(slog.DiscardHandler), Volatile: true})
	if err != nil {
		return "", err
	}
	defer db.Close()
	if err := db.Migrate(context.Background()); err != nil {
		return "", err
	}
	return dir, loadExample(context.Background(), db, dir)
})

// loadedPostgres is an example on PostgreSQL, and loadedFiles its directory.
var (
	loadedPostgres = &storetest.Example{Fill: func(ctx context.Context, db *store.DB) (err error) {
		if loadedFiles, err = os.MkdirTemp("", "wspolnota-attack-"); err != nil {
			return err
		}
		loadedDirs = append(loadedDirs, loadedFiles)
		return loadExample(ctx, db, loadedFiles)
	}}
	loadedFiles string
)

// loadedDirs are to be removed after all tests.
var loadedDirs []string

func loadExample(ctx context.Context, db *store.DB, dir string) error {
	p, err := assemble(ctx, attackConfig(dir), db, &demoMode{clock: db.Clock(), mailbox: mail.NewMemory(1000)})
	if err != nil {
		return err
	}
	if err := p.demo.Load(ctx); err != nil {
		return err
	}
	return furnish(p)
}

// unload removes what the copies were made from.
func unload() error {
	errs := []error{loadedPostgres.Drop()}
	for _, dir := range loadedDirs {
		errs = append(errs, os.RemoveAll(dir))
	}
	return errors.Join(errs...)
}

// attack returns the program over a copy of the example on SQLite.
func attack(t testing.TB) *target {
	t.Helper()
	template, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	dir := copied(t, template)
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(dir, "wspolnota.db"),
		store.Options{Clock: new(store.Clock), Logger: slog.New(slog.DiscardHandler), Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return targetOn(t, db, dir)
}

// attackOn is attack on the kind of database that this one is of.
func attackOn(t testing.TB, db *store.DB) *target {
	t.Helper()
	if db.Dialect() == store.SQLite {
		return attack(t)
	}
	like := loadedPostgres.Postgres(t)
	return targetOn(t, like, copied(t, loadedFiles))
}

// copied is a directory of the test's own with the same files.
func copied(t testing.TB, dir string) string {
	t.Helper()
	own := t.TempDir()
	if err := os.CopyFS(own, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return own
}
