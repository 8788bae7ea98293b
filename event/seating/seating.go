// Package seating seats the guests of an event at mixed tables: every sector at
// every table, people of one organisation apart.
//
// Propose is the arithmetic and can be used alone. Service.Propose applies it to
// those who have a seat at an event; the team then moves people, who stay where
// they were put (their seats are locked) when tables are proposed anew. Whoever
// registers afterwards is on the list of those without a table. PlanOf reads how
// people sit.
package seating

import (
	"context"
	"embed"
	"log/slog"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// MostTables is more than any hall of the programme has.
const MostTables = 60

// Table is one table with those who sit at it, by name.
type Table struct {
	ID       store.ID
	Position int // from 1
	Name     string
	Guests   []Guest `db:"-"`
}

// Guest is somebody with a seat at the event.
type Guest struct {
	registration.Registration
	TableID store.ID // "" for none yet
	Locked  bool
}

// Plan is how the people of an event sit.
type Plan struct {
	Tables   []Table
	Unseated []Guest // who have no table, by name
	Seed     int     // of the proposal
	Version  int     // 0: nothing was proposed yet
}

// People counts everybody who has a seat at the event.
func (p Plan) People() int {
	n := len(p.Unseated)
	for _, t := range p.Tables {
		n += len(t.Guests)
	}
	return n
}

// table finds a table by its id.
func (p Plan) table(id store.ID) (Table, bool) {
	i := slices.IndexFunc(p.Tables, func(t Table) bool { return t.ID == id })
	if i < 0 {
		return Table{}, false
	}
	return p.Tables[i], true
}

// PlanOf reads how the people of an event sit. Who withdrew is not in it.
func PlanOf(ctx context.Context, r store.Reader, id store.ID) (p Plan, err error) {
	if p.Seed, p.Version, err = proposed(ctx, r, id); err != nil {
		return p, err
	}
	if p.Tables, err = tablesOf(ctx, r, id); err != nil {
		return p, err
	}
	guests, err := guestsOf(ctx, r, id)
	if err != nil {
		return p, err
	}
	byName(guests)
	for _, g := range guests {
		i := slices.IndexFunc(p.Tables, func(t Table) bool { return t.ID == g.TableID })
		if i < 0 {
			p.Unseated = append(p.Unseated, g)
		} else {
			p.Tables[i].Guests = append(p.Tables[i].Guests, g)
		}
	}
	return p, nil
}

func byName(guests []Guest) {
	keys := make(map[store.ID]string, len(guests))
	for _, g := range guests {
		keys[g.ID] = lang.SortKey(g.Name)
	}
	slices.SortStableFunc(guests, func(a, b Guest) int { return strings.Compare(keys[a.ID], keys[b.ID]) })
}

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Privacy *privacy.Keeper // notes who looked at lists of people; nil: nobody does
	Logger  *slog.Logger    // nil: slog.Default()
}

// Service holds the verbs of the package.
type Service struct {
	Options
	db *store.DB
}

// New returns the package for one installation.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Service{Options: o, db: db}
}

// Keepings are what goes with a draft that is deleted.
var Keepings = []event.Keeping{{Key: "event.seating.kept", Count: func(ctx context.Context, r store.Reader, event store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM event_table WHERE event = $1`, event)
}}}

// Tools are the pages of an event's team.
func Tools() []event.Tool {
	return []event.Tool{{Path: "/stoly", Key: "event.seating.nav", Need: event.Run,
		For: func(e event.Event) bool { return e.State() == event.Published && e.Mode != event.Online }}}
}
