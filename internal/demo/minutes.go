package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/store"
)

// record is how the minutes of an event came to be.
type record struct {
	begun, by    string // moment, address of the note taker
	chair        string
	points       []noted // the others of the agenda are taken away
	shown, until string  // moments between which people may remark
	remarks      []remark
	approved     string
	published    string
}

// noted is what the minutes say about a point of the agenda.
type noted struct {
	title, text string
	decisions   []string // each is also the name of its thing in the story
	votes       []minutes.Vote
	tasks       []task
}

type task struct {
	title, text string
	person      string // address, or
	body        string // key of bodies
	due         string // day
	course      []deed
}

// deed is something that was done about a task.
type deed struct {
	at, by string
	what   string // report, return, close, drop
	words  string
}

type remark struct {
	at, by, point, text string
	answered            string
	outcome             minutes.Outcome
	answer              string
}

func (s *story) recordActs(key string, r record) []act {
	if r.begun == "" {
		return nil
	}
	by := managerOf(gatheringOf(key).programme)
	acts := []act{s.at(r.begun, r.by, key, func(ctx context.Context, e event.Event) error { return s.takeMinutes(ctx, e, r) })}
	acts = append(acts, s.at(r.shown, r.by, key, func(ctx context.Context, e event.Event) error {
		version, err := s.minutesVersion(ctx, e)
		if err != nil {
			return err
		}
		return s.Minutes.Show(ctx, e, version, moment(r.until))
	}))
	for _, x := range r.remarks {
		acts = append(acts, s.remarkActs(key, r, x)...)
	}
	change := func(at string, do func(context.Context, event.Event, int) error) {
		acts = append(acts, s.at(at, by, key, func(ctx context.Context, e event.Event) error {
			version, err := s.minutesVersion(ctx, e)
			if err != nil {
				return err
			}
			return do(ctx, e, version)
		}))
	}
	if r.approved != "" {
		change(r.approved, s.Minutes.Approve)
	}
	if r.published != "" {
		change(r.published, s.Minutes.Publish)
	}
	for _, p := range r.points {
		for _, t := range p.tasks {
			acts = append(acts, s.taskActs(key, t)...)
		}
	}
	return acts
}

func (s *story) minutesVersion(ctx context.Context, e event.Event) (int, error) {
	return store.One[int](ctx, s.DB, `SELECT version FROM event_minutes WHERE event = $1`, e.ID)
}

// agendaPoint is one of minutes that are being written.
type agendaPoint struct {
	ID      store.ID
	Title   string
	Version int
}

// takeMinutes writes under each point what was said, decided and promised.
func (s *story) takeMinutes(ctx context.Context, e event.Event, r record) error {
	m, err := s.Minutes.Begin(ctx, e)
	if err != nil {
		return err
	}
	if err := s.Minutes.SaveHead(ctx, e, m.Version, minutes.Head{Chair: r.chair, Taker: m.Taker, Present: m.Present, Quorum: m.Quorum}); err != nil {
		return err
	}
	agenda, err := store.All[agendaPoint](ctx, s.DB, `SELECT id, title, version FROM event_minutes_point WHERE minutes = $1 ORDER BY position`, m.ID)
	if err != nil {
		return err
	}
	for _, p := range agenda {
		i := slices.IndexFunc(r.points, func(n noted) bool { return n.title == p.Title })
		if i < 0 {
			err = s.Minutes.RemovePoint(ctx, e, p.ID, p.Version)
		} else {
			err = s.writePoint(ctx, e, p, r.points[i])
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.Title, err)
		}
	}
	return nil
}

// writePoint saves a point; each further task of it is saved by itself.
func (s *story) writePoint(ctx context.Context, e event.Event, p agendaPoint, n noted) error {
	w := minutes.Written{Title: n.title, Text: n.text}
	for i, text := range n.decisions {
		w.Decisions = append(w.Decisions, minutes.Decision{ID: s.id("decision/" + text), Number: i + 1, Text: text})
	}
	for _, v := range n.votes {
		v.ID = s.id("vote/" + v.Question)
		w.Votes = append(w.Votes, v)
	}
	if len(n.tasks) == 0 {
		return s.Minutes.SavePoint(ctx, e, p.ID, p.Version, w)
	}
	for i, t := range n.tasks {
		given, err := s.taskFor(ctx, t)
		if err != nil {
			return err
		}
		w.Task = &given
		if err := s.Minutes.SavePoint(ctx, e, p.ID, p.Version+i, w); err != nil {
			return fmt.Errorf("%s: %w", t.title, err)
		}
	}
	return nil
}

func (s *story) taskFor(ctx context.Context, t task) (minutes.Task, error) {
	given := minutes.Task{ID: s.id("task/" + t.title), Title: t.title, Text: t.text, Organisation: s.body(t.body), DueAt: afterDay(t.due)}
	if t.person == "" {
		return given, nil
	}
	var err error
	given.Person, err = s.person(ctx, t.person)
	return given, err
}

func (s *story) taskActs(key string, t task) []act {
	var acts []act
	for _, d := range t.course {
		acts = append(acts, s.at(d.at, d.by, key, func(ctx context.Context, e event.Event) error {
			id := s.things["task/"+t.title]
			version, err := s.version(ctx, "event_task", id)
			if err != nil {
				return err
			}
			verbs := map[string]func(context.Context, store.ID, store.ID, int, string) error{
				"report": s.Minutes.Report, "return": s.Minutes.Return, "close": s.Minutes.Close, "drop": s.Minutes.Drop}
			do, known := verbs[d.what]
			if !known {
				return errors.New("nobody can " + d.what + " a task")
			}
			if err := do(ctx, e.Programme, id, version, d.words); err != nil {
				return fmt.Errorf("%s: %s: %w", t.title, d.what, err)
			}
			return nil
		}))
	}
	return acts
}

func (s *story) remarkActs(key string, r record, x remark) []act {
	name := "remark/" + x.text
	acts := []act{s.at(x.at, x.by, key, func(ctx context.Context, e event.Event) error {
		at, err := store.One[store.ID](ctx, s.DB, `SELECT p.id FROM event_minutes_point p JOIN event_minutes m ON m.id = p.minutes
			WHERE m.event = $1 AND p.title = $2`, e.ID, x.point)
		if err != nil {
			return err
		}
		return s.Minutes.Remark(ctx, e, s.id(name), &at, x.text)
	})}
	if x.answered == "" {
		return acts
	}
	return append(acts, s.at(x.answered, r.by, key, func(ctx context.Context, e event.Event) error {
		return s.Minutes.Answer(ctx, e, s.things[name], x.outcome, x.answer)
	}))
}
