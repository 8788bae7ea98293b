package registration

import (
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// invitationsView is the list of who may sign up for a closed event.
type invitationsView struct {
	frame
	Admission Admission
	List      []Invitation
	Form      *form.Form
	Report    []InvitedLine
	Link      string // with which others may sign up too
}

func (s *Service) invitationsView(r *http.Request) (invitationsView, error) {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return invitationsView{}, err
	}
	v := invitationsView{frame: s.frame(ctx, e, "/zapisy/zaproszenia"), Form: form.New()}
	if v.Admission, err = AdmissionOf(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Link = s.Site.URL(v.at("?klucz=" + v.Admission.LinkKey))
	v.List, err = invitations(ctx, s.db, e.ID)
	return v, err
}

func (s *Service) showInvitations(w http.ResponseWriter, r *http.Request) error {
	v, err := s.invitationsView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, invitationsPage(v))
}

// inviteAll answers with the report itself: it exists nowhere else, and sending
// the page again only finds the same addresses on the list.
func (s *Service) inviteAll(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	lines := f.RequiredLines("emails", mostInvited*300)
	var report []InvitedLine
	if !f.Any() {
		if report, err = s.Invite(r.Context(), e, lines); err != nil && !(fault.Is(err, fault.KindInvalid) && f.Take(err)) {
			return err
		}
	}
	v, err := s.invitationsView(r)
	if err != nil {
		return err
	}
	if f.Any() {
		v.Form = f
		return web.RenderInvalid(w, r, invitationsPage(v))
	}
	v.Report = report
	return web.Render(w, r, invitationsPage(v))
}

func (s *Service) renewLink(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	if err := s.RenewLink(r.Context(), e); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/zapisy/zaproszenia", "event.registration.done.link")
}

func (s *Service) uninvite(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	id, err := rowID(r, "invitation")
	if err != nil {
		return err
	}
	if err := s.Uninvite(r.Context(), e, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/zapisy/zaproszenia", "event.registration.done.uninvited")
}
