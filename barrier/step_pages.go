package barrier

import (
	"context"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// step is something the team does with a barrier of the register on a page of
// its own.
type step struct {
	name   string // last part of its address
	key    string // its words begin so: title, lead, act
	fields []string
	danger bool
	open   func(Barrier) bool
	fill   func(Barrier) *form.Form
	take   func(ctx context.Context, s *Service, b Barrier, f *form.Form) error
}

func standing(b Barrier) bool { return b.State == Registered && b.ClosedAt.IsZero() }

// steps in the order in which they are usually taken.
var steps = []step{
	{name: "werdykt", key: "barrier.conclude.", fields: []string{"verdict", "note"}, open: standing,
		fill: func(b Barrier) *form.Form {
			return form.New().Set("verdict", string(b.Verdict)).Set("note", b.VerdictNote)
		},
		take: func(ctx context.Context, s *Service, b Barrier, f *form.Form) error {
			j := Judgement{Verdict: Verdict(f.Choice("verdict", verdicts...)), Note: f.RequiredLines("note", longestNote), Sure: f.Bool("nobody")}
			return unlessMistaken(f, func() (Barrier, error) { return s.Conclude(ctx, b.Programme, b.ID, f.Version(), j) })
		}},
	{name: "odpowiedz", key: "barrier.respond.", fields: []string{"measure", "response", "owner", "due", "review"}, open: standing,
		fill: func(b Barrier) *form.Form {
			return form.New().Set("measure", string(b.Measure)).Set("response", b.Response).Set("owner", string(b.Owner)).
				SetDate("due", lastDay(b.DueAt)).SetDate("review", lastDay(b.ReviewAt))
		},
		take: func(ctx context.Context, s *Service, b Barrier, f *form.Form) error {
			a := Answer{Measure: Measure(f.Choice("measure", measures...)), Text: f.RequiredLines("response", longestNote), Owner: store.ID(f.Text("owner", 40)),
				Due: f.Date("due"), Review: f.RequiredDate("review"), Sure: f.Bool("nobody")}
			return unlessMistaken(f, func() (Barrier, error) { return s.Respond(ctx, b.Programme, b.ID, f.Version(), a) })
		}},
	{name: "przeglad", key: "barrier.review.", fields: []string{"outcome", "note", "next"}, open: standing,
		fill: func(Barrier) *form.Form { return form.New() },
		take: func(ctx context.Context, s *Service, b Barrier, f *form.Form) error {
			r := Finding{Outcome: Outcome(f.Choice("outcome", outcomes...)), Note: f.RequiredLines("note", longestNote), Next: f.Date("next"), Sure: f.Bool("nobody")}
			return unlessMistaken(f, func() (Barrier, error) { return s.Review(ctx, b.Programme, b.ID, f.Version(), r) })
		}},
	{name: "koniec-glosowania", key: "barrier.end_voting.", danger: true, open: Barrier.VotingOpen,
		fill: func(Barrier) *form.Form { return form.New() },
		take: func(ctx context.Context, s *Service, b Barrier, f *form.Form) error {
			_, err := s.EndVoting(ctx, b.Programme, b.ID, f.Version())
			return err
		}},
	{name: "wycofanie", key: "barrier.withdraw.", fields: []string{"reason"}, danger: true, open: func(b Barrier) bool { return b.State == Registered },
		fill: func(Barrier) *form.Form { return form.New() },
		take: func(ctx context.Context, s *Service, b Barrier, f *form.Form) error {
			reason := f.RequiredLines("reason", longestPart)
			return unlessMistaken(f, func() (Barrier, error) { return s.Withdraw(ctx, b.Programme, b.ID, f.Version(), reason) })
		}},
}

// unlessMistaken runs a verb once the form could be read.
func unlessMistaken(f *form.Form, verb func() (Barrier, error)) error {
	if f.Any() {
		return f.Err()
	}
	_, err := verb()
	return err
}

// stepView is the page of a step.
type stepView struct {
	step
	Programme programme.Programme
	Barrier   Barrier
	Form      *form.Form
	Version   int
	Owners    []choice
	Conflict  *ui.Conflict
}

func (v stepView) asked(ctx context.Context) bool {
	return v.Form.Bool("nobody") || v.Form.Mistake(ctx, "nobody") != ""
}

// stepOf reads what a step needs; one that is over leads back to the barrier.
func (s *Service) stepOf(r *http.Request, st step) (v stepView, open bool, err error) {
	v.step = st
	if v.Programme, v.Barrier, err = s.barrier(r); err != nil {
		return v, false, err
	}
	v.Version = v.Barrier.Version
	if slices.Contains(st.fields, "owner") {
		v.Owners, err = ownersOf(r.Context(), s.db, v.Programme.ID)
	}
	return v, st.open(v.Barrier), err
}

func (s *Service) askStep(st step) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, open, err := s.stepOf(r, st)
		if err != nil {
			return err
		}
		if !open {
			return web.SeeOther(w, r, v.Barrier.Path(), "")
		}
		v.Form = st.fill(v.Barrier)
		return web.Render(w, r, stepPage(v))
	}
}

func (s *Service) takeStep(st step) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, open, err := s.stepOf(r, st)
		if err != nil {
			return err
		}
		if v.Form, err = web.ReadForm(r); err != nil {
			return err
		}
		if !open {
			return fault.Conflict("barrier.not_open")
		}
		v.Version = v.Form.Version()
		err = st.take(r.Context(), s, v.Barrier, v.Form)
		switch {
		case err == nil:
			return web.SeeOther(w, r, v.Barrier.Path(), "barrier.flash.saved")
		case fault.Is(err, fault.KindConflict) && len(st.fields) > 0:
			return s.showStepConflict(w, r, v)
		case !v.Form.Any() && !v.Form.Take(err):
			return err
		}
		return web.RenderInvalid(w, r, stepPage(v))
	}
}

func (s *Service) showStepConflict(w http.ResponseWriter, r *http.Request, v stepView) error {
	ctx := r.Context()
	now, err := byID(ctx, s.db, v.Programme.ID, v.Barrier.ID)
	if err != nil {
		return err
	}
	if !v.open(now) {
		return fault.Conflict("barrier.not_open")
	}
	v.Barrier, v.Version = now, now.Version
	v.Conflict = conflict(ctx, now, v.fields, v.fill(now), v.Form, v.say(ctx))
	return web.RenderStatus(w, r, http.StatusConflict, stepPage(v))
}

// say puts the values of the form into words.
func (v stepView) say(ctx context.Context) func(field, value string) string {
	return func(field, value string) string {
		values, known := map[string][]string{"verdict": verdicts, "measure": measures, "outcome": outcomes}[field]
		if known && slices.Contains(values, value) {
			return lang.T(ctx, "barrier."+field+"."+value)
		}
		for _, o := range v.Owners {
			if field == "owner" && string(o.ID) == value {
				return o.Name
			}
		}
		return value
	}
}

// ownerOptions are who can answer for a response. Who does stays offered, also
// after they left the programme.
func (v stepView) ownerOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "barrier.owner.team")}}
	present := v.Barrier.Owner == ""
	for _, o := range v.Owners {
		present = present || o.ID == v.Barrier.Owner
		options = append(options, ui.Option{Value: string(o.ID), Label: o.Name})
	}
	if !present {
		options = append(options, ui.Option{Value: string(v.Barrier.Owner), Label: v.Barrier.OwnerName})
	}
	return options
}

// measureOptions group what every risk register has and the forms of learning.
func measureOptions(ctx context.Context) []ui.Option {
	options := append([]ui.Option{{Label: lang.T(ctx, "barrier.measure.choose")}}, wordOptions(ctx, "barrier.measure.", measures)...)
	for i := range options {
		switch {
		case i == 0:
		case i <= 4:
			options[i].Group = lang.T(ctx, "barrier.measure.group.risk")
		default:
			options[i].Group = lang.T(ctx, "barrier.measure.group.learning")
		}
	}
	return options
}
