package main

import (
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
)

// openRegistrations lets people sign up for events.
func (p *program) openRegistrations() {
	p.registrations = registration.New(p.db, registration.Options{Site: p.site, Outbox: p.outbox, Queue: p.queue, Privacy: p.keeper,
		Nav: p.events.Nav, Logger: p.log})
	p.events.AddPart(event.Part{First: true, Show: p.registrations.Part})
	p.events.AddTool(registration.Tools...)
	p.events.OnChange(p.registrations.EventChanged)
}
