package main

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// placesOfRegistrations are the addresses of signing up for events: see places.
var placesOfRegistrations = []place{
	{"/programy/{programme}/wydarzenia/{event}/zapisy/osoba/{registration}", ofRegistrations("g.id", "event_registration g", "g.number DESC")},
	{"/programy/{programme}/wydarzenia/{event}/zapisy/grupa/{batch}", ofRegistrations("g.batch", "event_registration g", "g.channel <> 'group', g.number")},
	{"/programy/{programme}/wydarzenia/{event}/zapisy/papier/{batch}", ofRegistrations("g.batch", "event_registration g", "g.channel <> 'paper', g.number")},
	{"/programy/{programme}/wydarzenia/{event}/zapisy/pytania/{question}", ofRegistrations("g.id", "event_question g", "g.position")},
	{"/programy/{programme}/wydarzenia/{event}/zapisy/zaproszenia/{invitation}", ofRegistrations("g.id", "event_invitation g", "g.email")},
}

func ofRegistrations(id, from, order string) string {
	return `SELECT p.slug, e.slug, ` + id + ` FROM ` + from + ` JOIN event e ON e.id = g.event JOIN programme p ON p.id = e.programme
		WHERE e.published_at IS NOT NULL ORDER BY ` + order
}

// furnishRegistrations lets people sign up for the published events: by
// themselves, as a group, on paper; one of them waits.
func furnishRegistrations(ctx context.Context, p *program) error {
	events, err := store.All[struct{ ID, Programme, Manager store.ID }](ctx, p.db, `SELECT e.id, e.programme, p.manager
		FROM event e JOIN programme p ON p.id = e.programme WHERE e.published_at IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM event_admission a WHERE a.event = e.id) ORDER BY e.id`)
	if err != nil {
		return err
	}
	now := p.db.Now()
	defer p.db.Clock().Move(now)
	for _, in := range events {
		e, err := event.ByID(ctx, p.db, in.Programme, in.ID)
		if err != nil {
			return err
		}
		p.db.Clock().Move(e.StartsAt.AddDate(0, 0, -3)) // while people can sign up
		if err := p.furnishRegistration(lang.With(ctx, p.catalogue.Printer(lang.Polish)), e, in.Manager); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) furnishRegistration(ctx context.Context, e event.Event, manager store.ID) error {
	as := func(person store.ID, grants ...access.Grant) context.Context {
		return access.With(ctx, &access.Actor{Person: person, Grants: grants})
	}
	team := as(manager, access.Grant{Role: access.Manager, Scope: access.InProgramme, ID: e.Programme})
	a := registration.Admission{OpensAt: store.At(p.db.Now().AddDate(0, 0, -1)), ClosesAt: e.StartsAt, ConfirmHours: 24, GroupSize: 3, Note: "Weź kubek."}
	if err := p.registrations.SaveSettings(team, e, a, registration.Limits{{Kind: registration.InAll}: 4}); err != nil {
		return err
	}
	answers := map[store.ID]string{}
	for _, q := range []registration.Question{{Kind: registration.AsksText, Label: "Skąd przyjedziesz?"}, {Kind: registration.AsksDiet, Label: "Dieta"}} {
		q.ID, q.Hint = store.NewID(), "Krótko."
		answers[q.ID] = "Odpowiedź."
		if err := p.registrations.SaveQuestion(team, e, q); err != nil {
			return err
		}
	}
	residents, err := store.All[store.ID](ctx, p.db, `SELECT id FROM person WHERE blocked_at IS NULL AND id <> $1 ORDER BY email LIMIT 3`, manager)
	if err != nil {
		return err
	}
	for _, person := range residents[:2] {
		if _, err := p.registrations.Register(as(person), e, registration.Entry{Answers: answers}); err != nil {
			return err
		}
	}
	host, err := store.One[struct{ Organisation, Person store.ID }](ctx, p.db, `SELECT organisation, person FROM organisation_mandate
		WHERE role = 'representative' AND ended_at IS NULL ORDER BY organisation, person LIMIT 1`)
	if err != nil {
		return err
	}
	if _, err := p.registrations.RegisterGroup(as(host.Person, access.Grant{Role: access.Representative, Scope: access.InOrganisation, ID: host.Organisation}), e,
		registration.Party{For: host.Organisation, Batch: store.NewID(), Guests: []registration.Guest{{Line: 1, Name: "Zmyślona Koleżanka", Email: "kolezanka@example.org"}}}); err != nil {
		return err
	}
	if _, err := p.registrations.EnterPaper(team, e, registration.List{Rows: registration.ReadRows("Wymyślona Sąsiadka;;Koło Zmyślone\nZmyślony Sąsiad"),
		Sector: "resident", TERC: "2473011", Batch: store.NewID()}); err != nil {
		return err
	}
	_, err = p.registrations.Invite(team, e, "zaproszona@example.org")
	return err
}
