package main

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// placesOfDebates are the addresses of the room of debates: see places.
var placesOfDebates = []place{
	{"/kod/{code}", `SELECT code FROM debate WHERE published_at IS NOT NULL`},
	{"/programy/{programme}/debaty/{debate}", `SELECT p.slug, d.slug FROM debate d JOIN programme p ON p.id = d.programme ORDER BY d.closed_at IS NOT NULL, p.slug, d.slug`},
	{"/programy/{programme}/debaty/{debate}/stwierdzenia/{number}", `SELECT p.slug, d.slug, s.number FROM debate_statement s JOIN debate d ON d.id = s.debate JOIN programme p ON p.id = d.programme`},
	{"/programy/{programme}/debaty/{debate}/prowadzenie/{number}", `SELECT p.slug, d.slug, s.number FROM debate_statement s JOIN debate d ON d.id = s.debate JOIN programme p ON p.id = d.programme`},
}

// furnishDebates gives every programme a debate that is open, two that are over
// and asked the same, and a draft.
func furnishDebates(ctx context.Context, p *program) error {
	programmes, err := store.All[struct {
		ID, Manager store.ID
		Slug        string
	}](ctx, p.db, `SELECT id, manager, slug FROM programme ORDER BY slug`)
	if err != nil {
		return err
	}
	for _, in := range programmes {
		ctx := lang.With(access.With(ctx, &access.Actor{Person: in.Manager}), p.catalogue.Printer(lang.Polish))
		for _, question := range []string{"Debata na próbę", "Debata skończona", "Debata powtórzona", "Szkic debaty"} {
			if err := p.furnishDebate(ctx, in.ID, question, in.Slug); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *program) furnishDebate(ctx context.Context, programme store.ID, question, where string) error {
	day := func(year int) store.Time { return store.At(time.Date(year, time.January, 1, 9, 0, 0, 0, lang.Warsaw)) } // open at any moment of the example
	d, err := p.debates.Begin(ctx, programme, store.NewID(), debate.Terms{Question: question + " " + where, Intro: "Opis **próby**.", Language: "pl", Entry: debate.Anyone,
		Moderation: debate.Before, Mirror: true, OpensAt: day(2014), ClosesAt: day(2040)})
	if err != nil {
		return err
	}
	if _, err := p.debates.Seed(ctx, d.ID, debate.Seeded, "Pierwsze stwierdzenie.", "Drugie zdanie o czymś innym.", "Trzecie stwierdzenie."); err != nil || question == "Szkic debaty" {
		return err
	}
	if _, err := p.debates.Publish(ctx, d.ID, 0); err != nil {
		return err
	}
	for i := range 12 {
		who := debate.Who{Device: debate.NewDevice(), Sector: ui.Sectors[i%2]}
		in, err := p.debates.Enter(ctx, d.ID, who)
		if err != nil {
			return err
		}
		for statement := 1; statement <= 3; statement++ {
			if err := p.debates.Vote(ctx, d.ID, in.Number, statement, opinion.Vote(i%3-1), false); err != nil {
				return err
			}
		}
		if i == 0 {
			if _, _, err := p.debates.Propose(ctx, d.ID, in, "Dodane przez kogoś."); err != nil {
				return err
			}
		}
	}
	if question == "Debata skończona" || question == "Debata powtórzona" {
		_, err = p.debates.Close(ctx, d.ID, 0)
	}
	return err
}
