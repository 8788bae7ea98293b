package demo_test

import (
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// days at which somebody may stop and look, with what is known there: events
// announced, people signed up for the seminar, noted at its door, minutes
// before the public, barriers, votes in debates, tasks that are late.
var days = []struct {
	at                                                   string
	events, signed, noted, minutes, barriers, late, over int
}{
	{at: "2014-05-06 10:00"},
	{at: "2014-06-01 10:00", events: 1, signed: 30},
	{at: "2014-06-13 12:30", events: 1, signed: 44, noted: 31},
	{at: "2014-06-24 10:00", events: 1, signed: 44, noted: 32, minutes: 1, barriers: 14, over: 1},
	{at: "2014-12-05 10:00", events: 9, signed: 44, noted: 32, minutes: 4, barriers: 21, late: 5, over: 2},
	{at: "2015-06-30 10:00", events: 13, signed: 44, noted: 32, minutes: 7, barriers: 21, late: 5, over: 3},
}

// TestStoryGoesOnWhereItStopped looks at one day after the other on the same
// data: at each just that is known which had happened by then, and at the end
// everything is as where the story was told at once.
func TestStoryGoesOnWhereItStopped(t *testing.T) {
	if testing.Short() {
		t.Skip("tells the whole story twice")
	}
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	for _, d := range days {
		w.Until = moment(t, d.at)
		must(t, w.Load(t.Context()))
		for _, tt := range []struct {
			what, query string
			want        int
		}{
			{"events that are announced", `SELECT count(*) FROM event WHERE published_at IS NOT NULL`, d.events},
			{"people who signed up for the seminar", inWisla, d.signed},
			{"people who were noted there", `SELECT count(DISTINCT a.registration) FROM event_attendance a JOIN event e ON e.id = a.event WHERE e.kind = 'seminar'`, d.noted},
			{"minutes before the public", `SELECT count(*) FROM event_minutes WHERE published_at IS NOT NULL`, d.minutes},
			{"barriers", `SELECT count(*) FROM barrier WHERE state = 'registered'`, d.barriers},
			{"debates that are over", `SELECT count(*) FROM debate WHERE closed_at IS NOT NULL`, d.over},
		} {
			if got := count(t, db, tt.query); got != tt.want {
				t.Errorf("%s: %d %s, want %d", d.at, got, tt.what, tt.want)
			}
		}
		late, err := store.One[int](t.Context(), db, `SELECT count(*) FROM event_task WHERE state = 'open' AND due_at <= $1`, store.At(moment(t, d.at)))
		must(t, err)
		if late != d.late {
			t.Errorf("%s: %d tasks are late, want %d", d.at, late, d.late)
		}
		heard, err := w.Heard(t.Context())
		must(t, err)
		if heard.After(moment(t, d.at)) {
			t.Errorf("%s: the story has come to %s", d.at, heard)
		}
	}
	whole := newWorld(t, storetest.SQLite(t))
	must(t, whole.Load(t.Context()))
	if digest(t, whole.db) != digest(t, db) {
		t.Error("told step by step the story is another one")
	}
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, lang.Warsaw)
	must(t, err)
	return at
}

// TestVisitorMayChangeTheStory: a step that stands on what somebody took away is
// left out, and the others happen.
func TestVisitorMayChangeTheStory(t *testing.T) {
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	w.Until = moment(t, "2014-06-08 10:00")
	must(t, w.Load(t.Context()))
	seminar, err := store.One[struct {
		ID, Programme store.ID
		Version       int
	}](t.Context(), db, `SELECT id, programme, version FROM event WHERE kind = 'seminar'`)
	must(t, err)
	visitor := access.With(t.Context(), &access.Actor{})
	db.Clock().Move(w.Until)
	_, err = w.Events.Cancel(visitor, seminar.Programme, seminar.ID, seminar.Version, "Zobaczmy, co będzie.")
	must(t, err)
	w.Until = moment(t, "2014-06-30 10:00")
	must(t, w.Load(t.Context()))
	e, err := event.ByID(t.Context(), db, seminar.Programme, seminar.ID)
	must(t, err)
	if e.State() != event.Cancelled || count(t, db, `SELECT count(*) FROM event_attendance`) != 0 {
		t.Error("the seminar was held although it is cancelled")
	}
	if n := count(t, db, `SELECT count(*) FROM news_article WHERE slug LIKE 'kartki%'`); n != 1 {
		t.Error("the news of 23 June were not told")
	}
	told := count(t, db, `SELECT count(*) FROM demo_step`)
	acts := count(t, db, `SELECT count(*) FROM audit_entry`)
	must(t, w.Load(t.Context()))
	if count(t, db, `SELECT count(*) FROM demo_step`) != told || count(t, db, `SELECT count(*) FROM audit_entry`) != acts {
		t.Error("what was left out was tried again")
	}
}
