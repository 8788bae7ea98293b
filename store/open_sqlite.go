package store

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// openSQLite opens one connection that writes and several that only read; in
// WAL mode neither waits for the other.
func (db *DB) openSQLite(path string, volatile bool) error {
	if path == "" || path == ":memory:" {
		return errors.New("store: SQLite needs the path of a file, as in sqlite:wspolnota.db")
	}
	db.dialect = SQLite
	synchronous := "FULL" // an acknowledged write survives a power cut
	if volatile {
		synchronous = "OFF"
	}
	if err := makePrivate(path); err != nil {
		return fmt.Errorf("store: open: %w", err)
	}
	var err error
	db.writes, err = sql.Open("sqlite", sqliteAddress(path, url.Values{
		"_txlock": {"immediate"},
		"_dqs":    {"0"}, // "x" is a column and never a text, as in PostgreSQL
		"_pragma": {
			"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(" + synchronous + ")",
			"foreign_keys(1)", "cache_size(-16000)", "journal_size_limit(67108864)",
		},
	}))
	if err != nil {
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	// One connection: SQLite has one writer at a time in any case, and waiting
	// in Go is fairer than waiting for a lock of the file.
	db.writes.SetMaxOpenConns(1)
	// The first connection makes the file and its WAL, which the readers,
	// who may not write, have to find.
	if err := db.writes.Ping(); err != nil {
		return errors.Join(fmt.Errorf("store: open %s: %w", path, err), db.writes.Close())
	}
	// No mmap_size: it gained nothing measurable, and a disk that fails under
	// a mapped file kills the program where a read would return an error.
	db.reads, err = sql.Open("sqlite", sqliteAddress(path, url.Values{
		"_query_only": {"1"},
		"_dqs":        {"0"},
		"_pragma":     {"busy_timeout(5000)", "cache_size(-4000)"},
	}))
	if err != nil {
		return errors.Join(fmt.Errorf("store: open %s: %w", path, err), db.writes.Close())
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	db.reads.SetMaxOpenConns(readers)
	db.reads.SetMaxIdleConns(readers)
	db.prepared, db.ahead = &preparedStatements{db: db.reads}, newPreparedWrites(db.writes)
	db.group = newGroupCommit(db)
	return nil
}

// makePrivate makes the file where it is missing, readable by nobody else; what
// SQLite puts beside it gets the same rights.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func sqliteAddress(path string, options url.Values) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode()
}
