// Package demo is the programme of life, loaded as example data: a partnership
// of NGOs and local governments from May 2014 to May 2015, with its people,
// organisations, goals, news and events.
//
// Load fills an empty database through the verbs of the rooms, moving the
// domain's clock to the day of each act; Links and Routes let a visitor come in
// as any of its people. Place names and the dates of the real programme are
// history; people, numbers and everything else are invented, and every page of
// the demo says so.
package demo

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/assist"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Messages are the words of the demo's own pages.
//
//go:embed messages.*.toml
var Messages embed.FS

// Deps are the rooms that the demo fills, and what its links need.
type Deps struct {
	DB            *store.DB
	Queue         *jobs.Queue
	People        *people.Service
	Organisations *organisation.Service
	Programmes    *programme.Service
	News          *news.Service
	Events        *event.Service
	Registrations *registration.Service
	Panels        *panel.Service
	Barriers      *barrier.Service
	Visits        *visit.Service
	Exchanges     *exchange.Service
	Trace         *trace.Service
	Moderation    *moderation.Service // nil: nothing is reported in the story
	Assist        *assist.Service     // nil: nobody is helped in it
	Site          web.Site
	// Until is the day at which the demo will stand: what people do at events
	// after it has not happened yet. Zero tells the whole story.
	Until time.Time
}

// Demo loads the example and lets people into it.
type Demo struct{ Deps }

// New returns a demo of these rooms.
func New(d Deps) *Demo { return &Demo{Deps: d} }

// State is what a database has of the demo. The key opens its sign-in links.
type state struct {
	Key      string
	LoadedAt store.Time // zero: loading was not finished
}

func (d *Demo) state(ctx context.Context) (state, error) {
	return store.One[state](ctx, d.DB, `SELECT key, loaded_at FROM demo`)
}

// Load fills an empty database with the example; one that holds it already is
// left as it is. The clock stands afterwards where it stood before. A database
// in which real people may be is refused.
func (d *Demo) Load(ctx context.Context) error {
	held, err := d.state(ctx)
	switch {
	case err == nil && !held.LoadedAt.IsZero():
		return nil
	case err == nil:
		return fmt.Errorf("demo: loading was interrupted before; remove the data directory and start again")
	case !fault.Is(err, fault.KindNotFound):
		return fmt.Errorf("demo: %w", err)
	}
	if err := d.claim(ctx); err != nil {
		return err
	}
	began, wall := d.DB.Now(), d.DB.Wall()
	defer func() { d.DB.Clock().Move(began.Add(d.DB.Wall().Sub(wall))) }()
	if err := newStory(d).tell(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := audit.Seal(ctx, d.DB); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return d.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE demo SET loaded_at = $1`, store.At(tx.Wall()))
		return err
	})
}

// claim marks the database as one of the demo, if nobody is in it.
func (d *Demo) claim(ctx context.Context) error {
	return d.DB.Write(ctx, func(tx *store.Tx) error {
		people, err := store.One[int](ctx, tx, `SELECT count(*) FROM person`)
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		if people > 0 {
			return fmt.Errorf("demo: the database already holds %d people and is not the demo; "+
				"name an empty data directory with --data", people)
		}
		_, err = tx.Exec(ctx, `INSERT INTO demo (id, key) VALUES (1, $1)`, rand.Text())
		return err
	})
}
