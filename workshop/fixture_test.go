package workshop_test

import (
	"context"
	"embed"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
	"github.com/wspolnota/wspolnota/workshop/exercise"
)

// room is a programme with its team, and workshops.
type room struct {
	*eventtest.World
	t     testing.TB
	rooms *workshop.Service
}

// each runs a test on both databases, each time in a fresh room.
func each(t *testing.T, fn func(t *testing.T, x *room)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newRoom(t, db)) })
}

func newRoom(t testing.TB, db *store.DB) *room {
	door := entrance.New(db, func(*http.Request) netip.Addr { return netip.Addr{} })
	rooms := workshop.New(db, workshop.Options{Site: webtest.SiteInfo(), Kinds: exercise.Kinds(), Door: door, Live: live.New(db, live.Options{})})
	door.Register(workshop.ByCode)
	w := eventtest.New(t, db, event.Options{}, []embed.FS{entrance.Messages, activity.Messages, workshop.Messages, exercise.Messages, live.Messages},
		func(w *eventtest.World) []web.Route {
			return append(append(rooms.Routes(), door.Routes()...), w.Events.Routes()...)
		})
	return &room{World: w, t: t, rooms: rooms}
}

func (x *room) lead() context.Context { return x.Ctx(x.Facilitator) }

var terms = workshop.Terms{Title: "Seminarium w Wiśle", Lead: "Jak się słyszymy.", Language: "pl", Tables: 4}

// planned is a workshop with cards, statements and dots on the agenda.
func (x *room) planned() workshop.Workshop {
	x.t.Helper()
	w := must(x.rooms.Begin(x.lead(), x.Programme, store.NewID(), terms))(x.t)
	x.add(w, "cards", "Co nas dzieli?", 5, nil)
	x.add(w, "statements", "Co myślimy o sobie?", 10, activity.Settings{"statements": "Urzędnicy znają potrzeby mieszkańców.\nDotacje rozlicza się zbyt trudno.", "mirror": "1"})
	x.add(w, "dots", "Od czego zacząć?", 0, activity.Settings{"options": "Zaufanie\nPieniądze\nCzas", "dots": "2"})
	return must(workshop.ByID(x.lead(), x.DB, w.ID))(x.t)
}

func (x *room) add(w workshop.Workshop, kind, title string, minutes int, settings activity.Settings) store.ID {
	x.t.Helper()
	id := store.NewID()
	if settings == nil {
		settings = activity.Settings{}
	}
	must(x.rooms.Add(x.lead(), w.ID, id, workshop.Plan{Kind: kind, Title: title, Minutes: minutes, Settings: settings}))(x.t)
	return id
}

// open is such a workshop into which people come.
func (x *room) open() workshop.Workshop {
	x.t.Helper()
	return must(x.rooms.Open(x.lead(), x.planned().ID))(x.t)
}

// item is the activity of a kind.
func (x *room) item(w workshop.Workshop, kind string) workshop.Activity {
	x.t.Helper()
	for _, a := range must(workshop.Agenda(x.lead(), x.DB, w.ID))(x.t) {
		if a.Kind == kind {
			return a
		}
	}
	x.t.Fatalf("no %s", kind)
	panic("not reached")
}

func (x *room) start(w workshop.Workshop, kind string) workshop.Activity {
	x.t.Helper()
	a := x.item(w, kind)
	must(x.rooms.Start(x.lead(), w.ID, a.ID))(x.t)
	return x.item(w, kind)
}

func (x *room) joins(w workshop.Workshop, sector ui.Sector) activity.Who {
	x.t.Helper()
	return must(x.rooms.Join(context.Background(), w.ID, workshop.NewDevice(), sector, 0))(x.t)
}

// phone is a browser without an account that has come into the workshop.
func (x *room) phone(w workshop.Workshop, sector string) *webtest.Browser {
	x.t.Helper()
	b := x.Visitor()
	b.Post(w.Door()+"/wejscie", "sector", sector).Want(x.t, http.StatusSeeOther)
	return b
}

// say sends an answer of a phone as its form would.
func say(b *webtest.Browser, w workshop.Workshop, a workshop.Activity, id store.ID, pairs ...string) *webtest.Page {
	return b.Post(w.Door()+"/odpowiedz", append([]string{"id", string(id), "activity", string(a.ID), "key", "x"}, pairs...)...)
}

func (x *room) advance(d time.Duration) { x.DB.Clock().Advance(d) }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
