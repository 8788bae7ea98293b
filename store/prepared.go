package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
)

// mostPrepared bounds the statements kept ready. The SQL texts of the program
// are fewer; only lists of many lengths (see In) could fill the cache, and
// then they are compiled each time, as without it.
const mostPrepared = 400

// preparedStatements keeps the queries of the SQLite readers compiled, which
// saves about as much time as running a short one. pgx does the same by
// itself, so that on PostgreSQL there is none (a nil pointer).
type preparedStatements struct {
	db     *sql.DB
	byText sync.Map // SQL text → *sql.Stmt
	n      atomic.Int64
}

// get returns the statement for this text, or nil where the text should be
// sent as it is: the cache is full, or compiling failed and sending the text
// will tell why.
func (p *preparedStatements) get(ctx context.Context, query string) *sql.Stmt {
	if p == nil {
		return nil
	}
	if stmt, ok := p.byText.Load(query); ok {
		return stmt.(*sql.Stmt)
	}
	if p.n.Load() >= mostPrepared {
		return nil
	}
	stmt, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	if first, loaded := p.byText.LoadOrStore(query, stmt); loaded {
		_ = stmt.Close() // another goroutine was quicker
		return first.(*sql.Stmt)
	}
	p.n.Add(1)
	return stmt
}

func (p *preparedStatements) close() error {
	if p == nil {
		return nil
	}
	var errs []error
	p.byText.Range(func(_, stmt any) bool {
		errs = append(errs, stmt.(*sql.Stmt).Close())
		return true
	})
	return errors.Join(errs...)
}
