package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNested is returned by a Write called from inside another Write. On SQLite
// it would wait for itself for ever; on PostgreSQL it would not be undone with
// the outer one. Pass the *Tx on instead.
var ErrNested = errors.New("store: Write called inside Write; pass the *Tx on instead")

// ErrClosed is returned by a Write after Close.
var ErrClosed = errors.New("store: closed")

// IsUnique reports whether err says that a row with the same key exists, and
// the key is the one meant by hint: a part of "table.column" or of the name of
// the constraint or index.
func IsUnique(err error, hint string) bool {
	key, ok := uniqueKey(err)
	return ok && strings.Contains(key, hint)
}

// uniqueKey tells which key was there already, as "table.column,
// table.column" and the constraint's name where the database gives it.
func uniqueKey(err error) (string, bool) {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
			return e.Error(), true // … UNIQUE constraint failed: table.column, table.column
		}
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "23505" {
		// Detail reads "Key (a, b)=(1, 2) already exists."; the values
		// after "=" come from people and must not be searched.
		columns, _, _ := strings.Cut(strings.TrimPrefix(e.Detail, "Key ("), ")=(")
		key := e.ConstraintName
		for column := range strings.SplitSeq(columns, ", ") {
			key += ", " + e.TableName + "." + column
		}
		return key, true
	}
	return "", false
}

// IsUnavailable reports whether err says that the database cannot serve now but
// may soon: the disk is full or fails, another program holds the file, the
// server is stopping, starting, unreachable or out of connections. The web
// answers such a request with 503.
func IsUnavailable(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff { // the primary code of an extended one
		case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN,
			sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM:
			return true
		}
		return false
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch e.Code[:2] {
		case "08", // connection lost
			"53", // disk full, out of memory, too many connections
			"57", // shutting down, starting up
			"58": // error of the system below
			return e.Code != "57014" // a statement cancelled on purpose
		}
		return e.Code == "25006" // the server became a read-only standby
	}
	if errors.Is(err, ErrClosed) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	_, ok := errors.AsType[*net.OpError](err)
	return ok
}

// IsNoText reports whether err says that a value is no text: PostgreSQL keeps
// neither zero bytes nor broken UTF-8, and refuses to look for them. Where it
// was only looked for, there is no such row; the web answers so.
func IsNoText(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == "22021"
}

// isRepeatable reports whether PostgreSQL asks to run the transaction again:
// it could not be serialised, or it was the victim of a deadlock.
func isRepeatable(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}
