package event

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Content is what the form of an event holds: everything that people write of
// it, but its programme, its speakers and its materials.
type Content struct {
	Kind     Kind
	Host     store.ID // "" for none
	Title    string
	Lead     string
	Body     string // Markdown
	Language string
	Mode     Mode
	Place    Place
	Goals    []store.ID
}

// Draw is everything that makes a new event.
type Draw struct {
	Event
	Body     string // Markdown
	Goals    []store.ID
	Sessions []Session // at least one
	Speakers []Speaker
}

func (d Draw) content() Content {
	return Content{Kind: d.Kind, Host: d.Host, Title: d.Title, Lead: d.Lead, Body: d.Body, Language: d.Language, Mode: d.Mode,
		Place: d.Place, Goals: d.Goals}
}

// check refuses what may not even stand in a draft.
func (c Content) check() error {
	var m fault.Mistakes
	limit(&m, "title", c.Title, longestTitle)
	limit(&m, "lead", c.Lead, longestLead)
	limit(&m, "body", c.Body, longestBody)
	m.Check(slices.Contains(Kinds, c.Kind), "kind", "form.not_offered")
	m.Check(slices.Contains(Languages, c.Language), "language", "form.not_offered")
	m.Check(slices.Contains(Modes, c.Mode), "mode", "form.not_offered")
	c.Place.check(&m)
	return m.Err()
}

func (p Place) check(m *fault.Mistakes) {
	limit(m, "place", p.Name, longestName)
	limit(m, "address", p.Address, longestName)
	limit(m, "link", p.Link, longestLink)
	for name, text := range map[string]string{"access": p.Access, "travel": p.Travel, "meals": p.Meals, "costs": p.Costs} {
		limit(m, name, text, longestText)
	}
	_, known := territory.ByTERC(p.TERC)
	m.Check(p.TERC == "" || known, "terc", "form.not_offered")
	u, err := url.Parse(p.Link)
	m.Check(p.Link == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "link", "event.link.unreadable")
}

func limit(m *fault.Mistakes, field, text string, max int) {
	m.Check(len([]rune(text)) <= max, field, "form.too_long", "Max", max)
}

// Complete refuses what may not stand before the public.
func (c Content) Complete() error {
	var m fault.Mistakes
	m.Check(c.Title != "", "title", "form.required")
	m.Check(c.Lead != "", "lead", "form.required")
	m.Check(c.Mode == Online || c.Place.Words() != "", "place", "event.place.missing")
	m.Check(c.Mode == Online || c.Place.Access != "", "access", "event.access.missing")
	return m.Err()
}

// same reports whether two contents say the same.
func (c Content) same(d Content) bool {
	a, _ := json.Marshal(c) // plain fields: it cannot fail
	b, _ := json.Marshal(d)
	return string(a) == string(b)
}

// settle checks what a content names: the host must be one that this person may
// name or that hosts already; a goal that was dropped meanwhile is left out.
func (c *Content) settle(ctx context.Context, r store.Reader, in, person, host store.ID) error {
	voices, err := programme.Voices(ctx, r, in, person)
	if err != nil {
		return err
	}
	goals, err := programme.GoalNames(ctx, r, in)
	if err != nil {
		return err
	}
	is := func(id store.ID) func(programme.Choice) bool {
		return func(x programme.Choice) bool { return x.ID == id }
	}
	var m fault.Mistakes
	m.Check(c.Host == "" || c.Host == host || slices.ContainsFunc(voices, is(c.Host)), "host", "form.not_offered")
	c.Goals = slices.DeleteFunc(slices.Clone(c.Goals), func(id store.ID) bool { return !slices.ContainsFunc(goals, is(id)) })
	return m.Err()
}

// check refuses what may not make an event.
func (d Draw) check() error {
	if err := d.content().check(); err != nil {
		return err
	}
	var m fault.Mistakes
	m.Check(len(d.Sessions) > 0, "sessions", "form.required")
	m.Check(len(d.Speakers) <= mostSpeakers, "speakers", "event.speakers.too_many", "Max", mostSpeakers)
	if err := m.Err(); err != nil {
		return err
	}
	for _, speaker := range d.Speakers {
		if err := speaker.check(); err != nil {
			return err
		}
	}
	for _, session := range d.Sessions {
		if err := session.check(); err != nil {
			return err
		}
	}
	return checkAll(d.Sessions)
}

// checkAll refuses a programme of more sessions, or over more days, than an
// event has.
func checkAll(all []Session) error {
	var m fault.Mistakes
	m.Check(len(all) <= mostSessions, "sessions", "event.sessions.too_many", "Max", mostSessions)
	first, last := lasts(all)
	m.Check(last.Sub(first) <= mostDays*24*time.Hour, "starts", "event.sessions.too_long", "Max", mostDays)
	return m.Err()
}

// lasts tells from when to when sessions last.
func lasts(all []Session) (first, last time.Time) {
	for _, s := range all {
		if first.IsZero() || s.StartsAt.Before(first) {
			first = s.StartsAt.Time
		}
		if s.EndsAt().After(last) {
			last = s.EndsAt()
		}
	}
	return first, last
}
