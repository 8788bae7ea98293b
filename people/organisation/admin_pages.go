package organisation

import (
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

type waitingView struct {
	Organisations []waiting
	Total, Page   int
}

// listWaiting is what administrators have to look at.
func (s *Service) listWaiting(w http.ResponseWriter, r *http.Request) error {
	v := waitingView{Page: web.Query(r).Page("strona")}
	var err error
	if v.Organisations, v.Total, err = findWaiting(r.Context(), s.db, v.Page); err != nil {
		return err
	}
	return web.Render(w, r, waitingPage(v))
}

type verificationView struct {
	Organisation
	*form.Form
	Version int
	Stale   bool // changed since the administrator looked
}

func (s *Service) showVerification(w http.ResponseWriter, r *http.Request) error {
	o, err := BySlug(r.Context(), s.db, r.PathValue("slug"))
	if err != nil {
		return err
	}
	v := verificationView{Organisation: o, Form: form.New(), Version: o.Version}
	return web.Render(w, r, verificationPage(v))
}

// verify takes the administrator's word about the version they saw: what was
// changed meanwhile has to be looked at again.
func (s *Service) verify(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	o, err := BySlug(ctx, s.db, r.PathValue("slug"))
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	act, done := s.Verify, "organisation.verified"
	if f.Get("verdict") == "return" {
		act, done = s.Return, "organisation.returned"
	}
	note := f.Lines("note", maxReason)
	if !f.Any() {
		err = act(ctx, o.ID, f.Version(), note)
	}
	v := verificationView{Organisation: o, Form: f, Version: o.Version}
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, verificationPage(v))
	}
	if fault.Is(err, fault.KindConflict) {
		v.Stale = true
		return web.RenderStatus(w, r, http.StatusConflict, verificationPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/administracja/organizacje", done)
}
