package main

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
	"github.com/wspolnota/wspolnota/workshop/exercise"
)

// openWorkshops puts the live room together with the activities that the rooms
// supply. Workshops are entered by the same door as debates.
func (p *program) openWorkshops() {
	p.workshops = workshop.New(p.db, workshop.Options{Site: p.site, Logger: p.log, Live: p.live, Door: p.entrance, Kinds: exercise.Kinds(),
		SectorOf: func(ctx context.Context, event, person store.ID) (ui.Sector, error) {
			sector, err := store.One[ui.Sector](ctx, p.db, `SELECT sector FROM event_registration WHERE event = $1 AND person = $2 AND state = 'confirmed'`, event, person)
			if fault.Is(err, fault.KindNotFound) {
				return "", nil
			}
			return sector, err
		}})
	p.entrance.Register(workshop.ByCode)
	p.events.AddPart(event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		return p.workshops.OfEvent(ctx, e.Programme, e.ProgrammeSlug, e.ID)
	}})
	p.programmes.AddHomeBlock(p.workshops.HomeBlock)
	jobs.Every(p.queue, "workshop.forget", 24*time.Hour, p.workshops.ForgetMirrors)
	p.app.Add(p.workshops.Routes()...)
}
