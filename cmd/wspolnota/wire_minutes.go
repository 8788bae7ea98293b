package main

import (
	"context"

	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// openMinutes lets the minutes of events be written and read, and their tasks be
// done.
func (p *program) openMinutes() {
	p.minutes = minutes.New(p.db, minutes.Options{Site: p.site, Blobs: p.files, Queue: p.queue, Trace: p.trace, Notices: p.notices,
		Moderation: p.moderation, For: atTheDoor{}, Logger: p.log})
	p.events.AddPart(p.minutes.Part())
	p.events.AddTool(minutes.Tools()...)
	p.events.OnChange(minutes.Follow)
	p.events.AddKeeping(minutes.Keepings...)
	p.programmes.AddBlock(p.minutes.Block())
	p.moderation.Add(p.minutes.ModerationKinds()...)
	p.app.Add(p.minutes.Routes()...)
}

// atTheDoor tells minutes who took part by what was noted at the door.
type atTheDoor struct{}

// Present counts those who came.
func (atTheDoor) Present(ctx context.Context, r store.Reader, event store.ID) (int, bool, error) {
	n, err := attendance.Head(ctx, r, event)
	return n, n > 0, err
}

// Took reports whether the person came, or was to come where nobody is noted.
func (atTheDoor) Took(ctx context.Context, r store.Reader, event, person store.ID) (bool, error) {
	g, err := registration.Of(ctx, r, event, person)
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return attendance.Took(ctx, r, g)
}
