package registration_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// soak runs the long form of a test.
var soak = os.Getenv("WSPOLNOTA_SOAK") == "1"

// world is a site with one event and a way to sign up for it.
type world struct {
	*eventtest.World
	t   *testing.T
	reg *registration.Service
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db, registration.Options{})) })
}

func newWorld(t *testing.T, db *store.DB, o registration.Options) *world {
	t.Helper()
	w := &world{t: t}
	w.World = eventtest.New(t, db, event.Options{Outbox: o.Outbox}, nil, func(inner *eventtest.World) []web.Route {
		o.Site = inner.Events.Site
		w.reg = registration.New(db, o)
		inner.Events.OnChange(w.reg.EventChanged)
		inner.Events.AddPart(event.Part{First: true, Show: w.reg.Part})
		return append(inner.Events.Routes(), w.reg.Routes()...)
	})
	return w
}

// open makes an event with so many seats in all, for which people can sign up
// until two days before it.
func (w *world) open(title string, seats int, change ...func(*registration.Admission, registration.Limits)) event.Event {
	w.t.Helper()
	e := w.Event(title)
	a := registration.Admission{OpensAt: store.At(w.DB.Now().Add(-time.Hour)), ClosesAt: store.At(eventtest.Day.AddDate(0, 0, -2)), ConfirmHours: 24,
		GroupSize: 5}
	l := registration.Limits{{Kind: registration.InAll}: seats}
	for _, c := range change {
		c(&a, l)
	}
	if err := w.reg.SaveSettings(w.Ctx(w.Manager), e, a, l); err != nil {
		w.t.Fatal(err)
	}
	return e
}

// crowd makes n people.
func (w *world) crowd(n int) []store.ID {
	w.t.Helper()
	ids := make([]store.ID, n)
	err := w.DB.Write(context.Background(), func(tx *store.Tx) error {
		for i := range ids {
			ids[i] = store.NewID()
			if _, err := tx.Exec(context.Background(), `INSERT INTO person (id, email, name, name_key, search, language, created_at)
				VALUES ($1, $2, $3, '', '', 'pl', 1)`, ids[i], string(ids[i])+"@example.org", fmt.Sprintf("Osoba %d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return ids
}

// register signs a person up for themselves.
func (w *world) register(e event.Event, person store.ID) registration.Registration {
	w.t.Helper()
	g, err := w.reg.Register(w.Ctx(person), e, registration.Entry{})
	if err != nil {
		w.t.Fatal(err)
	}
	return g
}

// now reads a registration again.
func (w *world) now(g registration.Registration) registration.Registration {
	w.t.Helper()
	again, err := registration.ByID(context.Background(), w.DB, g.Event, g.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return again
}

// atOnce does n things at the same moment and returns their errors.
func atOnce(n int, do func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			errs[i] = do(i)
		})
	}
	close(start)
	all.Wait()
	return errs
}

func (w *world) none(errs []error) {
	w.t.Helper()
	if err := errors.Join(errs...); err != nil {
		w.t.Fatalf("%.500v", err)
	}
}

// standing lists the numbers of an event in a state, in their order.
func (w *world) standing(e event.Event, state registration.State) []int {
	w.t.Helper()
	numbers, err := store.All[int](context.Background(), w.DB, `SELECT number FROM event_registration WHERE event = $1 AND state = $2 ORDER BY number`, e.ID, state)
	if err != nil {
		w.t.Fatal(err)
	}
	return numbers
}

// whole fails unless the event's queue keeps what residents are promised.
func (w *world) whole(e event.Event, seats int) {
	w.t.Helper()
	rows := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID)
	last := w.Count(`SELECT COALESCE(max(number), 0) FROM event_registration WHERE event = $1`, e.ID)
	if rows != last {
		w.t.Errorf("%d registrations and the last number is %d", rows, last)
	}
	held := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1 AND state IN ('confirmed', 'offered')`, e.ID)
	waiting := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1 AND state = 'waiting'`, e.ID)
	if held > seats || held < seats && waiting > 0 {
		w.t.Errorf("%d of %d seats are taken while %d wait", held, seats, waiting)
	}
}

func kind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if !fault.Is(err, want) {
		t.Errorf("%v, want fault kind %d", err, want)
	}
}
