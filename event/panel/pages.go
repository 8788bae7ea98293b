package panel

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

const address = "/programy/{programme}/wydarzenia/{event}/pytania"

// Routes are the pages of questions.
func (s *Service) Routes() []web.Route {
	return append([]web.Route{
		{Pattern: "GET " + address, Need: access.Anyone, Handle: s.showList},
		{Pattern: "POST " + address, Need: access.SignedIn, Handle: s.ask},
		{Pattern: "GET " + address + "/strumien", Need: access.Anyone, Handle: s.stream},
		{Pattern: "GET " + address + "/prowadzenie", Need: event.Run, Handle: s.showModeration},
		{Pattern: "POST " + address + "/z-sali", Need: event.Run, Handle: s.noteFromRoom},
		{Pattern: "GET " + address + "/ustawienia", Need: event.Run, Handle: s.showSettings},
		{Pattern: "POST " + address + "/ustawienia", Need: event.Run, Handle: s.saveSettings},
		{Pattern: "POST " + address + "/{question}/poparcie", Need: access.SignedIn, Handle: s.support},
		{Pattern: "POST " + address + "/{question}/bez-poparcia", Need: access.SignedIn, Handle: s.unsupport},
		{Pattern: "POST " + address + "/{question}/wycofanie", Need: access.SignedIn, Handle: s.withdraw},
		{Pattern: "GET " + address + "/{question}", Need: event.Run, Handle: s.showQuestion},
		{Pattern: "POST " + address + "/{question}/publikacja", Need: event.Run, Handle: s.publish},
		{Pattern: "POST " + address + "/{question}/odrzucenie", Need: event.Run, Handle: s.refuse},
		{Pattern: "POST " + address + "/{question}/polaczenie", Need: event.Run, Handle: s.merge},
		{Pattern: "GET " + address + "/{question}/odpowiedz", Need: access.SignedIn, Handle: s.showAnswer},
		{Pattern: "POST " + address + "/{question}/odpowiedz", Need: access.SignedIn, Handle: s.answer},
	}, export.Routes(address, access.Anyone, s.table)...)
}

// Part shows on the page of a panel how many questions there are, and leads to them.
func (s *Service) Part() event.Part {
	return event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		if e.Kind != event.Panel {
			return nil, nil
		}
		settings, err := SettingsOf(ctx, s.db, e)
		if err != nil {
			return nil, err
		}
		n, err := store.One[counts](ctx, s.db, `SELECT COALESCE(sum(CASE WHEN state = 'public' THEN 1 ELSE 0 END), 0) AS open,
			COALESCE(sum(CASE WHEN state = 'answered' THEN 1 ELSE 0 END), 0) AS answered FROM event_panel_question q WHERE event = $1 AND NOT `+veiled, e.ID)
		if err != nil {
			return nil, err
		}
		return partOfEvent(e, settings, n, s.db.Now()), nil
	}}
}

// Tool is how the team of a panel comes to its questions.
func (s *Service) Tool() event.Tool {
	return event.Tool{Path: "/pytania/prowadzenie", Key: "event.panel.tool", Need: event.Run,
		For: func(e event.Event) bool { return e.Kind == event.Panel }}
}

type counts struct{ Open, Answered int }

// path is the address of the questions of a panel.
func path(e event.Event) string { return e.Path() + "/pytania" }

func anchor(q Question) string { return "pytanie-" + string(q.ID) }

// panelOf finds the panel of an address; events of other kinds have no questions.
func (s *Service) panelOf(r *http.Request) (event.Event, error) {
	e, err := event.Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event"))
	if err == nil && e.Kind != event.Panel {
		err = fault.NotFound("questions of this event")
	}
	return e, err
}

// posted is the panel of the address with the form that was sent.
func (s *Service) posted(r *http.Request) (event.Event, *form.Form, error) {
	e, err := s.panelOf(r)
	if err != nil {
		return e, nil, err
	}
	f, err := web.ReadForm(r)
	return e, f, err
}

// listView is the page of questions as one reader sees it.
type listView struct {
	Event     event.Event
	Settings  Settings
	Questions []Question
	Speakers  []string
	Form      *form.Form
	Reader    *access.Actor
	Team      bool
	Expert    bool
	Open      bool
	Comes     bool
	MayAsk    bool // and the panel is open
	MayReport bool
	Veils     map[store.ID]moderation.Veil // of the reader's own questions
	ID        store.ID
}

func (v listView) waiting() []Question  { return v.in(Public) }
func (v listView) answered() []Question { return v.in(Answered) }

func (v listView) in(state State) (some []Question) {
	for _, q := range v.Questions {
		if q.State == state && !q.Veiled {
			some = append(some, q)
		}
	}
	return some
}

// own are the reader's questions that nobody else sees, or that were merged.
func (v listView) own() (some []Question) {
	for _, q := range v.Questions {
		if v.Reader.SignedIn() && q.Person == v.Reader.Person && !q.Read() && q.State != Withdrawn {
			some = append(some, q)
		}
	}
	return some
}

func (v listView) mine(q Question) bool {
	return v.Reader.SignedIn() && q.Person == v.Reader.Person
}

func (v listView) mayAnswer() bool { return v.Team || v.Expert }

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	e, err := s.panelOf(r)
	if err != nil {
		return err
	}
	v, err := s.list(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, listPage(v))
}

func (s *Service) list(ctx context.Context, e event.Event) (listView, error) {
	actor := access.From(ctx)
	v := listView{Event: e, Reader: actor, Team: actor.May(event.Run, string(e.Programme)), Form: form.New(), ID: store.NewID(), MayReport: s.Moderation != nil}
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) { // the revision and what it stands for
		if v.Settings, err = SettingsOf(ctx, tx, e); err != nil {
			return err
		}
		if v.Questions, err = shown(ctx, tx, e.ID, actor.Person); err != nil {
			return err
		}
		if err := v.unveil(ctx, tx); err != nil {
			return err
		}
		v.Open, v.Comes = v.Settings.Open(e, tx.Now()), v.Settings.Comes(e, tx.Now())
		v.MayAsk = v.Open && actor.SignedIn()
		if v.MayAsk && v.Settings.Askers == Participants {
			if v.MayAsk, err = hasSeat(ctx, tx, e.ID, actor.Person); err != nil {
				return err
			}
		}
		if v.Expert, err = isExpert(ctx, tx, e.ID, actor.Person); err != nil || !v.MayAsk {
			return err
		}
		v.Speakers, err = speakers(ctx, tx, e.ID)
		return err
	})
	return v, err
}

// unveil reads why moderation does not show a question of the reader.
func (v *listView) unveil(ctx context.Context, r store.Reader) error {
	v.Veils = map[store.ID]moderation.Veil{}
	for _, q := range v.own() {
		if !q.Veiled {
			continue
		}
		veil, err := moderation.VeilOf(ctx, r, found, q.ID)
		if err != nil {
			return err
		}
		if veil != nil {
			v.Veils[q.ID] = *veil
		}
	}
	return nil
}

// stream tells open pages that the list has changed.
func (s *Service) stream(w http.ResponseWriter, r *http.Request) error {
	e, err := s.panelOf(r)
	if err != nil {
		return err
	}
	return s.Live.Serve(w, r, Topic(e.ID), func(ctx context.Context) (int64, error) { return revision(ctx, s.db, e.ID) })
}

func (s *Service) ask(w http.ResponseWriter, r *http.Request) error {
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
		err = s.Ask(r.Context(), e, id, text, expert)
		if err == nil {
			return web.SeeOther(w, r, path(e), "event.panel.flash.asked")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.list(r.Context(), e)
	if err != nil {
		return err
	}
	v.Form, v.ID = f, id
	return web.RenderInvalid(w, r, listPage(v))
}

// readExpert reads whom a question is for, where there is anybody to choose.
func (s *Service) readExpert(ctx context.Context, e event.Event, f *form.Form) (string, error) {
	names, err := speakers(ctx, s.db, e.ID)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return f.Optional("expert", names...), nil
}

func (s *Service) support(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Support, "event.panel.flash.supported")
}

func (s *Service) unsupport(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Unsupport, "event.panel.flash.unsupported")
}

func (s *Service) withdraw(w http.ResponseWriter, r *http.Request) error {
	return s.act(w, r, s.Withdraw, "event.panel.flash.withdrawn")
}

// act runs a verb that needs nothing but the question.
func (s *Service) act(w http.ResponseWriter, r *http.Request, verb func(context.Context, event.Event, store.ID) error, flash string) error {
	e, err := s.panelOf(r)
	if err != nil {
		return err
	}
	if err := verb(r.Context(), e, store.ID(r.PathValue("question"))); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(e), flash)
}

// table is what everybody may read, as a download.
func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	e, err := s.panelOf(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "event.panel.list.title", "Title", e.Title), Head: export.Titles(ctx, "event.panel.field.text",
		"event.panel.field.expert", "event.panel.field.state", "event.panel.field.support", "event.panel.field.answer", "event.panel.field.by")}
	questions, err := shown(ctx, s.db, e.ID, "")
	for _, q := range questions {
		t.Rows = append(t.Rows, []any{q.Text, q.Expert, q.State.word(ctx), q.Support, q.Answer, q.AnswerBy})
	}
	return t, err
}

func (s State) word(ctx context.Context) string { return lang.T(ctx, "event.panel.state."+string(s)) }

func (s State) tone() ui.Tone {
	switch s {
	case Answered:
		return ui.Good
	case Public:
		return ui.Info
	case Refused:
		return ui.Bad
	case Waiting:
		return ui.Warn
	}
	return ui.Neutral
}
