package main

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// placesOfGroups are the addresses of working groups: see places.
var placesOfGroups = []place{
	{"/programy/{programme}/zespoly/{group}", `SELECT p.slug, g.slug FROM event_group g JOIN programme p ON p.id = g.programme ORDER BY p.slug, g.name = 'Zespół próbny' DESC, g.name DESC`},
	{"/api/v1/programmes/{programme}/groups/{group}", `SELECT p.slug, g.slug FROM event_group g JOIN programme p ON p.id = g.programme`},
	{"/programy/{programme}/zespoly/{group}/sklad/{member}", `SELECT p.slug, g.slug, m.id FROM event_group_member m JOIN event_group g ON g.id = m.event_group
		JOIN programme p ON p.id = g.programme WHERE m.state = 'active'`},
	{"/programy/{programme}/zespoly/{group}/zaproszenie/{invitation}", invitationsOfGroups},
	{"/programy/{programme}/zespoly/{group}/sklad/zaproszenia/{invitation}", invitationsOfGroups},
}

const invitationsOfGroups = `SELECT p.slug, g.slug, i.id FROM event_group_invitation i JOIN event_group g ON g.id = i.event_group JOIN programme p ON p.id = g.programme`

// furnishGroups gives every programme a working group with a chair, open
// invitations, a request and a meeting, and one that is closed.
func furnishGroups(ctx context.Context, p *program) error {
	programmes, err := store.All[struct{ ID, Owner, Manager store.ID }](ctx, p.db, `SELECT id, owner, manager FROM programme ORDER BY slug`)
	if err != nil {
		return err
	}
	for _, in := range programmes {
		ctx := lang.With(access.With(ctx, &access.Actor{Person: in.Manager, Name: "Kierowniczka",
			Grants: []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: in.ID}}}), p.catalogue.Printer(lang.Polish))
		if err := p.furnishGroup(ctx, in.ID, in.Owner, in.Manager); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) furnishGroup(ctx context.Context, programme, owner, manager store.ID) error {
	day := time.Date(2014, time.December, 1, 0, 0, 0, 0, lang.Warsaw)
	g, err := p.groups.Found(ctx, group.Group{ID: store.NewID(), Programme: programme, Name: "Zespół próbny", Purpose: "Próbuje **wszystkiego**.",
		AppointedBy: "ustalenie", Appointer: owner, StartsAt: store.At(day), EndsAt: store.At(day.AddDate(0, 6, 0)), Asking: true})
	if err != nil {
		return err
	}
	email, err := store.One[string](ctx, p.db, `SELECT email FROM person WHERE id = $1`, manager)
	if err != nil {
		return err
	}
	if _, err := p.groups.Invite(ctx, programme, g.ID, group.Calling{Emails: email, Role: group.Chair, Words: "Zapraszam."}); err != nil {
		return err
	}
	invitation, err := store.One[store.ID](ctx, p.db, `SELECT id FROM event_group_invitation WHERE event_group = $1`, g.ID)
	if err != nil {
		return err
	}
	if err := p.groups.Accept(ctx, programme, g.ID, invitation, group.Joining{Named: true}); err != nil {
		return err
	}
	if _, err := p.groups.Invite(ctx, programme, g.ID, group.Calling{Emails: "ktos@przyklad.example\n" + invitedToGroups, Role: group.Ordinary}); err != nil {
		return err
	}
	asker, err := store.One[store.ID](ctx, p.db, `SELECT max(id) FROM person WHERE email <> $1`, invitedToGroups)
	if err != nil {
		return err
	}
	if err := p.groups.Ask(access.With(ctx, &access.Actor{Person: asker}), programme, g.ID, group.Joining{}, "Chcę pomóc."); err != nil {
		return err
	}
	over, err := p.groups.Found(ctx, group.Group{ID: store.NewID(), Programme: programme, Name: "Zespół zamknięty", Purpose: "Skończył.",
		AppointedBy: "ustalenie", StartsAt: store.At(day)})
	if err != nil {
		return err
	}
	if err := p.groups.Close(ctx, programme, over.ID, over.Version, "Zrobione.", "Lista **sal**."); err != nil {
		return err
	}
	e, err := p.groups.Meet(ctx, programme, g.ID, group.Convocation{ID: store.NewID(), Title: "Spotkanie próbne", StartsAt: day.Add(10 * time.Hour), Minutes: 60,
		Mode: event.Online, Agenda: "- jeden"})
	if err != nil {
		return err
	}
	_, err = p.events.Publish(ctx, programme, e.ID, e.Version)
	return err
}

// invitedToGroups is the resident of the example, who has answered nothing.
const invitedToGroups = "jakub.olszanowicz@poczta.example.com"
