package organisation

import (
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

type inviteView struct {
	Organisation
	*form.Form
}

func (s *Service) showInvite(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, invitePage(inviteView{o, form.New().Set("role", string(access.Member))}))
}

func (s *Service) invite(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	email, a := f.Required("email", maxLine), readAppointment(f)
	if !f.Any() {
		err = s.Invite(r.Context(), o.ID, email, a)
	}
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, invitePage(inviteView{o, f}))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, peoplePath(o.Slug), "organisation.invitation.sent")
}

func (s *Service) cancelInvitation(w http.ResponseWriter, r *http.Request) error {
	o, err := s.of(r)
	if err != nil {
		return err
	}
	id, err := idIn(r, "invitation")
	if err != nil {
		return err
	}
	if err := s.CancelInvitation(r.Context(), o.ID, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, peoplePath(o.Slug), "organisation.invitation.cancelled")
}

type invitationView struct {
	Organisation
	Invitation Invitation
	By         string
	Open       bool
	Path       string
}

func (s *Service) showInvitation(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := idIn(r, "invitation")
	if err != nil {
		return err
	}
	i, err := invitationFor(ctx, s.db, id, access.From(ctx).Person)
	if fault.Is(err, fault.KindNotFound) {
		return web.RenderStatus(w, r, http.StatusNotFound, foreignInvitationPage())
	}
	if err != nil {
		return err
	}
	o, err := ByID(ctx, s.db, i.Organisation)
	if err != nil {
		return err
	}
	names, err := people.Names(ctx, s.db, []store.ID{i.InvitedBy})
	if err != nil {
		return err
	}
	return web.Render(w, r, invitationPage(invitationView{o, i, names[i.InvitedBy], i.Open(s.db.Now()), invitationPath(id)}))
}

func (s *Service) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := idIn(r, "invitation")
	if err != nil {
		return err
	}
	if err := s.AcceptInvitation(ctx, id); err != nil {
		return err
	}
	i, err := invitationByID(ctx, s.db, id)
	if err != nil {
		return err
	}
	o, err := ByID(ctx, s.db, i.Organisation)
	if err != nil {
		return err
	}
	return s.afterOwnChange(w, r, true, path(o.Slug), "organisation.invitation.accepted")
}

func (s *Service) declineInvitation(w http.ResponseWriter, r *http.Request) error {
	id, err := idIn(r, "invitation")
	if err != nil {
		return err
	}
	if err := s.DeclineInvitation(r.Context(), id); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto", "organisation.invitation.declined")
}
