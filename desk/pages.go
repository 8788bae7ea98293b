package desk

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Path is a person's own desk.
const Path = "/pulpit"

// Options are what the desks need of others.
type Options struct {
	Queue *jobs.Queue
	// Programme returns the programme of an address if the actor may see it.
	Programme func(ctx context.Context, slug string) (Programme, error)
}

// Programme is what a manager's desk shows beside what waits.
type Programme struct {
	Place
	Path    string
	Phases  []ui.Phase
	Balance templ.Component // members by sector and gmina, every number; nil for nobody
	Edit    string          // where to change it all
}

// Manage is who sees where everything in a programme stands.
var Manage = access.Permission{Name: "desk.manage", Scope: access.InProgramme,
	Roles: []access.Role{access.Administrator, access.Manager, access.Observer}}

// Desk shows what waits.
type Desk struct {
	Options
	db     *store.DB
	kinds  map[string]Kind
	beside []Beside
}

// Beside is what another package shows on a person's desk; nil for nothing.
type Beside func(ctx context.Context) (templ.Component, error)

// New returns the desks and lets the queue tidy them up.
func New(db *store.DB, o Options) *Desk {
	d := &Desk{Options: o, db: db, kinds: map[string]Kind{}}
	jobs.Every(o.Queue, "desk.sweep", 24*time.Hour, func(ctx context.Context) error {
		return db.Write(ctx, func(tx *store.Tx) error { return sweep(ctx, tx) })
	})
	return d
}

// Register names kinds. A kind that is named twice stops the program.
func (d *Desk) Register(kinds ...Kind) {
	for _, k := range kinds {
		if _, taken := d.kinds[k.Name]; taken {
			panic("desk: kind " + k.Name + " is named twice")
		}
		d.kinds[k.Name] = k
	}
}

// Known reports whether a kind has words.
func (d *Desk) Known(kind string) bool {
	_, known := d.kinds[kind]
	return known
}

// AddBeside registers what another package shows on a person's desk.
func (d *Desk) AddBeside(b Beside) { d.beside = append(d.beside, b) }

// Waiting counts what waits for the actor, for the header of every page.
func (d *Desk) Waiting(ctx context.Context, a *access.Actor) (int, error) { return Count(ctx, d.db, a) }

// Routes are the two desks.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + Path, Need: access.SignedIn, Handle: d.showOwn},
		{Pattern: "GET /programy/{programme}/pulpit", Need: Manage, Handle: d.showManager},
	}
}

// group is a part of a desk: what is late, what is due this week, later, whenever.
type group struct {
	Key   string
	Tasks []ui.Task
}

// ownView is a person's desk.
type ownView struct {
	Name    string
	Count   int
	Groups  []group
	Managed []access.Grant // programmes whose desk the person may open
	Beside  []templ.Component
	Admin   bool
}

func (d *Desk) showOwn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := access.From(ctx)
	items, err := list(ctx, d.db, actor)
	if err != nil {
		return err
	}
	v := ownView{Name: actor.Name, Count: len(items), Groups: d.groups(ctx, items, d.db.Now()), Admin: actor.Is(access.Administrator, "")}
	for _, g := range actor.Grants {
		if g.Scope == access.InProgramme && actor.May(Manage, string(g.ID)) && !has(v.Managed, g.ID) {
			v.Managed = append(v.Managed, g)
		}
	}
	for _, b := range d.beside {
		shown, err := b(ctx)
		if err != nil {
			return err
		}
		if shown != nil {
			v.Beside = append(v.Beside, shown)
		}
	}
	return web.Render(w, r, ownPage(v))
}

func has(grants []access.Grant, id store.ID) bool {
	for _, g := range grants {
		if g.ID == id {
			return true
		}
	}
	return false
}

// groups cuts a list by when things are due, counted from today in Warsaw.
func (d *Desk) groups(ctx context.Context, items []waiting, now time.Time) []group {
	groups := []group{{Key: "desk.late"}, {Key: "desk.week"}, {Key: "desk.later"}, {Key: "desk.whenever"}}
	week := startOfDay(now).AddDate(0, 0, 8)
	for _, i := range items {
		n := 3
		switch due := i.DueAt; {
		case due.IsZero():
		case due.Before(now):
			n = 0
		case due.Before(week):
			n = 1
		default:
			n = 2
		}
		groups[n].Tasks = append(groups[n].Tasks, d.task(ctx, i, now))
	}
	var some []group
	for _, g := range groups {
		if len(g.Tasks) > 0 {
			some = append(some, g)
		}
	}
	return some
}

func startOfDay(t time.Time) time.Time {
	t = t.In(lang.Warsaw)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, lang.Warsaw)
}

// task puts an item into words. A place that the words do not name stands under
// them.
func (d *Desk) task(ctx context.Context, i waiting, now time.Time) ui.Task {
	t := ui.Task{Title: i.Kind, Href: web.LocalPath(i.Path, Path), Hint: i.PlaceTitle, Tone: ui.Neutral, Status: lang.T(ctx, "desk.status.waits")}
	if k, known := d.kinds[i.Kind]; known {
		t.Title = lang.T(ctx, k.Key, "Title", i.Title, "Place", i.PlaceTitle)
		if k.Status != "" {
			t.Status = lang.T(ctx, k.Status)
		}
	}
	if !i.DueAt.IsZero() {
		t.Due = lang.T(ctx, "desk.due", "Date", lang.Date(ctx, i.DueAt.Add(-time.Microsecond)))
		if i.DueAt.Before(now) {
			t.Tone, t.Status = ui.Bad, lang.T(ctx, "desk.status.late")
		}
	}
	return t
}

// managerView is where everything in a programme stands.
type managerView struct {
	Programme
	Rows      []managerRow
	Late      int
	Truncated bool
}

type managerRow struct {
	ui.Task
	For string // whom it waits for
}

func (d *Desk) showManager(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := d.Programme(ctx, r.PathValue("programme"))
	if err != nil {
		return err
	}
	items, err := inPlace(ctx, d.db, p.ID)
	if err != nil {
		return err
	}
	v := managerView{Programme: p, Truncated: len(items) == mostShown}
	for _, i := range items {
		t := d.task(ctx, i, d.db.Now())
		t.Hint = ""
		if t.Tone == ui.Bad {
			v.Late++
		}
		v.Rows = append(v.Rows, managerRow{t, waitsFor(ctx, i)})
	}
	return web.Render(w, r, managerPage(v))
}

// waitsFor names a role, and nobody's name or address.
func waitsFor(ctx context.Context, i waiting) string {
	if i.ToRole != "" {
		return lang.T(ctx, "access.role."+string(i.ToRole))
	}
	if i.ToEmail != "" {
		return lang.T(ctx, "desk.for.invited")
	}
	return lang.T(ctx, "desk.for.person")
}
