package panel

import (
	"context"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// moderationView is what waits for the team of a panel.
type moderationView struct {
	Event    event.Event
	Waiting  []Question
	Names    map[store.ID]string
	Revision int64
	Speakers []string
	Form     *form.Form // of a question from the room
	ID       store.ID
}

func (s *Service) showModeration(w http.ResponseWriter, r *http.Request) error {
	e, err := s.panelOf(r)
	if err != nil {
		return err
	}
	v, err := s.moderation(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, moderationPage(v))
}

func (s *Service) moderation(ctx context.Context, e event.Event) (moderationView, error) {
	v := moderationView{Event: e, Form: form.New(), ID: store.NewID()}
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Revision, err = revision(ctx, tx, e.ID); err != nil {
			return err
		}
		if v.Waiting, err = toModerate(ctx, tx, e.ID); err != nil {
			return err
		}
		if v.Names, err = s.names(ctx, tx, e, v.Waiting); err != nil {
			return err
		}
		v.Speakers, err = speakers(ctx, tx, e.ID)
		return err
	})
	return v, err
}

// names tells the team who asked, and notes that it was told.
func (s *Service) names(ctx context.Context, r store.Reader, e event.Event, questions []Question) (map[store.ID]string, error) {
	var ids []store.ID
	for _, q := range questions {
		if q.Person != "" {
			ids = append(ids, q.Person)
		}
	}
	s.Keeper.Looked(ctx, privacy.Look{Page: "questions", Place: e.ProgrammeSlug, People: ids})
	return people.Names(ctx, r, ids)
}

func (s *Service) noteFromRoom(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		id = store.NewID()
	}
	text := f.RequiredLines("text", longestQuestion)
	expert, err := s.readExpert(r.Context(), e, f)
	if err != nil {
		return err
	}
	if !f.Any() {
		err = s.Note(r.Context(), e, id, text, expert)
		if err == nil {
			return web.SeeOther(w, r, path(e)+"/prowadzenie", "event.panel.flash.noted")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.moderation(r.Context(), e)
	if err != nil {
		return err
	}
	v.Form, v.ID = f, id
	return web.RenderInvalid(w, r, moderationPage(v))
}

// questionView is one question before its team.
type questionView struct {
	Event    event.Event
	Question Question
	Author   string
	Others   []Question // that it may be merged into
	Form     *form.Form
	Refusing bool // the form is that of the refusal
	Team     bool
}

func (s *Service) question(r *http.Request, f *form.Form) (questionView, error) {
	ctx := r.Context()
	e, err := s.panelOf(r)
	if err != nil {
		return questionView{}, err
	}
	v := questionView{Event: e, Form: f, Team: access.From(ctx).May(event.Run, string(e.Programme))}
	if v.Question, err = byID(ctx, s.db, e.ID, store.ID(r.PathValue("question")), ""); err != nil {
		return v, err
	}
	if !v.Team {
		return v, nil
	}
	names, err := s.names(ctx, s.db, e, []Question{v.Question})
	if err != nil {
		return v, err
	}
	v.Author = names[v.Question.Person]
	all, err := shown(ctx, s.db, e.ID, "")
	for _, q := range all {
		if q.ID != v.Question.ID {
			v.Others = append(v.Others, q)
		}
	}
	return v, err
}

func (s *Service) showQuestion(w http.ResponseWriter, r *http.Request) error {
	v, err := s.question(r, form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, questionPage(v))
}

func (s *Service) publish(w http.ResponseWriter, r *http.Request) error {
	return s.decide(w, r, "event.panel.flash.published", false, func(ctx context.Context, e event.Event, id store.ID, f *form.Form) error {
		return s.Publish(ctx, e, id, f.Version())
	})
}

func (s *Service) refuse(w http.ResponseWriter, r *http.Request) error {
	return s.decide(w, r, "event.panel.flash.refused", true, func(ctx context.Context, e event.Event, id store.ID, f *form.Form) error {
		reason := f.RequiredLines("reason", longestReason)
		if f.Any() {
			return f.Err()
		}
		return s.Refuse(ctx, e, id, f.Version(), reason)
	})
}

func (s *Service) merge(w http.ResponseWriter, r *http.Request) error {
	return s.decide(w, r, "event.panel.flash.merged", false, func(ctx context.Context, e event.Event, id store.ID, f *form.Form) error {
		return s.Merge(ctx, e, id, f.Version(), store.ID(f.Get("into")))
	})
}

// decide runs a decision about a question and shows the question again with the
// mistakes of the form, if there are any.
func (s *Service) decide(w http.ResponseWriter, r *http.Request, flash string, refusing bool,
	verb func(context.Context, event.Event, store.ID, *form.Form) error,
) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	err = verb(r.Context(), e, store.ID(r.PathValue("question")), f)
	if err == nil {
		return web.SeeOther(w, r, path(e)+"/prowadzenie", flash)
	}
	if !f.Any() && !f.Take(err) {
		return err
	}
	v, err := s.question(r, f)
	if err != nil {
		return err
	}
	v.Refusing = refusing
	return web.RenderInvalid(w, r, questionPage(v))
}

func (s *Service) showAnswer(w http.ResponseWriter, r *http.Request) error {
	v, err := s.answering(r, form.New())
	if err != nil {
		return err
	}
	q := v.Question
	v.Form.Set("answer", q.Answer).Set("by", q.AnswerBy).Set("way", string(q.AnswerWay))
	if q.AnswerWay == "" {
		v.Form.Set("way", string(Written)).Set("by", q.Expert)
	}
	if q.AnswerBy == "" && q.Expert == "" && !v.Team {
		v.Form.Set("by", access.From(r.Context()).Name)
	}
	return web.Render(w, r, answerPage(v))
}

// answering is a question before somebody who may answer it.
func (s *Service) answering(r *http.Request, f *form.Form) (questionView, error) {
	v, err := s.question(r, f)
	if err != nil {
		return v, err
	}
	may, err := s.MayAnswer(r.Context(), s.db, v.Event)
	if err == nil && !may {
		err = fault.Forbidden()
	}
	if err == nil && !v.Question.State.Shown() {
		err = fault.NotFound("public question")
	}
	return v, err
}

func (s *Service) answer(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.answering(r, f)
	if err != nil {
		return err
	}
	reply := Reply{Text: f.RequiredLines("answer", longestAnswer), By: f.Required("by", longestName), Way: Way(f.Choice("way", string(Written), string(InRoom)))}
	if !f.Any() {
		err := s.Answer(r.Context(), v.Event, v.Question.ID, f.Version(), reply)
		if err == nil {
			return web.SeeOther(w, r, path(v.Event)+"#"+anchor(v.Question), "event.panel.flash.answered")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, answerPage(v))
}

// settingsView is how questions are asked, before the team.
type settingsView struct {
	Event   event.Event
	Form    *form.Form
	Version int
}

func (s *Service) showSettings(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.panelOf(r)
	if err != nil {
		return err
	}
	set, err := SettingsOf(ctx, s.db, e)
	if err != nil {
		return err
	}
	named, err := experts(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	var emails []string
	var ids []store.ID
	for _, x := range named {
		emails, ids = append(emails, x.Email), append(ids, x.Person)
	}
	s.Keeper.Looked(ctx, privacy.Look{Page: "questions", Place: e.ProgrammeSlug, People: ids})
	f := form.New().Set("askers", string(set.Askers)).Set("lead", set.Lead).SetMoment("opens", set.OpensAt.Time).
		SetMoment("closes", set.ClosesAt.Time).Set("experts", strings.Join(emails, "\n"))
	return web.Render(w, r, settingsPage(settingsView{Event: e, Form: f, Version: set.Version}))
}

func (s *Service) saveSettings(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	set := Settings{Askers: Askers(f.Choice("askers", string(Anyone), string(Participants))), Lead: f.Lines("lead", longestLead),
		OpensAt: store.At(f.Moment("opens")), ClosesAt: store.At(f.Moment("closes")), Version: f.Version()}
	emails := strings.FieldsFunc(f.Lines("experts", 4000), func(r rune) bool { return r == '\n' || r == ',' || r == ';' || r == ' ' })
	if !f.Any() {
		err := s.SaveSettings(r.Context(), e, set, emails)
		if err == nil {
			return web.SeeOther(w, r, path(e)+"/prowadzenie", "event.panel.flash.set")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, settingsPage(settingsView{Event: e, Form: f, Version: set.Version}))
}
