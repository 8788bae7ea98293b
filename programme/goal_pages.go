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

// goalsView is the list of goals, or one goal of it, or one indicator of that.
type goalsView struct {
	editView
	Goals     []Goal
	Goal      Goal
	Indicator Indicator
	Measure   *form.Form
}

func (s *Service) goalsView(r *http.Request) (goalsView, error) {
	e, err := s.editing(r, "cele")
	if err != nil {
		return goalsView{}, err
	}
	v := goalsView{editView: e, Measure: form.New().SetDate("day", s.db.Now())}
	v.Goals, err = measuredGoals(r.Context(), s.db, v.ID)
	return v, err
}

func (s *Service) showGoals(w http.ResponseWriter, r *http.Request) error {
	v, err := s.goalsView(r)
	if err != nil {
		return err
	}
	v.Form = form.New()
	return web.Render(w, r, goalsPage(v))
}

func readGoal(f *form.Form) NewGoal {
	return NewGoal{Title: f.Required("title", longestTitle), Description: f.Lines("description", 2000)}
}

func (s *Service) addGoal(w http.ResponseWriter, r *http.Request) error {
	v, err := s.goalsView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	n := readGoal(v.Form)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, goalsPage(v))
	}
	if _, err := s.AddGoal(r.Context(), v.Slug, n); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Action("cele"), "programme.goal.added")
}

// oneGoal is a goal of this very programme, or it is not there.
func (s *Service) oneGoal(r *http.Request) (goalsView, error) {
	v, err := s.goalsView(r)
	if err != nil {
		return v, err
	}
	id, err := rowID(r, "goal")
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(v.Goals, func(g Goal) bool { return g.ID == id })
	if i < 0 {
		return v, fault.NotFound("goal")
	}
	v.Goal = v.Goals[i]
	return v, nil
}

func goalForm(g Goal) *form.Form {
	return form.New().Set("title", g.Title).Set("description", g.Description)
}

func (s *Service) showGoal(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneGoal(r)
	if err != nil {
		return err
	}
	v.Form = goalForm(v.Goal)
	return web.Render(w, r, goalPage(v))
}

func (s *Service) saveGoal(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneGoal(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	n := readGoal(v.Form)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, goalPage(v))
	}
	err = s.SaveGoal(r.Context(), v.Slug, v.Goal.ID, v.Form.Version(), n)
	return s.outcome(w, r, &v.editView, err, v.Action("cele"), "programme.saved",
		[]label{{Field: "title", Key: "programme.goal.title"}, {Field: "description", Key: "programme.goal.description"}},
		func() (*form.Form, error) { return goalForm(v.Goal), nil },
		func() templ.Component { return goalPage(v) })
}

func (s *Service) confirmGoal(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneGoal(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return web.Render(w, r, confirmPage(confirmView{editView: v.editView,
		Title: lang.T(ctx, "programme.goal.remove", "Title", v.Goal.Title),
		Consequences: []string{lang.N(ctx, "programme.goal.remove_indicators", len(v.Goal.Indicators)),
			lang.N(ctx, "programme.goal.remove_activities", len(v.Goal.Activities))},
		Action: v.Action("cele/" + string(v.Goal.ID) + "/usun"), Back: v.Action("cele")}))
}

// Indicators.

func readIndicator(f *form.Form) NewIndicator {
	n := NewIndicator{Name: f.Required("name", longestTitle), Unit: f.Text("unit", 40)}
	if f.Get("baseline") != "" {
		baseline := readAmount(f, "baseline")
		n.Baseline = &baseline
	}
	n.Target = readAmount(f, "target")
	f.Check(n.Baseline == nil || *n.Baseline != n.Target, "target", "programme.indicator.same")
	return n
}

func readAmount(f *form.Form, name string) Amount {
	a, ok := ParseAmount(f.Text(name, 30))
	f.Check(ok, name, "programme.indicator.not_amount")
	return a
}

func (s *Service) newIndicator(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneGoal(r)
	if err != nil {
		return err
	}
	v.Form = form.New()
	return web.Render(w, r, newIndicatorPage(v))
}

func (s *Service) addIndicator(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneGoal(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	n := readIndicator(v.Form)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, newIndicatorPage(v))
	}
	if _, err := s.AddIndicator(r.Context(), v.Slug, v.Goal.ID, n); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Action("cele"), "programme.indicator.added")
}

func (s *Service) oneIndicator(r *http.Request) (goalsView, error) {
	v, err := s.goalsView(r)
	if err != nil {
		return v, err
	}
	id, err := rowID(r, "indicator")
	if err != nil {
		return v, err
	}
	for _, g := range v.Goals {
		for _, i := range g.Indicators {
			if i.ID == id {
				v.Goal, v.Indicator = g, i
				return v, nil
			}
		}
	}
	return v, fault.NotFound("indicator")
}

func indicatorForm(i Indicator) *form.Form {
	f := form.New().Set("name", i.Name).Set("unit", i.Unit).Set("target", i.Target.typed())
	if i.Baseline != nil {
		f.Set("baseline", i.Baseline.typed())
	}
	return f
}

func (s *Service) showIndicator(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneIndicator(r)
	if err != nil {
		return err
	}
	v.Form = indicatorForm(v.Indicator)
	return web.Render(w, r, indicatorPage(v))
}

func (s *Service) saveIndicator(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneIndicator(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	n := readIndicator(v.Form)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, indicatorPage(v))
	}
	err = s.SaveIndicator(r.Context(), v.Slug, v.Indicator.ID, v.Form.Version(), n)
	return s.outcome(w, r, &v.editView, err, v.Action("cele"), "programme.saved",
		[]label{{Field: "name", Key: "programme.indicator.name"}, {Field: "unit", Key: "programme.indicator.unit"},
			{Field: "baseline", Key: "programme.indicator.baseline"}, {Field: "target", Key: "programme.indicator.target"}},
		func() (*form.Form, error) { return indicatorForm(v.Indicator), nil },
		func() templ.Component { return indicatorPage(v) })
}

func (s *Service) addMeasure(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneIndicator(r)
	if err != nil {
		return err
	}
	v.Form = indicatorForm(v.Indicator)
	if v.Measure, err = web.ReadForm(r); err != nil {
		return err
	}
	f := v.Measure
	amount, day, note := readAmount(f, "amount"), f.RequiredDate("day"), f.Text("note", 500)
	if !f.Any() {
		err = s.Measured(r.Context(), v.Slug, v.Indicator.ID, amount, day, note)
		if err == nil {
			return web.SeeOther(w, r, v.Action("wskazniki/"+string(v.Indicator.ID)), "programme.measure.added")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, indicatorPage(v))
}

func (s *Service) confirmIndicator(w http.ResponseWriter, r *http.Request) error {
	v, err := s.oneIndicator(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return web.Render(w, r, confirmPage(confirmView{editView: v.editView,
		Title:        lang.T(ctx, "programme.indicator.remove", "Name", v.Indicator.Name),
		Consequences: []string{lang.N(ctx, "programme.indicator.remove_values", len(v.Indicator.Values))},
		Action:       v.Action("wskazniki/" + string(v.Indicator.ID) + "/usun"), Back: v.Action("cele")}))
}
