package main

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
)

// placesOfWorkshops are the addresses of the live room: see places.
var placesOfWorkshops = []place{
	{"/d/{code}", `SELECT code FROM workshop ORDER BY opened_at IS NULL, closed_at IS NOT NULL, id`},
	{"/sala/{key}", `SELECT 'ABCDEFGH'`},
	{"/sala/{key}/zadania/{activity}", `SELECT 'ABCDEFGH', 'brak'`},
	{"/programy/{programme}/warsztaty/{workshop}", `SELECT p.slug, w.id FROM workshop w JOIN programme p ON p.id = w.programme ORDER BY w.opened_at IS NULL, w.closed_at IS NOT NULL, p.slug, w.id`},
	{"/programy/{programme}/warsztaty/{workshop}/zadania/{activity}", `SELECT p.slug, w.id, a.id FROM workshop_activity a JOIN workshop w ON w.id = a.workshop JOIN programme p ON p.id = w.programme`},
}

// furnishWorkshops gives every programme a workshop that is on, one that is over
// and one in preparation, with every kind of activity on the agenda.
func furnishWorkshops(ctx context.Context, p *program) error {
	programmes, err := store.All[struct {
		ID, Manager store.ID
		Slug        string
	}](ctx, p.db, `SELECT id, manager, slug FROM programme ORDER BY slug`)
	if err != nil {
		return err
	}
	for _, in := range programmes {
		ctx := lang.With(access.With(ctx, &access.Actor{Person: in.Manager}), p.catalogue.Printer(lang.Polish))
		for _, title := range []string{"Warsztat w toku", "Warsztat skończony", "Warsztat przygotowywany"} {
			if err := p.furnishWorkshop(ctx, in.ID, title); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *program) furnishWorkshop(ctx context.Context, programme store.ID, title string) error {
	w, err := p.workshops.Begin(ctx, programme, store.NewID(), workshop.Terms{Title: title, Lead: "Po co się spotykamy.", Leaders: "Prowadzący Ktoś", Language: "pl", Tables: 3})
	if err != nil {
		return err
	}
	for _, k := range p.workshops.Kinds {
		settings := k.Defaults()
		for _, one := range k.Settings {
			if one.Input == activity.Lines {
				settings[one.Name] = "Pierwsza pozycja\nDruga pozycja\nTrzecia pozycja"
			}
		}
		if _, err := p.workshops.Add(ctx, w.ID, store.NewID(), workshop.Plan{Kind: k.Name, Title: "Zadanie " + k.Name, Minutes: 0, Settings: settings}); err != nil {
			return err
		}
	}
	if title == "Warsztat przygotowywany" {
		return nil
	}
	if w, err = p.workshops.Open(ctx, w.ID); err != nil {
		return err
	}
	who, err := p.workshops.Join(ctx, w.ID, workshop.NewDevice(), ui.NGO, 1)
	if err != nil {
		return err
	}
	agenda, err := workshop.Agenda(ctx, p.db, w.ID)
	if err != nil {
		return err
	}
	for _, a := range agenda {
		if w, err = p.workshops.Start(ctx, w.ID, a.ID); err != nil {
			return err
		}
		if a.Kind == "cards" {
			if err := p.workshops.Take(ctx, w.ID, workshop.Answer{ID: store.NewRandomID(), Activity: a.ID, Participant: who.ID, Body: `{"text":"Karta na próbę"}`}); err != nil {
				return err
			}
		}
		if w, err = p.workshops.Reveal(ctx, w.ID, a.ID, true); err != nil {
			return err
		}
	}
	if title == "Warsztat skończony" {
		_, err = p.workshops.Close(ctx, w.ID)
	}
	return err
}
