package main

import (
	"slices"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/visit"
)

// kinds are what some kinds of events have beside their programme.
type kinds struct {
	panels    *panel.Service
	visits    *visit.Service
	exchanges *exchange.Service
}

// What the kinds tell, let wait and write down.
var (
	kindsNotices = slices.Concat(panel.Notices, group.Notices)
	kindsDesk    = slices.Concat(panel.Desk, visit.Desk, exchange.Desk, group.Desk)
	kindsAudit   = []audit.Room{panel.Audit, visit.Audit, exchange.Audit, group.Audit}
)

// openKinds adds to the page of an event what its kind has.
func (p *program) openKinds() {
	p.kinds.panels = panel.New(p.db, panel.Options{Site: p.site, Live: p.live, Notices: p.notices, Keeper: p.keeper, Moderation: p.moderation})
	p.kinds.visits = visit.New(p.db, visit.Options{})
	p.kinds.exchanges = exchange.New(p.db, exchange.Options{Site: p.site, Draft: p.events.Draft, Moderation: p.moderation, Trace: p.trace})
	p.moderation.Add(p.kinds.panels.ModerationKind(), exchange.ModerationKind())
	p.search.Add(panel.SearchKind(), visit.SearchKind(), exchange.SearchKind())
	p.trace.Add(visit.TraceKind(), panel.TraceKind(), exchange.TraceKind())
	p.trace.AddRelation(exchange.TraceRelation())
	p.programmes.AddBlock(p.kinds.exchanges.ProgrammeBlock())
	p.events.AddPart(p.kinds.panels.Part())
	p.events.AddPart(p.kinds.visits.Part())
	p.events.AddTool(p.kinds.panels.Tool())
	p.events.AddTool(p.kinds.visits.Tools()...)
	p.events.OnChange(p.kinds.exchanges.EventChanged)
	p.app.Add(p.kinds.panels.Routes()...)
	p.app.Add(p.kinds.visits.Routes()...)
	p.app.Add(p.kinds.exchanges.Routes()...)
	p.openGroups()
}
