package main

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// placesOfAttendance are the addresses of tickets and certificates: see places.
var placesOfAttendance = []place{
	{"/programy/{programme}/wydarzenia/{event}/zaswiadczenia/{certificate}", `SELECT p.slug, e.slug, c.id FROM event_certificate c JOIN event e ON e.id = c.event JOIN programme p ON p.id = e.programme`},
	{"/bilet/{ticket}", `SELECT 'ABCDEFGH'`},
	{"/zaswiadczenia/{code}", `SELECT code FROM event_certificate`},
}

// furnishAttendance holds a meeting to which everybody of the example came, with
// certificates for all of them.
func furnishAttendance(p *program, programme, manager store.ID) error {
	ctx := access.With(context.Background(), &access.Actor{Person: manager})
	at := store.At(time.Date(2014, time.September, 12, 10, 0, 0, 0, lang.Warsaw))
	host, err := store.One[store.ID](ctx, p.db, `SELECT min(id) FROM organisation`)
	if err != nil {
		return err
	}
	e, err := p.events.Begin(ctx, event.Draw{Event: event.Event{ID: store.NewID(), Programme: programme, Kind: event.Workshop, Host: host,
		Title: "Spotkanie z biletami", Lead: "Zdanie.", Language: "pl", Mode: event.OnSite, Place: event.Place{Name: "Sala", Address: "ul. Zwykła 1", Access: "Winda."}},
		Sessions: []event.Session{{StartsAt: at, Minutes: 90, Title: "Część pierwsza"}, {StartsAt: store.At(at.Add(2 * time.Hour)), Minutes: 90, Title: "Część druga"}}})
	if err != nil {
		return err
	}
	if e, err = p.events.Publish(ctx, programme, e.ID, e.Version); err != nil {
		return err
	}
	people, err := store.All[store.ID](ctx, p.db, `SELECT id FROM person ORDER BY id`)
	if err != nil {
		return err
	}
	now := p.db.Now()
	defer p.db.Clock().Set(now)
	p.db.Clock().Set(at.Time)
	for i, person := range people {
		id := store.NewID()
		if err := p.db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO event_registration (id, event, person, name, organisation, organisation_name, sector, terc, channel, state,
					number, answers, registered_at, state_at)
				SELECT $1, $2, id, name, NULL, 'Nasza grupa', 'ngo', '2412011', 'self', 'confirmed', $3, '[]', $4, $4 FROM person WHERE id = $5`,
				id, e.ID, i+1, at, person)
			return err
		}); err != nil {
			return err
		}
		if _, err := p.attendance.Note(ctx, e, attendance.Mark{Registration: id, Here: true}); err != nil {
			return err
		}
	}
	p.db.Clock().Set(e.EndsAt.Time)
	if err := seating.New(p.db, seating.Options{}).Propose(ctx, e, seating.Wish{Tables: 6, Seed: 7, Word: "Stolik"}); err != nil {
		return err
	}
	if err := p.attendance.SetRule(ctx, e, attendance.Rule{Words: "zwykły zakres"}); err != nil {
		return err
	}
	_, err = p.attendance.Issue(ctx, e)
	return err
}
