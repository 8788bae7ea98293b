// Package demo is the programme of life, loaded as example data: a partnership
// of NGOs and local governments from May 2014 to May 2015, with its people,
// organisations, goals, news and events.
//
// Load lets the steps of the story happen through the verbs of the rooms, moving
// the domain's clock to the moment of each, up to the day at which the demo
// stands; a later day on the same data tells the rest. Links and Routes let a
// visitor come in as any of its people. Place names and the dates of the real programme are
// history; people, numbers and everything else are invented, and every page of
// the demo says so.
package demo

import (
	"context"
	"crypto/rand"
	"embed"
	"fmt"
	"log/slog"
	"time"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/feedback"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
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
	Attendance    *attendance.Service
	Seating       *seating.Service
	Minutes       *minutes.Service
	Feedback      *feedback.Service
	Debates       *debate.Service
	Groups        *group.Service
	Trace         *trace.Service
	Moderation    *moderation.Service // nil: nothing is reported in the story
	Assist        *assist.Service     // nil: nobody is helped in it
	Site          web.Site
	Catalogue     *lang.Catalogue // the story is told in Polish
	Logger        *slog.Logger    // nil: nothing is said of steps that are left out
	// Until is the day at which the demo will stand: what happens after it has
	// not happened yet. Zero tells the whole story.
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

// Load tells an empty database the story up to the day at which the demo stands;
// one that has heard a part of it hears the rest, each step once. The clock
// stands afterwards where it stood before. A database in which real people may
// be is refused.
func (d *Demo) Load(ctx context.Context) error {
	held, err := d.state(ctx)
	switch {
	case err == nil && held.LoadedAt.IsZero():
		return fmt.Errorf("demo: loading was interrupted before; remove the data directory and start again")
	case err != nil && !fault.Is(err, fault.KindNotFound):
		return fmt.Errorf("demo: %w", err)
	case err != nil:
		if err := d.claim(ctx); err != nil {
			return err
		}
	}
	if err := d.tell(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// tell lets the steps happen that are left, if there are any.
func (d *Demo) tell(ctx context.Context) error {
	s, err := d.resume(ctx)
	if err != nil {
		return err
	}
	left := s.left()
	if len(left) == 0 && len(s.told) > 0 {
		return nil
	}
	if err := d.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE demo SET loaded_at = NULL`)
		return err
	}); err != nil {
		return err
	}
	began, wall := d.DB.Now(), d.DB.Wall()
	defer func() { d.DB.Clock().Move(began.Add(d.DB.Wall().Sub(wall))) }()
	if err := s.play(ctx, left); err != nil {
		return err
	}
	if err := audit.Seal(ctx, d.DB); err != nil {
		return err
	}
	return s.remember(ctx)
}

// Heard is the last moment of the story that this database has heard: the demo
// cannot show an earlier day as it was.
func (d *Demo) Heard(ctx context.Context) (time.Time, error) {
	s, err := d.resume(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("demo: %w", err)
	}
	var last time.Time
	for _, one := range steps(s.acts()) {
		if s.told[one.name] {
			last = one.moment()
		}
	}
	return last, nil
}

// First is the earliest day at which the demo can stand: the programme has been
// published, and everybody who can be played has an account.
var First = moment("2014-05-05 12:30")

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
