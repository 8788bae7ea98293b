package barrier

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// formView is the form of a barrier, new or not.
type formView struct {
	Programme programme.Programme
	Barrier   Barrier // zero for a new one
	ID        store.ID
	Kinds     kinds
	Form      *form.Form
	Version   int
	Origin    Origin
	From      trace.Thing // what it is made from; zero for nothing
	Outsider  bool        // may not propose: the page says how to
	Keeper    bool
	Conflict  *ui.Conflict
}

func (v formView) isNew() bool { return v.Barrier.ID == "" }

// asked reports whether the author has been asked about a name.
func (v formView) asked(ctx context.Context) bool {
	return v.Form.Bool("nobody") || v.Form.Mistake(ctx, "nobody") != ""
}

func (s *Service) newBarrier(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	words := Words{Language: string(p.Language)}
	if card, ok := cardOf(r.URL.Query().Get("karta")); ok {
		words = card.words(lang.From(ctx))
	}
	v := formView{Programme: p, ID: store.NewID(), Form: formOf(words), Origin: ParseOrigin(r.URL.Query().Get("skad"))}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	return web.Render(w, r, formPage(v))
}

// prepare reads what the form shows beside its fields.
func (s *Service) prepare(ctx context.Context, v *formView) (err error) {
	if v.Kinds, err = addedKinds(ctx, s.db, v.Programme.ID); err != nil {
		return err
	}
	if v.Keeper, err = s.contributor(ctx, s.db, v.Programme.ID); fault.Is(err, fault.KindForbidden) {
		v.Outsider, err = true, nil
	}
	if err != nil || v.Origin.None() || s.Trace == nil {
		return err
	}
	v.From, err = s.Trace.Source(ctx, s.db, v.Origin.Ref)
	if fault.Is(err, fault.KindNotFound) { // an old link: the barrier is then written by hand
		v.Origin, err = Origin{}, nil
	}
	return err
}

func (s *Service) sendProposal(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	keeper, err := s.contributor(ctx, s.db, p.ID)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	v := formView{Programme: p, ID: id, Form: f, Origin: ParseOrigin(f.Get("skad")), Keeper: keeper}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	words := wordsOf(f, v.Kinds)
	if !f.Any() {
		b, err := s.Propose(ctx, p.ID, Proposal{ID: id, Words: words, Sure: f.Bool("nobody"), From: v.Origin})
		switch {
		case err == nil && b.State == Registered:
			return web.SeeOther(w, r, b.Path(), "barrier.flash.registered")
		case err == nil:
			return web.SeeOther(w, r, b.List()+"/moje", "barrier.flash.proposed")
		case !f.Take(err):
			return err
		}
	}
	return web.RenderInvalid(w, r, formPage(v))
}

// editable returns the barrier of the address, if the person may write it now.
func (s *Service) editable(r *http.Request) (programme.Programme, Barrier, error) {
	p, b, err := s.barrier(r)
	if err != nil {
		return p, b, err
	}
	actor := access.From(r.Context())
	if !actor.May(Keep, string(p.ID)) && (b.Author != actor.Person || b.State != Proposed && b.State != Declined) {
		return p, b, fault.Forbidden()
	}
	_, err = s.contributor(r.Context(), s.db, p.ID)
	return p, b, err
}

func (s *Service) editBarrier(w http.ResponseWriter, r *http.Request) error {
	p, b, err := s.editable(r)
	if err != nil {
		return err
	}
	v := formView{Programme: p, Barrier: b, Form: formOf(b.Words), Version: b.Version}
	if err := s.prepare(r.Context(), &v); err != nil {
		return err
	}
	return web.Render(w, r, formPage(v))
}

func (s *Service) revise(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, b, err := s.editable(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := formView{Programme: p, Barrier: b, Form: f, Version: f.Version()}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	words := wordsOf(f, v.Kinds)
	if f.Any() {
		return web.RenderInvalid(w, r, formPage(v))
	}
	after, err := s.Revise(ctx, p.ID, b.ID, f.Version(), words, f.Bool("nobody"))
	switch {
	case err == nil && after.State == Proposed && !v.Keeper:
		return web.SeeOther(w, r, b.List()+"/moje", "barrier.flash.proposed")
	case err == nil && after.State == Registered:
		return web.SeeOther(w, r, b.Path(), "barrier.flash.saved")
	case err == nil:
		return web.SeeOther(w, r, b.Path()+"/ocena", "barrier.flash.saved")
	case fault.Is(err, fault.KindConflict):
		return s.showConflict(w, r, v)
	case !f.Take(err):
		return err
	}
	return web.RenderInvalid(w, r, formPage(v))
}

// showConflict shows what somebody else saved beside what was typed. Sent once
// more, the form saves the typed words over the other's.
func (s *Service) showConflict(w http.ResponseWriter, r *http.Request, v formView) error {
	ctx := r.Context()
	now, err := byID(ctx, s.db, v.Programme.ID, v.Barrier.ID)
	if err != nil {
		return err
	}
	v.Barrier, v.Version = now, now.Version
	v.Conflict = conflict(ctx, now, wordFields, formOf(now.Words), v.Form, sayWords(ctx, v.Kinds))
	return web.RenderStatus(w, r, http.StatusConflict, formPage(v))
}

// own are the proposals of a person.
type ownView struct {
	Programme programme.Programme
	Barriers  []Barrier
	Kinds     kinds
}

func (s *Service) showOwn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := ownView{Programme: p}
	if v.Kinds, err = addedKinds(ctx, s.db, p.ID); err != nil {
		return err
	}
	if v.Barriers, err = ownOf(ctx, s.db, p.ID, access.From(ctx).Person); err != nil {
		return err
	}
	return web.Render(w, r, ownPage(v))
}
