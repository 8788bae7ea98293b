package visit

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

const address = "/programy/{programme}/wydarzenia/{event}/wizyta"

// Routes are the pages of study visits.
func (s *Service) Routes() []web.Route {
	return append([]web.Route{
		{Pattern: "GET " + address, Need: access.Anyone, Handle: s.showVisit},
		{Pattern: "GET " + address + "/karta", Need: access.SignedIn, Handle: s.showCard},
		{Pattern: "POST " + address + "/karta", Need: access.SignedIn, Handle: s.fill},
		{Pattern: "GET " + address + "/karta/druk", Need: access.Anyone, Handle: s.printCard},
		{Pattern: "POST " + address + "/wnioski", Need: access.SignedIn, Handle: s.learn},
		{Pattern: "GET " + address + "/wnioski", Need: event.Run, Handle: s.showGathered},
		{Pattern: "POST " + address + "/wnioski/{lesson}", Need: event.Run, Handle: s.showLesson},
		{Pattern: "POST " + address + "/do-skopiowania", Need: access.SignedIn, Handle: s.copy},
		{Pattern: "GET " + address + "/do-skopiowania/{copy}", Need: access.SignedIn, Handle: s.showCopy},
		{Pattern: "POST " + address + "/do-skopiowania/{copy}", Need: access.SignedIn, Handle: s.report},
		{Pattern: "GET " + address + "/przygotowanie", Need: event.Edit, Handle: s.showPreparation},
		{Pattern: "POST " + address + "/przygotowanie", Need: event.Edit, Handle: s.prepare},
	}, export.Routes(address+"/do-skopiowania", access.Anyone, s.table)...)
}

// Part leads from the page of a visit to its card, lessons and promises.
func (s *Service) Part() event.Part {
	return event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		if e.Kind != event.Visit {
			return nil, nil
		}
		n, err := store.One[counts](ctx, s.db, `SELECT (SELECT count(*) FROM event_visit_task WHERE event = $1) AS tasks,
			(SELECT count(*) FROM event_visit_lesson WHERE event = $1 AND shown) AS lessons,
			(SELECT count(*) FROM event_visit_copy WHERE event = $1) AS copies,
			(SELECT count(*) FROM event_registration WHERE event = $1 AND person = $2 AND state = 'confirmed') AS seats`, e.ID, access.From(ctx).Person)
		if err != nil {
			return nil, err
		}
		return partOfEvent(e, n), nil
	}}
}

// Tools are how the team prepares a visit and reads what came of it.
func (s *Service) Tools() []event.Tool {
	visits := func(e event.Event) bool { return e.Kind == event.Visit }
	return []event.Tool{
		{Path: "/wizyta/przygotowanie", Key: "event.visit.tool.prepare", Need: event.Edit, For: visits},
		{Path: "/wizyta/wnioski", Key: "event.visit.tool.gathered", Need: event.Run, For: visits},
	}
}

type counts struct{ Tasks, Lessons, Copies, Seats int }

func (s *Service) visitOf(r *http.Request) (event.Event, error) {
	e, err := event.Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event"))
	if err == nil && e.Kind != event.Visit {
		err = fault.NotFound("study visit")
	}
	return e, err
}

func (s *Service) posted(r *http.Request) (event.Event, *form.Form, error) {
	e, err := s.visitOf(r)
	if err != nil {
		return e, nil, err
	}
	f, err := web.ReadForm(r)
	return e, f, err
}

// visitView is the public page of a visit's outputs.
type visitView struct {
	Event   event.Event
	About   About
	Tasks   []Task
	Lessons []Lesson
	Copies  []Copy
	Reader  *access.Actor
	Seat    bool
	Late    func(Copy) bool
}

func (s *Service) showVisit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.visitOf(r)
	if err != nil {
		return err
	}
	v := visitView{Event: e, Reader: access.From(ctx), Late: func(c Copy) bool { return c.Late(s.db.Now()) }}
	err = s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if v.About, err = aboutOf(ctx, tx, e.ID); err != nil {
			return err
		}
		if v.Tasks, err = tasksOf(ctx, tx, e.ID); err != nil {
			return err
		}
		if v.Lessons, err = lessonsOf(ctx, tx, e.ID, true); err != nil {
			return err
		}
		if v.Copies, err = copiesOf(ctx, tx, e.ID); err != nil || !v.Reader.SignedIn() {
			return err
		}
		_, err = seatOf(ctx, tx, e.ID, v.Reader.Person)
		if v.Seat = err == nil; fault.Is(err, fault.KindNotFound) {
			err = nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, visitPage(v))
}

// cardView is the card of one person.
type cardView struct {
	Event    event.Event
	Seat     seat
	Tasks    []Task
	Card     *form.Form
	Lesson   *form.Form
	Copy     *form.Form
	LessonID store.ID
	CopyID   store.ID
}

func (v cardView) mistakes() bool { return v.Card.Any() || v.Lesson.Any() || v.Copy.Any() }

func (s *Service) showCard(w http.ResponseWriter, r *http.Request) error {
	e, err := s.visitOf(r)
	if err != nil {
		return err
	}
	v, err := s.card(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, cardPage(v))
}

func (s *Service) card(ctx context.Context, e event.Event) (cardView, error) {
	v := cardView{Event: e, Card: form.New(), Lesson: form.New(), Copy: form.New(), LessonID: store.NewID(), CopyID: store.NewID()}
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Seat, err = s.seated(ctx, tx, e); err != nil {
			return err
		}
		if v.Tasks, err = tasksOf(ctx, tx, e.ID); err != nil {
			return err
		}
		notes, err := notesOf(ctx, tx, e.ID, access.From(ctx).Person)
		for task, text := range notes {
			v.Card.Set("note-"+string(task), text)
		}
		return err
	})
	return v, err
}

func (s *Service) fill(w http.ResponseWriter, r *http.Request) error {
	return s.onCard(w, r, "event.visit.flash.filled", func(ctx context.Context, e event.Event, f *form.Form) error {
		tasks, err := tasksOf(ctx, s.db, e.ID)
		if err != nil {
			return err
		}
		notes := map[store.ID]string{}
		for _, t := range tasks {
			if name := "note-" + string(t.ID); f.All(name) != nil {
				notes[t.ID] = f.Lines(name, longestNote)
			}
		}
		if f.Any() {
			return f.Err()
		}
		return s.Fill(ctx, e, notes)
	}, func(v *cardView, f *form.Form) { v.Card = f })
}

func (s *Service) learn(w http.ResponseWriter, r *http.Request) error {
	return s.onCard(w, r, "event.visit.flash.learnt", func(ctx context.Context, e event.Event, f *form.Form) error {
		text := f.RequiredLines("lesson", longestLesson)
		if f.Any() {
			return f.Err()
		}
		return s.Learn(ctx, e, sentID(f), text)
	}, func(v *cardView, f *form.Form) { v.Lesson, v.LessonID = f, sentID(f) })
}

func (s *Service) copy(w http.ResponseWriter, r *http.Request) error {
	return s.onCard(w, r, "event.visit.flash.promised", func(ctx context.Context, e event.Event, f *form.Form) error {
		c := Copy{ID: sentID(f), What: f.RequiredLines("what", longestWhat), DueAt: dueOf(f)}
		if f.Any() {
			return f.Err()
		}
		return s.Copy(ctx, e, c)
	}, func(v *cardView, f *form.Form) { v.Copy, v.CopyID = f, sentID(f) })
}

// onCard does what one of the forms of the card asks, and shows the card again
// with the mistakes in that form.
func (s *Service) onCard(w http.ResponseWriter, r *http.Request, flash string, verb func(context.Context, event.Event, *form.Form) error,
	put func(*cardView, *form.Form),
) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	err = verb(r.Context(), e, f)
	if err == nil {
		return web.SeeOther(w, r, path(e)+"/karta", flash)
	}
	if !f.Any() && !f.Take(err) {
		return err
	}
	v, err := s.card(r.Context(), e)
	if err != nil {
		return err
	}
	put(&v, f)
	return web.RenderInvalid(w, r, cardPage(v))
}

// sentID is the id that a form carries, so that it works once however often it
// is sent.
func sentID(f *form.Form) store.ID {
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return store.NewID()
	}
	return id
}

// dueOf reads the last day of a promise.
func dueOf(f *form.Form) store.Time {
	day := f.Date("due")
	if day.IsZero() {
		return store.Time{}
	}
	return store.At(day.AddDate(0, 0, 1))
}

func (s *Service) printCard(w http.ResponseWriter, r *http.Request) error {
	e, err := s.visitOf(r)
	if err != nil {
		return err
	}
	tasks, err := tasksOf(r.Context(), s.db, e.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, printPage(e, tasks))
}

// copyView is one promise before somebody who may report on it.
type copyView struct {
	Event event.Event
	Copy  Copy
	Form  *form.Form
}

func (s *Service) promise(r *http.Request, f *form.Form) (copyView, error) {
	ctx := r.Context()
	e, err := s.visitOf(r)
	if err != nil {
		return copyView{}, err
	}
	c, err := copyByID(ctx, s.db, e.ID, store.ID(r.PathValue("copy")))
	if err == nil && !MayReport(access.From(ctx), e, c) {
		err = fault.Forbidden()
	}
	return copyView{Event: e, Copy: c, Form: f}, err
}

func (s *Service) showCopy(w http.ResponseWriter, r *http.Request) error {
	v, err := s.promise(r, form.New())
	if err != nil {
		return err
	}
	v.Form.Set("what", v.Copy.What).Set("state", string(v.Copy.State)).Set("report", v.Copy.Report).SetDate("due", v.Copy.Day())
	return web.Render(w, r, copyPage(v))
}

func (s *Service) report(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.promise(r, f)
	if err != nil {
		return err
	}
	states := make([]string, len(States))
	for i, state := range States {
		states[i] = string(state)
	}
	c := Copy{ID: v.Copy.ID, What: f.RequiredLines("what", longestWhat), State: State(f.Choice("state", states...)),
		Report: f.Lines("report", longestReport), DueAt: dueOf(f), Version: f.Version()}
	if !f.Any() {
		err := s.Report(r.Context(), v.Event, c)
		if err == nil {
			return web.SeeOther(w, r, path(v.Event)+"#"+anchor(c), "event.visit.flash.reported")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, copyPage(v))
}

// table is the list of promises as a download.
func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	e, err := s.visitOf(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "event.visit.copies"), Head: export.Titles(ctx, "event.visit.field.what", "event.visit.field.who",
		"event.visit.field.due", "event.visit.field.state", "event.visit.field.report")}
	copies, err := copiesOf(ctx, s.db, e.ID)
	for _, c := range copies {
		t.Rows = append(t.Rows, []any{c.What, c.who(ctx), export.Day{Time: c.Day()}, c.State.word(ctx), c.Report})
	}
	return t, err
}

func (s State) word(ctx context.Context) string { return lang.T(ctx, "event.visit.state."+string(s)) }

func (s State) tone() ui.Tone {
	switch s {
	case Done:
		return ui.Good
	case Started:
		return ui.Info
	case Dropped:
		return ui.Bad
	}
	return ui.Neutral
}

// who is the organisation that promised; a person is not named.
func (c Copy) who(ctx context.Context) string {
	if c.Organisation == "" {
		return lang.T(ctx, "event.visit.alone")
	}
	return c.OrganisationName
}
