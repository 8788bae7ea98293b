package event

import (
	"context"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// publicationView is where an editor decides whether the public sees an event.
type publicationView struct {
	Event   Event
	Missing []fault.Field // without which it cannot be published
	Hidden  bool          // the programme is a draft: nobody would see it
	Over    bool
	Nav     []ui.Link
}

func (s *Service) publication(ctx context.Context, e Event) (publicationView, error) {
	v := publicationView{Event: e, Over: e.Over(s.db.Now()), Nav: s.links(ctx, e, "/publikacja")}
	c, err := contentOf(ctx, s.db, e)
	if err != nil {
		return v, err
	}
	if f := fault.Of(c.Complete()); f != nil {
		v.Missing = f.Fields
	}
	state, err := store.One[programme.State](ctx, s.db, `SELECT state FROM programme WHERE id = $1`, e.Programme)
	v.Hidden = state == programme.Draft
	return v, err
}

func (s *Service) showPublication(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.publication(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, publicationPage(v))
}

func (s *Service) publish(w http.ResponseWriter, r *http.Request) error {
	err := s.act(w, r, s.Publish, "", "event.flash.published")
	if f := fault.Of(err); f == nil || len(f.Fields) == 0 {
		return err
	}
	return s.showPublication(w, r) // what is missing is said by the page, with the way to mend it
}

func (s *Service) readdressPage(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Readdress, "/publikacja", "event.flash.readdressed")
}

func (s *Service) returnEvent(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Return, "", "event.flash.returned")
}

// cancelView asks why an event will not take place.
type cancelView struct {
	Event Event
	Form  *form.Form
}

func (s *Service) askCancel(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	if e.State() != Published || e.Over(s.db.Now()) {
		return web.SeeOther(w, r, e.Path()+"/publikacja", "")
	}
	return web.Render(w, r, cancelPage(cancelView{e, form.New()}))
}

func (s *Service) cancel(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	reason := f.RequiredLines("reason", longestReason)
	if f.Any() {
		return web.RenderInvalid(w, r, cancelPage(cancelView{e, f}))
	}
	after, err := s.Cancel(r.Context(), e.Programme, e.ID, f.Version(), reason)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, after.Path(), "event.flash.cancelled")
}

func (s *Service) askDelete(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	if e.State() != Draft {
		return web.SeeOther(w, r, e.Path()+"/publikacja", "")
	}
	v := deleteView{Event: e}
	if v.Stays, v.Goes, err = s.kept(r.Context(), s.db, e.ID); err != nil {
		return err
	}
	return web.Render(w, r, deletePage(v))
}

// deleteView says what goes with a draft, and what keeps it from being deleted.
type deleteView struct {
	Event Event
	Stays []string
	Goes  []string
}

func (v deleteView) consequences(ctx context.Context) []string {
	all := []string{lang.T(ctx, "event.delete.words"), lang.T(ctx, "event.delete.files")}
	if len(v.Goes) > 0 {
		all = append(all, lang.T(ctx, "event.delete.also", "What", strings.Join(v.Goes, ", ")))
	}
	return all
}

func (s *Service) delete(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if err := s.Delete(r.Context(), e.Programme, e.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.List(), "event.flash.deleted")
}

// copyView asks how the copy of an event is called and when it begins.
type copyView struct {
	Event Event
	ID    store.ID
	Form  *form.Form
}

func (s *Service) askCopy(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	f := form.New().Set("title", e.Title).SetDate("day", e.StartsAt.AddDate(0, 0, 7))
	return web.Render(w, r, copyPage(copyView{e, store.NewID(), f}))
}

func (s *Service) copyEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	title, day := f.Required("title", longestTitle), f.RequiredDate("day")
	if !f.Any() {
		made, err := s.Copy(ctx, e.Programme, e.ID, id, title, daysBetween(e.StartsAt.Time, day))
		if err == nil {
			return web.SeeOther(w, r, made.Path()+"/edycja", "event.flash.copied")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, copyPage(copyView{e, id, f}))
}

// missingWord names a field without which an event is not published, or says
// what its place lacks.
func missingWord(ctx context.Context, m fault.Field) string {
	if m.Key == "form.required" {
		return lang.T(ctx, "event.field."+m.Name)
	}
	return lang.T(ctx, m.Key, m.Args...)
}
