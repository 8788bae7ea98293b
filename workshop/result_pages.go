package workshop

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/web"
)

// resultView is the page of whoever reads afterwards.
type resultView struct {
	Workshop Workshop
	People   int
	Shown    []shown
	MayLead  bool
	ByCode   bool // and not below the address of its programme
}

// shown is an activity whose results were revealed.
type shown struct {
	Activity
	KindTitle string // key
	People    int
	Result    templ.Component
}

// listView is the workshops of a programme.
type listView struct {
	Programme programme.Programme
	All       []Workshop
	MayLead   bool
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := listView{Programme: p, MayLead: access.From(r.Context()).May(Lead, string(p.ID))}
	all, err := ofProgramme(r.Context(), s.db, p.ID)
	if err != nil {
		return err
	}
	for _, room := range all {
		if v.MayLead || room.State() != Planned {
			v.All = append(v.All, room)
		}
	}
	return web.Render(w, r, listPage(v))
}

func (s *Service) showResult(w http.ResponseWriter, r *http.Request) error {
	room, err := inProgramme(r.Context(), s.db, r.PathValue("programme"), r.PathValue("workshop"))
	if err != nil {
		return err
	}
	if room.State() == Planned && !mayLead(r.Context(), room) {
		return fault.NotFound("workshop")
	}
	return s.renderResult(w, r, room)
}

func (s *Service) showResultByCode(w http.ResponseWriter, r *http.Request) error {
	room, _, err := s.entered(r)
	if err != nil {
		return err
	}
	return s.renderResult(w, r, room)
}

// renderResult shows what the facilitator has revealed, and nothing else.
func (s *Service) renderResult(w http.ResponseWriter, r *http.Request, room Workshop) error {
	ctx := r.Context()
	v := resultView{Workshop: room, MayLead: mayLead(ctx, room), ByCode: r.PathValue("code") != ""}
	agenda, err := Agenda(ctx, s.db, room.ID)
	if err != nil {
		return err
	}
	if v.People, err = s.people(r, room.ID); err != nil {
		return err
	}
	titles := s.titles()
	for _, a := range agenda {
		if !a.Revealed {
			continue
		}
		one := shown{Activity: a, KindTitle: titles[a.Kind]}
		one.Result, err = s.rendered(ctx, room, agenda, a, func(state activity.State) (templ.Component, error) {
			one.People = state.People()
			return state.Screen(activity.View{Task: a.task(room), Revealed: true}), nil
		})
		if err != nil {
			return err
		}
		v.Shown = append(v.Shown, one)
	}
	return web.Render(w, r, resultPage(v))
}
