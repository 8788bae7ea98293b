package event

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// agendaView is where an editor makes the programme of an event. Form is that of
// the session that is added or changed.
type agendaView struct {
	Event    Event
	Days     []Day
	Speakers []Speaker
	Clashes  []clash
	Form     *form.Form
	Session  store.ID // that is changed, "" for a new one
	New      store.ID // id of the new one
	Move     *form.Form
	Version  int
	Conflict bool
	Nav      []ui.Link
}

func (s *Service) agenda(ctx context.Context, e Event) (agendaView, error) {
	v := agendaView{Event: e, New: store.NewID(), Version: e.Version, Nav: s.links(ctx, e, "/program"),
		Move: form.New().SetDate("day", e.StartsAt.Time)}
	all, err := Agenda(ctx, s.db, e.ID)
	if err != nil {
		return v, err
	}
	v.Days, v.Clashes = ByDay(all), clashes(all)
	v.Form = sessionForm(Session{StartsAt: e.EndsAt, Minutes: 45})
	v.Speakers, err = Speakers(ctx, s.db, e.ID)
	return v, err
}

func (s *Service) showAgenda(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.agenda(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, agendaPage(v))
}

func (s *Service) addSession(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	return s.putSession(w, r, e, f, id, true)
}

func (s *Service) editSession(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.agenda(r.Context(), e)
	if err != nil {
		return err
	}
	session, ok := v.session(store.ID(r.PathValue("session")))
	if !ok {
		return fault.NotFound("session")
	}
	v.Session, v.Form = session.ID, sessionForm(session)
	return web.Render(w, r, sessionPage(v))
}

func (v agendaView) session(id store.ID) (Session, bool) {
	for _, day := range v.Days {
		if i := slices.IndexFunc(day.Sessions, func(s Session) bool { return s.ID == id }); i >= 0 {
			return day.Sessions[i], true
		}
	}
	return Session{}, false
}

func (s *Service) saveSession(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	v, err := s.agenda(r.Context(), e)
	if err != nil {
		return err
	}
	id := store.ID(r.PathValue("session"))
	if _, ok := v.session(id); !ok {
		return fault.NotFound("session")
	}
	return s.putSession(w, r, e, f, id, false)
}

// putSession saves a session and comes back to the programme, or shows the form
// again with its mistakes.
func (s *Service) putSession(w http.ResponseWriter, r *http.Request, e Event, f *form.Form, id store.ID, fresh bool) error {
	ctx := r.Context()
	session := sessionIn(f)
	session.ID = id
	status := http.StatusUnprocessableEntity
	if !f.Any() {
		after, err := s.PutSession(ctx, e.Programme, e.ID, f.Version(), session, !fresh && f.Bool("follow"))
		switch {
		case err == nil:
			return web.SeeOther(w, r, after.Path()+"/program", savedSession(e, after, session))
		case fault.Is(err, fault.KindConflict):
			status = http.StatusConflict
		case !f.Take(err):
			return err
		}
	}
	v, err := s.again(ctx, e, f)
	if err != nil {
		return err
	}
	if v.Conflict = status == http.StatusConflict; !v.Conflict {
		v.Version = f.Version()
	}
	if fresh {
		v.New = id
		return web.RenderStatus(w, r, status, agendaPage(v))
	}
	v.Session = id
	return web.RenderStatus(w, r, status, sessionPage(v))
}

// again reads the programme as it stands now around a form that was refused.
func (s *Service) again(ctx context.Context, e Event, f *form.Form) (agendaView, error) {
	e, err := ByID(ctx, s.db, e.Programme, e.ID)
	if err != nil {
		return agendaView{}, err
	}
	v, err := s.agenda(ctx, e)
	v.Form = f
	return v, err
}

// savedSession says what was done; of an hour that comes twice, which was taken.
func savedSession(before, after Event, s Session) string {
	switch {
	case lang.Twice(s.StartsAt.Time):
		return "event.flash.session_twice"
	case before.Revision != after.Revision:
		return "event.flash.moved"
	}
	return "event.flash.session"
}

func (s *Service) hastenSession(w http.ResponseWriter, r *http.Request) error {
	return s.actOn("session", "event_session", s.Hasten, "/program", "event.flash.session")(w, r)
}

func (s *Service) removeSession(w http.ResponseWriter, r *http.Request) error {
	return s.actOn("session", "event_session", s.RemoveSession, "/program", "event.flash.session_removed")(w, r)
}

func (s *Service) shiftEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	day := f.RequiredDate("day")
	if !f.Any() {
		after, err := s.Shift(ctx, e.Programme, e.ID, f.Version(), day)
		if err == nil {
			return web.SeeOther(w, r, after.Path()+"/program", "event.flash.shifted")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.agenda(ctx, e)
	if err != nil {
		return err
	}
	v.Move = f
	return web.RenderInvalid(w, r, agendaPage(v))
}

// words say what an editor may have overlooked.
func (c clash) words(ctx context.Context, speakers []Speaker) string {
	if c.Room != "" {
		return lang.T(ctx, "event.clash.room", "Room", c.Room, "A", c.A.Title, "B", c.B.Title)
	}
	who, _ := named(speakers, c.Who)
	return lang.T(ctx, "event.clash.speaker", "Who", who.Name, "A", c.A.Title, "B", c.B.Title)
}

// first reports whether the session stands first in its day.
func (d Day) first(s Session) bool { return d.Sessions[0].ID == s.ID }

func (v agendaView) speakerOptions(ctx context.Context) (all []ui.Option) {
	for _, x := range v.Speakers {
		all = append(all, ui.Option{Value: string(x.ID), Label: x.Name, Hint: x.Role.Word(ctx)})
	}
	return all
}

// length is how long a session takes, in words.
func length(ctx context.Context, minutes int) string {
	d := time.Duration(minutes) * time.Minute
	hours, rest := int(d.Hours()), minutes%60
	switch {
	case hours == 0:
		return lang.T(ctx, "event.length.minutes", "Minutes", rest)
	case rest == 0:
		return lang.T(ctx, "event.length.hours", "Hours", hours)
	}
	return lang.T(ctx, "event.length.both", "Hours", hours, "Minutes", rest)
}
