package people

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// brake slows down guessing. The first tries are free; each further one doubles
// the time until the next, up to a longest wait. Nobody is locked out: a wait
// ends, and the way by code has no brake but its own five tries.
type brake struct {
	use     string
	free    int
	longest time.Duration
}

// One address is one person who mistypes, or one victim. One network may be a
// whole school or hotel, so it gets many tries and short waits.
var (
	brakePassword = brake{use: "password of address", free: 5, longest: 15 * time.Minute}
	brakeNetwork  = brake{use: "password from network", free: 50, longest: time.Minute}
	brakeSecond   = brake{use: "second factor", free: 10, longest: 15 * time.Minute}
)

// forget is how long tries are remembered after the last of them.
const forget = 24 * time.Hour

func (b brake) wait(tries int) time.Duration {
	over := tries - b.free
	switch {
	case over < 0:
		return 0
	case over > 20:
		return b.longest
	}
	return min(time.Second<<over, b.longest)
}

// take counts a try before its result is known, so that parallel tries cannot
// slip through together. While the wait runs it refuses, and counts nothing.
func (s *Service) take(ctx context.Context, tx *store.Tx, b brake, subject string) error {
	key, now := s.keys.digest(b.use, subject), tx.Wall()
	t, err := lockTally(ctx, tx, key)
	if err != nil {
		return err
	}
	if wait := t.FreeAt.Sub(now); wait > 0 {
		return fault.Limited("people.wait", "Minutes", int(wait/time.Minute)+1)
	}
	if now.Sub(t.SeenAt.Time) > forget {
		t.Tries = 0
	}
	return setTally(ctx, tx, key, t.Tries+1, now.Add(b.wait(t.Tries+1)))
}

// forgive takes back the count of a try that was right, or all of them.
func (s *Service) forgive(ctx context.Context, tx *store.Tx, b brake, subject string, all bool) error {
	key := s.keys.digest(b.use, subject)
	t, err := lockTally(ctx, tx, key)
	if err != nil {
		return err
	}
	tries := max(t.Tries-1, 0)
	if all {
		tries = 0
	}
	return setTally(ctx, tx, key, tries, tx.Wall())
}

// lock keeps other transactions that lock the same subject waiting until this
// one ends, on both databases.
func (s *Service) lock(ctx context.Context, tx *store.Tx, use, subject string) error {
	_, err := lockTally(ctx, tx, s.keys.digest(use, subject))
	return err
}

type tally struct {
	Tries          int
	FreeAt, SeenAt store.Time
}

// lockTally makes the row where there is none. Its update of nothing takes the
// lock of the row on PostgreSQL; on SQLite there is one writer anyway.
func lockTally(ctx context.Context, tx *store.Tx, key string) (tally, error) {
	now := store.At(tx.Wall())
	_, err := tx.Exec(ctx, `INSERT INTO sign_in_tally (key, tries, free_at, seen_at) VALUES ($1, 0, $2, $2)
		ON CONFLICT (key) DO UPDATE SET tries = sign_in_tally.tries`, key, now)
	if err != nil {
		return tally{}, err
	}
	return store.One[tally](ctx, tx, `SELECT tries, free_at, seen_at FROM sign_in_tally WHERE key = $1`, key)
}

func setTally(ctx context.Context, tx *store.Tx, key string, tries int, freeAt time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE sign_in_tally SET tries = $2, free_at = $3, seen_at = $4 WHERE key = $1`,
		key, tries, store.At(freeAt), store.At(tx.Wall()))
	return err
}
