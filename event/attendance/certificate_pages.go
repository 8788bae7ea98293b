package attendance

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// papersView is the team's list of certificates.
type papersView struct {
	Event   event.Event
	All     []Certificate
	Waiting int // who came, qualifies and has none
	Over    bool
}

func (s *Service) showCertificates(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	v := papersView{Event: e, Over: e.Over(s.db.Now()) && e.State() == event.Published}
	if v.All, err = Certificates(ctx, s.db, e.ID); err != nil {
		return err
	}
	if v.Waiting, err = s.waiting(ctx, e, v.All); err != nil {
		return err
	}
	s.looked(ctx, "event_certificates", e, holders(v.All))
	return web.Render(w, r, papersPage(v))
}

// waiting counts those who would get a certificate now.
func (s *Service) waiting(ctx context.Context, e event.Event, all []Certificate) (n int, err error) {
	rule, err := RuleOf(ctx, s.db, e.ID)
	if err != nil {
		return 0, err
	}
	came, err := Came(ctx, s.db, e.ID)
	have := map[store.ID]bool{}
	for _, c := range all {
		have[c.Registration] = have[c.Registration] || c.Good()
	}
	for _, p := range came {
		if rule.Qualifies(p) && !have[p.Registration] && p.Name != "" {
			n++
		}
	}
	return n, err
}

func holders(all []Certificate) (ids []store.ID) {
	for _, c := range all {
		ids = append(ids, c.Person)
	}
	return ids
}

func (s *Service) issueAll(w http.ResponseWriter, r *http.Request) error {
	e, err := s.event(r)
	if err != nil {
		return err
	}
	n, err := s.Issue(r.Context(), e)
	if err != nil {
		return err
	}
	flash := "event.attendance.flash.issued"
	if n == 0 {
		flash = "event.attendance.flash.none_issued"
	}
	return web.SeeOther(w, r, e.Path()+"/zaswiadczenia", flash)
}

// sendCertificates prints all that are good, for those who take paper home.
func (s *Service) sendCertificates(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	all, err := Certificates(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	var good []Certificate
	for _, c := range all {
		if c.Good() {
			good = append(good, c)
		}
	}
	if len(good) == 0 {
		return fault.NotFound("certificate")
	}
	s.looked(ctx, "event_certificates", e, holders(good))
	return s.sendPapers(e.In(ctx), w, e, good)
}

// sendPapers prints certificates in the language of the context: one that people
// take for themselves is in theirs, those that are printed for all in that of the
// event.
func (s *Service) sendPapers(ctx context.Context, w http.ResponseWriter, e event.Event, all []Certificate) error {
	rule, err := RuleOf(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	d, err := s.certificatePaper(ctx, e, rule, all)
	if err != nil {
		return err
	}
	return d.Send(w, lang.T(ctx, "event.attendance.certificate.title")+" "+e.Slug)
}

// revokeView asks why a certificate is made void.
type revokeView struct {
	Event event.Event
	Certificate
	Form *form.Form
}

// longestReason is that of voiding a certificate.
const longestReason = 500

func (s *Service) toRevoke(r *http.Request) (v revokeView, err error) {
	if v.Event, err = s.event(r); err != nil {
		return v, err
	}
	id, err := idIn(r.PathValue("certificate"))
	if err != nil {
		return v, err
	}
	v.Form = form.New()
	v.Certificate, err = certificate(r.Context(), s.db, v.Event.ID, id)
	return v, err
}

func (s *Service) askRevoke(w http.ResponseWriter, r *http.Request) error {
	v, err := s.toRevoke(r)
	if err != nil {
		return err
	}
	if !v.Good() {
		return web.SeeOther(w, r, v.Event.Path()+"/zaswiadczenia", "")
	}
	s.looked(r.Context(), "event_certificates", v.Event, []store.ID{v.Person})
	return web.Render(w, r, revokePage(v))
}

func (s *Service) revokeOne(w http.ResponseWriter, r *http.Request) error {
	v, err := s.toRevoke(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	reason := v.Form.Required("reason", longestReason)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, revokePage(v))
	}
	if err := s.Revoke(r.Context(), v.Event, v.ID, reason); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Event.Path()+"/zaswiadczenia", "event.attendance.flash.revoked")
}

// ownCertificateView is a person's own certificate.
type ownCertificateView struct {
	Event event.Event
	Certificate
	Rule    Rule
	Address string // where it is checked, whole
}

func (s *Service) ownCertificate(r *http.Request) (v ownCertificateView, err error) {
	ctx := r.Context()
	if v.Event, err = s.event(r); err != nil {
		return v, err
	}
	if v.Certificate, err = certificateOf(ctx, s.db, v.Event.ID, access.From(ctx).Person); err != nil {
		return v, err
	}
	v.Address = s.Site.URL(v.Certificate.Path())
	v.Rule, err = RuleOf(ctx, s.db, v.Event.ID)
	return v, err
}

func (s *Service) showOwnCertificate(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownCertificate(r)
	if err == nil {
		err = s.opened(r.Context(), v.Certificate)
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, ownCertificatePage(v))
}

func (s *Service) sendOwnCertificate(w http.ResponseWriter, r *http.Request) error {
	v, err := s.ownCertificate(r)
	if err != nil {
		return err
	}
	if !v.Good() {
		return fault.NotFound("certificate")
	}
	if err := s.opened(r.Context(), v.Certificate); err != nil {
		return err
	}
	return s.sendPapers(r.Context(), w, v.Event, []Certificate{v.Certificate})
}

// ownPart leads a person to their ticket, and afterwards to their certificate.
func (s *Service) ownPart(ctx context.Context, e event.Event) (templ.Component, error) {
	actor := access.From(ctx)
	if !actor.SignedIn() || e.State() != event.Published {
		return nil, nil
	}
	if !e.Over(s.db.Now()) {
		g, err := registration.Of(ctx, s.db, e.ID, actor.Person)
		if fault.Is(err, fault.KindNotFound) || err == nil && g.State != registration.Confirmed {
			return nil, nil
		}
		return ownTicketPart(e), err
	}
	c, err := certificateOf(ctx, s.db, e.ID, actor.Person)
	if fault.Is(err, fault.KindNotFound) || err == nil && !c.Good() {
		return nil, nil
	}
	return ownCertificatePart(e, c), err
}
