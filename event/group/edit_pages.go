package group

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// formView is the form of a group, new or not.
type formView struct {
	Programme  programme.Programme
	Group      Group
	Appointers []programme.Choice
	Form       *form.Form
	New        bool
}

func (s *Service) newForm(r *http.Request, f *form.Form) (formView, error) {
	p, err := s.programmeOf(r)
	if err != nil {
		return formView{}, err
	}
	v := formView{Programme: p, Form: f, New: true, Group: Group{ID: sentID(f)}}
	v.Appointers, err = appointers(r.Context(), s.db, p.ID)
	return v, err
}

// sentID is the id that a form carries, so that it works once however often it
// is sent.
func sentID(f *form.Form) store.ID {
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return store.NewID()
	}
	return id
}

func (s *Service) askFound(w http.ResponseWriter, r *http.Request) error {
	v, err := s.newForm(r, form.New())
	if err != nil {
		return err
	}
	v.Form.Set("appointer", string(v.Programme.Owner)).SetDate("starts", s.db.Now())
	return web.Render(w, r, formPage(v))
}

// readGroup reads what new and old groups have in common.
func readGroup(f *form.Form) Group {
	return Group{Name: f.Required("name", longestName), Purpose: f.RequiredLines("purpose", longestPurpose), AppointedBy: f.Required("appointed_by", longestAct),
		Appointer: store.ID(f.Get("appointer")), StartsAt: store.At(f.RequiredDate("starts")), EndsAt: dayAfter(f.Date("ends")), Asking: f.Bool("asking"),
		Version: f.Version()}
}

func (s *Service) found(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.newForm(r, f)
	if err != nil {
		return err
	}
	g := readGroup(f)
	g.ID, g.Programme = v.Group.ID, v.Programme.ID
	if !f.Any() {
		g, err = s.Found(r.Context(), g)
		if err == nil {
			return web.SeeOther(w, r, g.Path()+"/sklad", "event.group.flash.founded")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, formPage(v))
}

func (s *Service) revising(r *http.Request, f *form.Form) (formView, error) {
	g, err := s.groupOf(r)
	if err != nil {
		return formView{}, err
	}
	v := formView{Group: g, Form: f}
	if v.Programme, err = programme.ByID(r.Context(), s.db, g.Programme); err != nil {
		return v, err
	}
	v.Appointers, err = appointers(r.Context(), s.db, g.Programme)
	return v, err
}

func (s *Service) askRevise(w http.ResponseWriter, r *http.Request) error {
	v, err := s.revising(r, form.New())
	if err != nil {
		return err
	}
	g := v.Group
	v.Form.Set("name", g.Name).Set("purpose", g.Purpose).Set("appointed_by", g.AppointedBy).Set("appointer", string(g.Appointer)).
		SetDate("starts", g.StartsAt.Time).SetDate("ends", g.LastDay())
	if g.Asking {
		v.Form.Set("asking", "on")
	}
	return web.Render(w, r, formPage(v))
}

func (s *Service) revise(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.revising(r, f)
	if err != nil {
		return err
	}
	g := readGroup(f)
	g.ID, g.Programme = v.Group.ID, v.Group.Programme
	if !f.Any() {
		err := s.Revise(r.Context(), g)
		if err == nil {
			return web.SeeOther(w, r, v.Group.Path(), "event.group.flash.revised")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, formPage(v))
}

// state runs a verb that needs nothing but the version that the person saw.
func (s *Service) state(verb func(ctx context.Context, programme, id store.ID, version int) error, flash string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		g, f, err := s.posted(r)
		if err != nil {
			return err
		}
		if err := verb(r.Context(), g.Programme, g.ID, f.Version()); err != nil {
			return err
		}
		return web.SeeOther(w, r, g.Path(), flash)
	}
}

func (s *Service) askClose(w http.ResponseWriter, r *http.Request) error {
	g, err := s.groupOf(r)
	if err == nil && !g.Live() {
		err = fault.Closed("event.group.closed")
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, closePage(g, form.New()))
}

func (s *Service) close(w http.ResponseWriter, r *http.Request) error {
	g, f, err := s.posted(r)
	if err != nil {
		return err
	}
	reason, outcome := f.RequiredLines("reason", longestReason), f.RequiredLines("outcome", longestOutcome)
	if !f.Any() {
		err := s.Close(r.Context(), g.Programme, g.ID, f.Version(), reason, outcome)
		if err == nil {
			return web.SeeOther(w, r, g.Path(), "event.group.flash.closed")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, closePage(g, f))
}
