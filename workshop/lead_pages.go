package workshop

import (
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// leadView is what the facilitator holds in a hand.
type leadView struct {
	place
	Address  string // to be said aloud
	Now      time.Time
	People   int
	Invented int // of them, in a rehearsal
	Current  *Activity
	Phase    Phase
	Answered int
	Led      templ.Component // what waits for the facilitator in the current activity
	Result   templ.Component // for their eyes, also before it is revealed
	Form     *form.Form
	Titles   map[string]string // keys of the names of kinds
}

func (v leadView) stream() string { return v.Door() + "/ekran/strumien" }

// next is the activity after the current one.
func (v leadView) next() (Activity, bool) {
	i := slices.IndexFunc(v.Agenda, func(a Activity) bool { return a.ID == v.Workshop.Current })
	if i+1 >= len(v.Agenda) {
		return Activity{}, false
	}
	return v.Agenda[i+1], true
}

func (s *Service) showLead(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r, "", nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, leadPage(v))
}

// leadView reads the page. It is about the current activity, or about another.
func (s *Service) leadView(r *http.Request, id store.ID, back *form.Form) (v leadView, err error) {
	ctx := r.Context()
	if v.place, err = s.led(r); err != nil {
		return v, err
	}
	v.Address, v.Now, v.Form, v.Titles = s.Site.URL("/kod"), s.db.Now(), back, s.titles()
	if v.People, err = s.people(r, v.ID); err != nil {
		return v, err
	}
	if v.Invented, err = store.One[int](ctx, s.db, `SELECT count(*) FROM workshop_participant WHERE workshop = $1 AND way = $2`, v.ID, activity.Rehearsal); err != nil {
		return v, err
	}
	if id == "" {
		id = v.Workshop.Current
	}
	if id == "" {
		return v, nil
	}
	a, err := find(v.Agenda, id)
	if err != nil {
		return v, err
	}
	v.Current, v.Phase = &a, a.At(v.Now)
	view := activity.View{Task: a.task(v.Workshop), By: activity.By{Team: true}, Action: v.Base + "/zadania/" + string(a.ID) + "/odpowiedz",
		Open: v.Workshop.State() == Open, Revealed: true, Form: back}
	v.Result, err = s.rendered(ctx, v.Workshop, v.Agenda, a, func(state activity.State) (templ.Component, error) {
		v.Answered = state.People()
		return state.Screen(view), nil
	})
	if err != nil {
		return v, err
	}
	v.Led, err = s.rendered(ctx, v.Workshop, v.Agenda, a, func(state activity.State) (templ.Component, error) {
		if led, ok := state.(activity.Led); ok {
			return led.Lead(view), nil
		}
		return nil, nil
	})
	return v, err
}

// acts are the buttons of the facilitator.
func (s *Service) lead(w http.ResponseWriter, r *http.Request) error {
	p, err := s.led(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	ctx, id := r.Context(), store.ID(f.Get("activity"))
	flash := ""
	switch f.Choice("act", "open", "start", "stop", "extend", "reveal", "hide", "next", "rehearse", "end-rehearsal") {
	case "open":
		_, err = s.Open(ctx, p.ID)
		flash = "workshop.flash.opened"
	case "start":
		_, err = s.Start(ctx, p.ID, id)
	case "stop":
		_, err = s.Stop(ctx, p.ID, id)
	case "extend":
		_, err = s.Extend(ctx, p.ID, id, f.Int("minutes", 1, 60))
	case "reveal":
		_, err = s.Reveal(ctx, p.ID, id, true)
	case "hide":
		_, err = s.Reveal(ctx, p.ID, id, false)
	case "next":
		_, err = s.Next(ctx, p.ID)
	case "rehearse":
		err = s.Rehearse(ctx, p.ID)
		flash = "workshop.flash.rehearsing"
	case "end-rehearsal":
		err = s.EndRehearsal(ctx, p.ID)
		flash = "workshop.flash.rehearsal_ended"
	}
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Base+"/prowadzenie", flash)
}

func (s *Service) askClose(w http.ResponseWriter, r *http.Request) error {
	p, err := s.led(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, closePage(p))
}

func (s *Service) close(w http.ResponseWriter, r *http.Request) error {
	p, err := s.led(r)
	if err != nil {
		return err
	}
	if _, err := s.Close(r.Context(), p.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Path(), "workshop.flash.closed")
}

// showActivity is one activity before the facilitator, whatever phones show now.
func (s *Service) showActivity(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r, store.ID(r.PathValue("activity")), nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, activityPage(v))
}

// leadAnswer takes what a facilitator does inside an activity: a card that is
// approved, a card that is moved, hands that were counted.
func (s *Service) leadAnswer(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.item(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if f.Get("activity") != string(a.ID) {
		return fault.Invalid("workshop.answer.unreadable")
	}
	err = s.read(r.Context(), p.Workshop, p.Agenda, f, activity.By{Team: true})
	if f.Any() || f.Take(err) {
		v, err := s.leadView(r, a.ID, f)
		if err != nil {
			return err
		}
		return web.RenderInvalid(w, r, activityPage(v))
	}
	if err != nil {
		return err
	}
	if a.ID == p.Current {
		return web.SeeOther(w, r, p.Base+"/prowadzenie", "")
	}
	return web.SeeOther(w, r, p.Base+"/zadania/"+string(a.ID), "")
}

func (s *Service) askReset(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.item(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, resetPage(p, a))
}

func (s *Service) reset(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.item(r)
	if err != nil {
		return err
	}
	if _, err := s.Reset(r.Context(), p.ID, a.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Base+"/prowadzenie", "workshop.flash.reset")
}

// table is the result of an activity, at any moment. Of a kind with several tables
// the address says which.
func (s *Service) table(r *http.Request) (t export.Table, err error) {
	p, a, err := s.item(r)
	if err != nil {
		return t, err
	}
	n := web.Query(r).Page("tabela")
	err = s.with(r.Context(), p.Workshop, p.Agenda, func(x *states) error {
		state, err := x.of(a)
		if err != nil {
			return err
		}
		tables := state.Tables(r.Context())
		if n > len(tables) {
			return fault.NotFound("table")
		}
		t = tables[n-1]
		return nil
	})
	t.Name = a.Title
	return t, err
}
