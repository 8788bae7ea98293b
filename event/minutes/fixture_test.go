package minutes_test

import (
	"context"
	"embed"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// meeting is a world in which an event is over and minutes can be taken.
type meeting struct {
	*eventtest.World
	t       *testing.T
	Service *minutes.Service
	Queue   *jobs.Queue
	Event   event.Event
}

func each(t *testing.T, fn func(t *testing.T, m *meeting)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		m := &meeting{t: t}
		var err error
		if m.Queue, err = jobs.New(db, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		keeper := privacy.NewKeeper(db, m.Queue, nil)
		m.World = eventtest.New(t, db, event.Options{}, []embed.FS{minutes.Messages}, func(w *eventtest.World) []web.Route {
			outbox := mail.NewOutbox(db, m.Queue, mail.NewMemory(100), mail.Options{Site: w.Events.Site, Privacy: keeper})
			notices := notice.New(db, notice.Options{Site: w.Events.Site, Queue: m.Queue, Outbox: outbox, Secret: []byte("tajemnica testowa tajemnica testowa")})
			notices.Register(minutes.Notices...)
			thread := trace.New(db, nil)
			thread.Add(minutes.TraceKinds()...)
			m.Service = minutes.New(db, minutes.Options{Site: w.Events.Site, Blobs: w.Events.Blobs, Queue: m.Queue, Trace: thread, Notices: notices})
			return m.Service.Routes()
		})
		m.Events.OnChange(minutes.Follow)
		m.Event = m.World.Event("Seminarium w Wiśle")
		m.Seat(m.Event, m.Resident, m.NGO, ui.NGO, "2412011")
		m.Seat(m.Event, m.Neighbour, "", ui.Resident, "2412011")
		db.Clock().Set(eventtest.Day.AddDate(0, 0, 2).Add(10 * time.Hour))
		fn(t, m)
	})
}

func (m *meeting) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// refused wants a fault with this key.
func refused(t *testing.T, err error, key string) {
	t.Helper()
	var said interface{ Error() string }
	if err == nil || !errors.As(err, &said) || !strings.Contains(said.Error(), key) {
		t.Errorf("refused with %v, want %s", err, key)
	}
}

// reads opens a page and wants words on it, and those after a mark not.
func (m *meeting) reads(b *webtest.Browser, path string, words ...string) *webtest.Page {
	m.t.Helper()
	page := b.Get(path)
	if page.Status != 200 {
		m.t.Fatalf("%s: %d\n%s", path, page.Status, m.Log)
	}
	text := page.Text("main")
	for _, w := range words {
		if unwanted, not := strings.CutPrefix(w, "!"); not == strings.Contains(text, unwanted) {
			m.t.Errorf("%s: want %q in: %s", path, w, text)
		}
	}
	return page
}

func (m *meeting) facilitator() context.Context { return m.Ctx(m.Facilitator) }
func (m *meeting) manager() context.Context     { return m.Ctx(m.Manager) }

// begun begins the minutes and returns the ids of their points.
func (m *meeting) begun() []store.ID {
	m.t.Helper()
	_, err := m.Service.Begin(m.facilitator(), m.Event)
	m.must(err)
	points, err := store.All[store.ID](m.t.Context(), m.DB, `SELECT id FROM event_minutes_point ORDER BY position`)
	m.must(err)
	return points
}

func (m *meeting) version() int { return m.Count(`SELECT version FROM event_minutes`) }

// task writes a task of the resident under a point.
func (m *meeting) task(point store.ID, days int) store.ID {
	m.t.Helper()
	id := store.NewID()
	due := eventtest.Day.AddDate(0, 0, 2+days+1)
	m.must(m.Service.SavePoint(m.facilitator(), m.Event, point, m.Count(`SELECT version FROM event_minutes_point WHERE id = $1`, point),
		minutes.Written{Title: "Punkt", Text: "Rozmowa.", Decisions: []minutes.Decision{{ID: store.NewID(), Text: "Powstanie lista sal."}},
			Task: &minutes.Task{ID: id, Title: "Spisać sale", Person: m.Resident, DueAt: store.At(due)}}))
	return id
}

// published takes the minutes with one task all the way.
func (m *meeting) published(days int) store.ID {
	m.t.Helper()
	task := m.task(m.begun()[0], days)
	m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), time.Time{}))
	m.must(m.Service.Approve(m.manager(), m.Event, m.version()))
	m.must(m.Service.Publish(m.manager(), m.Event, m.version()))
	return task
}

// notices counts how often a person was told of something.
func (m *meeting) notices(person store.ID, kind string) int {
	m.t.Helper()
	return m.Count(`SELECT count(*) FROM notice_recipient r JOIN notice_message n ON n.id = r.message WHERE r.person = $1 AND n.kind = $2`, person, kind)
}

// request asks for a path in a context, to count what it asks of the database.
func request(ctx context.Context, path string) *http.Request {
	return httptest.NewRequest(http.MethodGet, webtest.Public+path, nil).WithContext(ctx)
}
