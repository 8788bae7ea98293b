// Package desk holds what waits for people: to answer, to check, to finish, by
// when. A person's desk gathers it from all rooms and places; a manager's desk
// shows where everything in one programme stands.
//
// A room calls Put in the transaction that makes a matter wait, and Done in the
// one that settles it. It names its kinds in a list of Kind, which cmd/wspolnota
// registers. Whatever the number of rooms, a desk is counted in one query and
// listed in one.
package desk

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Item is one thing that waits for somebody.
type Item struct {
	Kind   string // "programme.request", registered as a Kind
	Matter string // what it is about: an id, and a mark where one thing has several
	To     To
	Place  Place
	Title  string   // of the matter itself, "" where its place says all
	Path   string   // the page on which it is done
	About  store.ID // the person whom it concerns; the item goes when they are erased

	From  time.Time // not shown before; zero: at once
	Due   time.Time // late after; zero: whenever
	Until time.Time // not shown any more after; zero: until it is done
}

// To says for whom an item waits. One field is set; Role counts in the place of
// the item, Administrator everywhere.
type To struct {
	Person store.ID
	Email  string // folded; of somebody who may have no account yet
	Role   access.Role
}

// Place is the programme or organisation of an item; zero for the installation.
type Place struct {
	ID    store.ID
	Title string
}

// Kind says in words what a kind of item asks for. The text of Key gets Title
// and Place.
type Kind struct {
	Name string
	Key  string
	// Status says what happens next, "" for "waits".
	Status string
}

// Put lets an item wait; one that waits already is written anew.
func Put(ctx context.Context, tx *store.Tx, i Item) error {
	_, err := tx.Exec(ctx, `INSERT INTO desk_item (id, kind, matter, to_person, to_email, to_role, place, place_title, title, path,
			about, from_at, due_at, until_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (kind, matter, to_person, to_email, to_role, place) DO UPDATE SET place_title = excluded.place_title,
			title = excluded.title, path = excluded.path, about = excluded.about, from_at = excluded.from_at,
			due_at = excluded.due_at, until_at = excluded.until_at`,
		store.NewID(), i.Kind, i.Matter, i.To.Person, i.To.Email, i.To.Role, i.Place.ID, i.Place.Title, i.Title, i.Path,
		i.About, store.At(i.From), store.At(i.Due), store.At(i.Until), store.At(tx.Now()))
	if err != nil {
		return fmt.Errorf("desk: put %s: %w", i.Kind, err)
	}
	return nil
}

// Done settles a matter for everybody for whom it waited; one that did not wait
// is no error.
func Done(ctx context.Context, tx *store.Tx, kind, matter string) error {
	_, err := tx.Exec(ctx, `DELETE FROM desk_item WHERE kind = $1 AND matter = $2`, kind, matter)
	if err != nil {
		return fmt.Errorf("desk: done %s: %w", kind, err)
	}
	return nil
}

// DoneFor settles a matter for one address.
func DoneFor(ctx context.Context, tx *store.Tx, kind, matter, email string) error {
	_, err := tx.Exec(ctx, `DELETE FROM desk_item WHERE kind = $1 AND matter = $2 AND to_email = $3`, kind, matter, email)
	if err != nil {
		return fmt.Errorf("desk: done %s: %w", kind, err)
	}
	return nil
}

// Moved renames a place and the addresses in it.
func Moved(ctx context.Context, tx *store.Tx, place store.ID, title, from, to string) error {
	_, err := tx.Exec(ctx, `UPDATE desk_item SET place_title = $2,
		path = CASE WHEN substr(path, 1, length($3)) = $3 THEN $4 || substr(path, length($3) + 1) ELSE path END WHERE place = $1`,
		place, title, from, to)
	if err != nil {
		return fmt.Errorf("desk: rename %s: %w", place, err)
	}
	return nil
}

// waiting is an item as it is read.
type waiting struct {
	ID         store.ID
	Kind       string
	ToPerson   store.ID
	ToEmail    string
	ToRole     access.Role
	Place      store.ID
	PlaceTitle string
	Title      string
	Path       string
	DueAt      store.Time
	CreatedAt  store.Time
}

const columns = `id, kind, to_person, to_email, to_role, place, place_title, title, path, due_at, created_at`

// mine is the condition of what waits for the actor now, and its arguments.
func mine(a *access.Actor, now time.Time) (string, []any) {
	args := []any{store.At(now), a.Person}
	either := []string{`to_person = $2`, `to_email = (SELECT email FROM person WHERE id = $2)`}
	for _, g := range a.Grants {
		args = append(args, g.Role, g.ID)
		either = append(either, fmt.Sprintf(`(to_role = $%d AND place = $%d)`, len(args)-1, len(args)))
	}
	if a.Is(access.Administrator, "") { // their matters may lie in any place
		either = append(either, `to_role = '`+string(access.Administrator)+`'`)
	}
	return shown + ` AND (` + strings.Join(either, " OR ") + `)`, args
}

// shown holds for items whose time it is, at $1.
const shown = `(from_at IS NULL OR from_at <= $1) AND (until_at IS NULL OR until_at > $1)`

// Count says how many things wait for the actor.
func Count(ctx context.Context, r store.Reader, a *access.Actor) (int, error) {
	where, args := mine(a, r.Now())
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM desk_item WHERE `+where, args...)
	if err != nil {
		return 0, fmt.Errorf("desk: count: %w", err)
	}
	return n, nil
}

// mostShown bounds a desk; who has more on it does the first ones first.
const mostShown = 200

// list returns what waits for the actor: what has a date first, by date.
func list(ctx context.Context, r store.Reader, a *access.Actor) ([]waiting, error) {
	where, args := mine(a, r.Now())
	items, err := store.All[waiting](ctx, r, fmt.Sprintf(`SELECT `+columns+` FROM desk_item WHERE %s
		ORDER BY due_at NULLS LAST, created_at, id LIMIT %d`, where, mostShown), args...)
	if err != nil {
		return nil, fmt.Errorf("desk: list: %w", err)
	}
	return items, nil
}

// inPlace returns everything that waits in a place, for whomever.
func inPlace(ctx context.Context, r store.Reader, place store.ID) ([]waiting, error) {
	items, err := store.All[waiting](ctx, r, fmt.Sprintf(`SELECT `+columns+` FROM desk_item WHERE place = $2 AND %s
		ORDER BY due_at NULLS LAST, created_at, id LIMIT %d`, shown, mostShown), store.At(r.Now()), place)
	if err != nil {
		return nil, fmt.Errorf("desk: in place: %w", err)
	}
	return items, nil
}

// keptAfter is how long an item lies about that is not shown any more.
const keptAfter = 24 * time.Hour

// sweep removes items whose time is over.
func sweep(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM desk_item WHERE until_at < $1`, store.At(tx.Now().Add(-keptAfter)))
	if err != nil {
		return fmt.Errorf("desk: sweep: %w", err)
	}
	return nil
}
