package attendance

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// ticketView is a person's own ticket.
type ticketView struct {
	Event event.Event
	Guest Guest
	QR    templ.Component // nil without a seat
	Code  string
}

// own reads the registration of whoever asks.
func (s *Service) own(r *http.Request) (event.Event, registration.Registration, error) {
	e, err := s.event(r)
	if err != nil {
		return e, registration.Registration{}, err
	}
	g, err := registration.Of(r.Context(), s.db, e.ID, access.From(r.Context()).Person)
	return e, g, err
}

func (s *Service) showOwnTicket(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, g, err := s.own(r)
	if err != nil {
		return err
	}
	v := ticketView{Event: e, Guest: Guest{Registration: g}}
	if g.State != registration.Confirmed || e.State() != event.Published {
		return web.Render(w, r, ticketPage(v))
	}
	code, err := s.qr(g.ID)
	if err != nil {
		return err
	}
	v.QR, v.Code = code.SVG(lang.T(ctx, "event.attendance.ticket.qr", "Number", g.Number), 280), s.TicketPath(g.ID)
	return web.Render(w, r, ticketPage(v))
}

func (s *Service) sendOwnTicket(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, g, err := s.own(r)
	if err != nil {
		return err
	}
	if g.State != registration.Confirmed || e.State() != event.Published {
		return fault.NotFound("ticket")
	}
	code, err := s.qr(g.ID)
	if err != nil {
		return err
	}
	d := paper.New(paper.Options{Title: lang.T(ctx, "event.attendance.ticket.title", "Title", e.Title), Language: lang.From(ctx), At: s.db.Now()})
	d.Title(e.Title, paper.Left)
	d.Text(lang.DateTime(ctx, e.StartsAt.Time), paper.Left)
	for _, line := range []string{e.Place.Name, e.Place.Address} {
		if line != "" {
			d.Text(line, paper.Left)
		}
	}
	d.Gap(6)
	d.Strong(g.Name, paper.Left)
	d.Text(lang.T(ctx, "event.attendance.number", "Number", g.Number), paper.Left)
	if g.OrganisationName != "" {
		d.Text(g.OrganisationName, paper.Left)
	}
	d.Gap(6)
	d.QR(code, 70)
	d.Text(lang.T(ctx, "event.attendance.ticket.show"), paper.Centre)
	return d.Send(w, lang.T(ctx, "event.attendance.ticket.file")+" "+e.Slug)
}

// openTicket is where a ticket's QR code leads. The team of the event is shown
// whose it is and notes them with one tap; its owner is led to it; everybody else
// learns that it is a ticket, and what to do with it.
func (s *Service) openTicket(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := access.From(ctx)
	e, g, err := s.byTicket(ctx, r.PathValue("ticket"))
	if err != nil {
		return err
	}
	switch {
	case actor.May(event.Run, string(e.Programme)):
		return s.showTicketAtTheDoor(w, r, e, g)
	case actor.SignedIn() && g.Person == actor.Person:
		return web.SeeOther(w, r, e.Path()+"/bilet", "")
	}
	return web.Render(w, r, strangersTicket(r.URL.Path, actor.SignedIn()))
}

// scannedView is a ticket that somebody of the team opened.
type scannedView struct {
	Event    event.Event
	Row      rowView
	Sessions []event.Session
	Path     string
}

func (s *Service) showTicketAtTheDoor(w http.ResponseWriter, r *http.Request, e event.Event, g registration.Registration) error {
	ctx := r.Context()
	_, sessions, session, err := s.sessionAt(ctx, e, r.URL.Query().Get("czesc"))
	if err != nil {
		return err
	}
	one, err := guest(ctx, s.db, e.ID, g.ID, session)
	if err != nil {
		return err
	}
	s.looked(ctx, "event_ticket", e, []store.ID{g.Person})
	row := rowView{Event: e, Session: session, Guest: one, Me: access.From(ctx).Person, Back: r.URL.RequestURI()}
	if one.State != registration.Confirmed {
		row.Refused = lang.T(ctx, "event.attendance.refused."+string(one.State))
	}
	return web.Render(w, r, scannedPage(scannedView{Event: e, Row: row, Sessions: sessions, Path: r.URL.Path}))
}
