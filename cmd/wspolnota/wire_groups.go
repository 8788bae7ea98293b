package main

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/store"
)

// openGroups lets working groups meet, and shows them where people look for who
// works on what.
func (p *program) openGroups() {
	p.groups = group.New(p.db, group.Options{Site: p.site, Outbox: p.outbox, Notices: p.notices, Trace: p.trace, Privacy: p.keeper,
		Draft: p.events.Draft, Guests: calls{p.registrations}, Records: records{}, Logger: p.log})
	p.search.Add(group.SearchKind())
	p.trace.Add(group.TraceKind())
	p.trace.AddRelation(group.TraceRelation())
	p.programmes.AddBlock(p.groups.ProgrammeBlock())
	p.events.AddBeside(p.groups.EventsBlock)
	p.events.AddPart(p.groups.Part())
	p.events.OnChange(p.groups.EventChanged)
	p.events.OnDelete(p.groups.EventDeleted)
	p.app.Add(p.groups.Routes()...)
}

// calls lets the members of a group sign up for its meetings.
type calls struct{ *registration.Service }

// Invite calls those who have these addresses to an event.
func (c calls) Invite(ctx context.Context, tx *store.Tx, e event.Event, emails []string) error {
	return c.Call(ctx, tx, e, emails)
}

// records tells groups what the minutes of their meetings say.
type records struct{}

// Minutes are those that everybody may read.
func (records) Minutes(ctx context.Context, r store.Reader, events []store.ID) (map[store.ID]string, error) {
	return minutes.ToRead(ctx, r, events)
}

// Tasks are those that are not done.
func (records) Tasks(ctx context.Context, r store.Reader, programme store.ID, events []store.ID) ([]group.Task, error) {
	undone, err := minutes.Undone(ctx, r, programme, events)
	tasks := make([]group.Task, len(undone))
	for i, t := range undone {
		tasks[i] = group.Task{Title: t.Title, Path: t.Path(), Owner: t.OwnerName(ctx), Language: t.Language, Day: t.LastDay(),
			Late: t.Late(r.Now()), Reported: t.State == minutes.Reported}
	}
	return tasks, err
}
