package main

import (
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/moderation"
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

// What the owner of a task reports goes past the word lists: until somebody has
// looked, the public does not read the task, though the team may close it.
func TestReportOfATaskWaitsWhereAWordListNamesIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := eventtest.New(t, db, event.Options{}, nil, func(*eventtest.World) []web.Route { return nil })
		p, e := testProgramOn(t, db, nil), x.Event("Seminarium w Wiśle")
		x.Seat(e, x.Resident, "", ui.Resident, "")
		db.Clock().Set(e.EndsAt.Time)
		team, owner := x.Ctx(x.Manager), x.Ctx(x.Resident)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		_, err := p.minutes.Begin(team, e)
		must(err)
		point, err := store.One[store.ID](team, db, `SELECT id FROM event_minutes_point ORDER BY position LIMIT 1`)
		must(err)
		tasks := map[string]store.ID{"Trampolina stoi w remizie.": store.NewID(), "Lista wisi w urzędzie.": store.NewID()}
		version := 1
		for _, id := range tasks {
			must(p.minutes.SavePoint(team, e, point, version, minutes.Written{Title: "Punkt", Task: &minutes.Task{ID: id, Title: "Zadanie", Person: x.Resident, DueAt: store.At(db.Now().AddDate(0, 0, 9))}}))
			version++
		}
		at := func() int { return x.Count(`SELECT version FROM event_minutes`) }
		must(p.minutes.Show(team, e, at(), time.Time{}))
		must(p.minutes.Approve(team, e, at()))
		must(p.minutes.Publish(team, e, at()))
		x.Exec(`INSERT INTO moderation_words (programme, words, links, updated_at, updated_by, version) VALUES ($1, 'trampolina', FALSE, 1, $2, 1)`, e.Programme, x.Manager)
		for words, id := range tasks {
			of := func() int { return x.Count(`SELECT version FROM event_task WHERE id = $1`, id) }
			must(p.minutes.Report(owner, e.Programme, id, of(), words))
			must(p.minutes.Close(team, e.Programme, id, of(), ""))
			veil, err := moderation.VeilOf(team, db, "task", id)
			if waits := veil != nil; err != nil || waits != strings.HasPrefix(words, "Trampolina") {
				t.Errorf("%q waits: %v (%v)", words, waits, err)
			}
		}
	})
}
