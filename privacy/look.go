package privacy

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// Look is a page on which staff saw data of others. Page is a mark of the room,
// said in words by the key "privacy.page." and the mark.
type Look struct {
	Page   string
	Place  string // slug of the programme or organisation, "" for none
	People []store.ID
}

// seen is a look with whose it was and when.
type seen struct {
	Look
	actor store.ID
	at    store.Time
}

// Looks are gathered and written together: a page does not wait for the disk
// only because it is noted who opened it. A crash may lose the last second.
const (
	gatherFor = time.Second
	gatherMax = 500
)

// Looked notes that the person who asks was shown data of others. Their own do
// not count. It never fails and may be called on no Keeper (in tests of a room).
func (k *Keeper) Looked(ctx context.Context, l Look) {
	actor := access.From(ctx)
	if k == nil || !actor.SignedIn() {
		return
	}
	l.People = slices.DeleteFunc(slices.Clone(l.People), func(id store.ID) bool { return id == actor.Person || id == "" })
	slices.Sort(l.People)
	l.People = slices.Compact(l.People)
	if len(l.People) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.looks = append(k.looks, seen{Look: l, actor: actor.Person, at: store.At(k.db.Now())})
	switch len(k.looks) {
	case 1:
		time.AfterFunc(gatherFor, k.flushLater)
	case gatherMax:
		go k.flushLater()
	}
}

func (k *Keeper) flushLater() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := k.Flush(ctx); err != nil && !errors.Is(err, store.ErrClosed) {
		slog.Warn("looks at data not noted", "error", err)
	}
}

// Flush writes the looks that were gathered. The program calls it before it
// ends, and the pages that show looks before they read.
func (k *Keeper) Flush(ctx context.Context) error {
	k.mu.Lock()
	looks := k.looks
	k.looks = nil
	k.mu.Unlock()
	if len(looks) == 0 {
		return nil
	}
	err := k.db.Write(ctx, func(tx *store.Tx) error {
		for _, l := range looks {
			if err := l.write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		k.mu.Lock()
		k.looks = append(looks, k.looks...)
		k.looks = k.looks[max(0, len(k.looks)-10*gatherMax):] // a full disk must not fill the memory
		k.mu.Unlock()
		return fmt.Errorf("privacy: note looks: %w", err)
	}
	return nil
}

func (l seen) write(ctx context.Context, tx *store.Tx) error {
	id := store.NewID()
	_, err := tx.Exec(ctx, `INSERT INTO privacy_look (id, actor, page, place, shown, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		id, l.actor, l.Page, l.Place, len(l.People), l.at)
	if err != nil {
		return err
	}
	in, args := store.In(3, l.People)
	_, err = tx.Exec(ctx, `INSERT INTO privacy_look_person (look, person, at) SELECT $1, id, CAST($2 AS BIGINT) FROM person WHERE id IN (`+in+`)`,
		append([]any{id, l.at}, args...)...)
	return err
}

// Noted is a look as it is listed.
type Noted struct {
	ID    store.ID
	Actor store.ID
	Name  string // of the actor
	Page  string
	Place string
	Shown int
	At    store.Time
}

// LooksAt lists who looked at a person's data, newest first.
func (k *Keeper) LooksAt(ctx context.Context, id store.ID, limit, offset int) ([]Noted, int, error) {
	const from = ` FROM privacy_look_person s JOIN privacy_look l ON l.id = s.look JOIN person p ON p.id = l.actor WHERE s.person = $1`
	if err := k.Flush(ctx); err != nil {
		return nil, 0, err
	}
	n, err := store.One[int](ctx, k.db, `SELECT count(*) FROM privacy_look_person WHERE person = $1`, id)
	if err != nil || n == 0 {
		return nil, 0, err
	}
	all, err := store.All[Noted](ctx, k.db, `SELECT l.id, l.actor, p.name, l.page, l.place, l.shown, l.at`+from+
		` ORDER BY s.at DESC, s.look DESC LIMIT $2 OFFSET $3`, id, limit, offset)
	return all, n, err
}

// Looks lists all looks, newest first.
func (k *Keeper) Looks(ctx context.Context, limit, offset int) ([]Noted, int, error) {
	if err := k.Flush(ctx); err != nil {
		return nil, 0, err
	}
	n, err := store.One[int](ctx, k.db, `SELECT count(*) FROM privacy_look`)
	if err != nil {
		return nil, 0, err
	}
	all, err := store.All[Noted](ctx, k.db, `SELECT l.id, l.actor, p.name, l.page, l.place, l.shown, l.at
		FROM privacy_look l JOIN person p ON p.id = l.actor ORDER BY l.at DESC, l.id DESC LIMIT $1 OFFSET $2`, limit, offset)
	return all, n, err
}
