package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// fate is what becomes of one write of the property test.
type fate int

const (
	succeeds fate = iota
	fails
	panics
	breaks    // a statement fails, and the write passes its error on
	swallows  // a statement fails, and the write goes on without it
	cancelled // its person is gone before its turn
	leaves    // its person leaves in the middle
	exits     // its goroutine ends, as t.FailNow does
	fates
)

var errRefused = errors.New("refused")

// Whatever mix of writes comes together, exactly the acknowledged ones are
// there, each of them whole.
func TestExactlyTheAcknowledgedWritesAreThere(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		round := 0
		rapid.Check(t, func(t *rapid.T) {
			round++
			mix := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) fate {
				return fate(rapid.IntRange(0, int(fates)-1).Draw(t, "fate"))
			}), 1, 24).Draw(t, "mix")
			acknowledged := writeTogether(db, round, mix)
			for i, fate := range mix {
				want := 0
				if acknowledged[i] {
					want = 2 // both of its rows
				}
				n, err := store.One[int](context.Background(), db, `SELECT count(*) FROM shelf WHERE title LIKE $1`, fmt.Sprintf("%d/%d/%%", round, i))
				if err != nil || n != want {
					t.Errorf("write %d, fate %d, acknowledged %v: %d rows, %v", i, fate, acknowledged[i], n, err)
				}
				if acknowledged[i] != (fate == succeeds || fate == swallows && db.Dialect() == store.SQLite) {
					t.Errorf("write %d, fate %d: acknowledged = %v", i, fate, acknowledged[i])
				}
			}
		})
	})
}

// writeTogether lets all writes of the mix start at once and tells which of
// them were acknowledged.
func writeTogether(db *store.DB, round int, mix []fate) []bool {
	acknowledged := make([]bool, len(mix))
	var all sync.WaitGroup
	for i, fate := range mix {
		all.Go(func() {
			defer func() { _ = recover() }()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			if fate == cancelled {
				cancel()
			}
			insert := func(tx *store.Tx, part string) error {
				_, err := tx.Exec(ctx, `INSERT INTO shelf (id, title) VALUES ($1, $2)`, store.NewID(), fmt.Sprintf("%d/%d/%s", round, i, part))
				return err
			}
			err := db.Write(ctx, func(tx *store.Tx) error {
				if err := insert(tx, "a"); err != nil {
					return err
				}
				switch fate {
				case fails:
					return errRefused
				case panics:
					panic("oops")
				case breaks:
					return insert(tx, "a") // the title is there already
				case swallows:
					_ = insert(tx, "a")
				case leaves:
					cancel()
				case exits:
					runtime.Goexit()
				}
				return insert(tx, "b")
			})
			acknowledged[i] = err == nil
		})
	}
	all.Wait()
	return acknowledged
}

// Nothing of a group is acknowledged before its commit, and the writes that
// wait together share one.
func TestWaitingWritesShareACommit(t *testing.T) {
	db := storetest.SQLite(t)
	run(t, db, shelf)
	const writes = 50
	inside, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		_ = db.Write(t.Context(), func(*store.Tx) error { close(inside); <-release; return nil })
	})
	<-inside
	// Whoever sees rows that are not visible outside shares their transaction.
	var shared atomic.Int32
	for range writes {
		all.Go(func() {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ($1)`, store.NewID()); err != nil {
					return err
				}
				within, err := store.One[int](t.Context(), tx, `SELECT count(*) FROM shelf`)
				if err != nil {
					return err
				}
				outside, err := store.One[int](t.Context(), db, `SELECT count(*) FROM shelf`)
				if within > outside+1 {
					shared.Add(1)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	waitUntil(t, func() bool { return store.Waiting(db) == writes })
	close(release)
	all.Wait()
	if shared.Load() < writes/2 {
		t.Errorf("only %d of %d writes shared a commit", shared.Load(), writes)
	}
	if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != writes {
		t.Errorf("%d rows", n)
	}
}

func TestWaitingWriteCanBeCancelled(t *testing.T) {
	db := storetest.SQLite(t)
	inside, release := make(chan struct{}), make(chan struct{})
	first := make(chan error)
	go func() {
		first <- db.Write(t.Context(), func(*store.Tx) error { close(inside); <-release; return nil })
	}()
	<-inside
	ctx, cancel := context.WithCancel(t.Context())
	second := make(chan error)
	go func() {
		second <- db.Write(ctx, func(*store.Tx) error { t.Error("a cancelled write ran"); return nil })
	}()
	waitUntil(t, func() bool { return store.Waiting(db) == 1 })
	cancel()
	if err := <-second; !errors.Is(err, context.Canceled) { // while the first still holds the database
		t.Errorf("err = %v", err)
	}
	close(release)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

// SQLite rolls a whole transaction back when a change in it is interrupted. A
// person who leaves during a long statement must not undo their neighbours.
func TestLeavingDuringAStatementHarmsNobody(t *testing.T) {
	db := storetest.SQLite(t)
	run(t, db, shelf)
	inside, release := make(chan struct{}), make(chan struct{})
	neighbour, leaver := make(chan error), make(chan error)
	go func() {
		neighbour <- db.Write(t.Context(), func(tx *store.Tx) error {
			close(inside)
			<-release
			_, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ('neighbour')`)
			return err
		})
	}()
	<-inside
	go func() {
		ctx, cancel := context.WithCancel(t.Context())
		leaver <- db.Write(ctx, func(tx *store.Tx) error {
			time.AfterFunc(10*time.Millisecond, cancel)
			_, err := tx.Exec(ctx, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)
				INSERT INTO shelf (id) SELECT i FROM n WHERE i % 1000 = 0`)
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `INSERT INTO shelf (id) VALUES ('leaver')`)
			return err
		})
	}()
	waitUntil(t, func() bool { return store.Waiting(db) == 1 })
	close(release)
	if err := <-leaver; !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	if err := <-neighbour; err != nil {
		t.Error(err)
	}
	if got := one[string](t, db, `SELECT id FROM shelf`); got != "neighbour" {
		t.Errorf("id = %q", got)
	}
}

// A commit that fails takes everybody's acknowledgement with it.
func TestFailedCommitFailsTheWholeGroup(t *testing.T) {
	db := storetest.SQLite(t)
	run(t, db, shelf)
	run(t, db, `CREATE TABLE loan (shelf_id TEXT NOT NULL REFERENCES shelf (id) DEFERRABLE INITIALLY DEFERRED)`)
	inside, release := make(chan struct{}), make(chan struct{})
	answers := make(chan error)
	go func() {
		answers <- db.Write(t.Context(), func(tx *store.Tx) error {
			close(inside)
			<-release
			// SQLite looks at this reference only when it commits.
			_, err := tx.Exec(t.Context(), `INSERT INTO loan VALUES ('no such book')`)
			return err
		})
	}()
	<-inside
	for i := range 3 {
		go func() {
			answers <- db.Write(t.Context(), func(tx *store.Tx) error {
				tx.AfterCommit(func() { t.Error("AfterCommit ran although the commit failed") })
				_, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ($1)`, fmt.Sprint(i))
				return err
			})
		}()
	}
	waitUntil(t, func() bool { return store.Waiting(db) == 3 })
	close(release)
	for range 4 {
		if err := <-answers; err == nil {
			t.Error("a write of the group was acknowledged")
		}
	}
	if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 0 {
		t.Errorf("%d rows", n)
	}
	run(t, db, `INSERT INTO shelf (id) VALUES ('next')`)
}

func TestCloseWaitsForWrites(t *testing.T) {
	address := storetest.SQLiteAddress(t)
	db, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, shelf)
	inside := make(chan struct{})
	answer := make(chan error)
	go func() {
		answer <- db.Write(t.Context(), func(tx *store.Tx) error {
			close(inside)
			runtime.Gosched()
			_, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ('last')`)
			return err
		})
	}()
	<-inside
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-answer; err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := one[string](t, again, `SELECT id FROM shelf`); got != "last" {
		t.Errorf("id = %q", got)
	}
}

// waitUntil waits for a condition that other goroutines bring about.
func waitUntil(t *testing.T, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain")
		}
	}
}
