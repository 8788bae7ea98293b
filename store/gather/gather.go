// Package gather writes together what many people send at once: a room of three
// hundred phones votes within seconds, and each vote has to be on the disk before
// its phone is told so.
//
// A Box takes the things that belong to one place, such as the ballots of one
// debate. While the disk is busy with some, the next ones gather by themselves;
// then one transaction locks the place, looks at it once, and keeps them all.
package gather

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// Most things of one commit, and the longest time that a commit may take. What
// a person sends is written also when they close the page meanwhile.
const (
	mostTogether  = 400
	longestCommit = 15 * time.Second
)

// Box gathers things of one place. Its fields are set before the first Put.
type Box[T any] struct {
	DB *store.DB
	// Write keeps the things of a batch that are in order, and says of each other
	// one why it is refused: refused is nil, or has one error or nil for each. err
	// refuses all of them, and undoes the transaction. It may run more than once.
	Write func(ctx context.Context, tx *store.Tx, batch []T) (refused []error, err error)
	// Then is called after each commit; nil: nothing is.
	Then func()

	mu      sync.Mutex
	waiting []*thing[T]
	busy    bool
}

// thing is one thing on its way.
type thing[T any] struct {
	value  T
	answer chan error
}

// Put keeps a thing. nil means that it is on the disk. When ctx ends before
// that, nobody waits for it any longer, and it is written all the same.
func (b *Box[T]) Put(ctx context.Context, value T) error {
	t := &thing[T]{value: value, answer: make(chan error, 1)}
	b.mu.Lock()
	b.waiting = append(b.waiting, t)
	begin := !b.busy
	b.busy = true
	b.mu.Unlock()
	if begin {
		go b.work()
	}
	select {
	case err := <-t.answer:
		return err
	case <-ctx.Done():
		return fmt.Errorf("gather: %w", ctx.Err())
	}
}

func (b *Box[T]) work() {
	for {
		b.mu.Lock()
		n := min(len(b.waiting), mostTogether)
		batch := slices.Clone(b.waiting[:n])
		b.waiting = slices.Delete(b.waiting, 0, n)
		b.busy = n > 0
		b.mu.Unlock()
		if n == 0 {
			return
		}
		b.write(batch)
	}
}

// write keeps a batch and answers everybody.
func (b *Box[T]) write(batch []*thing[T]) {
	ctx, cancel := context.WithTimeout(context.Background(), longestCommit)
	defer cancel()
	values := make([]T, len(batch))
	for i, t := range batch {
		values[i] = t.value
	}
	var refused []error
	err := b.DB.Write(ctx, func(tx *store.Tx) (err error) {
		refused, err = b.Write(ctx, tx, values)
		return err
	})
	if err == nil && b.Then != nil {
		b.Then()
	}
	for i, t := range batch {
		switch {
		case err != nil:
			t.answer <- err
		case refused != nil:
			t.answer <- refused[i]
		default:
			t.answer <- nil
		}
	}
}

// Kept are the things of a batch that are not refused.
func Kept[T any](batch []T, refused []error) []T {
	kept := make([]T, 0, len(batch))
	for i, value := range batch {
		if refused == nil || refused[i] == nil {
			kept = append(kept, value)
		}
	}
	return kept
}
