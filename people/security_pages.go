package people

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

func (s *Service) securityRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /konto/haslo", Need: access.SignedIn, Handle: s.showPassword},
		{Pattern: "POST /konto/haslo", Need: access.SignedIn, Handle: s.setPassword, Always: true},
		{Pattern: "POST /konto/haslo/usun", Need: access.SignedIn, Handle: s.removePassword, Always: true},
		{Pattern: "GET /konto/drugi-skladnik", Need: access.SignedIn, Handle: s.showSecondFactor},
		{Pattern: "POST /konto/drugi-skladnik", Need: access.SignedIn, Handle: s.beginSecondFactor, Always: true},
		{Pattern: "POST /konto/drugi-skladnik/potwierdz", Need: access.SignedIn, Handle: s.confirmSecondFactor, Always: true},
		{Pattern: "POST /konto/drugi-skladnik/kody", Need: access.SignedIn, Handle: s.newRecoveryCodes, Always: true},
		{Pattern: "POST /konto/drugi-skladnik/wylacz", Need: access.SignedIn, Handle: s.dropSecondFactor, Always: true},
	}
}

func (s *Service) showPassword(w http.ResponseWriter, r *http.Request) error {
	v, err := s.proofView(r.Context(), form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, passwordPage(v))
}

func (s *Service) setPassword(w http.ResponseWriter, r *http.Request) error {
	v, err := s.readProof(r)
	if err != nil {
		return err
	}
	if !v.Form.Any() {
		err = s.SetPassword(r.Context(), v.Form.Get("password"))
		v.Form.Take(err)
	}
	if v.Form.Any() {
		return web.RenderInvalid(w, r, passwordPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/haslo", "people.password.set")
}

func (s *Service) removePassword(w http.ResponseWriter, r *http.Request) error {
	v, err := s.readProof(r)
	if err != nil {
		return err
	}
	if v.Form.Any() {
		v.At = "remove"
		return web.RenderInvalid(w, r, passwordPage(v))
	}
	if err := s.RemovePassword(r.Context()); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/haslo", "people.password.removed")
}

// secondView is the page of the second factor in its three states: off, begun
// and on.
type secondView struct {
	proofView
	Enrolment enrolment // while it is begun
	Left      int       // recovery codes
	Required  bool      // its roles need it, so that it stays on
}

func (s *Service) secondView(ctx context.Context, v proofView) (secondView, error) {
	view := secondView{proofView: v}
	var err error
	switch {
	case v.Secrets.enrolled():
		view.Required = s.RequireSecondFactor && access.From(ctx).Staff()
		view.Left, err = countRecoveryCodes(ctx, s.db, v.Person.ID)
	case v.Secrets.TOTPSecret != "":
		view.Enrolment, err = s.enrolmentOf(v.Person.ID, v.Person.Email, v.Secrets.TOTPSecret)
	}
	return view, err
}

func (s *Service) renderSecond(w http.ResponseWriter, r *http.Request, v proofView) error {
	view, err := s.secondView(r.Context(), v)
	if err != nil {
		return err
	}
	if view.Form.Any() {
		return web.RenderInvalid(w, r, secondFactorPage(view))
	}
	return web.Render(w, r, secondFactorPage(view))
}

func (s *Service) showSecondFactor(w http.ResponseWriter, r *http.Request) error {
	v, err := s.proofView(r.Context(), form.New())
	if err != nil {
		return err
	}
	return s.renderSecond(w, r, v)
}

func (s *Service) beginSecondFactor(w http.ResponseWriter, r *http.Request) error {
	v, err := s.readProof(r)
	if err != nil {
		return err
	}
	if v.Form.Any() {
		v.At = "begin"
		return s.renderSecond(w, r, v)
	}
	if err := s.BeginSecondFactor(r.Context()); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/drugi-skladnik", "")
}

// The recovery codes are the answer itself, not a page after it: they are shown
// once and kept nowhere from which a second page could read them.
func (s *Service) confirmSecondFactor(w http.ResponseWriter, r *http.Request) error {
	return s.answerWithCodes(w, r, "confirm", func(code string) ([]string, error) {
		return s.ConfirmSecondFactor(r.Context(), code)
	})
}

func (s *Service) newRecoveryCodes(w http.ResponseWriter, r *http.Request) error {
	return s.answerWithCodes(w, r, "codes", func(code string) ([]string, error) {
		return s.NewRecoveryCodes(r.Context(), code)
	})
}

func (s *Service) answerWithCodes(w http.ResponseWriter, r *http.Request, at string, do func(code string) ([]string, error)) error {
	codes, f, err := withCode(r, do)
	if f == nil || !f.Any() && err != nil {
		return err
	}
	if f.Any() {
		return s.showSecondAgain(w, r, f, at)
	}
	return web.Render(w, r, recoveryPage(codes))
}

func (s *Service) dropSecondFactor(w http.ResponseWriter, r *http.Request) error {
	if s.RequireSecondFactor && access.From(r.Context()).Staff() {
		return fault.Invalid("people.second.required")
	}
	_, f, err := withCode(r, func(code string) (struct{}, error) {
		return struct{}{}, s.DropSecondFactor(r.Context(), code)
	})
	if f == nil || !f.Any() && err != nil {
		return err
	}
	if f.Any() {
		return s.showSecondAgain(w, r, f, "drop")
	}
	return web.SeeOther(w, r, "/konto/drugi-skladnik", "people.second.dropped")
}

// withCode reads the code of a form and does what needs it; mistakes end up in
// the form.
func withCode[T any](r *http.Request, do func(code string) (T, error)) (result T, f *form.Form, err error) {
	f, err = web.ReadForm(r)
	if err != nil {
		return result, nil, err
	}
	code := f.Required("code", 100)
	if f.Any() {
		return result, f, nil
	}
	result, err = do(digitsOrRecovery(code))
	f.Take(err)
	return result, f, err
}

func (s *Service) showSecondAgain(w http.ResponseWriter, r *http.Request, f *form.Form, at string) error {
	v, err := s.proofView(r.Context(), f)
	if err != nil {
		return err
	}
	v.At = at
	return s.renderSecond(w, r, v)
}
