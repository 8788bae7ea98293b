// Package store keeps everything Wspólnota remembers, in one SQLite file or in
// a PostgreSQL database, behind one SQL text for both.
//
// Open a database, bring its tables up to date, then read with One and All and
// change with Write:
//
//	db, err := store.Open(ctx, "sqlite:wspolnota.db", store.Options{})
//	err = db.Migrate(ctx)
//	title, err := store.One[string](ctx, db, `SELECT title FROM news WHERE id = $1`, id)
//	err = db.Write(ctx, func(tx *store.Tx) error { … })
//
// Whatever the two databases do differently (times, locks, codes of errors,
// the way commits are gathered) is settled here, so that rooms need not know
// which of them runs.
package store

import (
	"context"
	"database/sql"
	"time"
)

// Dialect names the database behind a DB.
type Dialect string

const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Reader is what a query needs: a *DB, or a *Tx where several statements belong
// together. Inside a transaction use only that transaction.
type Reader interface {
	// Query runs a statement that returns rows. Prefer One and All, which
	// also close what they open.
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// Now is the time of the domain: phases, deadlines, dates of publication.
	Now() time.Time
	// Wall is the time of the clock on the wall: sessions, tokens, jobs.
	Wall() time.Time
}

var (
	_ Reader = (*DB)(nil)
	_ Reader = (*Tx)(nil)
)
