package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
)

// preparedWrites keeps the statements of SQLite's writer compiled. Compiling one
// takes several times as long as running it, and while it is compiled everybody
// else who wants to write waits. On PostgreSQL there is none (a nil pointer):
// pgx does the same by itself.
//
// A text is compiled when it was used twice, and between two transactions:
// within one, the only connection is taken.
type preparedWrites struct {
	db *sql.DB

	mu     sync.Mutex
	known  map[string]*sql.Stmt // nil: was used, and is not compiled
	ready  int                  // how many are
	wanted []string
}

// mostKnown bounds the texts that are remembered without being compiled.
const mostKnown = 5 * mostPrepared

func newPreparedWrites(db *sql.DB) *preparedWrites {
	return &preparedWrites{db: db, known: map[string]*sql.Stmt{}}
}

// get returns the statement for this text, or nil where the text should be sent
// as it is, and remembers that it was asked for.
func (p *preparedWrites) get(query string) *sql.Stmt {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	stmt, known := p.known[query]
	switch {
	case !known && len(p.known) < mostKnown && plain(query):
		p.known[query] = nil
	case known && stmt == nil && p.ready < mostPrepared:
		p.wanted = append(p.wanted, query)
	}
	return stmt
}

// plain tells statements on rows from those that change the tables or the
// connection, some of which act when they are compiled.
func plain(query string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch strings.ToUpper(word) {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return true
	}
	return false
}

// prepare compiles what was asked for. Nobody is in a transaction.
func (p *preparedWrites) prepare() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, query := range p.wanted {
		if p.known[query] != nil {
			continue // asked for by two
		}
		// Where it fails, sending the text will tell why.
		if stmt, err := p.db.PrepareContext(context.Background(), query); err == nil {
			p.known[query] = stmt
			p.ready++
		}
	}
	p.wanted = nil
}

func (p *preparedWrites) close() error {
	if p == nil {
		return nil
	}
	var errs []error
	for _, stmt := range p.known {
		if stmt != nil {
			errs = append(errs, stmt.Close())
		}
	}
	return errors.Join(errs...)
}
