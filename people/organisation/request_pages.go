package organisation

import (
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// request is a wish to belong with the name of who has it.
type request struct {
	Request
	Name string
}

type askView struct {
	Organisation
	standing
	*form.Form
	Clause privacy.Clause
}

func (s *Service) showAsk(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	st, err := s.standing(r.Context(), o)
	if err != nil {
		return err
	}
	if st.Role != "" || st.Invitation != "" || st.waits() {
		return web.SeeOther(w, r, path(o.Slug), "") // the profile says how things stand
	}
	clause, err := privacy.ClauseOf(r.Context(), s.db, o.place())
	if err != nil {
		return err
	}
	return web.Render(w, r, askPage(askView{o, st, form.New(), clause}))
}

func (s *Service) ask(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	reason := f.RequiredLines("reason", maxReason)
	if !f.Any() {
		err = s.Ask(r.Context(), o.ID, reason)
	}
	if f.Take(err) || f.Any() {
		clause, err := privacy.ClauseOf(r.Context(), s.db, o.place())
		if err != nil {
			return err
		}
		return web.RenderInvalid(w, r, askPage(askView{Organisation: o, Form: f, Clause: clause}))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(o.Slug), "organisation.asked")
}

// waits reports whether the person's request waits for an answer.
func (st standing) waits() bool { return st.Request != nil && st.Request.State == Waiting }

func (s *Service) withdraw(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	if err := s.Withdraw(r.Context(), o.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(o.Slug), "organisation.withdrawn")
}

type requestView struct {
	Organisation
	Request Request
	Name    string
	Path    string
	Accept  *form.Form
	Refuse  *form.Form
}

func (s *Service) requestOfAddress(r *http.Request) (requestView, error) {
	o, err := s.of(r)
	if err != nil {
		return requestView{}, err
	}
	id, err := idIn(r, "request")
	if err != nil {
		return requestView{}, err
	}
	q, err := requestByID(r.Context(), s.db, o.ID, id)
	if err != nil {
		return requestView{}, err
	}
	p, err := people.ByID(r.Context(), s.db, q.Person)
	return requestView{Organisation: o, Request: q, Name: p.Name, Path: requestPath(o.Slug, q.ID),
		Accept: form.New().Set("role", string(access.Member)), Refuse: form.New()}, err
}

func (s *Service) showRequest(w http.ResponseWriter, r *http.Request) error {
	v, err := s.requestOfAddress(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, requestPage(v))
}

func (s *Service) accept(w http.ResponseWriter, r *http.Request) error {
	v, err := s.requestOfAddress(r)
	if err != nil {
		return err
	}
	if v.Accept, err = web.ReadForm(r); err != nil {
		return err
	}
	a := readAppointment(v.Accept)
	if !v.Accept.Any() {
		err = s.Accept(r.Context(), v.Organisation.ID, v.Request.ID, a)
	}
	if v.Accept.Take(err) || v.Accept.Any() {
		return web.RenderInvalid(w, r, requestPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, peoplePath(v.Slug), "organisation.request.accepted")
}

func (s *Service) refuse(w http.ResponseWriter, r *http.Request) error {
	v, err := s.requestOfAddress(r)
	if err != nil {
		return err
	}
	if v.Refuse, err = web.ReadForm(r); err != nil {
		return err
	}
	reason := v.Refuse.RequiredLines("answer", maxReason)
	if !v.Refuse.Any() {
		err = s.Refuse(r.Context(), v.Organisation.ID, v.Request.ID, reason)
	}
	if v.Refuse.Take(err) || v.Refuse.Any() {
		return web.RenderInvalid(w, r, requestPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, peoplePath(v.Slug), "organisation.request.refused")
}
