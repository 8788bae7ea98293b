package barrier

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// barrierView is one barrier as a reader sees it.
type barrierView struct {
	Barrier
	Of       programme.Programme
	Kinds    kinds
	Evidence []Evidence // what the reader may see
	Figures  []Figure
	Acts     []Act // what the reader may see
	Thread   templ.Component
	Form     *form.Form // of the vote
	Own      *Ballot    // the vote of the person, nil for none
	Voted    bool       // also where the vote cannot be found any more
	Member   bool
	SignedIn bool
	Team     bool
	Keeper   bool
	Fulfils  bool
	Now      time.Time
}

func (s *Service) showBarrier(w http.ResponseWriter, r *http.Request) error {
	p, b, err := s.barrier(r)
	if err != nil {
		return err
	}
	actor := access.From(r.Context())
	switch {
	case b.State == Withdrawn:
		return web.RenderStatus(w, r, http.StatusGone, withdrawnPage(p, b, actor.May(Preview, string(p.ID))))
	case b.State != Registered && actor.May(Preview, string(p.ID)):
		return web.SeeOther(w, r, b.Path()+"/ocena", "")
	case b.State != Registered:
		return web.SeeOther(w, r, b.Path()+"/edycja", "")
	}
	v, err := s.view(r.Context(), p, b)
	if err != nil {
		return err
	}
	return web.Render(w, r, barrierPage(v))
}

// view reads everything that stands on the page of a barrier.
func (s *Service) view(ctx context.Context, p programme.Programme, b Barrier) (barrierView, error) {
	actor := access.From(ctx)
	v := barrierView{Barrier: b, Of: p, Form: form.New(), SignedIn: actor.SignedIn(), Team: actor.May(Preview, string(p.ID)),
		Keeper: actor.May(Keep, string(p.ID)), Fulfils: mayFulfil(actor, b), Now: s.db.Now()}
	var err error
	if v.Kinds, err = addedKinds(ctx, s.db, p.ID); err != nil {
		return v, err
	}
	if v.Evidence, err = evidenceOf(ctx, s.db, b.ID); err != nil {
		return v, err
	}
	v.Evidence = slices.DeleteFunc(v.Evidence, func(e Evidence) bool { return e.State != Registered && !(v.Team && e.State == Proposed) })
	shown, err := figures(ctx, s.db, store.At(v.Now), []Barrier{b})
	if err != nil {
		return v, err
	}
	v.Figures = shown[b.ID]
	if v.Acts, err = actsOf(ctx, s.db, b.ID); err != nil {
		return v, err
	}
	v.Acts = slices.DeleteFunc(v.Acts, func(a Act) bool { return !v.Team && !slices.Contains(publicActs, a.Act) })
	if err := s.ownState(ctx, &v, actor); err != nil {
		return v, err
	}
	v.Thread, err = s.Trace.Block(ctx, trace.Ref{Kind: found, ID: b.ID})
	return v, err
}

// publicActs are those of the history that everybody reads.
var publicActs = []string{didRegister, didAccept, didRevise, didConclude, didRespond, didFulfil, didReview, didEndVoting}

// ownState reads where the person stands who looks.
func (s *Service) ownState(ctx context.Context, v *barrierView, actor *access.Actor) error {
	if !actor.SignedIn() {
		return nil
	}
	m, err := programme.MemberOf(ctx, s.db, v.Programme, actor.Person)
	if err != nil {
		return err
	}
	v.Member = m.State == programme.Active
	if v.Voted, err = hasVoted(ctx, s.db, v.ID, actor.Person); err != nil || !v.Voted {
		return err
	}
	own, err := ownVote(ctx, s.db, v.ID, actor.Person)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	v.Own = &own.Ballot
	v.Form.Set("frequency", strconv.Itoa(own.Frequency)).Set("harm", strconv.Itoa(own.Harm))
	return err
}

func (v barrierView) mayVote() bool {
	return v.Member && v.VotingOpen() && v.Of.State == programme.Published && (!v.Voted || v.Own != nil)
}

func (s *Service) vote(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, b, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if err := s.member(ctx, s.db, p.ID, access.From(ctx).Person); err != nil {
		return err
	}
	scale := []string{"1", "2", "3", "4", "5"}
	frequency, harm := f.Choice("frequency", scale...), f.Choice("harm", scale...)
	if f.Any() {
		v, err := s.view(ctx, p, b)
		if err != nil {
			return err
		}
		v.Form = f
		return web.RenderInvalid(w, r, barrierPage(v))
	}
	ballot := Ballot{Frequency: int(frequency[0] - '0'), Harm: int(harm[0] - '0')}
	if err := s.Vote(ctx, p.ID, b.ID, ballot); err != nil {
		return err
	}
	return web.SeeOther(w, r, b.Path(), "barrier.flash.voted")
}

func (s *Service) fulfil(w http.ResponseWriter, r *http.Request) error {
	p, b, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if !mayFulfil(access.From(r.Context()), b) {
		return fault.Forbidden()
	}
	if _, err := s.Fulfil(r.Context(), p.ID, b.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, b.Path(), "barrier.flash.fulfilled")
}

// Words of the page.

// question says what is asked about frequency or harm: of a risk how likely it
// is and how bad it would be.
func (b Barrier) question(ctx context.Context, what string) string {
	if b.Kind == Risk {
		return lang.T(ctx, "barrier.ask.risk."+what)
	}
	return lang.T(ctx, "barrier.ask."+what)
}

func (b Barrier) scale(ctx context.Context, what string) []ui.Option {
	key := "barrier.scale." + what + "."
	if b.Kind == Risk {
		key = "barrier.scale.risk." + what + "."
	}
	var options []ui.Option
	for n := least; n <= most; n++ {
		options = append(options, ui.Option{Value: strconv.Itoa(n), Label: lang.T(ctx, key+strconv.Itoa(n))})
	}
	return options
}

// facts are those parts of a barrier that have a value.
func (v barrierView) facts(ctx context.Context) []ui.Pair {
	pairs := []ui.Pair{{Key: lang.T(ctx, "barrier.field.kind"), Text: v.Kinds.word(ctx, v.Kind)}, {Key: lang.T(ctx, "barrier.pair"), Value: pair(v.Barrier)}}
	add := func(key, text string) {
		if text != "" {
			pairs = append(pairs, ui.Pair{Key: lang.T(ctx, key), Value: inLanguage(v.Language, text)})
		}
	}
	add("barrier.field.cause", v.Cause)
	add("barrier.field.effect", v.Effect)
	add("barrier.field.signal", v.Signal)
	if v.assessed() {
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "barrier.field.level"), Text: lang.T(ctx, "barrier.level",
			"Probability", v.Probability, "Impact", v.Impact, "Level", v.Probability*v.Impact)})
	}
	return append(pairs, ui.Pair{Key: lang.T(ctx, "barrier.registered"), Value: ui.DateText(v.RegisteredAt.Time)})
}

func (v barrierView) responseFacts(ctx context.Context) []ui.Pair {
	owner := v.OwnerName
	if owner == "" {
		owner = lang.T(ctx, "barrier.owner.team")
	}
	pairs := []ui.Pair{{Key: lang.T(ctx, "barrier.field.measure"), Text: lang.T(ctx, "barrier.measure."+string(v.Measure))},
		{Key: lang.T(ctx, "barrier.field.owner"), Text: owner}}
	switch {
	case !v.DoneAt.IsZero():
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "barrier.done"), Value: ui.DateText(v.DoneAt.Time)})
	case !v.DueAt.IsZero():
		pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "barrier.field.due"), Value: dateOrLate(lastDay(v.DueAt), v.DueLate(v.Now))})
	}
	return append(pairs, ui.Pair{Key: lang.T(ctx, "barrier.field.review"), Value: reviewCell(v.Barrier, v.Now)})
}

// line says an act of the history in words.
func (a Act) line(ctx context.Context) string {
	switch a.Act {
	case didConclude:
		return lang.T(ctx, "barrier.history.concluded", "Verdict", Verdict(a.Word).word(ctx))
	case didRespond:
		return lang.T(ctx, "barrier.history.responded", "Measure", lang.T(ctx, "barrier.measure."+a.Word))
	case didReview:
		return lang.T(ctx, "barrier.history.reviewed", "Outcome", lang.T(ctx, "barrier.outcome."+a.Word))
	}
	return lang.T(ctx, "barrier.history."+strings.TrimPrefix(a.Act, found+"."))
}

// note is what an act says beside its line. The words before a correction are
// for the team: they may be why it was made.
func (a Act) note(ctx context.Context, team bool) string {
	switch {
	case a.Act == didRevise && team && a.Note != "":
		return lang.T(ctx, "barrier.history.before", "Statement", a.Note)
	case a.Act == didRevise:
		return ""
	}
	return a.Note
}

func (v barrierView) ofSide(side Side) []Evidence {
	var all []Evidence
	for _, e := range v.Evidence {
		if e.Side == side {
			all = append(all, e)
		}
	}
	return all
}

// voteState is the person's own state, which stands first.
func (v barrierView) voteState(ctx context.Context) (ui.Tone, string) {
	switch {
	case !v.VotingEnded.IsZero() || !v.ClosedAt.IsZero():
		return ui.Neutral, lang.T(ctx, "barrier.vote.state.over", "When", lang.Date(ctx, latest(v.VotingEnded, v.ClosedAt)))
	case v.Own != nil:
		return ui.Good, lang.T(ctx, "barrier.vote.state.given")
	case v.Voted:
		return ui.Good, lang.T(ctx, "barrier.vote.state.kept")
	case v.mayVote():
		return ui.Info, lang.T(ctx, "barrier.vote.state.open")
	case v.SignedIn:
		return ui.Info, lang.T(ctx, "barrier.vote.state.join")
	}
	return ui.Info, lang.T(ctx, "barrier.vote.state.visitor")
}

func latest(a, b store.Time) time.Time {
	if a.IsZero() {
		return b.Time
	}
	return a.Time
}

// keeperLinks lead to what the team can do with a barrier of the register.
func (v barrierView) keeperLinks() []ui.Link {
	links := []ui.Link{{Href: v.Path() + "/edycja", Key: "barrier.edit.act"}}
	for _, st := range steps {
		if st.open(v.Barrier) {
			links = append(links, ui.Link{Href: v.Path() + "/" + st.name, Key: st.key + "act"})
		}
	}
	return links
}
