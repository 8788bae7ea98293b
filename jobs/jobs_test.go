package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

type recount struct {
	Ballot store.ID
	Round  int
}

func (recount) Kind() string { return "test.recount" }

// once may wait only once for each ballot.
type once struct{ Ballot store.ID }

func (once) Kind() string { return "test.once" }
func (once) Single()      {}

func newQueue(t testing.TB, db *store.DB) *jobs.Queue {
	t.Helper()
	q, err := jobs.New(db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func add(t testing.TB, db *store.DB, q *jobs.Queue, a jobs.Args) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error { return q.Add(t.Context(), tx, a) }); err != nil {
		t.Fatal(err)
	}
}

func drain(t testing.TB, q *jobs.Queue) {
	t.Helper()
	if err := q.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func waiting(t testing.TB, q *jobs.Queue) int {
	t.Helper()
	n, err := q.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestJobIsThereExactlyWhenItsCauseIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		var worked []recount
		jobs.Handle(q, func(_ context.Context, a recount) error {
			worked = append(worked, a)
			return nil
		})
		undone := errors.New("undone")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if err := q.Add(t.Context(), tx, recount{Ballot: "undone"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if n := waiting(t, q); n != 0 {
			t.Fatalf("%d jobs after a write that was undone", n)
		}
		want := recount{Ballot: store.NewID(), Round: 2}
		add(t, db, q, want)
		if n := waiting(t, q); n != 1 {
			t.Fatalf("%d jobs after one was added", n)
		}
		drain(t, q)
		drain(t, q)
		if !slices.Equal(worked, []recount{want}) {
			t.Fatalf("worked %v, want once %v", worked, want)
		}
	})
}

func TestOneWriteUndoneInAGroupTakesNoOtherJobWithIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		var mu sync.Mutex
		worked := map[int]int{}
		jobs.Handle(q, func(_ context.Context, a recount) error {
			mu.Lock()
			defer mu.Unlock()
			worked[a.Round]++
			return nil
		})
		const writers = 60
		var group sync.WaitGroup
		for i := range writers {
			group.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				_ = db.Write(ctx, func(tx *store.Tx) error {
					if i%3 == 1 { // a person who closed the page
						cancel()
					}
					if err := q.Add(ctx, tx, recount{Round: i}); err != nil {
						return err
					}
					if i%3 == 2 {
						return errors.New("undone")
					}
					return nil
				})
			})
		}
		group.Wait()
		drain(t, q)
		for i := range writers {
			want := 0
			if i%3 == 0 {
				want = 1
			}
			if worked[i] != want {
				t.Errorf("job %d was worked %d times, want %d", i, worked[i], want)
			}
		}
	})
}

func TestDrainWorksWhatJobsAdd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		last := 0
		jobs.Handle(q, func(ctx context.Context, a recount) error {
			last = a.Round
			if a.Round == 5 {
				return nil
			}
			return db.Write(ctx, func(tx *store.Tx) error { return q.Add(ctx, tx, recount{Round: a.Round + 1}) })
		})
		add(t, db, q, recount{Round: 1})
		drain(t, q)
		if last != 5 {
			t.Fatalf("the chain ended at %d", last)
		}
	})
}

func TestJobOfALaterHourWaitsForIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		worked := 0
		jobs.Handle(q, func(context.Context, recount) error { worked++; return nil })
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return q.AddAt(t.Context(), tx, recount{}, tx.Wall().Add(time.Hour))
		})
		if err != nil {
			t.Fatal(err)
		}
		db.Clock().Advance(59 * time.Minute)
		drain(t, q)
		if worked != 0 {
			t.Fatal("worked too early")
		}
		db.Clock().Advance(2 * time.Minute)
		drain(t, q)
		if worked != 1 {
			t.Fatalf("worked %d times", worked)
		}
	})
}

func TestFailedJobIsTriedAgainLaterAndGivenUpVisibly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		tries := 0
		jobs.Handle(q, func(context.Context, recount) error {
			tries++
			return fmt.Errorf("send to jan.testowy@example.org: no route, token %s", strings.Repeat("a1", 20))
		})
		add(t, db, q, recount{})
		drain(t, q)
		drain(t, q)
		if tries != 1 {
			t.Fatalf("tried %d times without a pause", tries)
		}
		for range 40 {
			db.Clock().Advance(7 * 24 * time.Hour)
			drain(t, q)
		}
		if tries != 25 {
			t.Fatalf("tried %d times in all", tries)
		}
		failures, err := q.Failures(t.Context(), 10)
		if err != nil || len(failures) != 1 {
			t.Fatalf("failures = %v, %v", failures, err)
		}
		f := failures[0]
		if f.Kind != "test.recount" || f.Attempts != 25 || f.Error != "send to …: no route, token …" || f.At.IsZero() {
			t.Fatalf("failure = %+v", f)
		}
	})
}

func TestPanicIsAFailureOfTheJobOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		tries := 0
		jobs.Handle(q, func(context.Context, recount) error {
			if tries++; tries == 1 {
				var none []int
				_ = none[tries]
			}
			return nil
		})
		add(t, db, q, recount{})
		drain(t, q)
		db.Clock().Advance(time.Hour)
		drain(t, q)
		if tries != 2 || waiting(t, q) != 0 {
			t.Fatalf("tried %d times, %d jobs wait", tries, waiting(t, q))
		}
	})
}

func TestPointlessJobIsNotRepeated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		tries := 0
		jobs.Handle(q, func(context.Context, recount) error {
			tries++
			return fmt.Errorf("recount: %w", fault.NotFound("ballot"))
		})
		add(t, db, q, recount{})
		drain(t, q)
		db.Clock().Advance(time.Hour)
		drain(t, q)
		failures, err := q.Failures(t.Context(), 10)
		if tries != 1 || waiting(t, q) != 0 || len(failures) != 0 || err != nil {
			t.Fatalf("tried %d times, %d wait, failures %v, %v", tries, waiting(t, q), failures, err)
		}
	})
}

func TestConflictIsRepeated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		tries := 0
		jobs.Handle(q, func(context.Context, recount) error {
			if tries++; tries == 1 {
				return fault.Conflict("fault.conflict")
			}
			return nil
		})
		add(t, db, q, recount{})
		drain(t, q)
		db.Clock().Advance(time.Hour)
		drain(t, q)
		if tries != 2 {
			t.Fatalf("tried %d times", tries)
		}
	})
}

func TestSingleJobWaitsOnlyOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		worked := 0
		jobs.Handle(q, func(context.Context, once) error { worked++; return nil })
		ballot, other := store.NewID(), store.NewID()
		for _, b := range []store.ID{ballot, ballot, other, ballot} {
			add(t, db, q, once{Ballot: b})
		}
		drain(t, q)
		if worked != 2 {
			t.Fatalf("worked %d times, want 2", worked)
		}
		add(t, db, q, once{Ballot: ballot})
		drain(t, q)
		if worked != 3 {
			t.Fatal("a finished job kept the next one away")
		}
	})
}

func TestJobHasItsTimeAndNoMore(t *testing.T) {
	db := storetest.SQLite(t)
	q := newQueue(t, db)
	jobs.Handle(q, func(ctx context.Context, _ recount) error {
		deadline, ok := ctx.Deadline()
		if left := time.Until(deadline); !ok || left > time.Minute {
			return fmt.Errorf("%v left", left)
		}
		return nil
	})
	add(t, db, q, recount{})
	drain(t, q)
	if n := waiting(t, q); n != 0 {
		t.Fatal("the job has no deadline")
	}
}

func TestStartedQueueWorksByItself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		worked := make(chan int, 100)
		jobs.Handle(q, func(_ context.Context, a recount) error { worked <- a.Round; return nil })
		add(t, db, q, recount{Round: 1})
		start(t, q)
		add(t, db, q, recount{Round: 2})
		seen := map[int]bool{}
		for len(seen) < 2 {
			select {
			case round := <-worked:
				seen[round] = true
			case <-time.After(20 * time.Second):
				t.Fatalf("worked only %v", seen)
			}
		}
	})
}

func start(t testing.TB, q *jobs.Queue) {
	t.Helper()
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, q) })
}

func stop(t testing.TB, q *jobs.Queue) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := q.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func TestStopWaitsForTheJobAtWork(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db)
		begun, finish := make(chan struct{}), make(chan struct{})
		var done atomic.Bool
		jobs.Handle(q, func(context.Context, recount) error {
			close(begun)
			<-finish
			done.Store(true)
			return nil
		})
		add(t, db, q, recount{})
		start(t, q)
		<-begun
		stopped := make(chan struct{})
		go func() { defer close(stopped); stop(t, q) }()
		select {
		case <-stopped:
			t.Fatal("Stop did not wait")
		case <-time.After(50 * time.Millisecond):
		}
		close(finish)
		<-stopped
		if !done.Load() || waiting(t, q) != 0 {
			t.Fatal("the job was not finished")
		}
	})
}

func TestStopEndsWithItsDeadline(t *testing.T) {
	db := storetest.SQLite(t)
	q := newQueue(t, db)
	begun, finish := make(chan struct{}), make(chan struct{})
	jobs.Handle(q, func(context.Context, recount) error {
		close(begun)
		<-finish
		return nil
	})
	add(t, db, q, recount{})
	start(t, q)
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := q.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v", err)
	}
	close(finish)
}

// A killed program leaves a job marked as running.
func TestJobOfAKilledProgramIsWorkedAfterTheNextStart(t *testing.T) {
	db := storetest.SQLite(t)
	q := newQueue(t, db)
	worked := make(chan struct{}, 1)
	jobs.Handle(q, func(context.Context, recount) error { worked <- struct{}{}; return nil })
	add(t, db, q, recount{})
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = '2014-06-01 10:00:00'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	start(t, q)
	select {
	case <-worked:
	case <-time.After(20 * time.Second):
		t.Fatal("nobody worked it")
	}
}

func TestPeriodicTaskRunsOnceInItsIntervalOverAllReplicas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel() // on SQLite a new leader takes some seconds
		turned := make(chan string, 10)
		replica := func(tasks ...string) *jobs.Queue {
			q := newQueue(t, db)
			for _, task := range tasks {
				jobs.Every(q, task, 24*time.Hour, func(context.Context) error { turned <- task; return nil })
			}
			return q
		}
		first := replica("test.forget")
		start(t, first)
		await(t, turned, "test.forget")
		stop(t, first)
		// The turn of the other task proves that the second replica leads and
		// has looked through its tasks, which it does all at once.
		start(t, replica("test.forget", "test.other"))
		await(t, turned, "test.other")
		turns, err := store.One[int](t.Context(), db, `SELECT count(*) FROM river_job WHERE kind = 'jobs.tick'`)
		if err != nil || turns != 2 {
			t.Fatalf("%d turns of two tasks in one day, %v", turns, err)
		}
	})
}

func await(t testing.TB, turned <-chan string, want string) {
	t.Helper()
	select {
	case task := <-turned:
		if task != want {
			t.Fatalf("%s has a turn, want %s", task, want)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("%s has no turn", want)
	}
}

func TestPeriodicTaskIsRefusedTwiceAndOutOfBounds(t *testing.T) {
	q := newQueue(t, storetest.SQLite(t))
	nothing := func(context.Context) error { return nil }
	jobs.Every(q, "test.a", time.Hour, nothing)
	for name, act := range map[string]func(){
		"twice":      func() { jobs.Every(q, "test.a", time.Hour, nothing) },
		"too often":  func() { jobs.Every(q, "test.b", time.Millisecond, nothing) },
		"too seldom": func() { jobs.Every(q, "test.c", 48*time.Hour, nothing) },
	} {
		if !panics(act) {
			t.Errorf("%s: no panic", name)
		}
	}
}

func panics(act func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	act()
	return false
}

type (
	withEmail struct{ UserEmail store.ID }
	withCode  struct {
		Code int `json:"number"`
	}
	withTag struct {
		Number int `json:"sms_token"`
	}
	withText    struct{ Title string }
	withMap     struct{ Data map[string]string }
	withBytes   struct{ Data []byte }
	withHidden  struct{ hidden store.ID }
	withPointer struct{ Who *store.ID }
	withAny     struct{ Who any }
	notStruct   string
	harmless    struct {
		Message  store.ID
		Others   []store.ID
		Attempt  int
		Repeated bool
		Zip      int64 // contains "ip", and is not it
	}
)

func (withEmail) Kind() string   { return "test.a" }
func (withCode) Kind() string    { return "test.b" }
func (withTag) Kind() string     { return "test.c" }
func (withText) Kind() string    { return "test.d" }
func (withMap) Kind() string     { return "test.e" }
func (withBytes) Kind() string   { return "test.f" }
func (withHidden) Kind() string  { return "test.g" }
func (withPointer) Kind() string { return "test.h" }
func (withAny) Kind() string     { return "test.i" }
func (notStruct) Kind() string   { return "test.j" }
func (harmless) Kind() string    { return "test.k" }

func TestArgumentsThatCouldHoldPersonalDataAreRefused(t *testing.T) {
	q := newQueue(t, storetest.SQLite(t))
	_ = withHidden{hidden: ""}.hidden
	for name, handle := range map[string]func(){
		"e-mail":       func() { jobs.Handle(q, func(context.Context, withEmail) error { return nil }) },
		"code":         func() { jobs.Handle(q, func(context.Context, withCode) error { return nil }) },
		"token in tag": func() { jobs.Handle(q, func(context.Context, withTag) error { return nil }) },
		"text":         func() { jobs.Handle(q, func(context.Context, withText) error { return nil }) },
		"map":          func() { jobs.Handle(q, func(context.Context, withMap) error { return nil }) },
		"bytes":        func() { jobs.Handle(q, func(context.Context, withBytes) error { return nil }) },
		"unexported":   func() { jobs.Handle(q, func(context.Context, withHidden) error { return nil }) },
		"pointer":      func() { jobs.Handle(q, func(context.Context, withPointer) error { return nil }) },
		"anything":     func() { jobs.Handle(q, func(context.Context, withAny) error { return nil }) },
		"not a struct": func() { jobs.Handle(q, func(context.Context, notStruct) error { return nil }) },
	} {
		if !panics(handle) {
			t.Errorf("%s was taken", name)
		}
	}
	if panics(func() { jobs.Handle(q, func(context.Context, harmless) error { return nil }) }) {
		t.Error("ids, numbers and marks were refused")
	}
}

func TestCleanErrorTellsNothingAboutPeople(t *testing.T) {
	for text, want := range map[string]string{
		"smtp: 550 5.1.1 <jan.testowy@example.org>: unknown":                          "smtp: 550 5.1.1 <…>: unknown",
		`people: no account "Jan Testowy"`:                                            "people: no account …",
		"call +48 600 100 200 failed":                                                 "call … failed",
		"pesel 44051401359 is bad":                                                    "pesel … is bad",
		"ERROR: duplicate key: Key (email)=(jan@example.org) already exists. (23505)": "ERROR: duplicate key: Key … already exists. (23505)",
		"get https://example.org/potwierdz?kod=123456: timeout":                       "get … timeout",
		"token Zm9vYmFyYmF6cXV4Zm9vYmFy expired":                                      "token … expired",
		"line\nbreak":                                                                 "line break",
		"store: commit: database is locked (5)":                                       "store: commit: database is locked (5)",
		"context deadline exceeded":                                                   "context deadline exceeded",
	} {
		if got := jobs.Clean(errors.New(text)); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
	if got := jobs.Clean(errors.New(strings.Repeat("very long ", 500))); len(got) > 400 {
		t.Errorf("%d characters are kept", len(got))
	}
}

func BenchmarkAddAndWork(b *testing.B) {
	db := storetest.SQLite(b)
	q := newQueue(b, db)
	jobs.Handle(q, func(context.Context, recount) error { return nil })
	for b.Loop() {
		add(b, db, q, recount{})
		drain(b, q)
	}
}
