package attendance

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// verifyView is what anyone learns of a certificate.
type verifyView struct {
	Certificate
	Event   event.Event
	Form    *form.Form
	Asked   bool // a name was typed
	Matches bool
}

// askCode is for those who have the paper before them and type its code.
func (s *Service) askCode(w http.ResponseWriter, r *http.Request) error {
	f := form.New()
	if typed := r.URL.Query().Get("kod"); typed != "" {
		f.Set("kod", typed)
		c, err := byCode(r.Context(), s.db, typed)
		if err == nil {
			return web.SeeOther(w, r, c.Path(), "")
		}
		if !fault.Is(err, fault.KindNotFound) {
			return err
		}
		f.Add("kod", "event.attendance.verify.unknown")
		return web.RenderInvalid(w, r, codePage(f))
	}
	return web.Render(w, r, codePage(f))
}

func (s *Service) verification(ctx context.Context, code string) (v verifyView, err error) {
	if v.Certificate, err = byCode(ctx, s.db, code); err != nil {
		return v, err
	}
	v.Form = form.New()
	v.Event, err = event.ByID(ctx, s.db, v.Programme, v.Certificate.Event)
	return v, err
}

func (s *Service) showVerification(w http.ResponseWriter, r *http.Request) error {
	v, err := s.verification(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	return web.Render(w, r, verifyPage(v))
}

// verifyName answers with a page and no redirect: nothing is changed, and the
// name must not stand in an address.
func (s *Service) verifyName(w http.ResponseWriter, r *http.Request) error {
	v, err := s.verification(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	name := v.Form.Required("name", 200)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, verifyPage(v))
	}
	v.Asked, v.Matches = true, v.IsOf(name)
	return web.Render(w, r, verifyPage(v))
}
