package registration

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// oneView is one registration, for the person, for who named them, or for the
// team.
type oneView struct {
	frame
	Reg       Registration
	Admission Admission
	Place     Place
	Own       bool
	Questions []Question
	Needs     Answers
	Form      *form.Form
	MayGo     bool // withdraw now
}

func (s *Service) oneView(ctx context.Context, e event.Event, g Registration) (oneView, error) {
	actor := access.From(ctx)
	v := oneView{frame: frame{Event: e}, Reg: g, Own: g.Person == actor.Person || g.Channel != Group && !mayRun(ctx, e)}
	var err error
	if v.Admission, err = AdmissionOf(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	if g.State == Waiting {
		if v.Place, err = placeOf(ctx, s.db, g); err != nil {
			return v, err
		}
	}
	if v.Questions, err = everyQuestion(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.MayGo = g.State.Live() && (mayRun(ctx, e) || s.db.Now().Before(v.Admission.lastWithdrawal(e)))
	v.Needs, err = needsOf(ctx, s.db, g.ID)
	return v, err
}

// asked are the questions that are put now.
func (v oneView) asked() []Question {
	var now []Question
	for _, q := range v.Questions {
		if q.RetiredAt.IsZero() {
			now = append(now, q)
		}
	}
	return now
}

// answer is what was said to a question, in words.
func (v oneView) answer(ctx context.Context, q Question) string {
	answer := v.Reg.Answers.To(q.ID)
	if q.Kind.Sensitive() {
		answer = v.Needs.To(q.ID)
	}
	return said(ctx, q, answer)
}

// said is an answer in words.
func said(ctx context.Context, q Question, answer string) string {
	if q.Kind == AsksConsent {
		if answer == agreed {
			return lang.T(ctx, "event.registration.answer.agreed")
		}
		return lang.T(ctx, "event.registration.answer.not_agreed")
	}
	return answer
}

// pairs are what the registration says.
func (v oneView) pairs(ctx context.Context) []ui.Pair {
	pairs := []ui.Pair{{Key: lang.T(ctx, "event.registration.name"), Text: v.Reg.Name},
		{Key: lang.T(ctx, "event.registration.state"), Text: lang.T(ctx, "event.registration.state."+string(v.Reg.State))}}
	if v.Reg.OrganisationName != "" {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "event.registration.organisation"), Text: v.Reg.OrganisationName})
	}
	pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "event.registration.class"), Text: className(ctx, v.Reg.Class())},
		ui.Pair{Key: lang.T(ctx, "event.registration.number"), Text: lang.Number(ctx, int64(v.Reg.Number))},
		ui.Pair{Key: lang.T(ctx, "event.registration.registered_at"), Text: moment(ctx, v.Reg.RegisteredAt.Time)})
	for _, q := range v.Questions {
		if answer := v.answer(ctx, q); answer != "" {
			pairs = append(pairs, ui.Pair{Key: q.Label, Text: answer})
		}
	}
	return pairs
}

// path is the address of this registration.
func (v oneView) path(page string) string { return v.at("/osoba/" + string(v.Reg.ID) + page) }

// home is where somebody goes who has done something here.
func (v oneView) home() string {
	if v.Own {
		return v.at("")
	}
	return v.path("")
}

// viewOf reads the registration of the address, and notes that the team looks.
func (s *Service) viewOf(r *http.Request) (oneView, error) {
	e, g, err := s.oneOf(r)
	if err != nil {
		return oneView{}, err
	}
	v, err := s.oneView(r.Context(), e, g)
	if err == nil && !v.Own {
		s.Privacy.Looked(r.Context(), privacy.Look{Page: "registration", Place: e.ProgrammeSlug, People: []store.ID{g.Person}})
	}
	return v, err
}

func (s *Service) showOne(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewOf(r)
	if err != nil {
		return err
	}
	if mayRun(r.Context(), v.Event) {
		v.frame = s.frame(r.Context(), v.Event, "/zapisy/lista")
	}
	return web.Render(w, r, onePage(v))
}

func (s *Service) confirm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewOf(r)
	if err != nil {
		return err
	}
	if err := s.Confirm(r.Context(), v.Event, v.Reg.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.home(), "event.registration.done.confirmed")
}

func (s *Service) showAnswers(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewOf(r)
	if err != nil {
		return err
	}
	v.Form = form.New()
	for _, q := range v.asked() {
		answer := v.Reg.Answers.To(q.ID)
		if q.Kind.Sensitive() {
			answer = v.Needs.To(q.ID)
		}
		v.Form.Set(q.field(), answer)
	}
	return web.Render(w, r, answersPage(v))
}

func (s *Service) saveAnswers(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewOf(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	answers := typed(v.Form, v.asked())
	if !v.Form.Any() {
		err = s.Answer(r.Context(), v.Event, v.Reg.ID, v.Form.Version(), answers)
		if err == nil {
			return web.SeeOther(w, r, v.home(), "event.registration.done.answered")
		}
		if !fault.Is(err, fault.KindInvalid) || !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, answersPage(v))
}

func (s *Service) askWithdraw(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewOf(r)
	if err != nil {
		return err
	}
	if !v.Reg.State.Live() {
		return web.SeeOther(w, r, v.home(), "")
	}
	return web.Render(w, r, withdrawPage(v))
}

func (s *Service) withdraw(w http.ResponseWriter, r *http.Request) error {
	v, err := s.viewOf(r)
	if err != nil {
		return err
	}
	if err := s.Withdraw(r.Context(), v.Event, v.Reg.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.home(), "event.registration.done.withdrawn")
}

// consequences are what a withdrawal does, said before it.
func (v oneView) consequences(ctx context.Context) []string {
	if v.Reg.State == Waiting {
		return []string{lang.T(ctx, "event.registration.withdraw.queue")}
	}
	return []string{lang.T(ctx, "event.registration.withdraw.seat"), lang.T(ctx, "event.registration.withdraw.back")}
}
