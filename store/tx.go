package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"time"
)

// Tx is a transaction: everything done through it happens together or not at
// all. Its times stand still.
type Tx struct {
	db        *DB
	sql       *sql.Tx
	conn      *sql.Conn // nil within a group commit
	now, wall time.Time
	after     []func()
	// shared: the transaction holds the writes of others too, so that no
	// statement in it may be interrupted.
	shared  bool
	trouble error // the last error that made the database unavailable
}

// Now is the time of the domain when the transaction began.
func (tx *Tx) Now() time.Time { return tx.now }

// Wall is the time of the world when the transaction began.
func (tx *Tx) Wall() time.Time { return tx.wall }

// Dialect tells which database this is.
func (tx *Tx) Dialect() Dialect { return tx.db.dialect }

// SQL is the transaction for libraries that bring their own statements (River).
// It must be neither committed nor rolled back.
func (tx *Tx) SQL() *sql.Tx { return tx.sql }

// Raw lends the driver's connection under the transaction. Only PostgreSQL
// offers it, as a *stdlib.Conn of pgx.
func (tx *Tx) Raw(use func(driverConn any) error) error {
	if tx.conn == nil {
		return errors.ErrUnsupported
	}
	return tx.conn.Raw(use)
}

// AfterCommit keeps f until the transaction is committed, and forgets it when
// it is not. The functions of one transaction run in their order, in the
// goroutine that called Write, before Write returns. Mail, files and messages
// to other people belong here: what is not committed must not be told.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

func (tx *Tx) runAfter() {
	for _, f := range tx.after {
		f()
	}
}

// Query runs a statement that returns rows. Its rows may stay open while others
// are asked for, so that no compiled statement is used: it can run once at a time.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx, err := tx.statement(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.sql.QueryContext(ctx, query, args...)
	return rows, tx.note(err)
}

// Exec runs a statement that returns no rows.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	ctx, err := tx.statement(ctx)
	if err != nil {
		return nil, err
	}
	if stmt := tx.prepared(ctx, query); stmt != nil {
		result, err := stmt.ExecContext(ctx, args...)
		return result, tx.note(err)
	}
	result, err := tx.sql.ExecContext(ctx, query, args...)
	return result, tx.note(err)
}

// queryWhole is Query for a caller that reads and closes the rows before it runs
// any other statement.
func (tx *Tx) queryWhole(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx, err := tx.statement(ctx)
	if err != nil {
		return nil, err
	}
	if stmt := tx.prepared(ctx, query); stmt != nil {
		rows, err := stmt.QueryContext(ctx, args...)
		return rows, tx.note(err)
	}
	rows, err := tx.sql.QueryContext(ctx, query, args...)
	return rows, tx.note(err)
}

// prepared returns the compiled statement for this text, nil where there is none.
func (tx *Tx) prepared(ctx context.Context, query string) *sql.Stmt {
	if !tx.shared {
		return nil
	}
	stmt := tx.db.ahead.get(query)
	if stmt == nil {
		return nil
	}
	return tx.sql.StmtContext(ctx, stmt)
}

// statement counts a statement and settles its context. SQLite rolls the whole
// transaction back when an INSERT, UPDATE or DELETE in it is interrupted
// (sqlite3_interrupt); one person closing a page would undo the writes of
// everybody in the group. So a cancelled write ends between two statements.
func (tx *Tx) statement(ctx context.Context) (context.Context, error) {
	count(ctx)
	if !tx.shared {
		return ctx, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return context.WithoutCancel(ctx), nil
}

func (tx *Tx) note(err error) error {
	if IsUnavailable(err) {
		tx.trouble = err
	}
	return err
}

// Write runs do in a transaction and answers after its commit: nil means that
// the data is on the disk. An error or a panic of do undoes what do did.
//
// On SQLite waiting writes share one commit (see groupCommit). On PostgreSQL
// each has its own, and is repeated when it fell to a deadlock. So do may run
// more than once: it changes nothing but the database, and leaves the rest to
// AfterCommit. It should be short, because on SQLite others wait for it.
func (db *DB) Write(ctx context.Context, do func(*Tx) error) error {
	if insideWrite() {
		return ErrNested
	}
	var tx *Tx
	var err error
	if db.group != nil {
		tx, err = db.group.write(ctx, do)
	} else {
		tx, err = db.writePostgres(ctx, do)
	}
	if err != nil {
		return err
	}
	tx.runAfter()
	return nil
}

// Read runs do on one consistent state of the database, for several reads that
// must agree. A single read uses db itself.
func (db *DB) Read(ctx context.Context, do func(*Tx) error) error {
	options := sql.TxOptions{ReadOnly: true}
	if db.dialect == Postgres {
		options.Isolation = sql.LevelRepeatableRead // SQLite knows nothing less
	}
	tx, err := db.transact(ctx, db.reads, options, do)
	if err != nil {
		return err
	}
	tx.runAfter()
	return nil
}

// mostAttempts bounds the repetitions of a transaction; with the pauses
// between them they last about a second.
const mostAttempts = 8

func (db *DB) writePostgres(ctx context.Context, do func(*Tx) error) (*Tx, error) {
	pause := 5 * time.Millisecond
	for attempt := 1; ; attempt++ {
		tx, err := db.transact(ctx, db.writes, sql.TxOptions{}, func(tx *Tx) error { return callback(do, tx) })
		if err == nil || attempt == mostAttempts || !isRepeatable(err) {
			return tx, err
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
			pause *= 2
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// transact runs do in a transaction of its own.
func (db *DB) transact(ctx context.Context, pool *sql.DB, options sql.TxOptions, do func(*Tx) error) (*Tx, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = conn.Close() }() // back to the pool
	begun, err := conn.BeginTx(ctx, &options)
	if err != nil {
		return nil, fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = begun.Rollback() }() // does nothing after the commit
	tx := &Tx{db: db, sql: begun, conn: conn, now: db.Now(), wall: db.Wall()}
	if err := do(tx); err != nil {
		return nil, err
	}
	if err := begun.Commit(); err != nil {
		return nil, fmt.Errorf("store: commit: %w", err)
	}
	return tx, nil
}

// callback runs the function given to Write. It stands alone, never inlined,
// so that insideWrite can find it on the stack.
//
//go:noinline
func callback(do func(*Tx) error, tx *Tx) error { return do(tx) }

var callbackEntry = runtime.FuncForPC(reflect.ValueOf(callback).Pointer()).Entry()

// insideWrite reports whether this goroutine is running a function given to
// Write. The function gets no context of its own that could carry a mark, and
// the caller's context may well be shared by many goroutines, so the stack is
// the one thing that tells. It costs about a microsecond.
func insideWrite() bool {
	var frames [96]uintptr
	for skip := 2; ; skip += len(frames) {
		n := runtime.Callers(skip, frames[:])
		for _, pc := range frames[:n] {
			if f := runtime.FuncForPC(pc - 1); f != nil && f.Entry() == callbackEntry {
				return true
			}
		}
		if n < len(frames) {
			return false
		}
	}
}
