package event

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Date is the event as calendars take it. Its id stays for ever and its version
// grows with every change, so that a calendar that has it renews its entry; a
// cancelled event says so rather than being gone.
func (e Event) Date(ctx context.Context, site web.Site) export.Date {
	return export.Date{ID: string(e.ID) + "@" + site.Public.Hostname(), Title: e.Title, Description: e.Lead, Place: e.Where(ctx),
		URL: site.URL(e.Path()), Start: e.StartsAt.Time, End: e.EndsAt.Time, Changed: e.UpdatedAt.Time, Version: e.Version,
		Cancelled: e.State() == Cancelled}
}

// date is one session of the event.
func (s Session) date(ctx context.Context, site web.Site, e Event) export.Date {
	d := e.Date(ctx, site)
	d.ID = string(s.ID) + "@" + site.Public.Hostname()
	d.Title, d.Start, d.End = s.Title+" ("+e.Title+")", s.StartsAt.Time, s.EndsAt()
	d.URL += "#punkt-" + string(s.ID)
	if s.Room != "" {
		d.Place = s.Room + ", " + d.Place
	}
	return d
}

// mostDates bounds a calendar that is followed: what is long over falls out.
const mostDates = 500

func (s *Service) sendEventCalendar(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	return s.sendDates(w, r, e.name(r.Context()), e.Slug, e.Date(r.Context(), s.Site))
}

func (s *Service) sendSessionCalendar(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	session, err := store.One[Session](ctx, s.db, `SELECT id, event, starts_at, minutes, title, text, room, pause
		FROM event_session WHERE event = $1 AND id = $2`, e.ID, r.PathValue("session"))
	if err != nil {
		return err
	}
	return s.sendDates(w, r, session.Title, e.Slug, session.date(ctx, s.Site, e))
}

// sendCalendar answers with the events of a list as a calendar to be followed.
func (s *Service) sendCalendar(w http.ResponseWriter, r *http.Request) error {
	f, name, err := s.followed(r)
	if err != nil {
		return err
	}
	return s.sendListed(w, r, f, name)
}

// followed is the list that an address asks for: a programme's, or that of all
// programmes, by kind, gmina and words; over or not.
func (s *Service) followed(r *http.Request) (f Filter, name string, err error) {
	ctx := r.Context()
	f, name = filterOf(r), lang.T(ctx, "event.list.title")
	f.Over = All
	if r.PathValue("programme") != "" {
		p, err := s.programme(r)
		if err != nil {
			return f, "", err
		}
		f.Programme, name = p.Slug, lang.T(ctx, "event.list.of", "Programme", p.Title)
	}
	if words := f.words(ctx); words != "" {
		name += ": " + words
	}
	return f, name, nil
}

func (s *Service) sendListed(w http.ResponseWriter, r *http.Request, f Filter, name string) error {
	events, _, err := listed(r.Context(), s.db, f, mostDates, 0)
	if err != nil {
		return err
	}
	dates := make([]export.Date, len(events))
	for i, e := range events {
		dates[i] = e.Date(r.Context(), s.Site)
	}
	return s.sendDates(w, r, name, name, dates...)
}

func (s *Service) sendDates(w http.ResponseWriter, r *http.Request, name, file string, dates ...export.Date) error {
	return export.Calendar{Name: name, Author: s.Site.Community, Dates: dates}.Send(w, r, file)
}

// sendOwn answers a calendar program that knows a person's address. It is not
// kept by anybody between, and nothing but these dates is told.
func (s *Service) sendOwn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	person, err := s.calendarOf(ctx, r.PathValue("token"))
	if err != nil {
		return err
	}
	events, err := ownEvents(ctx, s.db, person)
	if err != nil {
		return err
	}
	dates := make([]export.Date, len(events))
	for i, e := range events {
		dates[i] = e.Date(ctx, s.Site)
	}
	w.Header().Set("Cache-Control", "private, no-store")
	return s.sendDates(w, r, lang.T(ctx, "event.own.title"), "wydarzenia", dates...)
}

// showOwn is where a person finds their events and the address under which their
// telephone follows them.
func (s *Service) showOwn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	person := access.From(ctx).Person
	v := ownView{}
	key, err := store.One[string](ctx, s.db, `SELECT key FROM event_calendar WHERE person = $1`, person)
	switch {
	case err == nil:
		v.Address = s.Site.URL(s.ownPath(key))
	case !fault.Is(err, fault.KindNotFound):
		return err
	}
	all, err := ownEvents(ctx, s.db, person)
	if err != nil {
		return err
	}
	for _, e := range all {
		if !e.Over(s.db.Now()) {
			v.Events = append(v.Events, e)
		}
	}
	return web.Render(w, r, ownPage(v))
}

// ownView are a person's events to come.
type ownView struct {
	Address string // of the calendar, "" before the person asked for one
	Events  []Event
}

func (s *Service) renewOwn(w http.ResponseWriter, r *http.Request) error {
	if err := s.RenewCalendar(r.Context()); err != nil {
		return err
	}
	return web.SeeOther(w, r, OwnPath, "event.flash.calendar")
}

func (s *Service) endOwn(w http.ResponseWriter, r *http.Request) error {
	if err := s.EndCalendar(r.Context()); err != nil {
		return err
	}
	return web.SeeOther(w, r, OwnPath, "event.flash.calendar_ended")
}
