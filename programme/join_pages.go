package programme

import (
	"context"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// joinView is the form with which a person joins or accepts an invitation.
type joinView struct {
	Programme
	Form        *form.Form
	Choices     []ui.Option // for whom: "self" or an organisation
	Off         string      // why joining is off, "" when it is not
	Gate        Gate
	Ask         bool // the manager decides
	Invitations []Invitation
	Clause      privacy.Clause
}

// asSelf stands for "for myself" in forms, where "" would mean no answer.
const asSelf = "self"

func (s *Service) joinView(r *http.Request, f *form.Form) (joinView, error) {
	ctx := r.Context()
	p, err := BySlug(ctx, s.db, r.PathValue("programme"))
	if err != nil {
		return joinView{}, err
	}
	v := joinView{Programme: p, Form: f, Ask: p.Admission == AdmitApproved}
	if v.Choices, err = s.joinChoices(ctx, p); err != nil {
		return v, err
	}
	if v.Clause, err = clauseOf(ctx, s.db, p); err != nil {
		return v, err
	}
	v.Gate, err = GateOf(ctx, s.db, p.ID, Join)
	v.Off, _ = whenJoins(p, v.Gate)
	return v, err
}

// joinChoices lists for whom the actor may join: themselves and organisations
// they act for, as far as the programme takes their sectors.
func (s *Service) joinChoices(ctx context.Context, p Programme) ([]ui.Option, error) {
	var choices []ui.Option
	if p.Sectors.Has(string(organisation.Resident)) {
		choices = append(choices, ui.Option{Value: asSelf, Label: lang.T(ctx, "programme.join.self"), Hint: lang.T(ctx, "programme.join.self_hint")})
	}
	own, err := organisation.OfPerson(ctx, s.db, access.From(ctx).Person)
	for _, o := range own {
		if p.Sectors.Has(string(o.Sector)) {
			choices = append(choices, ui.Option{Value: string(o.ID), Label: lang.T(ctx, "programme.join.for", "Name", o.Name),
				Hint: o.Sector.Name(ctx)})
		}
	}
	return choices, err
}

// prefilled answers what we know: for whom the person acts now, where they live.
func (s *Service) prefilled(ctx context.Context) (*form.Form, error) {
	actor := access.From(ctx)
	person, err := people.ByID(ctx, s.db, actor.Person)
	f := form.New().Set("municipality", person.Municipality).Set("as", asSelf)
	if actor.For != "" {
		f.Set("as", string(actor.For))
	}
	return f, err
}

func readJoining(f *form.Form, choices []ui.Option) Joining {
	j := Joining{Words: f.Lines("words", longestWords)}
	as := f.Choice("as", values(choices)...)
	if as == asSelf {
		j.Municipality = f.Optional("municipality", territory.GminaCodes()...)
	} else {
		j.Organisation = store.ID(as)
	}
	return j
}

func (s *Service) showJoin(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.prefilled(ctx)
	if err != nil {
		return err
	}
	v, err := s.joinView(r, f)
	if err == nil {
		err = visible(access.From(ctx), v.Programme)
	}
	if err != nil {
		return err
	}
	m, err := membership(ctx, s.db, v.ID, access.From(ctx).Person)
	if err != nil {
		return err
	}
	if m.State == Active || m.State == Requested {
		return web.SeeOther(w, r, v.Path(), "")
	}
	return web.Render(w, r, joinPage(v))
}

func (s *Service) join(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.joinView(r, f)
	if err == nil {
		err = visible(access.From(r.Context()), v.Programme)
	}
	if err != nil {
		return err
	}
	j := readJoining(f, v.Choices)
	if f.Any() {
		return web.RenderInvalid(w, r, joinPage(v))
	}
	state, err := s.Join(r.Context(), v.Slug, j)
	switch {
	case f.Take(err):
		return web.RenderInvalid(w, r, joinPage(v))
	case err != nil:
		return err
	case state == Requested:
		return web.SeeOther(w, r, v.Path(), "programme.join.requested")
	}
	return web.SeeOther(w, r, v.Path(), "programme.join.joined")
}

func (s *Service) showLeave(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.seen(r)
	if err != nil {
		return err
	}
	m, err := membership(ctx, s.db, p.ID, access.From(ctx).Person)
	if err != nil {
		return err
	}
	if m.State != Active && m.State != Requested {
		return web.SeeOther(w, r, p.Path(), "")
	}
	return web.Render(w, r, leavePage(p, m))
}

func (s *Service) leave(w http.ResponseWriter, r *http.Request) error {
	if err := s.Leave(r.Context(), r.PathValue("programme")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/programy/"+r.PathValue("programme"), "programme.left")
}

// Answering an invitation.

// invitedView is the page of the invitations to the actor's address. It also
// shows a draft to somebody who is invited into its team, and to nobody else.
func (s *Service) invitedView(r *http.Request, f *form.Form) (joinView, error) {
	ctx := r.Context()
	v, err := s.joinView(r, f)
	if err != nil {
		return v, err
	}
	person, err := people.ByID(ctx, s.db, access.From(ctx).Person)
	if err != nil {
		return v, err
	}
	v.Invitations, err = invitationsTo(ctx, s.db, v.ID, person.Email)
	if err != nil {
		return v, err
	}
	if len(v.Invitations) == 0 {
		err = visible(access.From(ctx), v.Programme)
	}
	return v, err
}

func (s *Service) showInvitation(w http.ResponseWriter, r *http.Request) error {
	f, err := s.prefilled(r.Context())
	if err != nil {
		return err
	}
	v, err := s.invitedView(r, f)
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
	id, err := rowID(r, "invitation")
	if err != nil {
		return err
	}
	v, err := s.invitedView(r, f)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(v.Invitations, func(i Invitation) bool { return i.ID == id })
	if i < 0 {
		return fault.NotFound("invitation")
	}
	var j Joining
	if v.Invitations[i].Role == "" {
		if j = readJoining(f, v.Choices); f.Any() {
			return web.RenderInvalid(w, r, invitationPage(v))
		}
	}
	renew, err := s.Accept(r.Context(), v.Slug, id, j)
	if f.Take(err) {
		return web.RenderInvalid(w, r, invitationPage(v))
	}
	if err != nil {
		return err
	}
	if renew {
		if err := s.people.Renew(w, r); err != nil {
			return err
		}
	}
	return web.SeeOther(w, r, v.Path(), "programme.invitation.accepted")
}

func (s *Service) decline(w http.ResponseWriter, r *http.Request) error {
	id, err := rowID(r, "invitation")
	if err != nil {
		return err
	}
	if err := s.Decline(r.Context(), r.PathValue("programme"), id); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto", "programme.invitation.declined")
}
