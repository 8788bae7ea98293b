package programme

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

func (s *Service) editRoutes(at string) []web.Route {
	edit := func(pattern string, handle web.Handler) web.Route { return route(pattern, at, Edit, handle) }
	manage := func(pattern string, handle web.Handler) web.Route { return route(pattern, at, Manage, handle) }
	logo := manage("POST /partnerzy/logo", s.addLogo)
	logo.Body = web.UploadBody
	return []web.Route{
		edit("GET ", s.showOverview),
		edit("GET /opis", s.showDescription),
		edit("POST /opis", s.saveDescription),
		manage("GET /dane", s.showData),
		manage("POST /dane", s.saveData),
		edit("GET /cele", s.showGoals),
		edit("POST /cele", s.addGoal),
		edit("GET /cele/{goal}", s.showGoal),
		edit("POST /cele/{goal}", s.saveGoal),
		edit("POST /cele/{goal}/przesun", s.mover(goals, "goal", "cele")),
		edit("GET /cele/{goal}/usun", s.confirmGoal),
		edit("POST /cele/{goal}/usun", s.remover(goals, "goal", "cele")),
		edit("GET /cele/{goal}/wskaznik", s.newIndicator),
		edit("POST /cele/{goal}/wskaznik", s.addIndicator),
		edit("GET /wskazniki/{indicator}", s.showIndicator),
		edit("POST /wskazniki/{indicator}", s.saveIndicator),
		edit("POST /wskazniki/{indicator}/wartosci", s.addMeasure),
		edit("GET /wskazniki/{indicator}/usun", s.confirmIndicator),
		edit("POST /wskazniki/{indicator}/usun", s.remover(indicators, "indicator", "cele")),
		manage("GET /etapy", s.showPhases),
		manage("POST /etapy", s.addPhase),
		manage("GET /etapy/{phase}", s.showPhase),
		manage("POST /etapy/{phase}", s.savePhase),
		manage("POST /etapy/{phase}/przesun", s.mover(phases, "phase", "etapy")),
		manage("GET /etapy/{phase}/usun", s.confirmPhase),
		manage("POST /etapy/{phase}/usun", s.remover(phases, "phase", "etapy")),
		manage("GET /partnerzy", s.showPartners),
		manage("POST /partnerzy", s.addPartner),
		manage("POST /partnerzy/finansowanie", s.saveFunder),
		{Pattern: "POST " + at + "/partnerzy/wlasciciel", Need: access.Administrators, Handle: s.saveOwner},
		logo,
		manage("POST /partnerzy/logo/{logo}/przesun", s.mover(logos, "logo", "partnerzy")),
		manage("POST /partnerzy/logo/{logo}/usun", s.remover(logos, "logo", "partnerzy")),
		manage("POST /partnerzy/organizacja/{partner}/przesun", s.mover(partners, "partner", "partnerzy")),
		manage("POST /partnerzy/organizacja/{partner}/usun", s.remover(partners, "partner", "partnerzy")),
		manage("GET /publikacja", s.showState),
		manage("POST /publikacja", s.setState),
	}
}

// route puts the place of the room between method and path.
func route(pattern, at string, need access.Permission, handle web.Handler) web.Route {
	method, path, _ := strings.Cut(pattern, " ")
	return web.Route{Pattern: method + " " + at + path, Need: need, Handle: handle}
}

// editView is what every page of the team has: the programme, the way to the
// other pages, the form, and what somebody else saved meanwhile.
type editView struct {
	Programme
	Part     string
	May      bool // manage, not only edit
	Form     *form.Form
	Conflict *ui.Conflict
}

// Action is the address of a page of the team.
func (v editView) Action(path string) string { return v.Path() + "/edycja/" + path }

// editing loads the programme of a page of the team; the route has checked the
// right.
func (s *Service) editing(r *http.Request, part string) (editView, error) {
	p, err := BySlug(r.Context(), s.db, r.PathValue("programme"))
	return editView{Programme: p, Part: part, May: access.From(r.Context()).May(Manage, string(p.ID))}, err
}

// label pairs a field with the key of its words, for the box that shows what
// somebody else saved. Say turns what the form holds into what people call it.
type label struct {
	Field, Key string
	Say        func(ctx context.Context, value string) string
}

func (l label) said(ctx context.Context, f *form.Form) string {
	var words []string
	for _, value := range f.All(l.Field) {
		if l.Say != nil && value != "" {
			value = l.Say(ctx, value)
		}
		words = append(words, value)
	}
	return strings.Join(words, ", ")
}

// outcome ends a change: on to the next page, or the form again with its
// mistakes, or with what somebody else saved meanwhile. current is the form as
// it would be opened now.
func (s *Service) outcome(w http.ResponseWriter, r *http.Request, v *editView, err error, next, flash string,
	labels []label, current func() (*form.Form, error), page func() templ.Component) error {
	switch {
	case err == nil:
		return web.SeeOther(w, r, next, flash)
	case v.Form.Take(err):
		return web.RenderInvalid(w, r, page())
	case !fault.Is(err, fault.KindConflict):
		return err
	}
	theirs, err := current()
	if err != nil {
		return err
	}
	v.Conflict = conflict(r.Context(), theirs, v.Form, labels)
	if err := s.addWho(r.Context(), v); err != nil {
		return err
	}
	return web.RenderStatus(w, r, http.StatusConflict, page())
}

func conflict(ctx context.Context, theirs, yours *form.Form, labels []label) *ui.Conflict {
	c := &ui.Conflict{}
	for _, l := range labels {
		if a, b := l.said(ctx, theirs), l.said(ctx, yours); a != b {
			c.Differences = append(c.Differences, ui.Difference{Label: lang.T(ctx, l.Key), Theirs: a, Yours: b})
		}
	}
	return c
}

// addWho says who saved the programme last.
func (s *Service) addWho(ctx context.Context, v *editView) error {
	names, err := people.Names(ctx, s.db, []store.ID{v.UpdatedBy})
	v.Conflict.Who, v.Conflict.When = names[v.UpdatedBy], lang.DateTime(ctx, v.UpdatedAt.Time)
	return err
}

// overview is the first page of the team: what is missing, what waits.
type overview struct {
	editView
	Gaps    []gap
	Waiting int
	Phases  []Phase
	Now     nowView
}

func (s *Service) showOverview(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.editing(r, "")
	if err != nil {
		return err
	}
	v := overview{editView: e, Now: nowView{s.db.Now()}}
	if v.Phases, err = phasesOf(ctx, s.db, v.ID); err != nil {
		return err
	}
	v.Gaps = missing(v.Programme, v.Phases)
	if v.Waiting, err = countMembers(ctx, s.db, v.ID, memberFilter{State: Requested}); err != nil {
		return err
	}
	return web.Render(w, r, overviewPage(v))
}

// Particulars.

var dataLabels = []label{
	{Field: "title", Key: "programme.data.title"},
	{Field: "summary", Key: "programme.data.summary"},
	{Field: "slug", Key: "programme.data.slug"},
	{Field: "language", Key: "programme.data.language", Say: func(ctx context.Context, v string) string { return lang.T(ctx, "lang."+v) }},
	{Field: "starts", Key: "programme.data.starts"},
	{Field: "ends", Key: "programme.data.ends"},
	{Field: "areas", Key: "programme.data.areas", Say: func(_ context.Context, v string) string { return territory.Name(v) }},
	{Field: "admission", Key: "programme.data.admission", Say: func(ctx context.Context, v string) string { return lang.T(ctx, "programme.admission."+v) }},
	{Field: "sectors", Key: "programme.data.sectors", Say: func(ctx context.Context, v string) string { return ui.Sector(v).Name(ctx) }},
}

func (s *Service) dataForm(ctx context.Context, p Programme) (*form.Form, error) {
	areas, err := areasOf(ctx, s.db, p.ID)
	f := form.New().Set("title", p.Title).Set("summary", p.Summary).Set("slug", p.Slug).Set("language", string(p.Language)).
		SetDate("starts", p.StartsAt.Time).SetDate("ends", p.LastDay()).SetAll("areas", areas).
		Set("admission", string(p.Admission)).SetAll("sectors", p.Sectors)
	if len(areas) == len(territory.Codes()) {
		f.Set("all_areas", "on")
	}
	return f, err
}

func (s *Service) showData(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editing(r, "dane")
	if err != nil {
		return err
	}
	if v.Form, err = s.dataForm(r.Context(), v.Programme); err != nil {
		return err
	}
	return web.Render(w, r, dataPage(v))
}

func (s *Service) saveData(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editing(r, "dane")
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	d := readData(v.Form, v.Programme)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, dataPage(v))
	}
	p, err := s.SaveData(r.Context(), v.Slug, v.Form.Version(), d)
	return s.outcome(w, r, &v, err, p.Path()+"/edycja", "programme.saved", dataLabels,
		func() (*form.Form, error) { return s.dataForm(r.Context(), v.Programme) },
		func() templ.Component { return dataPage(v) })
}

func readData(f *form.Form, p Programme) Data {
	d := Data{Title: f.Required("title", longestTitle), Summary: f.Required("summary", longestSummary),
		Slug: p.Slug, Language: language(f), StartsAt: f.Date("starts"), LastDay: f.Date("ends"),
		Areas: f.Choices("areas", territory.Codes()...), Admission: Admission(f.Choice("admission", admissions...)),
		Sectors: f.Choices("sectors", sectors...)}
	if f.Bool("all_areas") {
		d.Areas = territory.Codes()
	}
	if p.State == Draft {
		d.Slug = f.Required("slug", longestSlug)
	}
	return d
}

// Description.

func (s *Service) showDescription(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editing(r, "opis")
	if err != nil {
		return err
	}
	v.Form = form.New().Set("description", v.Description)
	return web.Render(w, r, descriptionPage(v))
}

func (s *Service) saveDescription(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editing(r, "opis")
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	text := v.Form.Lines("description", longestDescription)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, descriptionPage(v))
	}
	_, err = s.SaveDescription(r.Context(), v.Slug, v.Form.Version(), text)
	return s.outcome(w, r, &v, err, v.Path(), "programme.saved", []label{{Field: "description", Key: "programme.description.field"}},
		func() (*form.Form, error) { return form.New().Set("description", v.Description), nil },
		func() templ.Component { return descriptionPage(v) })
}

// Rows that stand in an order.

// rowID reads the id of a row from the address; what is no id is not there.
func rowID(r *http.Request, name string) (store.ID, error) {
	id, err := store.ParseID(r.PathValue(name))
	if err != nil {
		return "", fault.NotFound(name)
	}
	return id, nil
}

// mover handles the buttons "up" and "down" of a row.
func (s *Service) mover(of ordered, name, page string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := rowID(r, name)
		if err != nil {
			return err
		}
		f, err := web.ReadForm(r)
		if err != nil {
			return err
		}
		if err := s.move(r.Context(), r.PathValue("programme"), of, id, f.Get("kierunek") == "w-dol"); err != nil {
			return err
		}
		return web.SeeOther(w, r, "/programy/"+r.PathValue("programme")+"/edycja/"+page, "programme.moved")
	}
}

// remover handles the button that takes a row away.
func (s *Service) remover(of ordered, name, page string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := rowID(r, name)
		if err != nil {
			return err
		}
		if err := s.remove(r.Context(), r.PathValue("programme"), of, id); err != nil {
			return err
		}
		return web.SeeOther(w, r, "/programy/"+r.PathValue("programme")+"/edycja/"+page, "programme.removed")
	}
}

// confirmView asks before a row is taken away.
type confirmView struct {
	editView
	Title        string
	Consequences []string
	Action, Back string
}
