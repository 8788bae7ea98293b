package demo

import (
	"context"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// gathering is one event of the demo: how it was announced.
type gathering struct {
	key       string
	programme string // key of plans
	by        string // who prepared it
	host      string // key of bodies
	kind      event.Kind
	title     string
	lead      string
	body      string // Markdown
	place     event.Place
	drafted   string // moment
	published string // moment, "" for a draft
	days      []sitting
	speakers  []event.Speaker
}

// sitting is one day of an event: its sessions follow one another.
type sitting struct {
	begins string // moment
	slots  []slot
}

type slot struct {
	minutes int
	title   string
	room    string
	text    string
}

// pause is what nobody signs in for.
const pause = "-"

// announcements are the events themselves: drafted, and published later.
func (s *story) announcements() []act {
	var acts []act
	for _, g := range gatherings {
		acts = append(acts, act{g.drafted, g.by, func(ctx context.Context) error { return s.draft(ctx, g) }})
		if g.published == "" {
			continue
		}
		acts = append(acts, s.at(g.published, g.by, g.key, func(ctx context.Context, e event.Event) error {
			_, err := s.Events.Publish(ctx, e.Programme, e.ID, e.Version)
			return err
		}))
	}
	return acts
}

func (s *story) draft(ctx context.Context, g gathering) error {
	d := event.Draw{Event: event.Event{ID: s.id("event/" + g.key), Programme: s.programme(g.programme), Kind: g.kind, Host: s.body(g.host),
		Title: g.title, Lead: g.lead, Language: string(lang.Polish), Mode: event.OnSite, Place: g.place}, Body: g.body,
		Speakers: slices.Clone(g.speakers)}
	for i := range d.Speakers {
		d.Speakers[i].ID, d.Speakers[i].Position = store.NewID(), i+1
	}
	for _, day := range g.days {
		at := moment(day.begins)
		for _, slot := range day.slots {
			d.Sessions = append(d.Sessions, event.Session{ID: store.NewID(), StartsAt: store.At(at), Minutes: slot.minutes, Title: slot.title,
				Room: roomOf(slot), Text: slot.text, Pause: slot.room == pause})
			at = at.Add(time.Duration(slot.minutes) * time.Minute)
		}
	}
	_, err := s.Events.Begin(ctx, d)
	return err
}

func roomOf(s slot) string {
	if s.room == pause {
		return ""
	}
	return s.room
}
