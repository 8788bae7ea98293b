package programme

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

type teamView struct {
	editView
	Team        []TeamRow
	Invitations []Invitation
	Contact     *form.Form
	Managers    []ui.Option
}

func (s *Service) teamView(r *http.Request) (teamView, error) {
	ctx := r.Context()
	e, err := s.editing(r, "zespol")
	if err != nil {
		return teamView{}, err
	}
	v := teamView{editView: e, Contact: contactForm(e.Programme)}
	v.Form = form.New()
	if v.Team, err = teamOf(ctx, s.db, v.ID); err != nil {
		return v, err
	}
	for _, t := range v.Team {
		if t.Role == access.Manager {
			v.Managers = append(v.Managers, ui.Option{Value: string(t.Person), Label: t.Name})
		}
	}
	v.Invitations, err = openInvitations(ctx, s.db, v.ID)
	v.Invitations = slices.DeleteFunc(v.Invitations, func(i Invitation) bool { return i.Role == "" })
	return v, err
}

func contactForm(p Programme) *form.Form {
	return form.New().Set("manager", string(p.Manager)).Set("contact_email", p.ContactEmail).Set("contact_phone", p.ContactPhone)
}

func (s *Service) showTeam(w http.ResponseWriter, r *http.Request) error {
	v, err := s.teamView(r)
	if err != nil {
		return err
	}
	ids := make([]store.ID, len(v.Team))
	for i, t := range v.Team {
		ids[i] = t.Person
	}
	s.people.Privacy.Looked(r.Context(), privacy.Look{Page: "team", Place: v.Slug, People: ids})
	return web.Render(w, r, teamPage(v))
}

func (s *Service) give(w http.ResponseWriter, r *http.Request) error {
	v, err := s.teamView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	email, role := v.Form.Required("email", 254), v.Form.Choice("role", roleWords()...)
	if !v.Form.Any() {
		given, err := s.Give(r.Context(), v.Slug, email, access.Role(role))
		if err == nil {
			return s.given(w, r, v, email, given)
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, teamPage(v))
}

// given sends the browser on; who took a role upon themselves gets a session of
// staff at once.
func (s *Service) given(w http.ResponseWriter, r *http.Request, v teamView, email string, given Given) error {
	ctx := r.Context()
	if given == GivenAtOnce {
		person, err := people.ByEmail(ctx, s.db, email)
		if err != nil {
			return err
		}
		if person.ID == access.From(ctx).Person {
			if err := s.people.Renew(w, r); err != nil {
				return err
			}
		}
	}
	return web.SeeOther(w, r, v.Action("zespol"), "programme.team."+string(given))
}

func roleWords() []string {
	words := make([]string, len(access.ProgrammeRoles))
	for i, role := range access.ProgrammeRoles {
		words[i] = string(role)
	}
	return words
}

func (s *Service) saveContact(w http.ResponseWriter, r *http.Request) error {
	v, err := s.teamView(r)
	if err != nil {
		return err
	}
	if v.Contact, err = web.ReadForm(r); err != nil {
		return err
	}
	f := v.Contact
	manager := store.ID(f.Choice("manager", values(v.Managers)...))
	email, phone := f.Text("contact_email", 254), f.Text("contact_phone", 40)
	if f.Any() {
		return web.RenderInvalid(w, r, teamPage(v))
	}
	_, err = s.SaveContact(r.Context(), v.Slug, f.Version(), manager, email, phone)
	yours := v.editView
	yours.Form = f
	return s.outcome(w, r, &yours, err, v.Action("zespol"), "programme.saved",
		[]label{{Field: "contact_email", Key: "programme.contact.email"}, {Field: "contact_phone", Key: "programme.contact.phone"}},
		func() (*form.Form, error) { return contactForm(v.Programme), nil },
		func() templ.Component { v.Conflict = yours.Conflict; return teamPage(v) })
}

// oneRole finds the role of the address in the team.
func (s *Service) oneRole(r *http.Request) (teamView, TeamRow, error) {
	v, err := s.teamView(r)
	if err != nil {
		return v, TeamRow{}, err
	}
	for _, t := range v.Team {
		if string(t.Person) == r.PathValue("person") && string(t.Role) == r.PathValue("role") {
			return v, t, nil
		}
	}
	return v, TeamRow{}, fault.NotFound("role")
}

func (s *Service) confirmTake(w http.ResponseWriter, r *http.Request) error {
	v, t, err := s.oneRole(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return web.Render(w, r, confirmPage(confirmView{editView: v.editView,
		Title:        lang.T(ctx, "programme.team.take", "Name", t.Name, "Role", roleName(ctx, t.Role)),
		Consequences: []string{lang.T(ctx, "programme.team.take_rights"), lang.T(ctx, "programme.team.take_sessions")},
		Action:       v.Action("zespol/" + string(t.Person) + "/" + string(t.Role) + "/odbierz"), Back: v.Action("zespol")}))
}

func (s *Service) take(w http.ResponseWriter, r *http.Request) error {
	v, t, err := s.oneRole(r)
	if err != nil {
		return err
	}
	if err := s.Take(r.Context(), v.Slug, t.Person, t.Role); err != nil {
		return err
	}
	if t.Person != access.From(r.Context()).Person {
		return web.SeeOther(w, r, v.Action("zespol"), "programme.team.taken")
	}
	if err := s.people.Renew(w, r); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Path(), "programme.team.taken")
}
