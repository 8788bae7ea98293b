// Package notice tells people what concerns them: on a page of their own, and by
// mail at once, once a day or once a week, as each of them chose.
//
// A room calls Center.Tell in the transaction of what it tells. One row and one
// job are written there, however many people it concerns; the job asks the Kind
// whom, and writes a row for each of them (spread.go). Letters leave through the
// outbox (letter.go). Letters that a room writes itself, such as the answer to a
// request, are not written twice: their kinds are shown on the page only.
package notice

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// How somebody wants to be told by mail.
type How string

const (
	Now    How = "now"
	Daily  How = "daily"
	Weekly How = "weekly"
	None   How = "none" // on the page only
)

var hows = []string{string(Now), string(Daily), string(Weekly), string(None)}

// Kind is one thing of which people may be told.
type Kind struct {
	Name string
	Key  string // what happened; gets Title and Place
	What string // key: what the kind is, beside the choice how to be told
	// Audience is SQL for the ids of the people, in a column called person. It
	// may use $1 for the place and $2 for the matter, both texts. It is asked
	// when the time has come, and names nobody when the matter is over by then.
	// "" for kinds of which a Notice names the people.
	Audience string
	// Letter says that this package writes the mail; Default is how, for those
	// who have not chosen.
	Letter  bool
	Default How
}

// Notice is one matter that is told.
type Notice struct {
	Kind       string
	Matter     string // with Kind it is told once
	Place      store.ID
	PlaceTitle string
	Title      string
	Path       string
	At         time.Time  // not before, by the clock of the domain; zero: at once
	To         []store.ID // a few people, who are told at once; nil: the audience of the kind
}

// Options are what the center needs of others.
type Options struct {
	Site   web.Site
	Queue  *jobs.Queue
	Outbox *mail.Outbox
	Secret []byte // of the installation: signs the links by which people unsubscribe
	// Programme returns a programme that the actor may follow.
	Programme func(ctx context.Context, slug string) (Place, error)
}

// Place is a programme that people follow.
type Place struct {
	ID    store.ID
	Title string
	Path  string
}

// Center tells people.
type Center struct {
	Options
	db    *store.DB
	kinds []Kind
	key   []byte
}

// New returns the center and takes over its jobs and letters.
func New(db *store.DB, o Options) *Center {
	c := &Center{Options: o, db: db, key: deriveKey(o.Secret)}
	jobs.Handle(o.Queue, c.spread)
	jobs.Handle(o.Queue, c.post)
	jobs.Every(o.Queue, "notice.digest", time.Hour, c.digest)
	jobs.Every(o.Queue, "notice.forget", 24*time.Hour, c.forget)
	o.Outbox.Handle(letterOne, c.composeOne)
	o.Outbox.Handle(letterDigest, c.composeDigest)
	return c
}

// Register names kinds. One that is named twice stops the program.
func (c *Center) Register(kinds ...Kind) {
	for _, k := range kinds {
		if _, taken := c.kind(k.Name); taken {
			panic("notice: kind " + k.Name + " is named twice")
		}
		c.kinds = append(c.kinds, k)
	}
}

func (c *Center) kind(name string) (Kind, bool) {
	for _, k := range c.kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// Tell lets people be told. What was told already is not told again; what waits
// for its time is written anew.
func (c *Center) Tell(ctx context.Context, tx *store.Tx, n Notice) error {
	if c == nil {
		return nil // a room alone, in its tests
	}
	k, known := c.kind(n.Kind)
	if !known || k.Audience == "" && len(n.To) == 0 {
		return fmt.Errorf("notice: nobody is told of %q", n.Kind)
	}
	if n.At.Before(tx.Now()) {
		n.At = tx.Now()
	}
	id, err := store.One[store.ID](ctx, tx, `INSERT INTO notice_message (id, kind, matter, place, place_title, title, path, at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (kind, matter) DO UPDATE SET title = excluded.title, place_title = excluded.place_title, path = excluded.path,
			at = CASE WHEN notice_message.spread THEN notice_message.at ELSE excluded.at END
		RETURNING id`,
		store.NewID(), n.Kind, n.Matter, n.Place, n.PlaceTitle, n.Title, n.Path, store.At(n.At), store.At(tx.Wall()))
	if err != nil {
		return fmt.Errorf("notice: tell %s: %w", n.Kind, err)
	}
	if len(n.To) > 0 {
		in, args := store.In(8, n.To)
		return c.reach(ctx, tx, message{ID: id, Kind: n.Kind, Matter: n.Matter, Place: n.Place}, k, `SELECT id AS person FROM person WHERE id IN (`+in+`)`, args...)
	}
	return c.Queue.AddAt(ctx, tx, spreading{Message: id}, tx.Wall().Add(n.At.Sub(tx.Now())))
}

// Cancel takes a matter back, also from those who were told on their page.
func (c *Center) Cancel(ctx context.Context, tx *store.Tx, kind, matter string) error {
	if c == nil {
		return nil
	}
	for _, statement := range []string{
		`DELETE FROM notice_recipient WHERE message IN (SELECT id FROM notice_message WHERE kind = $1 AND matter = $2)`,
		`DELETE FROM notice_message WHERE kind = $1 AND matter = $2`,
	} {
		if _, err := tx.Exec(ctx, statement, kind, matter); err != nil {
			return fmt.Errorf("notice: cancel %s: %w", kind, err)
		}
	}
	return nil
}

// keptFor is how long people may read what they were told.
const keptFor = 180 * 24 * time.Hour

func (c *Center) forget(ctx context.Context) error {
	return c.db.Write(ctx, func(tx *store.Tx) error {
		for _, statement := range []string{
			`DELETE FROM notice_recipient WHERE told_at < $1`,
			`DELETE FROM notice_message WHERE spread AND created_at < $1 AND NOT EXISTS (SELECT 1 FROM notice_recipient r WHERE r.message = notice_message.id)`,
		} {
			if _, err := tx.Exec(ctx, statement, store.At(tx.Wall().Add(-keptFor))); err != nil {
				return fmt.Errorf("notice: forget: %w", err)
			}
		}
		return nil
	})
}
