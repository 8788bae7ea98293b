package exchange_test

import (
	"embed"
	"strings"
	"sync"
	"testing"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// world is a programme in which the resident represents an association and the
// neighbour an office; the office offers, the association needs.
type world struct {
	*eventtest.World
	t           *testing.T
	exchange    *exchange.Service
	in          programme.Programme
	offer, need store.ID
}

const list = "/programy/wspolpraca/wymiana"

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := &world{t: t}
		w.World = eventtest.New(t, db, event.Options{}, []embed.FS{exchange.Messages}, func(made *eventtest.World) []web.Route {
			w.exchange = exchange.New(db, exchange.Options{Draft: made.Events.Draft})
			return w.exchange.Routes()
		})
		w.Act(w.Resident, w.NGO)
		w.Act(w.Neighbour, w.Office)
		var err error
		if w.in, err = programme.ByID(t.Context(), db, w.Programme); err != nil {
			t.Fatal(err)
		}
		w.offer = w.enter(w.Neighbour, w.Office, exchange.Offer)
		w.need = w.enter(w.Resident, w.NGO, exchange.Need)
		fn(t, w)
	})
}

func (w *world) entry(organisation store.ID, side exchange.Side) exchange.Entry {
	return exchange.Entry{ID: store.NewID(), Programme: w.Programme, Organisation: organisation, Side: side, Formats: exchange.Words{"settlement"},
		Topics: exchange.Words{"settlements"}, Text: "Rozliczenie krok po kroku", Places: 1, Open: true}
}

func (w *world) enter(person, organisation store.ID, side exchange.Side) store.ID {
	w.t.Helper()
	e := w.entry(organisation, side)
	if err := w.exchange.Enter(w.Ctx(person), e); err != nil {
		w.t.Fatal(err)
	}
	return e.ID
}

// proposed is the one pair that fits.
func (w *world) proposed() store.ID {
	w.t.Helper()
	if n, err := w.exchange.Propose(w.Ctx(w.Manager), w.in); n != 1 || err != nil {
		w.t.Fatalf("%d pairs, %v", n, err)
	}
	id, err := store.One[store.ID](w.t.Context(), w.DB, `SELECT id FROM event_exchange_pair`)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func TestOnlyWhoBelongsToAnOrganisationEntersForIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.exchange.Enter(w.Ctx(w.Resident), w.entry(w.Club, exchange.Need)); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("for another organisation: %v", err)
		}
		w.As(w.Editor, true).Get(list+"/nowa").Want(t, 422)
		id := string(store.NewID())
		for range 2 {
			w.As(w.Resident, false).Post(list+"/nowa", "id", id, "side", "need", "organisation", string(w.NGO), "formats", "clinic", "topics", "language",
				"text", "Chcemy pisać prosto.", "places", "1").Want(t, 303)
		}
		if n := w.Count(`SELECT count(*) FROM event_exchange`); n != 3 {
			t.Errorf("%d entries", n)
		}
		body := w.Visitor().Get(list).Want(t, 200).Body
		if !strings.Contains(body, "Chcemy pisać prosto.") || strings.Contains(body, "Marta") {
			t.Error("the list does not show the need, or names who entered it")
		}
	})
}

func TestListIsNarrowedByItsFilters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for query, want := range map[string]int{"": 2, "?strona-wymiany=offer": 1, "?temat=settlements": 2, "?temat=language": 0, "?format=clinic": 0,
			"?sektor=ngo": 1, "?sektor=%27": 2} {
			if n := w.Visitor().Get(list+query).Want(t, 200).Count(".card"); n != want {
				t.Errorf("%q shows %d, want %d", query, n, want)
			}
		}
	})
}

// Both sides accept in the same moment, each several times: there is one event.
func TestPairAcceptedByBothSidesBecomesOneDraft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.proposed()
		var all sync.WaitGroup
		for range 4 {
			for _, person := range []store.ID{w.Resident, w.Neighbour} {
				all.Go(func() {
					ctx := lang.With(w.Ctx(person), w.App.Catalogue.Printer(lang.Polish))
					if _, err := w.exchange.Accept(ctx, w.in, id); err != nil && !fault.Is(err, fault.KindClosed) {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		drafts, err := store.All[event.Kind](t.Context(), w.DB, `SELECT e.kind FROM event e JOIN event_exchange_pair r ON r.event = e.id
			WHERE e.published_at IS NULL AND e.host = $1 AND r.state = 'agreed'`, w.Office)
		if err != nil || len(drafts) != 1 || drafts[0] != event.Settlement || w.Count(`SELECT count(*) FROM event`) != 1 {
			t.Errorf("%v, %v, %d events", drafts, err, w.Count(`SELECT count(*) FROM event`))
		}
		if n := w.Count(`SELECT count(*) FROM desk_item WHERE kind = 'exchange.answer'`); n != 0 {
			t.Errorf("%d answers still wait", n)
		}
		if n := w.Count(`SELECT count(*) FROM desk_item WHERE kind = 'exchange.draft'`); n != 1 {
			t.Errorf("%d drafts wait for the team", n)
		}
	})
}

func TestDeclinedPairIsNotProposedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.proposed()
		pair := list + "/pary/" + string(id)
		w.As(w.Resident, false).Post(pair+"/odmowa").Want(t, 422)
		w.As(w.Editor, true).Post(pair+"/odmowa", "reason", "nie").Want(t, 403)
		w.As(w.Editor, true).Post(pair+"/zgoda").Want(t, 403)
		w.As(w.Resident, false).Post(pair+"/odmowa", "reason", "Za daleko").Want(t, 303)
		if n, err := w.exchange.Propose(w.Ctx(w.Manager), w.in); n != 0 || err != nil {
			t.Errorf("%d proposed again, %v", n, err)
		}
		w.enter(w.Neighbour, w.Office, exchange.Offer)
		if n, err := w.exchange.Propose(w.Ctx(w.Manager), w.in); n != 1 || err != nil {
			t.Errorf("another offer: %d pairs, %v", n, err)
		}
	})
}

func TestEntryIsChangedByItsOwnersOneAfterTheOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		page := list + "/" + string(w.need) + "/edycja"
		w.As(w.Neighbour, false).Get(page).Want(t, 403)
		fields := []string{"version", "1", "formats", "clinic", "topics", "language", "text", "Inaczej", "places", "1"}
		w.As(w.Resident, false).Post(page, fields...).Want(t, 303)
		w.As(w.Resident, false).Post(page, fields...).Want(t, 409)
		if n := w.Visitor().Get(list).Count(".card"); n != 1 {
			t.Errorf("%d open, want one: the form closed the other", n)
		}
		if n := w.Visitor().Get(list + "?zamkniete=tak").Count(".card"); n != 2 {
			t.Errorf("%d with the closed one", n)
		}
	})
}

func TestPairsAreSeenByTheirSidesAndTheTeam(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.proposed()
		for person, want := range map[store.ID]int{w.Resident: 1, w.Neighbour: 1, w.Manager: 1, w.Editor: 0} {
			if n := w.As(person, true).Get(list+"/pary").Want(t, 200).Count("article"); n != want {
				t.Errorf("%d pairs, want %d", n, want)
			}
		}
	})
}
