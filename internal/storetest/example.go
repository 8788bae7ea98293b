package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/wspolnota/wspolnota/store"
)

// Example is a database with content that takes long to make: it is filled once,
// and every test gets a copy. On SQLite a test copies the file that it has made;
// this is for PostgreSQL.
type Example struct {
	// Fill puts the content into a migrated database whose clock is the true one.
	Fill func(context.Context, *store.DB) error

	once sync.Once
	name string
	err  error
}

// Postgres returns a copy of the example, or skips the test.
func (e *Example) Postgres(t testing.TB) *store.DB {
	t.Helper()
	return open(t, postgresCopy(t, func(server prepared) string {
		e.once.Do(func() { e.err = e.prepare(server) })
		if e.err != nil {
			t.Fatalf("storetest: example: %v", e.err)
		}
		return e.name
	}))
}

func (e *Example) prepare(server prepared) error {
	ctx := context.Background()
	var err error
	if e.name, err = server.copy(ctx, server.template); err != nil {
		return err
	}
	db, err := store.Open(ctx, withDatabase(server.address, e.name), store.Options{Clock: new(store.Clock), Logger: quiet(), Volatile: true})
	if err != nil {
		return err
	}
	return errors.Join(e.Fill(ctx, db), db.Close())
}

// Drop removes what the copies were made from; TestMain calls it after all tests.
func (e *Example) Drop() error {
	if e.name == "" {
		return nil
	}
	server, err := server()
	if err != nil {
		return err
	}
	return server.drop(e.name)
}
