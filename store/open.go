package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Options of Open; the zero value is right for production.
type Options struct {
	Clock  *Clock       // nil: the true time
	Logger *slog.Logger // nil: slog.Default()

	// Volatile lets SQLite answer before the disk has the data. Only for
	// tests and for demonstrations that may be lost.
	Volatile bool
}

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	dialect  Dialect
	clock    *Clock
	log      *slog.Logger
	reads    *sql.DB       // on SQLite several connections that cannot write
	writes   *sql.DB       // on SQLite one connection; on PostgreSQL the same pool
	pool     *pgxpool.Pool // PostgreSQL only; stands under reads and writes
	prepared *preparedStatements
	ahead    *preparedWrites // SQLite only
	group    *groupCommit    // SQLite only
}

// Open connects to "sqlite:PATH", making the file where it is missing, or to
// "postgres://…". It changes no table: call Migrate next.
func Open(ctx context.Context, address string, o Options) (*DB, error) {
	db := &DB{clock: o.Clock, log: o.Logger}
	if db.clock == nil {
		db.clock = new(Clock)
	}
	if db.log == nil {
		db.log = slog.Default()
	}
	var err error
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		err = db.openSQLite(rest, o.Volatile)
	case "postgres", "postgresql":
		err = db.openPostgres(ctx, address)
	default:
		return nil, errors.New(`store: the address must begin with "sqlite:" or "postgres://"`)
	}
	if err != nil {
		return nil, err
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("store: open: %w", err), db.Close())
	}
	return db, nil
}

// Dialect tells which database this is. Rooms ask only where an SQL text has
// to differ, which is the exception.
func (db *DB) Dialect() Dialect { return db.dialect }

// Clock is the clock that every transaction reads once.
func (db *DB) Clock() *Clock { return db.clock }

// Now is the time of the domain.
func (db *DB) Now() time.Time { return db.clock.Now() }

// Wall is the time of the world.
func (db *DB) Wall() time.Time { return db.clock.Wall() }

// SQL is the pool that may write, for libraries that bring their own
// statements (River). Rooms use Write.
func (db *DB) SQL() *sql.DB { return db.writes }

// Pool is the PostgreSQL pool under SQL, for libraries that listen to
// notifications; nil on SQLite.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Ping makes sure that the database answers.
func (db *DB) Ping(ctx context.Context) error {
	_, err := One[int](ctx, db, `SELECT 1`)
	return err
}

// Query runs a statement that returns rows, outside any transaction.
func (db *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	count(ctx)
	if stmt := db.prepared.get(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return db.reads.QueryContext(ctx, query, args...)
}

// Close waits for the writes under way and closes the database.
func (db *DB) Close() error {
	if db.group != nil {
		db.group.close()
		// Refreshes what SQLite knows about the sizes of tables, where it has
		// changed much. Without it queries are slower, no more.
		_, _ = db.writes.Exec(`PRAGMA optimize`)
	}
	errs := []error{db.prepared.close(), db.ahead.close(), db.reads.Close()}
	if db.writes != db.reads {
		errs = append(errs, db.writes.Close())
	}
	if db.pool != nil {
		db.pool.Close()
	}
	return errors.Join(errs...)
}
