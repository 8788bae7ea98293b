package attendance

import (
	"net/http"
	"strconv"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// longestWords fit on a certificate.
const longestWords = 300

// ruleView is how attendance is noted, to be changed.
type ruleView struct {
	Event    event.Event
	Version  int
	Sessions int // that are no pauses
	Form     *form.Form
}

func (s *Service) showRule(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	rule, err := RuleOf(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	sessions, err := noted(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	f := form.New().Set("how", "event").Set("least", strconv.Itoa(rule.LeastSessions)).Set("words", rule.Words)
	if rule.BySession {
		f.Set("how", "session")
	}
	return web.Render(w, r, rulePage(ruleView{e, rule.Version, len(sessions), f}))
}

func (s *Service) saveRule(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	sessions, err := noted(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	rule := Rule{BySession: f.Choice("how", "event", "session") == "session", Words: f.Lines("words", longestWords), Version: f.Version()}
	if rule.BySession {
		rule.LeastSessions = f.Int("least", 0, len(sessions))
	}
	if f.Any() {
		return web.RenderInvalid(w, r, rulePage(ruleView{e, rule.Version, len(sessions), f}))
	}
	if err := s.SetRule(ctx, e, rule); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/obecnosc/zasady", "event.attendance.flash.rule")
}
