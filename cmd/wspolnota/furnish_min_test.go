package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// placesOfMinutes are the addresses of minutes, tasks and evaluation: see places.
var placesOfMinutes = []place{
	{"/programy/{programme}/zadania/{task}", `SELECT p.slug, t.id FROM event_task t JOIN programme p ON p.id = t.programme`},
	{"/programy/{programme}/wydarzenia/{event}/protokol/wersje/{number}", `SELECT p.slug, e.slug, x.number FROM event_minutes_edition x` + minutesOfPlace},
	{"/programy/{programme}/wydarzenia/{event}/protokol/pliki/{file}", `SELECT p.slug, e.slug, x.id FROM event_minutes_file x` + minutesOfPlace + ` WHERE NOT x.picture`},
	{"/programy/{programme}/wydarzenia/{event}/protokol/obraz/{file}/{width}", `SELECT p.slug, e.slug, x.id, x.variants FROM event_minutes_file x` + minutesOfPlace + ` WHERE x.picture`},
	{"/programy/{programme}/wydarzenia/{event}/protokol/zdjecia/{file}", `SELECT p.slug, e.slug, x.id FROM event_minutes_file x` + minutesOfPlace},
	{"/programy/{programme}/wydarzenia/{event}/protokol/punkty/{point}", `SELECT p.slug, e.slug, x.id FROM event_minutes_point x` + minutesOfPlace},
	{"/programy/{programme}/wydarzenia/{event}/protokol/uwagi/{remark}", `SELECT p.slug, e.slug, x.id FROM event_minutes_remark x` + minutesOfPlace},
	{"/programy/{programme}/wydarzenia/{event}/ocena/teksty/{answer}", `SELECT p.slug, e.slug, x.id FROM event_feedback_answer x JOIN event_feedback_question q ON q.id = x.question
		JOIN event_feedback f ON f.id = q.form JOIN event e ON e.id = f.event JOIN programme p ON p.id = e.programme`},
}

const minutesOfPlace = ` JOIN event_minutes m ON m.id = x.minutes JOIN event e ON e.id = m.event JOIN programme p ON p.id = e.programme`

// furnishMinutes gives each published event minutes with everything that they may
// have, approved once and being corrected, and a form with an answer.
func furnishMinutes(ctx context.Context, p *program) error {
	events, err := store.All[struct{ ID, Programme, Manager store.ID }](ctx, p.db, `SELECT e.id, e.programme, p.manager FROM event e
		JOIN programme p ON p.id = e.programme WHERE e.published_at IS NOT NULL ORDER BY e.id`)
	if err != nil {
		return err
	}
	for _, x := range events {
		e, err := event.ByID(ctx, p.db, x.Programme, x.ID)
		if err != nil {
			return err
		}
		ctx := lang.With(access.With(ctx, &access.Actor{Person: x.Manager, Name: "Kierowniczka", Grants: []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: x.Programme}}}), p.catalogue.Printer(lang.Polish))
		if err := p.furnishMinutesOf(ctx, e, x.Manager); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) furnishMinutesOf(ctx context.Context, e event.Event, manager store.ID) error {
	if m, err := p.minutes.Begin(ctx, e); err != nil {
		return err
	} else if m.State == minutes.Published { // the story has told of them
		if err := p.minutes.Correct(ctx, e, m.Version, "Brakuje punktu"); err != nil {
			return err
		}
	}
	point, err := store.One[struct {
		ID      store.ID
		Version int
	}](ctx, p.db, `SELECT x.id, x.version FROM event_minutes_point x JOIN event_minutes m ON m.id = x.minutes WHERE m.event = $1 ORDER BY x.position LIMIT 1`, e.ID)
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	if err := png.Encode(&sheet, image.NewGray(image.Rect(0, 0, 500, 300))); err != nil {
		return err
	}
	version := func() int {
		n, _ := store.One[int](ctx, p.db, `SELECT version FROM event_minutes WHERE event = $1`, e.ID)
		return n
	}
	steps := []func() error{
		func() error {
			return p.minutes.SavePoint(ctx, e, point.ID, point.Version, minutes.Written{Title: "Otwarcie", Text: "Rozmowa.", Decisions: []minutes.Decision{{ID: store.NewID(), Text: "Powstanie lista."}},
				Votes: []minutes.Vote{{ID: store.NewID(), Question: "Czy przyjąć?", Choices: minutes.Choices{{Label: "Tak", Hands: 3}, {Label: "Nie", Hands: 1}}, Present: 5}},
				Task:  &minutes.Task{ID: store.NewID(), Title: "Spisać sale", Text: "Wszystkie.", Person: manager, DueAt: store.At(time.Date(2014, time.December, 20, 0, 0, 0, 0, lang.Warsaw))}})
		},
		func() error { return p.minutes.Attach(ctx, e, "plansza.png", &sheet, true, "Plansza", "Podpis") },
		func() error {
			return p.minutes.Attach(ctx, e, "lista.txt", strings.NewReader("Lista sal."), false, "", "")
		},
		func() error { return p.minutes.Show(ctx, e, version(), time.Time{}) },
		func() error { return p.minutes.Approve(ctx, e, version()) },
		func() error { return p.minutes.Publish(ctx, e, version()) },
		func() error { return p.minutes.Correct(ctx, e, version(), "Błędna liczba") },
		func() error {
			_, err := p.feedback.Prepare(ctx, e)
			return err
		},
		func() error {
			return p.db.Write(ctx, func(tx *store.Tx) error {
				if _, err := tx.Exec(ctx, `INSERT INTO event_minutes_remark (id, minutes, edition, person, text, at)
					SELECT $1, id, edition, $2, 'Było inaczej.', 1 FROM event_minutes WHERE event = $3`, store.NewID(), manager, e.ID); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, `UPDATE event_feedback SET opens_at = 1, closes_at = 2 WHERE event = $1`, e.ID); err != nil {
					return err
				}
				_, err := tx.Exec(ctx, `INSERT INTO event_feedback_answer (id, question, class, text) SELECT $1, q.id, '', 'Było dobrze.' FROM event_feedback_question q
					JOIN event_feedback f ON f.id = q.form WHERE f.event = $2 AND q.kind = 'text' ORDER BY q.position LIMIT 1`, store.NewRandomID(), e.ID)
				return err
			})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
