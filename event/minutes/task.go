package minutes

import (
	"context"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// TaskState is where a task stands. That it is late is told by the clock.
//
//	open ──report (owner)──▶ reported ──close (team)──▶ closed
//	  ▲ └──────────close (team)─────────────────────────▲
//	  └──────return (team)──────┘
//	open, reported ──drop (team, with a reason)──▶ dropped
type TaskState string

const (
	Open     TaskState = "open"
	Reported TaskState = "reported"
	Closed   TaskState = "closed"
	Dropped  TaskState = "dropped"
)

// Task is what a person or an organisation has taken on.
type Task struct {
	ID               store.ID
	Programme        store.ID
	ProgrammeSlug    string
	ProgrammeTitle   string
	Event            store.ID
	EventSlug        string
	EventTitle       string
	Point            *store.ID
	Title            string
	Text             string
	Person           store.ID
	PersonName       string
	CameFor          string // the organisation for which that person came
	Organisation     store.ID
	OrganisationName string
	DueAt            store.Time // the first moment after the last day
	State            TaskState
	GivenAt          store.Time
	PublicAt         store.Time
	RemindAt         store.Time
	ClosedAt         store.Time
	Hidden           bool // the event or its programme is not before the public
	Language         string
	Version          int
	Veiled           bool // moderation hides it
}

// Public reports whether everybody may read it.
func (t Task) Public() bool { return !t.PublicAt.IsZero() && !t.Hidden && !t.Veiled }

// Owner is who does a task: one of the two.
type Owner struct{ Person, Organisation store.ID }

// Owner is who does it.
func (t Task) Owner() Owner { return Owner{t.Person, t.Organisation} }

// value is how a form names an owner.
func (o Owner) value() string {
	switch {
	case o.Person != "":
		return "p:" + string(o.Person)
	case o.Organisation != "":
		return "o:" + string(o.Organisation)
	}
	return ""
}

func parseOwner(s string) Owner {
	if id, ok := strings.CutPrefix(s, "p:"); ok {
		return Owner{Person: store.ID(id)}
	}
	id, _ := strings.CutPrefix(s, "o:")
	return Owner{Organisation: store.ID(id)}
}

// LastDay is the day by whose end the task is to be done.
func (t Task) LastDay() time.Time { return lastDay(t.DueAt) }

func lastDay(due store.Time) time.Time { return due.In(lang.Warsaw).AddDate(0, 0, -1) }

// Late reports whether the owner has let the day pass.
func (t Task) Late(now time.Time) bool { return t.State == Open && !now.Before(t.DueAt.Time) }

// Live reports whether somebody still has to do something.
func (t Task) Live() bool { return t.State == Open || t.State == Reported }

// Path is the address of the task.
func (t Task) Path() string { return tasksPath(t.ProgrammeSlug) + "/" + string(t.ID) }

func tasksPath(programme string) string { return "/programy/" + programme + "/zadania" }

// event is as much of its event as a link needs.
func (t Task) event() event.Event {
	return event.Event{Programme: t.Programme, ProgrammeSlug: t.ProgrammeSlug, ProgrammeTitle: t.ProgrammeTitle, Slug: t.EventSlug, Title: t.EventTitle}
}

// minutesPath is the address of the minutes in which the task was given.
func (t Task) minutesPath() string {
	return "/programy/" + t.ProgrammeSlug + "/wydarzenia/" + t.EventSlug + "/protokol"
}

// ownedBy reports whether the actor may report for its owner.
func (t Task) ownedBy(a *access.Actor) bool {
	return t.Person != "" && t.Person == a.Person || t.Organisation != "" && a.Is(access.Representative, string(t.Organisation))
}

// remindHour is when reminders leave, so that nobody is written to at midnight.
const remindHour = 8

// remindAfter is the first reminder of a task after a moment: a week before its
// day, on the day, and each week that it is late.
func remindAfter(due store.Time, now time.Time) store.Time {
	last := due.In(lang.Warsaw).AddDate(0, 0, -1)
	at := func(days int) time.Time {
		return time.Date(last.Year(), last.Month(), last.Day()+days, remindHour, 0, 0, 0, lang.Warsaw)
	}
	weeks := max(-1, int(now.Sub(last)/(7*24*time.Hour))-1)
	for ; ; weeks++ {
		if moment := at(7 * weeks); moment.After(now) {
			return store.At(moment)
		}
	}
}

// check says whether the task can be given.
func (t Task) check(prefix string) error {
	var m fault.Mistakes
	m.Check(t.Title != "", prefix+"title", "form.required")
	m.Check(t.Owner() != Owner{}, prefix+"owner", "minutes.task.no_owner")
	m.Check(!t.DueAt.IsZero(), prefix+"due", "form.required")
	return m.Err()
}

// addTask writes a task under its point. Whoever sees the draft knows of it at
// once; otherwise its owner is told when the draft is shown.
func (s *Service) addTask(ctx context.Context, tx *store.Tx, e event.Event, m Minutes, t Task) error {
	if there, err := taskByID(ctx, tx, e.Programme, t.ID); err == nil && there.Event == e.ID {
		return nil // the form was sent twice
	}
	if err := t.check("task."); err != nil {
		return err
	}
	if err := offered(ctx, tx, e, t.Owner(), "task.owner"); err != nil {
		return err
	}
	t.Programme, t.Event = e.Programme, e.ID
	if err := insertTask(ctx, tx, t); err != nil {
		return err
	}
	if m.State == Draft && !m.Corrected() {
		return nil
	}
	t, err := taskByID(ctx, tx, e.Programme, t.ID)
	if err != nil {
		return err
	}
	return s.giveOne(ctx, tx, t)
}

// give lets the owners of an event's tasks know of them.
func (s *Service) give(ctx context.Context, tx *store.Tx, e event.Event) error {
	all, err := tasksOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.GivenAt.IsZero() && t.State == Open {
			if err := s.giveOne(ctx, tx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) giveOne(ctx context.Context, tx *store.Tx, t Task) error {
	t.GivenAt, t.RemindAt = store.At(tx.Now()), remindAfter(t.DueAt, tx.Now())
	if err := updateTask(ctx, tx, t); err != nil {
		return err
	}
	t.Version++
	if err := s.settled(ctx, tx, t); err != nil {
		return err
	}
	return s.tellOwner(ctx, tx, t, toldGiven, string(t.ID)+"/"+t.Owner().value())
}

// Report says for the owner that a task is done, and how.
func (s *Service) Report(ctx context.Context, programme, id store.ID, version int, words string) error {
	return s.act(ctx, programme, id, version, didReport, words, func(tx *store.Tx, t *Task) error {
		if !t.ownedBy(access.From(ctx)) || t.GivenAt.IsZero() {
			return fault.Forbidden()
		}
		if t.State != Open {
			return fault.Invalid("minutes.task.not_open")
		}
		if words == "" {
			return fault.Mistake("note", "form.required")
		}
		t.State, t.RemindAt = Reported, store.Time{}
		return s.accept(ctx, tx, *t, words)
	})
}

// Return gives a reported task back, with what is missing.
func (s *Service) Return(ctx context.Context, programme, id store.ID, version int, words string) error {
	return s.act(ctx, programme, id, version, didReturn, words, func(tx *store.Tx, t *Task) error {
		if t.State != Reported {
			return fault.Invalid("minutes.task.not_reported")
		}
		if words == "" {
			return fault.Mistake("note", "form.required")
		}
		t.State, t.RemindAt = Open, remindAfter(t.DueAt, tx.Now())
		return nil
	})
}

// Close accepts that a task is done.
func (s *Service) Close(ctx context.Context, programme, id store.ID, version int, words string) error {
	return s.act(ctx, programme, id, version, didClose, words, func(tx *store.Tx, t *Task) error {
		if !t.Live() {
			return fault.Invalid("minutes.task.over")
		}
		if t.State == Open && words == "" {
			return fault.Mistake("note", "form.required")
		}
		t.State, t.RemindAt, t.ClosedAt = Closed, store.Time{}, store.At(tx.Now())
		return nil
	})
}

// Drop says that a task will not be done, and why. It stays in the list.
func (s *Service) Drop(ctx context.Context, programme, id store.ID, version int, words string) error {
	return s.act(ctx, programme, id, version, didDrop, words, func(tx *store.Tx, t *Task) error {
		if !t.Live() {
			return fault.Invalid("minutes.task.over")
		}
		if words == "" {
			return fault.Mistake("note", "form.required")
		}
		t.State, t.RemindAt, t.ClosedAt = Dropped, store.Time{}, store.At(tx.Now())
		return nil
	})
}

// Revise changes what is to be done, by whom or by when, and says why.
func (s *Service) Revise(ctx context.Context, e event.Event, id store.ID, version int, to Task, words string) error {
	if err := to.check(""); err != nil {
		return err
	}
	return s.act(ctx, e.Programme, id, version, didRevise, words, func(tx *store.Tx, t *Task) error {
		if t.State != Open {
			return fault.Invalid("minutes.task.not_open")
		}
		if t.Event != e.ID {
			return fault.NotFound("task")
		}
		if t.Owner() != to.Owner() {
			if err := offered(ctx, tx, e, to.Owner(), "owner"); err != nil {
				return err
			}
		}
		if words == "" && !t.PublicAt.IsZero() {
			return fault.Mistake("note", "form.required")
		}
		t.Title, t.Text, t.Person, t.Organisation, t.DueAt = to.Title, to.Text, to.Person, to.Organisation, to.DueAt
		if !t.GivenAt.IsZero() {
			t.RemindAt = remindAfter(t.DueAt, tx.Now())
		}
		return nil
	})
}

// act changes a task, writes down what happened to it and lets those know who
// wait for it.
func (s *Service) act(ctx context.Context, programme, id store.ID, version int, did, words string, do func(*store.Tx, *Task) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		t, err := taskByID(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		if t.Version != version {
			return fault.Conflict("minutes.task.conflict")
		}
		before := t
		if err := do(tx, &t); err != nil {
			return err
		}
		if err := updateTask(ctx, tx, t); err != nil {
			return err
		}
		if err := insertAct(ctx, tx, t.ID, did, words); err != nil {
			return err
		}
		if t, err = taskByID(ctx, tx, programme, id); err != nil {
			return err
		}
		if err := s.settled(ctx, tx, t); err != nil {
			return err
		}
		if err := s.tellAct(ctx, tx, before, t, did); err != nil {
			return err
		}
		return noteTask(ctx, tx, did, t, words)
	})
}

// settled writes what hangs on a task: desks and search.
func (s *Service) settled(ctx context.Context, tx *store.Tx, t Task) error {
	if err := waitTask(ctx, tx, t); err != nil {
		return err
	}
	return indexTask(ctx, tx, t)
}
