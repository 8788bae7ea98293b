package main

import (
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/event"
)

// openEvents puts the room of events together with what stands around an event.
func (p *program) openEvents(secret []byte) {
	p.events = event.New(p.db, event.Options{Site: p.site, Blobs: p.files, Outbox: p.outbox, Funding: p.programmes.Funding,
		Trace: p.trace, Notices: p.notices, Secret: secret, Logger: p.log})
	p.events.AddKeeping(event.Keeping{Key: "event.delete.debates", Stays: true, Count: debate.OfEvent})
	p.programmes.AddBlock(p.events.ProgrammeBlock())
	p.programmes.AddHomeBlock(p.events.HomeBlock)
	p.app.Add(p.events.Routes()...)
	p.openRegistrations()
	p.openMinutes()
	p.openFeedback()
	p.openKinds()
}
