package debate_test

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// room is a programme with its team, and debates.
type room struct {
	*eventtest.World
	t       *testing.T
	debates *debate.Service

	hub        *live.Hub
	moderation *moderation.Service
	expected   map[ui.Sector]int // on the list of any event
}

// each runs a test on both databases, each time in a fresh room.
func each(t *testing.T, fn func(t *testing.T, x *room)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fn(t, newRoom(t, db))
	})
}

func newRoom(t *testing.T, db *store.DB) *room {
	t.Helper()
	x := &room{t: t, expected: map[ui.Sector]int{}, hub: live.New(db, live.Options{})}
	t.Cleanup(x.hub.Stop)
	quiet := slog.New(slog.DiscardHandler)
	queue := must(jobs.New(db, quiet))(t)
	words := must(lang.Load(append(eventtest.Messages, debate.Messages, moderation.Messages, live.Messages, sheet.Messages)...))(t)
	outbox := mail.NewOutbox(db, queue, mail.NewMemory(100), mail.Options{Site: webtest.SiteInfo(), Catalogue: words, Logger: quiet})
	center := notice.New(db, notice.Options{Site: webtest.SiteInfo(), Queue: queue, Outbox: outbox, Secret: make([]byte, 32)})
	center.Register(moderation.Notices...)
	x.moderation = moderation.New(db, moderation.Options{Queue: queue, Notices: center, Secret: make([]byte, 32), Names: people.Names,
		Others: func(_ context.Context, _ store.Reader, _ store.ID, besides []store.ID) ([]access.Role, error) {
			if slices.Contains(besides, x.Facilitator) {
				return []access.Role{access.Manager}, nil
			}
			return nil, nil
		}})
	x.debates = debate.New(db, debate.Options{Site: webtest.SiteInfo(), Live: x.hub, Queue: queue, Moderation: x.moderation,
		Expected: func(context.Context, store.Reader, store.ID) (map[ui.Sector]int, error) { return x.expected, nil }})
	x.moderation.Add(x.debates.ModerationKind())
	x.World = eventtest.New(t, db, event.Options{}, []embed.FS{debate.Messages, moderation.Messages, live.Messages, sheet.Messages, entrance.Messages},
		func(*eventtest.World) []web.Route {
			door := entrance.New(db, func(*http.Request) netip.Addr { return netip.Addr{} })
			door.Register(debate.ByCode)
			return append(x.debates.Routes(), door.Routes()...)
		})
	return x
}

func (x *room) terms() debate.Terms {
	return debate.Terms{Question: "Co nas dzieli, a co łączy?", Language: "pl", Entry: debate.Anyone, Moderation: debate.Before, Mirror: true,
		OpensAt: store.At(x.DB.Now().Add(time.Hour)), ClosesAt: store.At(x.DB.Now().Add(25 * time.Hour))}
}

func (x *room) lead() context.Context { return x.Ctx(x.Facilitator) }

// draft is a debate with three statements that nobody sees yet.
func (x *room) draft(change ...func(*debate.Terms)) debate.Debate {
	x.t.Helper()
	terms := x.terms()
	for _, c := range change {
		c(&terms)
	}
	d := must(x.debates.Begin(x.lead(), x.Programme, store.NewID(), terms))(x.t)
	must(x.debates.Seed(x.lead(), d.ID, debate.Seeded, "Urzędnicy znają potrzeby mieszkańców.", "Dotacje rozlicza się zbyt trudno.", "Spotykamy się za rzadko."))(x.t)
	return d
}

// open is such a debate, an hour after it was opened.
func (x *room) open(change ...func(*debate.Terms)) debate.Debate {
	x.t.Helper()
	d := x.draft(change...)
	d = must(x.debates.Publish(x.lead(), d.ID, 0))(x.t)
	x.DB.Clock().Set(d.OpensAt.Add(time.Hour))
	return d
}

// phone enters a debate without an account.
func (x *room) phone(d debate.Debate, sector ui.Sector) debate.Participant {
	x.t.Helper()
	return must(x.debates.Enter(context.Background(), d.ID, debate.Who{Device: debate.NewDevice(), Sector: sector}))(x.t)
}

func (x *room) vote(d debate.Debate, p debate.Participant, statement int, vote opinion.Vote) {
	x.t.Helper()
	if err := x.debates.Vote(context.Background(), d.ID, p.Number, statement, vote, false); err != nil {
		x.t.Fatal(err)
	}
}

func (x *room) result(d debate.Debate) *debate.Result {
	x.t.Helper()
	return must(x.debates.Result(context.Background(), d.ID))(x.t)
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
