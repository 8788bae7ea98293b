package search

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

// filling is the job that indexes what stands behind After, of the kind with
// this number and of the kinds after it that another analyser has filled.
type filling struct {
	Number int
	After  store.ID
}

func (filling) Kind() string { return "search.fill" }

// Single: two replicas that start together fill the index once.
func (filling) Single() {}

const (
	fillBatch = 20
	// fillFor is how long one job goes on before it hands over to the next: a
	// program that is told to stop waits no longer than that for a job.
	fillFor = 2 * time.Second
)

// FillAtStart lets a program whose analyser is not the one that has filled the
// index fill it anew after its start. It is a job, so that the site opens
// meanwhile; until it is done, what has not had its turn is found as before, or
// not yet.
func (s *Service) FillAtStart(q *jobs.Queue) {
	s.handleScrubbing(q)
	jobs.Handle(q, func(ctx context.Context, f filling) error { return s.fill(ctx, q, f) })
	jobs.AtStart(q, func(ctx context.Context) error {
		return s.db.Write(ctx, func(tx *store.Tx) error {
			_, pending, err := s.unfilled(ctx, tx, 0)
			if err != nil || !pending {
				return err
			}
			return q.Add(ctx, tx, filling{})
		})
	})
}

// unfilled is the first kind from number on that this analyser has not filled.
func (s *Service) unfilled(ctx context.Context, r store.Reader, number int) (int, bool, error) {
	for i := number; i < len(s.kinds); i++ {
		version, err := store.One[int](ctx, r, `SELECT version FROM search_filled WHERE kind = $1`, s.kinds[i].Name)
		if fault.Is(err, fault.KindNotFound) {
			return i, true, nil
		}
		if err != nil || version != Version {
			return i, err == nil, err
		}
	}
	return 0, false, nil
}

// fill works one job.
func (s *Service) fill(ctx context.Context, q *jobs.Queue, f filling) error {
	for end := s.db.Wall().Add(fillFor); s.db.Wall().Before(end); {
		began := time.Now()
		next, more, err := s.fillSome(ctx, f)
		if err != nil {
			return err
		}
		if !more {
			debug.FreeOSMemory() // what reading everything took is not needed again
			return nil
		}
		f = next
		if err := pause(ctx, time.Since(began)); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return q.Add(ctx, tx, f) })
}

// pause lets others write: the program that this one replaces may still be
// serving, and on SQLite two processes do not take turns by themselves.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// FillNow fills the index before it returns: for a demo and for tests.
func (s *Service) FillNow(ctx context.Context) error {
	var f filling
	for {
		next, more, err := s.fillSome(ctx, f)
		if err != nil || !more {
			return err
		}
		f = next
	}
}

// fillSome indexes one batch and tells where to go on. Documents are read and
// written in one transaction that no room's saving runs beside.
func (s *Service) fillSome(ctx context.Context, f filling) (next filling, more bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		number, pending, err := s.unfilled(ctx, tx, f.Number)
		if err != nil || !pending {
			more = false
			return err
		}
		next, more = filling{Number: number}, true
		if number == f.Number {
			next.After = f.After
		}
		if tx.Dialect() == store.Postgres {
			if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(putting)); err != nil {
				return err
			}
		}
		kind := s.kinds[number]
		documents, last, err := kind.All(ctx, tx, next.After, fillBatch)
		if err != nil {
			return err
		}
		for _, d := range documents {
			if err := Put(ctx, tx, d); err != nil {
				return err
			}
		}
		if next.After = last; last != "" {
			return nil
		}
		next = filling{Number: number + 1}
		_, err = tx.Exec(ctx, `INSERT INTO search_filled (kind, version) VALUES ($1, $2)
			ON CONFLICT (kind) DO UPDATE SET version = excluded.version`, kind.Name, Version)
		return err
	})
	if err != nil {
		return f, false, fmt.Errorf("search: fill: %w", err)
	}
	return next, more, nil
}

// FillAgain lets the next start of the program fill the index anew, after rows
// came in that no verb has put into it.
func FillAgain(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM search_filled`)
	return err
}
