package desk_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

const (
	anna  = store.ID("0191a000-0000-7000-8000-000000000001")
	wisla = store.ID("0191a000-0000-7000-8000-00000000000a")
	other = store.ID("0191a000-0000-7000-8000-00000000000b")
)

// today is noon of a Wednesday in Warsaw.
var today = time.Date(2014, time.June, 11, 10, 0, 0, 0, time.UTC)

// anybody is the room of people with one person in it.
type anybody struct{ actor *access.Actor }

func (a anybody) Actor(context.Context, session.Session) (*access.Actor, error) { return a.actor, nil }

type office struct {
	*webtest.Site
	*desk.Desk
	actor *access.Actor
}

func newOffice(t *testing.T, db *store.DB, grants ...access.Grant) *office {
	t.Helper()
	db.Clock().Set(today)
	words, err := lang.Load(web.Messages, ui.Messages, people.Messages, desk.Messages)
	if err != nil {
		t.Fatal(err)
	}
	q, err := jobs.New(db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{actor: &access.Actor{Person: anna, Name: "Anna Nowak", Grants: grants}}
	o.Desk = desk.New(db, desk.Options{Queue: q, Programme: func(_ context.Context, slug string) (desk.Programme, error) {
		return desk.Programme{Place: desk.Place{ID: wisla, Title: "Program Wisła"}, Path: "/programy/" + slug}, nil
	}})
	o.Register(desk.Kind{Name: "test.request", Key: "desk.status.decide"})
	o.Site = webtest.New(t, db, words, anybody{o.actor}, o.Routes()...)
	o.App.Waiting = o.Waiting
	put(t, db, `INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, 'anna@example.org', 'Anna', 'a', 'a', 'pl', 1)`, anna)
	return o
}

func put(t *testing.T, db *store.DB, query string, args ...any) {
	t.Helper()
	write(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), query, args...)
		return err
	})
}

func write(t *testing.T, db *store.DB, do func(*store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func items(t *testing.T, db *store.DB, all ...desk.Item) {
	t.Helper()
	write(t, db, func(tx *store.Tx) error {
		for _, i := range all {
			if err := desk.Put(t.Context(), tx, i); err != nil {
				return err
			}
		}
		return nil
	})
}

var manager = access.Grant{Role: access.Manager, Scope: access.InProgramme, ID: wisla, Slug: "wisla", Name: "Program Wisła"}

func TestDeskHoldsWhatIsAddressedToThePerson(t *testing.T) {
	for _, tt := range []struct {
		name   string
		item   desk.Item
		grants []access.Grant
		want   int
	}{
		{"to the person", desk.Item{To: desk.To{Person: anna}}, nil, 1},
		{"to another", desk.Item{To: desk.To{Person: wisla}}, nil, 0},
		{"to the address", desk.Item{To: desk.To{Email: "anna@example.org"}}, nil, 1},
		{"to another address", desk.Item{To: desk.To{Email: "jan@example.org"}}, nil, 0},
		{"to the role in the place", desk.Item{To: desk.To{Role: access.Manager}, Place: desk.Place{ID: wisla}}, []access.Grant{manager}, 1},
		{"to the role in another place", desk.Item{To: desk.To{Role: access.Manager}, Place: desk.Place{ID: other}}, []access.Grant{manager}, 0},
		{"to another role in the place", desk.Item{To: desk.To{Role: access.Editor}, Place: desk.Place{ID: wisla}}, []access.Grant{manager}, 0},
		{"to administrators", desk.Item{To: desk.To{Role: access.Administrator}}, []access.Grant{{Role: access.Administrator, Scope: access.Installation}}, 1},
		{"to administrators, who are others", desk.Item{To: desk.To{Role: access.Administrator}}, []access.Grant{manager}, 0},
		{"not yet", desk.Item{To: desk.To{Person: anna}, From: today.Add(time.Second)}, nil, 0},
		{"not any more", desk.Item{To: desk.To{Person: anna}, Until: today}, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				o := newOffice(t, db, tt.grants...)
				tt.item.Kind, tt.item.Matter, tt.item.Path = "test.request", "1", "/programy"
				items(t, db, tt.item, tt.item) // put twice it waits once
				if n, err := o.Waiting(t.Context(), o.actor); err != nil || n != tt.want {
					t.Errorf("%d wait, %v", n, err)
				}
				if rows := o.As(anna, false).Get(desk.Path).Want(t, http.StatusOK).Count(".task"); rows != tt.want {
					t.Errorf("%d are listed", rows)
				}
				write(t, db, func(tx *store.Tx) error { return desk.Done(t.Context(), tx, "test.request", "1") })
				if n, err := o.Waiting(t.Context(), o.actor); err != nil || n != 0 {
					t.Errorf("done, and %d wait, %v", n, err)
				}
			})
		})
	}
}

// Late first, then this week, later, and what has no date; the header counts it,
// and all of it costs two queries whatever the number of places.
func TestDeskIsInTheOrderOfDates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		grants := []access.Grant{manager}
		for range 30 {
			grants = append(grants, access.Grant{Role: access.Editor, Scope: access.InProgramme, ID: store.NewID()})
		}
		o := newOffice(t, db, grants...)
		for matter, due := range map[string]time.Time{"bez": {}, "pozniej": today.AddDate(0, 2, 0), "tydzien": today.AddDate(0, 0, 3), "po": today.Add(-time.Hour)} {
			items(t, db, desk.Item{Kind: "test." + matter, Matter: matter, To: desk.To{Person: anna}, Path: "/programy", Due: due})
		}
		b := o.As(anna, false)
		page := b.Get(desk.Path).Want(t, http.StatusOK)
		if got := page.Text("h2") + " | " + page.Text(".task a"); !strings.Contains(got, "Po terminieW tym tygodniuPóźniejBez terminu") ||
			!strings.Contains(got, "test.potest.tydzientest.pozniejtest.bez") {
			t.Errorf("%s", got)
		}
		if got := page.Text(".account .count [aria-hidden]"); got != "4" {
			t.Errorf("the header counts %q", got)
		}
		ctx, counter := store.WithCounter(t.Context())
		r := b.Last.Clone(ctx)
		if b.Do(r).Want(t, http.StatusOK); counter.N() > 3 { // the session, the count, the list
			t.Errorf("%d queries", counter.N())
		}
	})
}

func TestManagersDeskShowsWhereEverythingStands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db, manager)
		items(t, db,
			desk.Item{Kind: "test.a", Matter: "1", To: desk.To{Role: access.Manager}, Place: desk.Place{ID: wisla}, Path: "/programy", Due: today.Add(-time.Hour)},
			desk.Item{Kind: "test.b", Matter: "2", To: desk.To{Email: "jan@example.org"}, Place: desk.Place{ID: wisla}, Path: "/programy"},
			desk.Item{Kind: "test.c", Matter: "3", To: desk.To{Person: anna}, Place: desk.Place{ID: other}, Path: "/programy"})
		page := o.As(anna, true).Get("/programy/wisla/pulpit").Want(t, http.StatusOK)
		if page.Count("tbody tr") != 2 || !strings.Contains(page.Text("main"), "1 sprawa jest po terminie") || strings.Contains(page.Body, "jan@") {
			t.Errorf("%s", page.Text("main"))
		}
		o.actor.Grants = nil
		o.As(anna, true).Get("/programy/wisla/pulpit").Want(t, http.StatusForbidden)
	})
}

func TestRenamedPlaceIsRenamedOnTheDesk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		items(t, db, desk.Item{Kind: "test.a", Matter: "1", To: desk.To{Person: anna}, Place: desk.Place{ID: wisla, Title: "Stary"}, Path: "/programy/stary/edycja"})
		write(t, db, func(tx *store.Tx) error {
			return desk.Moved(t.Context(), tx, wisla, "Nowy", "/programy/stary", "/programy/nowy-adres")
		})
		page := o.As(anna, false).Get(desk.Path)
		if page.Count(`.task a[href="/programy/nowy-adres/edycja"]`) != 1 || !strings.Contains(page.Text(".task"), "Nowy") {
			t.Errorf("%s", page.Body)
		}
	})
}
