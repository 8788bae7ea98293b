package main

import (
	"context"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// openDebates puts the room of debates together, and the entrance for codes.
func (p *program) openDebates() {
	p.debates = debate.New(p.db, debate.Options{Site: p.site, Logger: p.log, Live: p.live, Queue: p.queue, Moderation: p.moderation,
		Expected: expectedAt})
	p.moderation.Add(p.debates.ModerationKind())
	p.app.Add(p.debates.Routes()...)
	p.entrance = entrance.New(p.db, p.app.ClientAddr)
	p.entrance.Register(debate.ByCode)
	p.app.Add(p.entrance.Routes()...)
}

// expectedAt counts by sector who has a seat at an event.
func expectedAt(ctx context.Context, r store.Reader, event store.ID) (map[ui.Sector]int, error) {
	tallies, err := registration.Tallies(ctx, r, event)
	counts := map[ui.Sector]int{}
	for _, t := range tallies {
		if t.State == registration.Confirmed {
			counts[ui.Sector(t.Sector)] += t.Number
		}
	}
	return counts, err
}
