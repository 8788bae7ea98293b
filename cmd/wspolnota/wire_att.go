package main

import (
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/seating"
)

// openAttendance lets the team of an event note who came and seat people at
// tables.
func (p *program) openAttendance(secret []byte) {
	p.attendance = attendance.New(p.db, attendance.Options{Site: p.site, Secret: secret, Privacy: p.keeper, Notices: p.notices, Logger: p.log,
		WalkIn: func(e event.Event) string { return e.Path() + "/zapisy/papier" }})
	p.registrations.Object(attendance.MustStay)
	p.events.AddPart(p.attendance.OwnPart())
	p.events.AddPart(p.attendance.PublicPart())
	p.events.AddTool(attendance.Tools()...)
	p.events.AddKeeping(attendance.Keepings...)
	p.app.Add(p.attendance.Routes()...)
	p.seating = seating.New(p.db, seating.Options{Site: p.site, Privacy: p.keeper, Logger: p.log})
	p.events.AddTool(seating.Tools()...)
	p.events.AddKeeping(seating.Keepings...)
	p.app.Add(p.seating.Routes()...)
}
