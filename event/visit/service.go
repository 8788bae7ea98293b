package visit

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site  web.Site
	Trace *trace.Service // nil: promises show no thread
}

// Service holds the verbs.
type Service struct {
	Options
	db *store.DB
}

// New returns what study visits have.
func New(db *store.DB, o Options) *Service { return &Service{Options: o, db: db} }

// Prepare says what the host shows and what to look at, in order. A task without
// an id is new; one that is left out goes, unless somebody has written under it.
func (s *Service) Prepare(ctx context.Context, e event.Event, about string, tasks []Task, version int) error {
	if err := checkCard(about, tasks); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := saveAbout(ctx, tx, e.ID, about, version); err != nil {
			return err
		}
		before, err := tasksOf(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		known, kept := map[store.ID]bool{}, map[store.ID]bool{}
		for _, t := range before {
			known[t.ID] = true
		}
		for i, t := range tasks {
			if !known[t.ID] {
				t.ID = store.NewID()
			}
			t.Event, t.Position = e.ID, i+1
			kept[t.ID] = true
			if err := putTask(ctx, tx, t); err != nil {
				return err
			}
		}
		for _, t := range before {
			if kept[t.ID] {
				continue
			}
			dropped, err := dropTask(ctx, tx, e.ID, t.ID)
			if err != nil {
				return err
			}
			if !dropped {
				return fault.Mistake("task-"+string(t.ID), "event.visit.task.answered")
			}
		}
		return note(ctx, tx, didPrepare, e, e.ID, "")
	})
}

func checkCard(about string, tasks []Task) error {
	var m fault.Mistakes
	m.Check(len([]rune(about)) <= longestAbout, "about", "form.too_long", "Max", longestAbout)
	m.Check(len(tasks) <= mostTasks, "tasks", "event.visit.task.many", "Most", mostTasks)
	for _, t := range tasks {
		limit(&m, "task-"+string(t.ID), t.Text, longestTask)
	}
	return m.Err()
}

// seated is the seat of the actor at a visit that is public; who has none may not
// fill in a card.
func (s *Service) seated(ctx context.Context, r store.Reader, e event.Event) (seat, error) {
	actor := access.From(ctx)
	switch {
	case e.Kind != event.Visit:
		return seat{}, fault.NotFound("card of this event")
	case !actor.SignedIn():
		return seat{}, fault.Unauthenticated()
	}
	mine, err := seatOf(ctx, r, e.ID, actor.Person)
	if fault.Is(err, fault.KindNotFound) {
		err = fault.Invalid("event.visit.seat_needed")
	}
	return mine, err
}

// Fill keeps what the actor wrote under tasks of the card, by the id of the task;
// others stay as they were.
func (s *Service) Fill(ctx context.Context, e event.Event, notes map[store.ID]string) error {
	var m fault.Mistakes
	for task, text := range notes {
		m.Check(len([]rune(text)) <= longestNote, "note-"+string(task), "form.too_long", "Max", longestNote)
	}
	if err := m.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.seated(ctx, tx, e); err != nil {
			return err
		}
		tasks, err := tasksOf(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			text, written := notes[t.ID]
			if !written {
				continue
			}
			if err := putNote(ctx, tx, t.ID, access.From(ctx).Person, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// Learn hands a lesson to the team, who shows it to everybody or not. Sent twice
// it is one.
func (s *Service) Learn(ctx context.Context, e event.Event, id store.ID, text string) error {
	var m fault.Mistakes
	limit(&m, "lesson", text, longestLesson)
	if err := m.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.seated(ctx, tx, e); err != nil {
			return err
		}
		if err := notTooMany(ctx, tx, "event_visit_lesson", e); err != nil {
			return err
		}
		return insertLesson(ctx, tx, Lesson{ID: id, Event: e.ID, Person: access.From(ctx).Person, Text: text, At: store.At(tx.Now())})
	})
}

func notTooMany(ctx context.Context, tx *store.Tx, table string, e event.Event) error {
	n, err := store.One[int](ctx, tx, `SELECT count(*) FROM `+table+` WHERE event = $1 AND person = $2`, e.ID, access.From(ctx).Person)
	if err == nil && n >= mostOwn {
		err = fault.Limited("event.visit.many", "Most", mostOwn)
	}
	return err
}

// Show puts a lesson before the public, or takes it back.
func (s *Service) Show(ctx context.Context, e event.Event, id store.ID, version int, shown bool) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := store.One[store.ID](ctx, tx, `SELECT id FROM event_visit_lesson WHERE event = $1 AND id = $2`, e.ID, id)
		if err != nil {
			return err
		}
		if err := store.Changed(tx.Exec(ctx, `UPDATE event_visit_lesson SET shown = $3, version = version + 1 WHERE id = $1 AND version = $2`,
			id, version, shown)); err != nil {
			return err
		}
		if err := index(ctx, tx, id); err != nil {
			return err
		}
		if shown {
			return note(ctx, tx, didShow, e, id, "")
		}
		return note(ctx, tx, didHide, e, id, "")
	})
}

// Copy promises that the organisation for which the actor came, or the actor
// alone, will do at home what they have seen. Sent twice it is one promise.
func (s *Service) Copy(ctx context.Context, e event.Event, c Copy) error {
	c.State, c.Report = Planned, ""
	if err := c.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		mine, err := s.seated(ctx, tx, e)
		if err != nil {
			return err
		}
		if err := notTooMany(ctx, tx, "event_visit_copy", e); err != nil {
			return err
		}
		c.Event, c.Person, c.Organisation, c.At = e.ID, access.From(ctx).Person, mine.Organisation, store.At(tx.Now())
		if err := insertCopy(ctx, tx, c); err != nil {
			return err
		}
		if err := waitForReport(ctx, tx, e, c); err != nil {
			return err
		}
		return note(ctx, tx, didPromise, e, c.ID, "")
	})
}

// MayReport reports whether the actor may say what came of a promise: who made
// it, who represents its organisation, and the team.
func MayReport(actor *access.Actor, e event.Event, c Copy) bool {
	return actor.SignedIn() && c.Person == actor.Person || actor.May(event.Run, string(e.Programme)) ||
		c.Organisation != "" && actor.Is(access.Representative, string(c.Organisation))
}

// Report says what came of a promise, or mends its words and its day.
func (s *Service) Report(ctx context.Context, e event.Event, c Copy) error {
	if err := c.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		before, err := copyByID(ctx, tx, e.ID, c.ID)
		if err != nil {
			return err
		}
		if !MayReport(access.From(ctx), e, before) {
			return fault.Forbidden()
		}
		before.What, before.DueAt, before.State, before.Report, before.Version = c.What, c.DueAt, c.State, c.Report, c.Version
		if err := updateCopy(ctx, tx, before); err != nil {
			return err
		}
		if err := waitForReport(ctx, tx, e, before); err != nil {
			return err
		}
		return note(ctx, tx, didReport, e, c.ID, string(c.State))
	})
}
