package main

import "github.com/wspolnota/wspolnota/barrier"

// openBarriers puts the register of constraints together and tells the other
// rooms of it.
func (p *program) openBarriers() {
	p.barriers = barrier.New(p.db, barrier.Options{Site: p.site, Trace: p.trace, Notices: p.notices})
	p.search.Add(barrier.SearchKind())
	p.moderation.Add(p.barriers.ModerationKind())
	p.trace.Add(barrier.TraceKind())
	p.notices.Register(barrier.Notices...)
	p.desk.Register(barrier.Desk...)
	p.audit.Register(barrier.Audit)
	p.programmes.AddBlock(p.barriers.ProgrammeBlock())
	p.app.Add(p.barriers.Routes()...)
}
