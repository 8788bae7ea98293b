package moderation

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// reportView is the form on which something is reported.
type reportView struct {
	Form      *form.Form
	Kind      Kind
	Thing     Thing
	Trouble   string // why it cannot be sent now, with every word kept
	Moderates bool   // the reader may open a case themselves
}

func (s *Service) reportView(r *http.Request, f *form.Form) (reportView, error) {
	ctx := r.Context()
	id, err := store.ParseID(r.PathValue("thing"))
	if err != nil {
		return reportView{}, fault.NotFound("text to report")
	}
	k, t, err := s.reportable(ctx, s.db, r.PathValue("kind"), id)
	return reportView{Form: f, Kind: k, Thing: t, Moderates: s.mayDecide(ctx, Case{Programme: t.Place.ID})}, err
}

func (s *Service) showReport(w http.ResponseWriter, r *http.Request) error {
	v, err := s.reportView(r, form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, reportPage(v))
}

func (s *Service) report(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.reportView(r, f)
	if err != nil {
		return err
	}
	err = s.Report(ctx, v.Kind.Name, v.Thing.ID, Report{Reason: f.Get("reason"), Words: f.Lines("words", longestReason)}, s.network(r))
	switch {
	case f.Take(err) || f.Any():
		return web.RenderInvalid(w, r, reportPage(v))
	case fault.Is(err, fault.KindLimited):
		v.Trouble = lang.T(ctx, fault.Of(err).Key, fault.Of(err).Args...)
		return web.RenderStatus(w, r, http.StatusTooManyRequests, reportPage(v))
	case fault.Is(err, fault.KindConflict):
		return web.SeeOther(w, r, v.Thing.Path, fault.Of(err).Key)
	case err != nil:
		return err
	case access.From(ctx).SignedIn():
		return web.SeeOther(w, r, v.Thing.Path, "moderation.report.sent.own")
	}
	return web.SeeOther(w, r, v.Thing.Path, "moderation.report.sent")
}

// beginCase lets a moderator take up what they have seen themselves.
func (s *Service) beginCase(w http.ResponseWriter, r *http.Request) error {
	v, err := s.reportView(r, nil)
	if err != nil {
		return err
	}
	c, err := s.Begin(r.Context(), v.Kind.Name, v.Thing.ID)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, queuedPath(v.Thing.Place, c.ID), "")
}

func reasonOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(Reasons))
	for i, reason := range Reasons {
		options[i] = ui.Option{Value: reason, Label: lang.T(ctx, "moderation.reason."+reason)}
	}
	return options
}
