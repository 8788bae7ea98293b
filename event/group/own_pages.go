package group

import (
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// joinView is the form with which somebody accepts an invitation or asks.
type joinView struct {
	Group
	Invitation Invitation // "" for a request
	Choices    []ui.Option
	Form       *form.Form
	Clause     privacy.Clause
}

func (s *Service) joining(r *http.Request, f *form.Form) (joinView, error) {
	ctx := r.Context()
	g, err := s.groupOf(r)
	if err != nil {
		return joinView{}, err
	}
	v := joinView{Group: g, Form: f}
	if v.Choices, err = s.asChoices(ctx); err != nil {
		return v, err
	}
	place, err := programme.Place(ctx, s.db, g.ProgrammeSlug)
	if err != nil {
		return v, err
	}
	v.Clause, err = privacy.ClauseOf(ctx, s.db, place)
	return v, err
}

// prefilled answers for whom the person acts now.
func prefilled(a *access.Actor) *form.Form {
	f := form.New().Set("as", asSelf)
	if a.For != "" {
		f.Set("as", string(a.For))
	}
	return f
}

func (s *Service) invited(r *http.Request, f *form.Form) (joinView, error) {
	v, err := s.joining(r, f)
	if err != nil {
		return v, err
	}
	v.Invitation, err = invitationTo(r.Context(), s.db, v.Group.ID, access.From(r.Context()).Person)
	if fault.Is(err, fault.KindNotFound) {
		err = nil // answered, taken back, over, or to another address: the page says so
	}
	return v, err
}

func (s *Service) showInvitation(w http.ResponseWriter, r *http.Request) error {
	v, err := s.invited(r, prefilled(access.From(r.Context())))
	if err != nil {
		return err
	}
	return web.Render(w, r, invitationPage(v))
}

func (s *Service) accept(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.invited(r, f)
	if err != nil {
		return err
	}
	if v.Invitation.ID != store.ID(r.PathValue("invitation")) {
		return fault.NotFound("group invitation")
	}
	j := readJoining(f, v.Choices)
	if !f.Any() {
		err := s.Accept(r.Context(), v.Group.Programme, v.Group.ID, store.ID(r.PathValue("invitation")), j)
		if err == nil {
			return web.SeeOther(w, r, v.Path(), "event.group.flash.accepted")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, invitationPage(v))
}

func (s *Service) decline(w http.ResponseWriter, r *http.Request) error {
	g, err := s.groupOf(r)
	if err != nil {
		return err
	}
	if err := s.Decline(r.Context(), g.Programme, g.ID, store.ID(r.PathValue("invitation"))); err != nil {
		return err
	}
	return web.SeeOther(w, r, g.Path(), "event.group.flash.declined")
}

func (s *Service) showAsk(w http.ResponseWriter, r *http.Request) error {
	v, err := s.joining(r, prefilled(access.From(r.Context())))
	if err != nil {
		return err
	}
	if _, err := liveOf(r.Context(), s.db, v.Group.ID, access.From(r.Context()).Person); !fault.Is(err, fault.KindNotFound) {
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, v.Path(), "") // sits there, or has asked already
	}
	return web.Render(w, r, askPage(v))
}

func (s *Service) ask(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.joining(r, f)
	if err != nil {
		return err
	}
	j, words := readJoining(f, v.Choices), f.Lines("words", longestWords)
	if !f.Any() {
		err := s.Ask(r.Context(), v.Group.Programme, v.Group.ID, j, words)
		if err == nil {
			return web.SeeOther(w, r, v.Path(), "event.group.flash.asked")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, askPage(v))
}

func (s *Service) askLeave(w http.ResponseWriter, r *http.Request) error {
	g, err := s.groupOf(r)
	if err != nil {
		return err
	}
	m, err := liveOf(r.Context(), s.db, g.ID, access.From(r.Context()).Person)
	if fault.Is(err, fault.KindNotFound) || err == nil && m.State == Active && !g.Live() {
		return web.SeeOther(w, r, g.Path(), "")
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, leavePage(g, m))
}

func (s *Service) leave(w http.ResponseWriter, r *http.Request) error {
	g, err := s.groupOf(r)
	if err != nil {
		return err
	}
	if err := s.Leave(r.Context(), g.Programme, g.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, g.Path(), "event.group.flash.left")
}

// name shows or hides the reader's name in the group.
func (s *Service) name(w http.ResponseWriter, r *http.Request) error {
	g, f, err := s.posted(r)
	if err != nil {
		return err
	}
	named := f.Get("named") == "tak"
	if err := s.ShowName(r.Context(), g.Programme, g.ID, named); err != nil {
		return err
	}
	flash := "event.group.flash.unnamed"
	if named {
		flash = "event.group.flash.named"
	}
	return web.SeeOther(w, r, g.Path(), flash)
}
