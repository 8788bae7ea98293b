package barrier

import (
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// waitingView is what the team has to decide about.
type waitingView struct {
	Programme programme.Programme
	Barriers  []Barrier
	Kinds     kinds
}

func (s *Service) showWaiting(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := waitingView{Programme: p}
	if v.Kinds, err = addedKinds(ctx, s.db, p.ID); err != nil {
		return err
	}
	if v.Barriers, err = waiting(ctx, s.db, p.ID); err != nil {
		return err
	}
	return web.Render(w, r, waitingPage(v))
}

// proposalView is a proposal before the team, or what was declined or withdrawn.
type proposalView struct {
	barrierView
	Decline *form.Form
}

func (s *Service) showProposal(w http.ResponseWriter, r *http.Request) error {
	v, err := s.proposal(r)
	if err != nil {
		return err
	}
	if v.State == Registered {
		return web.SeeOther(w, r, v.Path(), "")
	}
	v.Decline = form.New()
	return web.Render(w, r, proposalPage(v))
}

func (s *Service) proposal(r *http.Request) (proposalView, error) {
	p, b, err := s.barrier(r)
	if err != nil {
		return proposalView{}, err
	}
	v, err := s.view(r.Context(), p, b)
	return proposalView{barrierView: v}, err
}

func (s *Service) accept(w http.ResponseWriter, r *http.Request) error {
	p, b, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if _, err := s.Accept(r.Context(), p.ID, b.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, b.Path(), "barrier.flash.accepted")
}

func (s *Service) decline(w http.ResponseWriter, r *http.Request) error {
	p, b, f, err := s.posted(r)
	if err != nil {
		return err
	}
	reason := f.RequiredLines("reason", longestPart)
	if f.Any() {
		v, err := s.proposal(r)
		if err != nil {
			return err
		}
		v.Decline = f
		return web.RenderInvalid(w, r, proposalPage(v))
	}
	if _, err := s.Decline(r.Context(), p.ID, b.ID, f.Version(), reason); err != nil {
		return err
	}
	return web.SeeOther(w, r, b.List()+"/do-oceny", "barrier.flash.declined")
}

// Evidence.

// evidenceView is the form of evidence.
type evidenceView struct {
	Programme programme.Programme
	Barrier   Barrier
	Form      *form.Form
	Keeper    bool
}

// arguable returns the barrier of the address, if the person may add evidence.
func (s *Service) arguable(r *http.Request) (evidenceView, error) {
	p, b, err := s.barrier(r)
	if err != nil {
		return evidenceView{}, err
	}
	if b.State != Registered {
		return evidenceView{}, fault.NotFound("barrier")
	}
	keeper, err := s.contributor(r.Context(), s.db, p.ID)
	return evidenceView{Programme: p, Barrier: b, Form: form.New(), Keeper: keeper}, err
}

func (s *Service) newEvidence(w http.ResponseWriter, r *http.Request) error {
	v, err := s.arguable(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, evidencePage(v))
}

func (s *Service) argue(w http.ResponseWriter, r *http.Request) error {
	v, err := s.arguable(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	f := v.Form
	e := Evidence{Side: Side(f.Choice("side", sides...)), Text: f.RequiredLines("text", longestNote), URL: f.Text("url", longestURL)}
	if !f.Any() {
		e, err = s.Argue(r.Context(), v.Programme.ID, v.Barrier.ID, e, f.Bool("nobody"))
		switch {
		case err == nil && e.State == Proposed:
			return web.SeeOther(w, r, v.Barrier.Path(), "barrier.flash.evidence_proposed")
		case err == nil:
			return web.SeeOther(w, r, v.Barrier.Path(), "barrier.flash.saved")
		case !f.Take(err):
			return err
		}
	}
	return web.RenderInvalid(w, r, evidencePage(v))
}

func (s *Service) judge(w http.ResponseWriter, r *http.Request) error {
	p, b, f, err := s.posted(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(r.PathValue("evidence"))
	if err != nil {
		return fault.NotFound("evidence")
	}
	act := f.Choice("act", "show", "decline")
	if f.Any() {
		return fault.Invalid("fault.unreadable")
	}
	if err := s.Judge(r.Context(), p.ID, b.ID, id, f.Version(), act == "show"); err != nil {
		return err
	}
	return web.SeeOther(w, r, b.Path()+"#dowody", "barrier.flash.saved")
}

// Kinds.

// kindsView lists the kinds of a programme.
type kindsView struct {
	Programme programme.Programme
	Kinds     kinds
	Form      *form.Form
}

func (s *Service) showKinds(w http.ResponseWriter, r *http.Request) error {
	v, err := s.kindsOf(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, kindsPage(v))
}

func (s *Service) kindsOf(r *http.Request) (kindsView, error) {
	p, err := s.programme(r)
	if err != nil {
		return kindsView{}, err
	}
	added, err := addedKinds(r.Context(), s.db, p.ID)
	return kindsView{Programme: p, Kinds: added, Form: form.New()}, err
}

func (s *Service) addKind(w http.ResponseWriter, r *http.Request) error {
	v, err := s.kindsOf(r)
	if err != nil {
		return err
	}
	if !access.From(r.Context()).May(Keep, string(v.Programme.ID)) {
		return fault.Forbidden()
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	k := Added{Name: v.Form.Required("name", longestName), About: v.Form.Text("about", longestPart)}
	if !v.Form.Any() {
		err := s.AddKind(r.Context(), v.Programme.ID, k)
		if err == nil {
			return web.SeeOther(w, r, listPath(v.Programme.Slug)+"/rodzaje", "barrier.flash.kind")
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, kindsPage(v))
}
