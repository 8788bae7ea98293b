package registration

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// standing is where the reader stands with an event.
type standing struct {
	frame
	Admission Admission
	Mine      Registration // State is "" for none
	Place     Place        // of one who waits
	Refusal   error        // why nobody can sign up now, nil where they can
	Limits    Limits
	Taken     int // seats, of all classes
	Waiting   int
	Now       time.Time
	Key       string // of the link with which the reader came
	MayGroup  bool
	Alone     bool // a page of its own, not a part of the event's
}

func (s *Service) standing(ctx context.Context, e event.Event) (standing, error) {
	v := standing{frame: frame{Event: e}, Now: s.db.Now()}
	var err error
	if v.Admission, err = AdmissionOf(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Refusal = v.Admission.Refusal(ctx, e, v.Now)
	actor := access.From(ctx)
	if actor.SignedIn() {
		v.Mine, err = Of(ctx, s.db, e.ID, actor.Person)
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			return v, err
		}
		v.MayGroup = v.Admission.GroupSize > 0 && len(actor.Places(access.InOrganisation, access.Representative)) > 0
	}
	if v.Mine.State == Waiting {
		v.Place, err = placeOf(ctx, s.db, v.Mine)
		return v, err
	}
	if v.Mine.State.Live() || v.Refusal != nil {
		return v, nil
	}
	return v, s.seats(ctx, &v)
}

// seats counts what is taken, for those who may still sign up.
func (s *Service) seats(ctx context.Context, v *standing) (err error) {
	if v.Limits, err = LimitsOf(ctx, s.db, v.ID); err != nil {
		return err
	}
	tallies, err := Tallies(ctx, s.db, v.ID)
	for _, t := range tallies {
		if t.State == Waiting {
			v.Waiting += t.Number
		} else {
			v.Taken += t.Number
		}
	}
	return err
}

// free says how many seats are left in all, and whether that is limited.
func (v standing) free() (int, bool) {
	all, limited := v.Limits.All()
	return max(0, all-v.Taken), limited
}

// offerOver reports an offer whose time is over and which nobody has ended yet.
func (v standing) offerOver() bool {
	return v.Mine.State == Offered && !v.Now.Before(v.Mine.OfferedUntil.Time)
}

// Part is the person's state on the event's page.
func (s *Service) Part(ctx context.Context, e event.Event) (templ.Component, error) {
	v, err := s.standing(ctx, e)
	if err != nil || !v.Admission.Set() && v.Mine.State == "" || v.Over(v.Now) && v.Mine.State == "" {
		return nil, err
	}
	return standingPart(v), nil
}

func (s *Service) showOwn(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	v, err := s.standing(ctx, e)
	if err != nil {
		return err
	}
	v.Key, v.Alone = r.URL.Query().Get("klucz"), true
	own := ownView{standing: v}
	if v.Mine.State != "" {
		if own.One, err = s.oneView(ctx, e, v.Mine); err != nil {
			return err
		}
	}
	return web.Render(w, r, ownPage(own))
}

type ownView struct {
	standing
	One oneView
}

func (s *Service) showRule(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v := standing{frame: frame{Event: e}, Now: s.db.Now()}
	if v.Admission, err = AdmissionOf(r.Context(), s.db, e.ID); err != nil {
		return err
	}
	if err := s.seats(r.Context(), &v); err != nil {
		return err
	}
	return web.Render(w, r, rulePage(v))
}

// signUpView is the form with which a person signs up.
type signUpView struct {
	standing
	Form      *form.Form
	Choices   []ui.Option // for whom: "self" or an organisation
	Gmina     string      // of the profile, "" where it names none
	Questions []Question
	Clause    privacy.Clause
}

// asSelf stands for "for myself" in forms, where "" would mean no answer.
const asSelf = "self"

func (s *Service) signUpView(ctx context.Context, e event.Event, f *form.Form) (signUpView, error) {
	v := signUpView{Form: f}
	var err error
	if v.standing, err = s.standing(ctx, e); err != nil {
		return v, err
	}
	person, err := people.ByID(ctx, s.db, access.From(ctx).Person)
	if err != nil {
		return v, err
	}
	v.Gmina = person.Municipality
	if v.Choices, err = s.choices(ctx, v.Gmina); err != nil {
		return v, err
	}
	if v.Questions, err = Questions(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Clause, err = s.clause(ctx, e)
	return v, err
}

func (s *Service) clause(ctx context.Context, e event.Event) (privacy.Clause, error) {
	place, err := programme.Place(ctx, s.db, e.ProgrammeSlug)
	if err != nil {
		return privacy.Clause{}, err
	}
	return privacy.ClauseOf(ctx, s.db, place)
}

// choices lists for whom the actor may come: themselves, and the organisations
// they act for.
func (s *Service) choices(ctx context.Context, gmina string) ([]ui.Option, error) {
	hint := lang.T(ctx, "event.registration.as.self_hint")
	if gmina != "" {
		hint = lang.T(ctx, "event.registration.as.self_gmina", "Gmina", territory.Name(gmina))
	}
	choices := []ui.Option{{Value: asSelf, Label: lang.T(ctx, "event.registration.as.self"), Hint: hint}}
	own, err := organisation.OfPerson(ctx, s.db, access.From(ctx).Person)
	for _, o := range own {
		choices = append(choices, ui.Option{Value: string(o.ID), Label: lang.T(ctx, "event.registration.as.for", "Name", o.Name),
			Hint: className(ctx, Class{o.Sector, o.Municipality})})
	}
	return choices, err
}

func (s *Service) showSignUp(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f := form.New().Set("klucz", r.URL.Query().Get("klucz")).Set("as", asSelf)
	if actor := access.From(r.Context()); actor.For != "" {
		f.Set("as", string(actor.For))
	}
	v, err := s.signUpView(r.Context(), e, f)
	if err != nil {
		return err
	}
	if v.Mine.State.Live() {
		return web.SeeOther(w, r, v.at(""), "")
	}
	return web.Render(w, r, signUpPage(v))
}

// signUp writes first. What the page shows is read only where it is shown again:
// when registration opens, hundreds press the button in the same seconds.
func (s *Service) signUp(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	in, err := s.entry(ctx, e, f)
	if err != nil {
		return err
	}
	var refusal error
	if !f.Any() {
		g, err := s.Register(ctx, e, in)
		switch {
		case err == nil:
			return web.SeeOther(w, r, frame{Event: e}.at(""), "event.registration.done."+string(g.State))
		case fault.Is(err, fault.KindClosed):
			refusal = err // the page says why, and when it is possible
		case !f.Take(err):
			return err
		}
	}
	v, err := s.signUpView(ctx, e, f)
	if err != nil {
		return err
	}
	if refusal != nil {
		v.Refusal = refusal
	}
	return web.RenderInvalid(w, r, signUpPage(v))
}

// entry reads what somebody says who signs up. That they act for the
// organisation they name is looked at where it is written.
func (s *Service) entry(ctx context.Context, e event.Event, f *form.Form) (Entry, error) {
	questions, err := Questions(ctx, s.db, e.ID)
	if err != nil {
		return Entry{}, err
	}
	in := Entry{Key: f.Get("klucz"), Answers: typed(f, questions)}
	switch as := f.Get("as"); {
	case as == "":
		f.Add("as", "form.choose")
	case as != asSelf:
		in.For = store.ID(as)
	case f.Get("municipality") != "":
		if in.TERC = f.Choice("municipality", append(territory.GminaCodes(), elsewhere)...); in.TERC == elsewhere {
			in.TERC = ""
		}
	default: // not asked, since the profile names it
		var person people.Person
		person, err = people.ByID(ctx, s.db, access.From(ctx).Person)
		f.Check(person.Municipality != "", "municipality", "form.choose")
	}
	return in, err
}

// elsewhere stands in forms for no gmina of the subregion.
const elsewhere = "poza"

func gminaOptions(ctx context.Context) []ui.Option {
	return append(territory.GminaOptions(ctx), ui.Option{Value: elsewhere, Label: lang.T(ctx, "event.registration.elsewhere")})
}

// typed reads the answers of a form.
func typed(f *form.Form, questions []Question) map[store.ID]string {
	all := map[store.ID]string{}
	for _, q := range questions {
		if q.Kind == AsksText || q.Kind.Sensitive() {
			all[q.ID] = f.Lines(q.field(), longestAnswer)
		} else {
			all[q.ID] = f.Get(q.field())
		}
	}
	return all
}

func values(options []ui.Option) []string {
	all := make([]string, len(options))
	for i, o := range options {
		all[i] = o.Value
	}
	return all
}
