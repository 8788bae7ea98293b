package jobs

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"github.com/wspolnota/wspolnota/store"
)

// engine hides which database River works on: its client has the type of the
// transaction in its own type.
type engine interface {
	insert(context.Context, *store.Tx, river.JobArgs, *river.InsertOpts) error
	list(context.Context, *river.JobListParams) ([]*rivertype.JobRow, error)
	executor() riverdriver.Executor
	start(context.Context, *river.Config) error
	stop(context.Context) error
}

func newEngine(db *store.DB, inserting *river.Config) (engine, error) {
	if db.Dialect() == store.Postgres {
		return newDriven[pgx.Tx](riverpgxv5.New(db.Pool()), insidePostgres, inserting)
	}
	return newDriven[*sql.Tx](polled{riversqlite.New(db.SQL())}, insideSQLite, inserting)
}

// driven is the engine on one kind of database.
type driven[Tx any] struct {
	driver    riverdriver.Driver[Tx]
	inside    func(tx *store.Tx, do func(Tx) error) error // lends the caller's transaction
	inserting *river.Client[Tx]

	mu      sync.Mutex
	working *river.Client[Tx] // nil before Start and after Stop
}

func newDriven[Tx any](d riverdriver.Driver[Tx], inside func(*store.Tx, func(Tx) error) error, c *river.Config) (*driven[Tx], error) {
	client, err := river.NewClient(d, c)
	if err != nil {
		return nil, err
	}
	return &driven[Tx]{driver: d, inside: inside, inserting: client}, nil
}

func (e *driven[Tx]) insert(ctx context.Context, tx *store.Tx, a river.JobArgs, o *river.InsertOpts) error {
	return e.inside(tx, func(raw Tx) error {
		if tx.Dialect() == store.SQLite {
			// The transaction holds the writes of others too, and SQLite rolls
			// all of it back when a statement in it is interrupted.
			if err := ctx.Err(); err != nil {
				return err
			}
			ctx = context.WithoutCancel(ctx)
		}
		_, err := e.inserting.InsertTx(ctx, raw, a, o)
		return err
	})
}

func (e *driven[Tx]) list(ctx context.Context, p *river.JobListParams) ([]*rivertype.JobRow, error) {
	result, err := e.inserting.JobList(ctx, p)
	if err != nil {
		return nil, err
	}
	return result.Jobs, nil
}

func (e *driven[Tx]) executor() riverdriver.Executor { return e.driver.GetExecutor() }

func (e *driven[Tx]) start(ctx context.Context, c *river.Config) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.working != nil {
		return errors.New("already started")
	}
	if e.driver.DatabaseName() == riverdriver.DatabaseNameSQLite {
		if err := e.reclaim(ctx, time.Now()); err != nil {
			return err
		}
	}
	client, err := river.NewClient(e.driver, c)
	if err != nil {
		return err
	}
	if err := client.Start(ctx); err != nil {
		return err
	}
	e.working = client
	return nil
}

func (e *driven[Tx]) stop(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.working == nil {
		return nil
	}
	if err := e.working.Stop(ctx); err != nil {
		return err
	}
	e.working = nil
	return nil
}

// reclaim frees the jobs that a killed program was working on. On SQLite there
// is one program, so whatever is marked as running at its start runs no longer;
// on PostgreSQL another replica may be working, and River waits for `abandoned`.
func (e *driven[Tx]) reclaim(ctx context.Context, now time.Time) error {
	const batch = 1000
	for {
		stuck, err := e.executor().JobGetStuck(ctx, &riverdriver.JobGetStuckParams{Max: batch, StuckHorizon: now})
		if err != nil || len(stuck) == 0 {
			return err
		}
		p := &riverdriver.JobRescueManyParams{StuckHorizon: now}
		for _, job := range stuck {
			p.ID = append(p.ID, job.ID)
			p.Error = append(p.Error, attemptError(job, now, "the program ended during this attempt"))
			p.FinalizedAt = append(p.FinalizedAt, nil)
			p.ScheduledAt = append(p.ScheduledAt, now)
			p.State = append(p.State, string(rivertype.JobStateAvailable))
		}
		if _, err := e.executor().JobRescueMany(ctx, p); err != nil || len(stuck) < batch {
			return err
		}
	}
}

// polled is River's SQLite driver without its notifications, which it reads
// twenty times a second on our only writing connection. Jobs are looked for
// every pollInterval instead.
type polled struct{ *riversqlite.Driver }

func (polled) SupportsListener() bool     { return false }
func (polled) SupportsListenNotify() bool { return false }

func insideSQLite(tx *store.Tx, do func(*sql.Tx) error) error { return do(tx.SQL()) }

// insidePostgres lends the pgx connection under the caller's database/sql
// transaction: what is done there is part of it.
func insidePostgres(tx *store.Tx, do func(pgx.Tx) error) error {
	return tx.Raw(func(driverConn any) error {
		return do(borrowed{driverConn.(*stdlib.Conn).Conn()})
	})
}

// borrowed is a pgx.Tx on a connection whose transaction belongs to
// database/sql: statements pass, beginning and ending do not.
type borrowed struct{ conn }

type conn = *pgx.Conn // embedded under a name that leaves Conn to the method

var errBorrowed = errors.New("jobs: the transaction belongs to the store")

func (b borrowed) Conn() *pgx.Conn                     { return b.conn }
func (borrowed) Begin(context.Context) (pgx.Tx, error) { return nil, errBorrowed }
func (borrowed) Commit(context.Context) error          { return errBorrowed }
func (borrowed) Rollback(context.Context) error        { return errBorrowed }
func (borrowed) LargeObjects() pgx.LargeObjects        { panic(errBorrowed) }
