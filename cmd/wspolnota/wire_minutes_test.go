package main

import (
	"testing"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Before anybody is noted at the door, whoever has a seat takes part in minutes
// and evaluation; from then on, whoever was noted.
func TestWhoeverDidNotComeTookNoPart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := eventtest.New(t, db, event.Options{}, nil, func(*eventtest.World) []web.Route { return nil })
		p, e, ctx := testProgramOn(t, db, nil), x.Event("Seminarium w Wiśle"), x.Ctx(x.Facilitator)
		came, stayed := x.Seat(e, x.Resident, "", ui.Resident, ""), x.Seat(e, x.Neighbour, "", ui.Resident, "")

		took := func(person, seat store.ID, want bool) {
			t.Helper()
			if got, err := p.minutes.For.Took(ctx, db, e.ID, person); got != want || err != nil {
				t.Errorf("for minutes: %v, %v", got, err)
			}
			g, err := registration.ByID(ctx, db, e.ID, seat)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := p.feedback.Took(ctx, db, g); got != want || err != nil {
				t.Errorf("for the evaluation: %v, %v", got, err)
			}
		}
		present := func(want int) {
			t.Helper()
			if n, counted, err := p.minutes.For.Present(ctx, db, e.ID); n != want || counted != (want > 0) || err != nil {
				t.Errorf("%d present, %v, %v", n, counted, err)
			}
		}
		took(x.Resident, came, true)
		took(x.Neighbour, stayed, true)
		present(0)
		db.Clock().Set(e.StartsAt.Time)
		if _, err := p.attendance.Note(ctx, e, attendance.Mark{Registration: came, Here: true}); err != nil {
			t.Fatal(err)
		}
		took(x.Resident, came, true)
		took(x.Neighbour, stayed, false)
		present(1)
		if got, err := p.minutes.For.Took(ctx, db, e.ID, x.Manager); got || err != nil {
			t.Errorf("somebody who never registered: %v, %v", got, err)
		}
	})
}
