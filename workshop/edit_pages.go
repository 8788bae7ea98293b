package workshop

import (
	"context"
	"net/http"
	"strconv"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// editView is the form of a workshop's terms, new or not.
type editView struct {
	Programme programme.Programme
	ID        store.ID
	Workshop  *Workshop // nil: a new one
	Form      *form.Form
	Version   int
	Sessions  []ui.Option
}

// sessionOptions are the parts of the programme's events to which a workshop may
// belong; the value is "event" or "event/session".
func sessionOptions(ctx context.Context, r store.Reader, programme store.ID) ([]ui.Option, error) {
	rows, err := store.All[struct {
		Event, Session store.ID
		Title, Name    string
		StartsAt       store.Time
	}](ctx, r, `SELECT e.id AS event, s.id AS session, e.title, s.title AS name, s.starts_at FROM event e JOIN event_session s ON s.event = e.id
		WHERE e.programme = $1 AND e.cancelled_at IS NULL AND NOT s.pause ORDER BY e.starts_at DESC, s.starts_at`, programme)
	options := []ui.Option{{Value: "", Label: lang.T(ctx, "workshop.field.no_event")}}
	for _, s := range rows {
		options = append(options, ui.Option{Value: string(s.Event) + "/" + string(s.Session), Label: lang.DateTime(ctx, s.StartsAt.Time) + " " + s.Name, Group: s.Title})
	}
	return options, err
}

func (s *Service) newWorkshop(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := editView{Programme: p, ID: store.NewID(), Form: form.New().Set("language", string(p.Language)).Set("tables", "0")}
	if v.Sessions, err = sessionOptions(r.Context(), s.db, p.ID); err != nil {
		return err
	}
	return web.Render(w, r, editPage(v))
}

// readTerms takes the terms from a form.
func readTerms(f *form.Form, sessions []ui.Option) Terms {
	var known []string
	for _, o := range sessions {
		known = append(known, o.Value)
	}
	t := Terms{Title: f.Required("title", longestTitle), Lead: f.Text("lead", longestLead), Leaders: f.Text("leaders", longestLeaders),
		Language: f.Choice("language", "pl", "en"), Tables: f.Int("tables", 0, mostTables)}
	if where := f.Optional("session", known...); len(where) == 73 { // two ids and what is between them
		t.Event, t.Session = store.ID(where[:36]), store.ID(where[37:])
	}
	return t
}

func (s *Service) begin(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := editView{Programme: p}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	if v.ID, err = store.ParseID(v.Form.Get("id")); err != nil {
		return fault.Invalid("fault.unreadable")
	}
	if v.Sessions, err = sessionOptions(r.Context(), s.db, p.ID); err != nil {
		return err
	}
	terms := readTerms(v.Form, v.Sessions)
	var room Workshop
	if !v.Form.Any() {
		room, err = s.Begin(r.Context(), p.ID, v.ID, terms)
	}
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, editPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, room.Path()+"/prowadzenie", "workshop.flash.begun")
}

func (s *Service) editor(r *http.Request) (v editView, err error) {
	p, err := s.led(r)
	if err != nil {
		return v, err
	}
	if v.Programme, err = s.programme(r); err != nil {
		return v, err
	}
	v.ID, v.Workshop, v.Version = p.ID, &p.Workshop, p.Version
	v.Sessions, err = sessionOptions(r.Context(), s.db, v.Programme.ID)
	return v, err
}

func (s *Service) edit(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editor(r)
	if err != nil {
		return err
	}
	room := v.Workshop
	v.Form = form.New().Set("title", room.Title).Set("lead", room.Terms.Lead).Set("leaders", room.Leaders).Set("language", room.Language).
		Set("tables", strconv.Itoa(room.Tables))
	if room.Session != "" {
		v.Form.Set("session", string(room.Event)+"/"+string(room.Session))
	}
	return web.Render(w, r, editPage(v))
}

func (s *Service) save(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editor(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	terms := readTerms(v.Form, v.Sessions)
	if !v.Form.Any() {
		_, err = s.Revise(r.Context(), v.ID, v.Form.Version(), terms)
	}
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, editPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Workshop.Path()+"/prowadzenie", "workshop.flash.saved")
}

// kindView chooses the kind of a new activity, or sets up one.
type kindView struct {
	place
	Kinds   []activity.Kind
	Kind    *activity.Kind // nil: it is chosen first
	ID      store.ID
	Change  bool // it is there already
	Form    *form.Form
	Sources []ui.Option // earlier activities whose items it may take up
	Before  []ui.Option // earlier ones it may be set beside
}

func (s *Service) chooseKind(w http.ResponseWriter, r *http.Request) error {
	p, err := s.led(r)
	if err != nil {
		return err
	}
	name := r.URL.Query().Get("rodzaj")
	if name == "" {
		return web.Render(w, r, kindsPage(kindView{place: p, Kinds: s.Kinds}))
	}
	kind, err := s.kind(name)
	if err != nil {
		return err
	}
	f := form.New().Set("minutes", strconv.Itoa(kind.Minutes))
	for name, value := range kind.Defaults() {
		f.Set(name, value)
	}
	return web.Render(w, r, kindPage(s.kindView(r.Context(), p, kind, store.NewID(), len(p.Agenda), f)))
}

// kindView is the form of one activity, which stands after so many others.
func (s *Service) kindView(ctx context.Context, p place, kind activity.Kind, id store.ID, after int, f *form.Form) kindView {
	v := kindView{place: p, Kind: &kind, ID: id, Form: f}
	for _, a := range p.Agenda[:after] {
		option := ui.Option{Value: string(a.ID), Label: a.Title}
		from, err := s.kind(a.Kind)
		if err != nil {
			continue
		}
		if _, ok := from.Begin(a.task(p.Workshop)).(activity.Source); ok && kind.Sources != "" {
			v.Sources = append(v.Sources, option)
		}
		if kind.Compares && a.Kind == kind.Name {
			v.Before = append(v.Before, option)
		}
	}
	if len(v.Sources) > 0 {
		v.Sources = append([]ui.Option{{Label: lang.T(ctx, "workshop.activity.no_source")}}, v.Sources...)
	}
	if len(v.Before) > 0 {
		v.Before = append([]ui.Option{{Label: lang.T(ctx, "workshop.activity.no_before")}}, v.Before...)
	}
	return v
}

// readPlan takes what was set up from a form.
func readPlan(f *form.Form, v kindView) Plan {
	values := func(options []ui.Option) (all []string) {
		for _, o := range options {
			all = append(all, o.Value)
		}
		return all
	}
	return Plan{Kind: v.Kind.Name, Title: f.Required("title", longestTitle), Minutes: f.Int("minutes", 0, longestMinutes), Settings: v.Kind.ReadSettings(f),
		Source: store.ID(f.Optional("source", values(v.Sources)...)), Compared: store.ID(f.Optional("compared", values(v.Before)...))}
}

func (s *Service) addActivity(w http.ResponseWriter, r *http.Request) error {
	p, err := s.led(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	kind, err := s.kind(f.Get("kind"))
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	v := s.kindView(r.Context(), p, kind, id, len(p.Agenda), f)
	plan := readPlan(f, v)
	if !f.Any() {
		_, err = s.Add(r.Context(), p.ID, id, plan)
	}
	return s.planned(w, r, v, err, "workshop.flash.added")
}

// planned shows the form again with its mistakes, or the agenda.
func (s *Service) planned(w http.ResponseWriter, r *http.Request, v kindView, err error, flash string) error {
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, kindPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Base+"/prowadzenie", flash)
}

// activityForm is the form of an activity that stands on the agenda.
func (s *Service) activityForm(r *http.Request, f *form.Form) (kindView, Activity, error) {
	p, a, err := s.item(r)
	if err != nil {
		return kindView{}, a, err
	}
	kind, err := s.kind(a.Kind)
	if err != nil {
		return kindView{}, a, err
	}
	after := 0
	for p.Agenda[after].ID != a.ID {
		after++
	}
	v := s.kindView(r.Context(), p, kind, a.ID, after, f)
	v.Change = true
	return v, a, nil
}

func (s *Service) editActivity(w http.ResponseWriter, r *http.Request) error {
	f := form.New()
	v, a, err := s.activityForm(r, f)
	if err != nil {
		return err
	}
	f.Set("title", a.Title).Set("minutes", strconv.Itoa(a.Minutes)).Set("source", string(a.Source)).Set("compared", string(a.Compared))
	for name, value := range a.task(v.Workshop).Settings {
		f.Set(name, value)
	}
	return web.Render(w, r, kindPage(v))
}

func (s *Service) saveActivity(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, a, err := s.activityForm(r, f)
	if err != nil {
		return err
	}
	plan := readPlan(f, v)
	if !f.Any() {
		_, err = s.Replan(r.Context(), v.Workshop.ID, a.ID, plan)
	}
	return s.planned(w, r, v, err, "workshop.flash.saved")
}

func (s *Service) raiseActivity(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.item(r)
	if err != nil {
		return err
	}
	if _, err := s.Raise(r.Context(), p.ID, a.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Base+"/prowadzenie", "")
}

func (s *Service) removeActivity(w http.ResponseWriter, r *http.Request) error {
	p, a, err := s.item(r)
	if err != nil {
		return err
	}
	if _, err := s.Remove(r.Context(), p.ID, a.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, p.Base+"/prowadzenie", "workshop.flash.removed")
}
