package main

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// What people said or decided keeps a draft from being deleted, and the refusal
// says what it is; tables go with it. Neither minutes nor an evaluation begin on a
// draft: they are here because an archive may bring them.
func TestDraftIsDeletedWithItsTablesAndNotWithMinutes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := eventtest.New(t, db, event.Options{}, nil, func(*eventtest.World) []web.Route { return nil })
		p, ctx := testProgramOn(t, db, nil), x.Ctx(x.Manager)
		e := x.Draft("Szkic warsztatu")
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		remove := func() error { return p.events.Delete(ctx, e.Programme, e.ID, e.Version) }

		if _, err := p.minutes.Begin(ctx, e); fault.Of(err) == nil || fault.Of(err).Key != "minutes.begin.draft" {
			t.Errorf("minutes of a draft: %v", err)
		}
		if _, err := p.feedback.Prepare(ctx, e); fault.Of(err) == nil || fault.Of(err).Key != "feedback.form.hidden" {
			t.Errorf("an evaluation of a draft: %v", err)
		}
		must(seating.New(db, seating.Options{}).Propose(ctx, e, seating.Wish{Tables: 3, Seed: 1, Word: "Stolik"}))

		for _, brought := range []struct{ key, add, drop string }{
			{"minutes.kept.minutes", `INSERT INTO event_minutes (id, event, created_at, updated_at) VALUES ($1, $2, 1, 1)`, `DELETE FROM event_minutes WHERE id = $1 AND event = $2`},
			{"minutes.tasks.count", `INSERT INTO event_task (id, programme, event, title, due_at, created_at) SELECT $1, programme, id, 'Zadanie', 1, 1 FROM event WHERE id = $2`, `DELETE FROM event_task WHERE id = $1 AND event = $2`},
			{"feedback.kept", `INSERT INTO event_feedback (id, event, opens_at, closes_at) VALUES ($1, $2, 1, 2)`, `DELETE FROM event_feedback WHERE id = $1 AND event = $2`},
			{"event.delete.debates", `INSERT INTO debate (id, programme, slug, code, question, intro, language, event, entry, moderation, mirror, opens_at, created_at, updated_at)
				SELECT $1, programme, 'debata', 'ABCDEF', 'Pytanie?', '', 'pl', id, 'anyone', 'before', FALSE, 1, 1, 1 FROM event WHERE id = $2`, `DELETE FROM debate WHERE id = $1 AND event = $2`},
		} {
			id := store.NewID()
			x.Exec(brought.add, id, e.ID)
			err := remove()
			f := fault.Of(err)
			if f == nil || f.Key != "event.delete.kept" || !strings.Contains(f.Args[1].(string), brought.key) {
				t.Errorf("with %s: %v", brought.key, err)
			}
			x.Exec(brought.drop, id, e.ID)
		}
		must(remove())
		for _, table := range []string{"event", "event_table", "event_seating"} {
			column := "event"
			if table == "event" {
				column = "id"
			}
			if n := x.Count(`SELECT count(*) FROM `+table+` WHERE `+column+` = $1`, e.ID); n != 0 {
				t.Errorf("%s keeps %d rows", table, n)
			}
		}
	})
}
