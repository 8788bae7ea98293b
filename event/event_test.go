package event_test

import (
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// each runs a test on both databases, each time in a fresh world.
func each(t *testing.T, fn func(t *testing.T, w *eventtest.World)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fn(t, eventtest.New(t, db, event.Options{}, nil, func(w *eventtest.World) []web.Route { return w.Events.Routes() }))
	})
}

func TestEventLastsFromItsFirstSessionToItsLast(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium w Wiśle")
		if want := eventtest.Day.Add(9 * time.Hour); !e.StartsAt.Equal(want) {
			t.Errorf("starts %v, want %v", e.StartsAt, want)
		}
		if want := eventtest.Day.Add(37 * time.Hour); !e.EndsAt.Equal(want) {
			t.Errorf("ends %v, want %v", e.EndsAt, want)
		}
		if e.Path() != "/programy/wspolpraca/wydarzenia/seminarium-w-wisle" {
			t.Errorf("path %s", e.Path())
		}
	})
}

func TestDraftIsSeenByTheTeamOnly(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Szkic")
		if _, err := event.Find(w.Ctx(w.Resident), w.DB, "wspolpraca", e.Slug); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a resident finds a draft: %v", err)
		}
		if _, err := event.Find(w.Ctx(w.Observer), w.DB, "wspolpraca", e.Slug); err != nil {
			t.Errorf("an observer does not find it: %v", err)
		}
		if _, err := event.Find(w.Ctx(w.Stranger), w.DB, "wspolpraca", e.Slug); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another programme's manager finds it: %v", err)
		}
	})
}

func TestSeatedAreReadInTheOrderOfArrival(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		w.Seat(e, w.Resident, "", ui.Resident, "2412011")
		w.Seat(e, w.Neighbour, w.Office, ui.Administration, "")
		seated, err := registration.Seated(w.Ctx(w.Manager), w.DB, e.ID)
		if err != nil || len(seated) != 2 || seated[0].Name != "Marta Mieszkanka" || seated[1].OrganisationName != "Urząd Gminy Przykład" {
			t.Errorf("seated %+v, %v", seated, err)
		}
	})
}
