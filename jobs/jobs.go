// Package jobs does later what a request should not wait for: mail, clean-up,
// recounting. A job is added inside the transaction that makes it necessary, so
// that it exists exactly when its cause does; it is worked at least once, by any
// replica, and tried again with growing pauses when it fails.
//
//	q, err := jobs.New(db, log)
//	jobs.Handle(q, func(ctx context.Context, a sendMail) error { … })
//	jobs.Every(q, "mail.forget", 24*time.Hour, forget)
//	err = q.Start(ctx)
//	…
//	err = q.Add(ctx, tx, sendMail{Message: id})
//
// River (riverqueue.com) keeps the jobs in our database. Nobody else in the
// program knows it.
package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Args say what a job is about. They are kept as JSON for days and read by
// administrators, so they hold ids, numbers and marks only; Handle refuses a
// type that could hold more.
type Args interface {
	// Kind names the job for ever: rows of yesterday's program bear it.
	Kind() string
}

// Single is implemented by Args of which two equal ones must not wait or work at
// the same time; adding the second does nothing.
type Single interface{ Single() }

// Limits of one job.
const (
	timeout      = time.Minute     // for one attempt
	abandoned    = 5 * time.Minute // a job worked for longer lost its program
	softStop     = 3 * time.Second // what a running job still gets at Stop
	mostAttempts = 25              // about three weeks of River's pauses
	workers      = 8
	// retention lets an administrator find a discarded job.
	retention = 90 * 24 * time.Hour
)

// Queue adds jobs and works them.
type Queue struct {
	db       *store.DB
	log      *slog.Logger
	engine   engine
	workers  *river.Workers
	handlers map[string]handler
	periodic []*river.PeriodicJob
	ticks    map[string]func(context.Context) error
	atStart  []func(context.Context) error
}

// handler works a job from its JSON.
type handler func(ctx context.Context, args []byte) error

// New prepares a queue on a migrated database. Register handlers next; Add works
// at once, jobs are worked after Start.
func New(db *store.DB, log *slog.Logger) (*Queue, error) {
	q := &Queue{
		db: db, log: slog.New(calm{log.Handler()}), workers: river.NewWorkers(),
		handlers: map[string]handler{}, ticks: map[string]func(context.Context) error{},
	}
	var err error
	if q.engine, err = newEngine(db, q.inserting()); err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	register(q, q.tick)
	return q, nil
}

// Handle says who works jobs of one kind. It is called while the program is put
// together, before Start, and panics when that is done wrongly.
func Handle[A Args](q *Queue, work func(ctx context.Context, a A) error) {
	if err := onlyIDs[A](); err != nil {
		panic(fmt.Sprintf("jobs: %v", err))
	}
	register(q, work)
}

func register[A Args](q *Queue, work func(ctx context.Context, a A) error) {
	var zero A
	kind := zero.Kind()
	perform := func(ctx context.Context, a A) error {
		return q.perform(ctx, kind, func(ctx context.Context) error { return work(ctx, a) })
	}
	river.AddWorker(q.workers, river.WorkFunc(func(ctx context.Context, job *river.Job[A]) error {
		return perform(ctx, job.Args)
	}))
	q.handlers[kind] = func(ctx context.Context, encoded []byte) error {
		var a A
		if err := json.Unmarshal(encoded, &a); err != nil {
			return clean(err)
		}
		return perform(ctx, a)
	}
}

// Add lets a job be worked as soon as tx is committed; when tx is not, there
// never was a job.
func (q *Queue) Add(ctx context.Context, tx *store.Tx, a Args) error {
	return q.insert(ctx, tx, a, &river.InsertOpts{})
}

// AddAt lets a job be worked at the given time of the wall clock or, since
// waiting jobs are looked through every few seconds, a little later.
func (q *Queue) AddAt(ctx context.Context, tx *store.Tx, a Args, at time.Time) error {
	return q.insert(ctx, tx, a, &river.InsertOpts{ScheduledAt: at})
}

func (q *Queue) insert(ctx context.Context, tx *store.Tx, a Args, o *river.InsertOpts) error {
	if _, single := a.(Single); single {
		o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished}
	}
	if err := q.engine.insert(ctx, tx, a, o); err != nil {
		return fmt.Errorf("jobs: add %s: %w", a.Kind(), err)
	}
	return nil
}

var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

// perform runs one attempt: within its time, with panics turned into errors, and
// with nothing of a person in what is kept of an error.
func (q *Queue) perform(ctx context.Context, kind string, work func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
			q.log.Error("job panicked", "kind", kind, "error", err, "stack", stack())
			return
		}
		switch {
		case err == nil:
		case pointless(err):
			q.log.Info("job is pointless now", "kind", kind, "reason", Clean(err))
			err = river.JobCancel(clean(err))
		default:
			err = clean(err)
			q.log.Warn("job failed", "kind", kind, "error", err)
		}
	}()
	return work(ctx)
}

// pointless says that another attempt would end the same way: what the job was
// about is gone, closed or refused. Such a job is cancelled, not repeated.
func pointless(err error) bool {
	switch fault.KindOf(err) {
	case fault.KindNotFound, fault.KindClosed, fault.KindInvalid, fault.KindForbidden:
		return true
	}
	return false
}

// Start begins to work jobs. Cancelling ctx stops that as Stop does.
func (q *Queue) Start(ctx context.Context) error {
	for _, work := range q.atStart {
		if err := work(ctx); err != nil {
			return fmt.Errorf("jobs: at start: %w", err)
		}
	}
	if err := q.engine.start(ctx, q.working()); err != nil {
		return fmt.Errorf("jobs: start: %w", err)
	}
	return nil
}

// Stop takes no new job, waits for those at work, and after a few seconds asks
// them to give up. It returns when all have ended or ctx has.
func (q *Queue) Stop(ctx context.Context) error {
	if err := q.engine.stop(ctx); err != nil {
		return fmt.Errorf("jobs: stop: %w", err)
	}
	return nil
}

// inserting is the configuration of the side that adds. It takes the time from
// the store's clock, so that tests decide what is due.
func (q *Queue) inserting() *river.Config {
	return &river.Config{
		Logger:      q.engineLog(),
		MaxAttempts: mostAttempts,
		Workers:     q.workers,
		Test:        river.TestConfig{Time: wallClock{q.db}},
	}
}

// working is the configuration of the side that works.
func (q *Queue) working() *river.Config {
	return &river.Config{
		DiscardedJobRetentionPeriod: retention,
		CancelledJobRetentionPeriod: retention,
		FetchPollInterval:           pollInterval,
		JobTimeout:                  timeout + time.Second, // ours ends first and says why
		Logger:                      q.engineLog(),
		MaxAttempts:                 mostAttempts,
		PeriodicJobs:                q.periodic,
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		RescueStuckJobsAfter:        abandoned,
		SoftStopTimeout:             softStop,
		Workers:                     q.workers,
	}
}

// pollInterval is how long a job on SQLite waits at most; looking costs some
// fifty microseconds. PostgreSQL is told of new jobs and polls as a precaution.
const pollInterval = 250 * time.Millisecond

// wallClock lets River take its time from the store.
type wallClock struct{ db *store.DB }

func (c wallClock) Now() time.Time { return c.db.Wall() }

func (c wallClock) NowOrNil() *time.Time {
	now := c.db.Wall()
	return &now
}

// Failure is a job that was given up.
type Failure struct {
	Kind     string
	Attempts int
	At       time.Time
	Error    string
}

// Failures lists jobs that were tried for the last time, newest first. What
// became pointless is not among them.
func (q *Queue) Failures(ctx context.Context, limit int) ([]Failure, error) {
	rows, err := q.engine.list(ctx, river.NewJobListParams().
		States(rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByFinalizedAt, river.SortOrderDesc).
		First(limit))
	if err != nil {
		return nil, fmt.Errorf("jobs: list failures: %w", err)
	}
	failures := make([]Failure, len(rows))
	for i, row := range rows {
		failures[i] = Failure{Kind: row.Kind, Attempts: row.Attempt, At: *row.FinalizedAt}
		if n := len(row.Errors); n > 0 {
			failures[i].Error = row.Errors[n-1].Error
		}
	}
	return failures, nil
}

// Waiting counts the jobs that are not finished, for metrics.
func (q *Queue) Waiting(ctx context.Context) (int, error) {
	return store.One[int](ctx, q.db, `SELECT count(*) FROM river_job WHERE finalized_at IS NULL`)
}

// engineLog is where River writes. That it started, and how many jobs it has
// counted, is news to whoever looks into jobs only: they log at the level debug.
func (q *Queue) engineLog() *slog.Logger {
	if q.log.Enabled(context.Background(), slog.LevelDebug) {
		return q.log
	}
	return slog.New(quiet{q.log.Handler()})
}

// quiet lets through what somebody has to do something about.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }
func (q quiet) WithGroup(name string) slog.Handler       { return quiet{q.Handler.WithGroup(name)} }

// calm keeps out of the log what River says when it is stopped in the middle of
// looking for work: that its context has ended.
type calm struct{ slog.Handler }

func (c calm) Handle(ctx context.Context, r slog.Record) error {
	stopped := false
	r.Attrs(func(a slog.Attr) bool {
		stopped = a.Value.String() == context.Canceled.Error()
		return !stopped
	})
	if stopped {
		return nil
	}
	return c.Handler.Handle(ctx, r)
}

func (c calm) WithAttrs(attrs []slog.Attr) slog.Handler { return calm{c.Handler.WithAttrs(attrs)} }
func (c calm) WithGroup(name string) slog.Handler       { return calm{c.Handler.WithGroup(name)} }
