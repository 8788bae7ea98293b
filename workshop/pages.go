package workshop

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Door slows down whoever tries many codes: entrance.Entrance.
type Door interface {
	Slow(*http.Request) error
	Missed(*http.Request)
}

const (
	list = "/programy/{programme}/warsztaty"
	one  = list + "/{workshop}"
	door = "/d/{code}"
	// keyed is where a workshop is led with its key: on a laptop, and where a
	// visitor began it. Whoever has the address leads.
	keyed = "/sala/{key}"
)

// Routes lists the pages of the room. The package comment says who opens which.
func (s *Service) Routes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET " + door, Need: access.Anyone, Handle: s.showPhone},
		{Pattern: "POST " + door + "/wejscie", Need: access.Anyone, Handle: s.join},
		{Pattern: "POST " + door + "/odpowiedz", Need: access.Anyone, Handle: s.answer},
		{Pattern: "GET " + door + "/strumien", Need: access.Anyone, Handle: s.streamPhone},
		{Pattern: "GET " + door + "/ekran", Need: access.Anyone, Handle: s.showScreen},
		{Pattern: "GET " + door + "/ekran/strumien", Need: access.Anyone, Handle: s.streamScreen},
		{Pattern: "GET " + door + "/wynik", Need: access.Anyone, Handle: s.showResultByCode},

		{Pattern: "GET " + MirrorPath, Need: access.Anyone, Handle: s.showMirror},
		{Pattern: "POST " + MirrorPath, Need: access.Anyone, Handle: s.beginMirror},

		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showList},
		{Pattern: "GET " + list + "/nowy", Need: Lead, Handle: s.newWorkshop},
		{Pattern: "POST " + list, Need: Lead, Handle: s.begin},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showResult},
		{Pattern: "GET " + one + "/edycja", Need: Lead, Handle: s.edit},
		{Pattern: "POST " + one + "/edycja", Need: Lead, Handle: s.save},
	}
	routes = append(routes, s.leading(one, Lead)...)
	return append(routes, s.leading(keyed, access.Anyone)...)
}

// leading are the pages of whoever leads, below an address.
func (s *Service) leading(at string, need access.Permission) []web.Route {
	return append([]web.Route{
		{Pattern: "GET " + at + "/prowadzenie", Need: need, Handle: s.showLead},
		{Pattern: "POST " + at + "/prowadzenie", Need: need, Handle: s.lead},
		{Pattern: "GET " + at + "/zamkniecie", Need: need, Handle: s.askClose},
		{Pattern: "POST " + at + "/zamkniecie", Need: need, Handle: s.close},
		{Pattern: "GET " + at + "/papier", Need: need, Handle: s.showPaper},
		{Pattern: "POST " + at + "/papier", Need: need, Handle: s.typePaper},
		{Pattern: "GET " + at + "/papier/druk.pdf", Need: need, Handle: s.printPack},
		{Pattern: "GET " + at + "/plakat", Need: need, Handle: s.showPoster},
		{Pattern: "GET " + at + "/plakat.svg", Need: need, Handle: s.posterSVG},
		{Pattern: "GET " + at + "/plakat.pdf", Need: need, Handle: s.posterPDF},
		{Pattern: "GET " + at + "/zadania", Need: need, Handle: s.chooseKind},
		{Pattern: "POST " + at + "/zadania", Need: need, Handle: s.addActivity},
		{Pattern: "GET " + at + "/zadania/{activity}", Need: need, Handle: s.showActivity},
		{Pattern: "POST " + at + "/zadania/{activity}/odpowiedz", Need: need, Handle: s.leadAnswer},
		{Pattern: "GET " + at + "/zadania/{activity}/edycja", Need: need, Handle: s.editActivity},
		{Pattern: "POST " + at + "/zadania/{activity}/edycja", Need: need, Handle: s.saveActivity},
		{Pattern: "POST " + at + "/zadania/{activity}/wyzej", Need: need, Handle: s.raiseActivity},
		{Pattern: "POST " + at + "/zadania/{activity}/usuniecie", Need: need, Handle: s.removeActivity},
		{Pattern: "GET " + at + "/zadania/{activity}/od-nowa", Need: need, Handle: s.askReset},
		{Pattern: "POST " + at + "/zadania/{activity}/od-nowa", Need: need, Handle: s.reset},
	}, export.Routes(at+"/zadania/{activity}/wyniki", need, s.table)...)
}

// place is the workshop of a request, with the address below which it is led.
type place struct {
	Workshop
	Base   string
	Agenda []Activity
}

// led is the workshop that a page of whoever leads is about.
func (s *Service) led(r *http.Request) (p place, err error) {
	ctx := r.Context()
	if key := r.PathValue("key"); key != "" {
		if err := s.slow(r); err != nil {
			return p, err
		}
		p.Base = "/sala/" + key
		if p.Workshop, err = withKey(ctx, s.db, key); err != nil {
			return p, s.missed(r, err)
		}
	} else {
		if p.Workshop, err = inProgramme(ctx, s.db, r.PathValue("programme"), r.PathValue("workshop")); err != nil {
			return p, err
		}
		p.Base = p.Path()
	}
	p.Agenda, err = Agenda(ctx, s.db, p.ID)
	return p, err
}

// item is the activity of an address, with its workshop.
func (s *Service) item(r *http.Request) (place, Activity, error) {
	p, err := s.led(r)
	if err != nil {
		return p, Activity{}, err
	}
	a, err := find(p.Agenda, store.ID(r.PathValue("activity")))
	return p, a, err
}

// entered is the workshop of a code.
func (s *Service) entered(r *http.Request) (Workshop, []Activity, error) {
	if err := s.slow(r); err != nil {
		return Workshop{}, nil, err
	}
	w, err := withCode(r.Context(), s.db, r.PathValue("code"))
	if err != nil {
		return w, nil, s.missed(r, err)
	}
	agenda, err := Agenda(r.Context(), s.db, w.ID)
	return w, agenda, err
}

func (s *Service) slow(r *http.Request) error {
	if s.Door == nil {
		return nil
	}
	return s.Door.Slow(r)
}

// missed counts a code or a key that is none.
func (s *Service) missed(r *http.Request, err error) error {
	if s.Door != nil && fault.Is(err, fault.KindNotFound) {
		s.Door.Missed(r)
	}
	return err
}

// rendered is what do shows of a state, written out while the state is held.
func (s *Service) rendered(ctx context.Context, w Workshop, agenda []Activity, a Activity, do func(activity.State) (templ.Component, error)) (templ.Component, error) {
	var html string
	err := s.with(ctx, w, agenda, func(x *states) error {
		state, err := x.of(a)
		if err != nil {
			return err
		}
		component, err := do(state)
		if err != nil || component == nil {
			return err
		}
		text, err := templ.ToGoHTML(ctx, component)
		html = string(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	return templ.Raw(html), nil
}

// programme is that of the address.
func (s *Service) programme(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err == nil && p.State == programme.Draft && !access.From(r.Context()).May(Lead, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	return p, err
}

// OfEvent shows the workshops of an event on its page, and leads whoever may
// prepare one to all of the programme; nil where there is nothing to show.
func (s *Service) OfEvent(ctx context.Context, programme store.ID, slug string, event store.ID) (templ.Component, error) {
	all, err := ofEvent(ctx, s.db, event)
	if err != nil {
		return nil, err
	}
	leads := access.From(ctx).May(Lead, string(programme))
	all = slices.DeleteFunc(all, func(w Workshop) bool { return w.State() == Planned && !leads })
	if len(all) == 0 && !leads {
		return nil, nil
	}
	way := ""
	if leads {
		way = listPath(slug)
	}
	return partOfEvent(all, way), nil
}
