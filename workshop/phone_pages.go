package workshop

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// phoneView is the page of one phone.
type phoneView struct {
	Workshop Workshop
	In       bool
	Who      activity.Who
	Current  *Activity // nil: nothing has begun
	Phase    Phase
	Now      time.Time
	Stream   string
	Version  int64
	Task     templ.Component
	Form     *form.Form
	Problem  string // why the last answer does not count
}

const (
	deviceCookie = "sala"
	deviceAge    = 30 * 24 * time.Hour
)

func (s *Service) cookies() web.Cookies { return web.Cookies{Secure: s.Site.Secure()} }

func (s *Service) device(r *http.Request) string { return s.cookies().Get(r, deviceCookie) }

func (s *Service) showPhone(w http.ResponseWriter, r *http.Request) error {
	v, err := s.phone(r, nil)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store") // going back asks for the task of now
	return web.Render(w, r, phonePage(v))
}

// phone reads what a phone shows. back is a form that came back with mistakes.
func (s *Service) phone(r *http.Request, back *form.Form) (phoneView, error) {
	ctx := r.Context()
	w, agenda, err := s.entered(r)
	if err != nil {
		return phoneView{}, err
	}
	v := phoneView{Workshop: w, Now: s.db.Now(), Stream: w.Door() + "/strumien", Version: w.Revision, Form: back}
	if v.Who, err = s.Known(ctx, w.ID, s.device(r)); err == nil {
		v.In = true
	} else if !fault.Is(err, fault.KindNotFound) {
		return v, err
	}
	if v.Form == nil {
		v.Form = form.New()
		if v.Form, err = s.offered(ctx, w); err != nil {
			return v, err
		}
	}
	a, err := find(agenda, w.Current)
	if err != nil || !v.In {
		return v, nil
	}
	v.Current, v.Phase = &a, a.At(v.Now)
	kind, err := s.kind(a.Kind)
	if err != nil {
		return v, err
	}
	if kind.Shared {
		v.Stream, v.Version = w.Door()+"/ekran/strumien", w.Revision+w.Seq
	}
	joined, err := joinedOf(ctx, s.db, w.ID)
	if err != nil {
		return v, err
	}
	v.Task, err = s.rendered(ctx, w, agenda, a, func(state activity.State) (templ.Component, error) {
		return state.Phone(activity.View{Task: a.task(w), By: activity.By{Who: v.Who}, Action: w.Door() + "/odpowiedz",
			Open: v.Phase == Running && w.State() == Open, Revealed: a.Revealed, Joined: joined, Form: back}), nil
	})
	return v, err
}

// joinedOf is how many came in, by the place of their sector in ui.Sectors.
func joinedOf(ctx context.Context, r store.Reader, workshop store.ID) ([]int, error) {
	rows, err := store.All[struct {
		Sector ui.Sector
		N      int
	}](ctx, r, `SELECT sector, count(*) AS n FROM workshop_participant WHERE workshop = $1 GROUP BY sector`, workshop)
	joined := make([]int, len(ui.Sectors))
	for _, row := range rows {
		if i := slices.Index(ui.Sectors, row.Sector); i >= 0 {
			joined[i] = row.N
		}
	}
	return joined, err
}

// offered is the form of the door, with the sector under which a person who is
// signed in is registered for the event.
func (s *Service) offered(ctx context.Context, w Workshop) (*form.Form, error) {
	f := form.New()
	actor := access.From(ctx)
	if s.SectorOf == nil || !actor.SignedIn() || w.Event == "" {
		return f, nil
	}
	sector, err := s.SectorOf(ctx, w.Event, actor.Person)
	if err != nil || sector == "" {
		return f, err
	}
	return f.Set("sector", string(sector)), nil
}

func (s *Service) join(w http.ResponseWriter, r *http.Request) error {
	room, _, err := s.entered(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	sector := ui.Sector(f.Choice("sector", sectorNames()...))
	seat := 0
	if room.Tables > 0 && f.Get("seat") != "" {
		seat = f.Int("seat", 0, room.Tables)
	}
	if !f.Any() {
		device := s.device(r)
		if device == "" {
			device = NewDevice()
			s.cookies().Set(w, deviceCookie, device, deviceAge)
		}
		_, err = s.Join(r.Context(), room.ID, device, sector, seat)
	}
	if f.Any() || f.Take(err) {
		v, err := s.phone(r, f)
		if err != nil {
			return err
		}
		return web.RenderInvalid(w, r, phonePage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, room.Door(), "")
}

func sectorNames() []string {
	var names []string
	for _, sector := range ui.Sectors {
		names = append(names, string(sector))
	}
	return names
}

// answer takes an answer of a phone. The script of the room asks for the task
// alone, and keeps what it could not send; without script the page comes anew.
func (s *Service) answer(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	room, agenda, err := s.entered(r)
	if err != nil {
		return err
	}
	who, err := s.Known(ctx, room.ID, s.device(r))
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = s.read(ctx, room, agenda, f, activity.By{Who: who})
	script := r.Header.Get("X-Room") != ""
	switch {
	case (f.Any() || f.Take(err)) && !script:
		v, err := s.phone(r, f)
		if err != nil {
			return err
		}
		return web.RenderInvalid(w, r, phonePage(v))
	case f.Any():
		return web.RenderInvalid(w, r, ui.Text(f.Shown(ctx)[0].Text))
	case err != nil && script && refusal(err) != nil:
		return s.refuse(w, r, http.StatusConflict, refusal(err))
	case err != nil && refusal(err) != nil:
		v, failed := s.phone(r, nil)
		if failed != nil {
			return failed
		}
		v.Problem = said(ctx, refusal(err))
		return web.RenderStatus(w, r, http.StatusConflict, phonePage(v))
	case err != nil:
		return err
	case !script:
		return web.SeeOther(w, r, room.Door(), "")
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// refusal is an error that no further try will mend.
func refusal(err error) *fault.Fault {
	f := fault.Of(err)
	if f == nil || f.Kind == fault.KindLimited || f.Kind == fault.KindNotFound {
		return nil
	}
	return f
}

// refuse tells the script in words why an answer does not count.
func (s *Service) refuse(w http.ResponseWriter, r *http.Request, status int, why *fault.Fault) error {
	return web.RenderStatus(w, r, status, ui.Text(said(r.Context(), why)))
}

func said(ctx context.Context, why *fault.Fault) string { return lang.T(ctx, why.Key, why.Args...) }

// read makes an answer of a form and takes it into the log.
func (s *Service) read(ctx context.Context, w Workshop, agenda []Activity, f *form.Form, by activity.By) error {
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("workshop.answer.unreadable")
	}
	a, err := find(agenda, store.ID(f.Get("activity")))
	if err != nil {
		return fault.Closed("workshop.answer.gone")
	}
	if !by.Team {
		if phase := a.At(s.db.Now()); phase == Stopped {
			return fault.Closed("workshop.answer.late", "Title", a.Title)
		}
	}
	var body string
	again := false
	if err := s.with(ctx, w, agenda, func(x *states) error {
		state, err := x.of(a)
		if err == nil {
			body, again = state.Read(f, by), x.hall.ids[id]
		}
		return err
	}); err != nil {
		return err
	}
	if f.Any() {
		if again {
			f.Mistakes = fault.Mistakes{} // it was the last that fitted: it is on the disk
		}
		return nil
	}
	return s.Take(ctx, w.ID, Answer{ID: id, Activity: a.ID, Participant: by.ID, Body: body})
}

func (s *Service) streamPhone(w http.ResponseWriter, r *http.Request) error {
	room, err := s.byCode(r)
	if err != nil {
		return err
	}
	return s.Live.Serve(w, r, phoneTopic(room.ID), func(ctx context.Context) (int64, error) {
		return store.One[int64](ctx, s.db, `SELECT revision FROM workshop WHERE id = $1`, room.ID)
	})
}

func (s *Service) streamScreen(w http.ResponseWriter, r *http.Request) error {
	room, err := s.byCode(r)
	if err != nil {
		return err
	}
	return s.Live.Serve(w, r, screenTopic(room.ID), func(ctx context.Context) (int64, error) {
		return store.One[int64](ctx, s.db, `SELECT revision + seq FROM workshop WHERE id = $1`, room.ID)
	})
}

func (s *Service) byCode(r *http.Request) (Workshop, error) {
	if err := s.slow(r); err != nil {
		return Workshop{}, err
	}
	w, err := withCode(r.Context(), s.db, r.PathValue("code"))
	return w, s.missed(r, err)
}
