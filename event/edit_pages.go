package event

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// editView is the form of an event; of a new one there is only an id, a
// programme and a template.
type editView struct {
	Event    Event
	Template *Template // of a new one
	Form     *form.Form
	Version  int
	Voices   []programme.Choice
	Goals    []programme.Choice
	Conflict *ui.Conflict
	Nav      []ui.Link
}

// newEvent lets an editor choose a template first, and then gives the form.
func (s *Service) newEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	e := Event{ID: store.NewID(), Programme: p.ID, ProgrammeSlug: p.Slug, ProgrammeTitle: p.Title}
	template, chosen := TemplateNamed(web.Query(r).Text("szablon", 40))
	if !chosen {
		return web.Render(w, r, templatesPage(e))
	}
	c := Content{Kind: template.Kind, Mode: template.Mode, Language: string(lang.From(ctx)), Host: p.Owner}
	v := editView{Event: e, Template: &template, Form: formOf(c).SetDate("day", s.db.Now().AddDate(0, 1, 0))}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	if own := access.From(ctx).For; slices.ContainsFunc(v.Voices, func(c programme.Choice) bool { return c.ID == own }) {
		v.Form.Set("host", string(own))
	}
	return web.Render(w, r, editPage(v))
}

// prepare reads what the form offers to choose from.
func (s *Service) prepare(ctx context.Context, v *editView) (err error) {
	if v.Voices, err = programme.Voices(ctx, s.db, v.Event.Programme, access.From(ctx).Person); err != nil {
		return err
	}
	// Who hosts goes on hosting, also after a partnership ended.
	if id := v.Event.Host; id != "" && !slices.ContainsFunc(v.Voices, func(c programme.Choice) bool { return c.ID == id }) {
		v.Voices = append(v.Voices, programme.Choice{ID: id, Name: v.Event.HostName})
	}
	if v.Template == nil {
		v.Nav = s.links(ctx, v.Event, "/edycja")
	}
	v.Goals, err = programme.GoalNames(ctx, s.db, v.Event.Programme)
	return err
}

func (s *Service) beginEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	template, known := TemplateNamed(f.Get("template"))
	if err != nil || !known {
		return fault.Invalid("fault.unreadable")
	}
	c, day := contentIn(f), f.RequiredDate("day")
	e := Event{ID: id, Programme: p.ID, ProgrammeSlug: p.Slug, ProgrammeTitle: p.Title}
	if !f.Any() {
		made, err := s.Begin(ctx, draw(e, c, template.Sessions(ctx, day)))
		if err == nil {
			return web.SeeOther(w, r, made.Path()+"/program", "event.flash.begun")
		}
		if !f.Take(err) {
			return err
		}
	}
	v := editView{Event: e, Template: &template, Form: f}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	return web.RenderInvalid(w, r, editPage(v))
}

func draw(e Event, c Content, sessions []Session) Draw {
	e.Kind, e.Host, e.Title, e.Lead, e.Language, e.Mode, e.Place = c.Kind, c.Host, c.Title, c.Lead, c.Language, c.Mode, c.Place
	return Draw{Event: e, Body: c.Body, Goals: c.Goals, Sessions: sessions}
}

func (s *Service) editEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	c, err := contentOf(ctx, s.db, e)
	if err != nil {
		return err
	}
	v := editView{Event: e, Form: formOf(c), Version: e.Version}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	return web.Render(w, r, editPage(v))
}

func (s *Service) saveEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	c := contentIn(f)
	v := editView{Event: e, Form: f, Version: f.Version()}
	if !f.Any() {
		after, err := s.Revise(ctx, e.Programme, e.ID, f.Version(), c)
		switch {
		case err == nil && after.Revision != e.Revision:
			return web.SeeOther(w, r, after.Path(), "event.flash.moved")
		case err == nil:
			return web.SeeOther(w, r, after.Path(), "event.flash.saved")
		case fault.Is(err, fault.KindConflict):
			return s.showConflict(w, r, v, c)
		case !f.Take(err):
			return err
		}
	}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	return web.RenderInvalid(w, r, editPage(v))
}

// showConflict shows what somebody else saved beside what was typed. The form
// keeps the typed words; sent once more, it saves them over the other's.
func (s *Service) showConflict(w http.ResponseWriter, r *http.Request, v editView, yours Content) (err error) {
	ctx := r.Context()
	if v.Event, err = ByID(ctx, s.db, v.Event.Programme, v.Event.ID); err != nil {
		return err
	}
	theirs, err := contentOf(ctx, s.db, v.Event)
	if err != nil {
		return err
	}
	v.Version = v.Event.Version
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	v.Conflict = &ui.Conflict{Differences: differences(theirs.said(ctx, v.Voices, v.Goals), yours.said(ctx, v.Voices, v.Goals))}
	return web.RenderStatus(w, r, http.StatusConflict, editPage(v))
}

func (v editView) title(ctx context.Context) string {
	if v.Template != nil {
		return lang.T(ctx, "event.new.title", "Template", v.Template.Word(ctx))
	}
	return lang.T(ctx, "event.edit.title", "Title", v.Event.name(ctx))
}

func (v editView) lead(ctx context.Context) string {
	if v.Template != nil {
		return lang.T(ctx, "event.new.lead")
	}
	return lang.T(ctx, "event.edit.lead")
}

func (v editView) crumbs(ctx context.Context) []ui.Crumb {
	if v.Template != nil {
		return append(listCrumbs(ctx, v.Event), ui.Crumb{Title: lang.T(ctx, "event.templates.title"), Href: v.Event.List() + "/nowe"})
	}
	return Crumbs(ctx, v.Event)
}

func (v editView) options(ctx context.Context) ui.FormOptions {
	if v.Template != nil {
		return ui.FormOptions{Action: v.Event.List(), Submit: lang.T(ctx, "event.new.act"), ID: "event",
			Back: ui.Link{Href: v.Event.List() + "/nowe", Key: "event.new.back"}}
	}
	return ui.FormOptions{Action: v.Event.Path() + "/edycja", Submit: lang.T(ctx, "event.save"), Version: v.Version, ID: "event",
		Back: ui.Link{Href: v.Event.Path(), Key: "event.back"}}
}

// Word is what the template is called.
func (t Template) Word(ctx context.Context) string {
	if t.Name == string(t.Kind) {
		return t.Kind.Word(ctx)
	}
	return lang.T(ctx, "event.template.name."+t.Name)
}

// about says how long the template takes and what happens.
func (t Template) about(ctx context.Context) string {
	all := t.Sessions(ctx, time.Date(2014, time.June, 13, 0, 0, 0, 0, lang.Warsaw))
	text := lang.N(ctx, "event.template.days", t.Days()) + ": "
	for i, s := range slices.DeleteFunc(all, func(s Session) bool { return s.Pause }) {
		if i > 0 {
			text += ", "
		}
		text += lower(s.Title)
	}
	return text + "."
}
