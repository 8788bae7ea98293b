package programme

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

type phasesView struct {
	editView
	Phases   []Phase
	Openings []OpeningWord
	Phase    Phase // the one being changed
	Now      nowView
}

func (s *Service) phasesView(r *http.Request) (phasesView, error) {
	e, err := s.editing(r, "etapy")
	if err != nil {
		return phasesView{}, err
	}
	v := phasesView{editView: e, Openings: s.openings, Now: nowView{s.db.Now()}}
	v.Phases, err = phasesOf(r.Context(), s.db, v.ID)
	return v, err
}

func (s *Service) showPhases(w http.ResponseWriter, r *http.Request) error {
	v, err := s.phasesView(r)
	if err != nil {
		return err
	}
	v.Form = form.New()
	return web.Render(w, r, phasesPage(v))
}

func (s *Service) readPhase(f *form.Form) NewPhase {
	names := make([]string, len(s.openings))
	for i, o := range s.openings {
		names[i] = string(o.Opening)
	}
	return NewPhase{Title: f.Required("title", longestTitle), Starts: f.RequiredDate("starts"), LastDay: f.Date("ends"),
		Opens: f.Choices("opens", names...)}
}

func (s *Service) addPhase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.phasesView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	n := s.readPhase(v.Form)
	if !v.Form.Any() {
		if _, err = s.AddPhase(r.Context(), v.Slug, n); err == nil {
			return web.SeeOther(w, r, v.Action("etapy"), "programme.phase.added")
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, phasesPage(v))
}

// onePhase is the page of one phase: its own programme's, or it is not there.
func (s *Service) onePhase(r *http.Request) (phasesView, error) {
	v, err := s.phasesView(r)
	if err != nil {
		return v, err
	}
	id, err := rowID(r, "phase")
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(v.Phases, func(p Phase) bool { return p.ID == id })
	if i < 0 {
		return v, fault.NotFound("phase")
	}
	v.Phase = v.Phases[i]
	return v, nil
}

func phaseForm(p Phase) *form.Form {
	return form.New().Set("title", p.Title).SetDate("starts", p.StartsAt.Time).SetDate("ends", p.LastDay()).SetAll("opens", p.Opens)
}

func (s *Service) showPhase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.onePhase(r)
	if err != nil {
		return err
	}
	v.Form = phaseForm(v.Phase)
	return web.Render(w, r, phasePage(v))
}

func (s *Service) savePhase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.onePhase(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	n := s.readPhase(v.Form)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, phasePage(v))
	}
	err = s.SavePhase(r.Context(), v.Slug, v.Phase.ID, v.Form.Version(), n)
	return s.outcome(w, r, &v.editView, err, v.Action("etapy"), "programme.saved",
		[]label{{Field: "title", Key: "programme.phase.title"}, {Field: "starts", Key: "programme.phase.starts"}, {Field: "ends", Key: "programme.phase.ends"}, {Field: "opens", Key: "programme.phase.opens"}},
		func() (*form.Form, error) { return phaseForm(v.Phase), nil },
		func() templ.Component { return phasePage(v) })
}

func (s *Service) confirmPhase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.onePhase(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	c := confirmView{editView: v.editView, Title: lang.T(ctx, "programme.phase.remove", "Title", v.Phase.Title),
		Consequences: []string{lang.T(ctx, "programme.phase.remove_closes")},
		Action:       v.Action("etapy/" + string(v.Phase.ID) + "/usun"), Back: v.Action("etapy")}
	return web.Render(w, r, confirmPage(c))
}
