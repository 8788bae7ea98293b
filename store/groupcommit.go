package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// A group ends when it holds this many writes or has run for this long, so
// that the first of them does not wait for ever for its commit.
const (
	mostInGroup  = 512
	longestGroup = 20 * time.Millisecond
	// slowWrite is worth a line in the log: everybody else waited.
	slowWrite = 500 * time.Millisecond
)

// groupCommit gathers the writes that wait for SQLite's single writer into one
// transaction, because a commit that reaches the disk costs some milliseconds
// whether it holds one row or a hundred.
//
// One goroutine opens the transaction and hands it round: each waiting caller
// gets it in turn, runs its own function in its own goroutine within its own
// savepoint, and hands it back. Then the goroutine commits and everybody is
// answered. An error or a panic thus undoes only the savepoint it happened in
// and surfaces where it belongs. While the disk is busy with one commit, the
// next group gathers by itself; nobody waits on purpose.
type groupCommit struct {
	db *DB

	mu      sync.Mutex
	waiting []*turn
	working sync.WaitGroup // the goroutine that commits, while there is work
	active  bool
	closed  bool
}

// turn is where one caller waits to be handed the group's transaction.
type turn struct{ come chan *group }

// group is one transaction on its way round.
type group struct {
	tx        *sql.Tx
	now, wall time.Time
	back      chan error    // handed back; an error: the transaction is lost
	done      chan struct{} // closed after the commit
	err       error         // set before done: nothing of the group was kept
}

func newGroupCommit(db *DB) *groupCommit { return &groupCommit{db: db} }

// write waits for its turn, runs do and answers after the commit of its group.
// It returns the transaction for the functions that run after the commit.
func (g *groupCommit) write(ctx context.Context, do func(*Tx) error) (*Tx, error) {
	own := &turn{come: make(chan *group, 1)}
	if err := g.enqueue(own); err != nil {
		return nil, err
	}
	var shared *group
	select {
	case shared = <-own.come:
	case <-ctx.Done():
		if g.withdraw(own) {
			return nil, ctx.Err()
		}
		shared = <-own.come
	}
	if shared.tx == nil { // it could not even begin
		return nil, shared.err
	}
	tx := &Tx{db: g.db, sql: shared.tx, now: shared.now, wall: shared.wall, shared: true}
	err := shared.run(ctx, tx, do)
	<-shared.done
	if shared.err != nil {
		return nil, shared.err
	}
	return tx, err
}

func (g *groupCommit) enqueue(t *turn) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return ErrClosed
	}
	g.waiting = append(g.waiting, t)
	if !g.active {
		g.active = true
		g.working.Go(g.work)
	}
	return nil
}

// withdraw takes a turn back that has not come yet.
func (g *groupCommit) withdraw(t *turn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting, t)
	if i < 0 {
		return false
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	return true
}

// next takes the turn that has waited longest.
func (g *groupCommit) next() *turn {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting) == 0 {
		return nil
	}
	t := g.waiting[0]
	g.waiting = slices.Delete(g.waiting, 0, 1)
	return t
}

// rest reports whether nobody waits, and if so ends the work.
func (g *groupCommit) rest() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.active = len(g.waiting) > 0
	return !g.active
}

// close lets the writes that wait finish and refuses new ones.
func (g *groupCommit) close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.working.Wait()
}

// work commits group after group until nobody waits.
func (g *groupCommit) work() {
	for !g.rest() {
		g.commit()
		g.db.ahead.prepare()
	}
}

// commit takes one group from BEGIN to COMMIT.
func (g *groupCommit) commit() {
	begun := time.Now()
	shared := &group{back: make(chan error), done: make(chan struct{}), now: g.db.Now(), wall: g.db.Wall()}
	defer close(shared.done)
	shared.tx, shared.err = g.db.writes.BeginTx(context.Background(), nil)
	if shared.err != nil {
		shared.err = fmt.Errorf("store: begin: %w", shared.err)
		g.refuse(shared)
		return
	}
	for n := 0; n < mostInGroup && time.Since(begun) < longestGroup; n++ {
		t := g.next()
		if t == nil {
			break
		}
		t.come <- shared
		if lost := <-shared.back; lost != nil {
			shared.err = lost
			_ = shared.tx.Rollback() // mostly SQLite has done it already, and then says so
			return
		}
	}
	if err := shared.tx.Commit(); err != nil {
		shared.err = fmt.Errorf("store: commit: %w", err)
	}
}

// refuse answers everybody who waits now with the error of a group that could
// not begin.
func (g *groupCommit) refuse(shared *group) {
	for t := g.next(); t != nil; t = g.next() {
		t.come <- shared
	}
}

// run does one caller's part within its own savepoint, and hands the
// transaction back in any case, even when do panics.
func (s *group) run(ctx context.Context, tx *Tx, do func(*Tx) error) (err error) {
	begun := time.Now()
	var lost error
	defer func() {
		if took := time.Since(begun); took > slowWrite {
			tx.db.log.Warn("store: a write kept the others waiting", "took", took)
		}
		s.back <- lost
	}()
	if err := ctx.Err(); err != nil {
		return err // cancelled while waiting; nothing was begun
	}
	if lost = s.exec("SAVEPOINT own"); lost != nil {
		return lost
	}
	kept := false
	defer func() {
		if !kept {
			lost = s.undo(tx)
		}
	}()
	if err := callback(do, tx); err != nil {
		return err
	}
	if err := s.exec("RELEASE own"); err != nil {
		return err
	}
	kept = true
	return nil
}

// undo takes back what was done since the savepoint. SQLite may have undone
// the whole transaction already (disk full, input or output error); then the
// group is lost, and everybody in it is told the database's reason (never the
// error of do, which is meant for its own caller).
func (s *group) undo(tx *Tx) error {
	err := s.exec("ROLLBACK TO own")
	if err == nil {
		err = s.exec("RELEASE own")
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("store: transaction lost: %w", errors.Join(tx.trouble, err))
}

func (s *group) exec(statement string) error {
	_, err := s.tx.ExecContext(context.Background(), statement)
	return err
}
