package demo

import (
	"context"
	"fmt"
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

// act is something that somebody does at a moment of the story. What comes after
// the day at which the demo stands has not happened.
type act struct {
	at string // moment
	by string // address
	do func(context.Context) error
}

// play does the acts in the order of their moments, up to the day of the demo.
func (s *story) play(ctx context.Context, acts []act) error {
	slices.SortStableFunc(acts, func(a, b act) int { return moment(a.at).Compare(moment(b.at)) })
	for _, a := range acts {
		if !s.Until.IsZero() && moment(a.at).After(s.Until) {
			return nil
		}
		s.at(a.at)
		by, err := s.as(ctx, a.by)
		if err == nil {
			err = a.do(by)
		}
		if err != nil {
			return fmt.Errorf("%s, %s: %w", a.at, a.by, err)
		}
	}
	return s.Queue.Drain(ctx)
}

// meet tells everything that happens at the events of the story and around them.
func (s *story) meet(ctx context.Context) error {
	acts := s.announcements()
	for _, part := range []func() []act{s.seminarActs, s.exchangeActs, s.panelActs, s.visitActs} {
		acts = append(acts, part()...)
	}
	return s.play(ctx, acts)
}

// announcements are the events themselves: drafted, and published later.
func (s *story) announcements() []act {
	var acts []act
	for _, g := range gatherings {
		acts = append(acts, act{g.drafted, g.by, func(ctx context.Context) error { return s.draft(ctx, g) }})
		if g.published == "" {
			continue
		}
		acts = append(acts, act{g.published, g.by, func(ctx context.Context) error {
			e := s.events[g.key]
			e, err := s.Events.Publish(ctx, e.Programme, e.ID, e.Version)
			s.events[g.key] = e
			return err
		}})
	}
	return acts
}

func (s *story) draft(ctx context.Context, g gathering) error {
	d := event.Draw{Event: event.Event{ID: store.NewID(), Programme: s.programmes[g.programme].ID, Kind: g.kind, Host: s.bodies[g.host],
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
	e, err := s.Events.Begin(ctx, d)
	s.events[g.key] = e
	return err
}

func roomOf(s slot) string {
	if s.room == pause {
		return ""
	}
	return s.room
}
