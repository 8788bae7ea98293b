package main

import (
	"context"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// placesOfEvents are the addresses of the room of events: see places.
var placesOfEvents = []place{
	{"/wydarzenia/{year}", `SELECT '2014'`},
	{"/wydarzenia/{year}/{month}", `SELECT '2014', '12'`},
	{"/programy/{programme}/wydarzenia/{event}", `SELECT p.slug, e.slug FROM event e JOIN programme p ON p.id = e.programme ORDER BY e.published_at IS NULL DESC`},
	{"/moje-wydarzenia/{token}", `SELECT 'bm90LWEtdG9rZW4.bm90'`},
	{"/api/v1/programmes/{programme}/events/{event}", `SELECT p.slug, e.slug FROM event e JOIN programme p ON p.id = e.programme WHERE e.published_at IS NOT NULL`},
	{"/programy/{programme}/wydarzenia/{event}/program/{session}", `SELECT p.slug, e.slug, x.id FROM event_session x JOIN event e ON e.id = x.event JOIN programme p ON p.id = e.programme ORDER BY x.starts_at DESC`},
	{"/programy/{programme}/wydarzenia/{event}/prowadzacy/{speaker}", `SELECT p.slug, e.slug, x.id FROM event_speaker x JOIN event e ON e.id = x.event JOIN programme p ON p.id = e.programme ORDER BY x.position DESC`},
	{"/programy/{programme}/wydarzenia/{event}/materialy/{file}", `SELECT p.slug, e.slug, x.id FROM event_file x JOIN event e ON e.id = x.event JOIN programme p ON p.id = e.programme`},
	{"/programy/{programme}/wydarzenia/{event}/pliki/{file}", `SELECT p.slug, e.slug, x.id FROM event_file x JOIN event e ON e.id = x.event JOIN programme p ON p.id = e.programme`},
}

// draftOfEvent begins the title of an event that is not published.
const draftOfEvent = "Szkic wizyty"

// furnishEvents gives every programme an event before the public, with
// everything that an event may have, and a draft of another.
func furnishEvents(ctx context.Context, p *program) error {
	programmes, err := store.All[struct {
		ID, Owner, Manager store.ID
		Title              string
	}](ctx, p.db, `SELECT id, owner, manager, title FROM programme ORDER BY slug`)
	if err != nil {
		return err
	}
	for _, in := range programmes {
		ctx := lang.With(access.With(ctx, &access.Actor{Person: in.Manager}), p.catalogue.Printer(lang.Polish))
		for _, title := range []string{"Warsztat na próbę", draftOfEvent} {
			if err := p.furnishEvent(ctx, in.ID, in.Owner, title+": "+in.Title); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *program) furnishEvent(ctx context.Context, programme, owner store.ID, title string) error {
	speaker := event.Speaker{ID: store.NewID(), Name: "Wymyślona Prowadząca", Role: event.Trainer, Organisation: "Fundacja Zmyślona", Profile: "Uczy rozmawiać."}
	other := event.Speaker{ID: store.NewID(), Name: "Zmyślony Ekspert", Role: event.Expert}
	at := store.At(time.Date(2014, time.December, 12, 9, 0, 0, 0, lang.Warsaw))
	later := store.At(at.Add(90 * time.Minute))
	e, err := p.events.Begin(ctx, event.Draw{
		Event: event.Event{ID: store.NewID(), Programme: programme, Kind: event.Workshop, Host: owner, Title: title, Lead: "Zdanie.", Language: "pl",
			Mode: event.Hybrid, Place: event.Place{Name: "Dom Próbny", Address: "ul. Próbna 1", TERC: "2473011", Link: "https://spotkania.example.org/proba",
				Access: "Winda.", Travel: "Autobus 5.", Meals: "Zupa.", Costs: "Bez opłat."}},
		Body:     "Opis **próby**.",
		Speakers: []event.Speaker{speaker, other},
		Sessions: []event.Session{{ID: store.NewID(), StartsAt: at, Minutes: 90, Title: "Otwarcie", Text: "Po *kolei*.", Room: "A", Speakers: []store.ID{speaker.ID}},
			{ID: store.NewID(), StartsAt: later, Minutes: 30, Title: "Zupa", Pause: true}},
	})
	if err != nil {
		return err
	}
	if e, err = p.events.Add(ctx, programme, e.ID, e.Version, event.File{Title: "Karta"}, "karta.txt", []byte("Karta pracy.")); err != nil {
		return err
	}
	if !strings.HasPrefix(title, draftOfEvent) {
		_, err = p.events.Publish(ctx, programme, e.ID, e.Version)
	}
	return err
}
