package workshop

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Plan is what whoever prepares a workshop decides about one activity.
type Plan struct {
	Kind     string
	Title    string
	Minutes  int
	Settings activity.Settings
	Source   store.ID
	Compared store.ID
}

func (p Plan) check(kind activity.Kind) error {
	var m fault.Mistakes
	m.Check(p.Title != "", "title", "form.required")
	m.Check(utf8.RuneCountInString(p.Title) <= longestTitle, "title", "form.too_long", "Max", longestTitle)
	m.Check(p.Minutes >= 0 && p.Minutes <= longestMinutes, "minutes", "form.out_of_range", "Min", 0, "Max", longestMinutes)
	m.Check(p.Source == "" || kind.Sources != "", "source", "form.not_offered")
	m.Check(p.Compared == "" || kind.Compares, "compared", "form.not_offered")
	return m.Err()
}

// Add puts an activity at the end of the agenda, also while the workshop runs. The
// form sent twice adds one.
func (s *Service) Add(ctx context.Context, workshop, id store.ID, p Plan) (Workshop, error) {
	kind, err := s.kind(p.Kind)
	if err != nil {
		return Workshop{}, fault.Mistake("kind", "form.not_offered")
	}
	if err := p.check(kind); err != nil {
		return Workshop{}, err
	}
	return s.change(ctx, workshop, 0, "workshop.activity_added", p.Title, func(tx *store.Tx, w *Workshop) error {
		agenda, err := Agenda(ctx, tx, workshop)
		if err != nil {
			return err
		}
		if _, err := find(agenda, id); err == nil {
			return nil
		}
		if len(agenda) >= mostActivities {
			return fault.Invalid("workshop.activity.many", "Max", mostActivities)
		}
		a := Activity{ID: id, Workshop: workshop, Position: 1, Kind: p.Kind, Round: 1}
		if len(agenda) > 0 {
			a.Position = agenda[len(agenda)-1].Position + 1
		}
		if err := a.set(p, agenda); err != nil {
			return err
		}
		return putActivity(ctx, tx, a)
	})
}

// set writes the plan into the activity. What it takes up or is compared with
// stands before it.
func (a *Activity) set(p Plan, agenda []Activity) error {
	var m fault.Mistakes
	for name, id := range map[string]store.ID{"source": p.Source, "compared": p.Compared} {
		other, err := find(agenda, id)
		m.Check(id == "" || err == nil && other.Position < a.Position, name, "form.not_offered")
	}
	a.Title, a.Minutes, a.Settings, a.Source, a.Compared = p.Title, p.Minutes, p.Settings.JSON(), p.Source, p.Compared
	return m.Err()
}

// Replan changes an activity that has not begun: once people have answered a
// question it stays the one they answered. Reset makes it new.
func (s *Service) Replan(ctx context.Context, workshop, id store.ID, p Plan) (Workshop, error) {
	return s.turn(ctx, workshop, id, "workshop.activity_changed", func(tx *store.Tx, w *Workshop, a *Activity, agenda []Activity) error {
		kind, err := s.kind(a.Kind)
		if err != nil {
			return err
		}
		if err := p.check(kind); err != nil {
			return err
		}
		if !a.StartedAt.IsZero() {
			return fault.Conflict("workshop.activity.begun")
		}
		return a.set(p, agenda)
	})
}

// Remove takes an activity off the agenda that has not begun.
func (s *Service) Remove(ctx context.Context, workshop, id store.ID) (Workshop, error) {
	return s.turn(ctx, workshop, id, "workshop.activity_removed", func(tx *store.Tx, w *Workshop, a *Activity, agenda []Activity) error {
		if !a.StartedAt.IsZero() || a.Round > 1 {
			return fault.Conflict("workshop.activity.begun")
		}
		a.Workshop = "" // nothing is left to write
		_, err := tx.Exec(ctx, `DELETE FROM workshop_activity WHERE id = $1 AND workshop = $2`, id, workshop)
		return err
	})
}

// Raise puts an activity before its neighbour.
func (s *Service) Raise(ctx context.Context, workshop, id store.ID) (Workshop, error) {
	return s.turn(ctx, workshop, id, "workshop.activity_changed", func(tx *store.Tx, w *Workshop, a *Activity, agenda []Activity) error {
		i := slices.IndexFunc(agenda, func(other Activity) bool { return other.ID == id })
		if i < 1 {
			return nil
		}
		before := agenda[i-1]
		if a.Source == before.ID || a.Compared == before.ID {
			return fault.Conflict("workshop.activity.follows")
		}
		a.Position, before.Position = before.Position, a.Position
		return putActivity(ctx, tx, before)
	})
}

// Start lets people answer, for as many minutes as planned. What ran before stops.
// An activity that takes up the items of another takes them now.
func (s *Service) Start(ctx context.Context, workshop, id store.ID) (Workshop, error) {
	items, err := s.itemsFor(ctx, workshop, id)
	if err != nil {
		return Workshop{}, err
	}
	return s.turn(ctx, workshop, id, "workshop.started", func(tx *store.Tx, w *Workshop, a *Activity, agenda []Activity) error {
		if err := w.isOpen(); err != nil {
			return err
		}
		if a.At(tx.Now()) == Running {
			return nil
		}
		kind, err := s.kind(a.Kind)
		if err != nil {
			return err
		}
		if a.Source != "" && a.StartedAt.IsZero() {
			settings := a.task(*w).Settings
			if settings[kind.Sources] == "" {
				if len(items) == 0 {
					return fault.Invalid("workshop.activity.no_items")
				}
				settings[kind.Sources] = strings.Join(items, "\n")
				a.Settings = settings.JSON()
			}
		}
		if err := stopAll(ctx, tx, workshop); err != nil {
			return err
		}
		now := tx.Now()
		a.StartedAt, a.StoppedAt, a.EndsAt, w.Current = store.At(now), store.Time{}, store.Time{}, a.ID
		if a.Minutes > 0 {
			a.EndsAt = store.At(now.Add(time.Duration(a.Minutes) * time.Minute))
		}
		return nil
	})
}

// itemsFor are the lines that an activity takes over from its source.
func (s *Service) itemsFor(ctx context.Context, workshop, id store.ID) (items []string, err error) {
	w, err := ByID(ctx, s.db, workshop)
	if err != nil {
		return nil, err
	}
	agenda, err := Agenda(ctx, s.db, workshop)
	if err != nil {
		return nil, err
	}
	a, err := find(agenda, id)
	if err != nil || a.Source == "" {
		return nil, err
	}
	from, err := find(agenda, a.Source)
	if err != nil {
		return nil, nil // it was removed: the facilitator is told that there are no items
	}
	err = s.with(ctx, w, agenda, func(x *states) error {
		state, err := x.of(from)
		if source, ok := state.(activity.Source); ok {
			items = source.Items()
		}
		return err
	})
	return items, err
}

// stopAll ends what runs.
func stopAll(ctx context.Context, tx *store.Tx, workshop store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE workshop_activity SET stopped_at = $2 WHERE workshop = $1 AND started_at IS NOT NULL AND stopped_at IS NULL`,
		workshop, store.At(tx.Now()))
	return err
}

// Stop takes no more answers.
func (s *Service) Stop(ctx context.Context, workshop, id store.ID) (Workshop, error) {
	return s.turn(ctx, workshop, id, "workshop.stopped", func(tx *store.Tx, w *Workshop, a *Activity, _ []Activity) error {
		if a.At(tx.Now()) == Running {
			a.StoppedAt = store.At(tx.Now())
		}
		return nil
	})
}

// Extend gives more time to what runs or has just run out of it.
func (s *Service) Extend(ctx context.Context, workshop, id store.ID, minutes int) (Workshop, error) {
	return s.turn(ctx, workshop, id, "workshop.extended", func(tx *store.Tx, w *Workshop, a *Activity, _ []Activity) error {
		if minutes < 1 || minutes > 60 || a.StartedAt.IsZero() || !a.StoppedAt.IsZero() || a.EndsAt.IsZero() {
			return fault.Conflict("workshop.extend.not_running")
		}
		from := a.EndsAt.Time
		if from.Before(tx.Now()) {
			from = tx.Now()
		}
		a.EndsAt = store.At(from.Add(time.Duration(minutes) * time.Minute))
		return nil
	})
}

// Reveal shows the results on the wall and on phones, or hides them again.
func (s *Service) Reveal(ctx context.Context, workshop, id store.ID, shown bool) (Workshop, error) {
	act := "workshop.revealed"
	if !shown {
		act = "workshop.hidden"
	}
	return s.turn(ctx, workshop, id, act, func(tx *store.Tx, w *Workshop, a *Activity, _ []Activity) error {
		a.Revealed = shown
		if shown {
			w.Current = a.ID
		}
		return nil
	})
}

// Next stops what runs and starts what comes after it on the agenda.
func (s *Service) Next(ctx context.Context, workshop store.ID) (Workshop, error) {
	w, err := ByID(ctx, s.db, workshop)
	if err != nil {
		return w, err
	}
	agenda, err := Agenda(ctx, s.db, workshop)
	if err != nil {
		return w, err
	}
	i := slices.IndexFunc(agenda, func(a Activity) bool { return a.ID == w.Current })
	if i+1 >= len(agenda) {
		return w, fault.Conflict("workshop.next.none")
	}
	return s.Start(ctx, workshop, agenda[i+1].ID)
}

// Reset begins an activity anew: the answers stay in the log and no longer count.
func (s *Service) Reset(ctx context.Context, workshop, id store.ID) (Workshop, error) {
	return s.turn(ctx, workshop, id, "workshop.reset", func(tx *store.Tx, w *Workshop, a *Activity, _ []Activity) error {
		a.Round++
		a.StartedAt, a.EndsAt, a.StoppedAt, a.Revealed = store.Time{}, store.Time{}, store.Time{}, false
		return nil
	})
}

// turn changes one activity of a workshop that is not closed.
func (s *Service) turn(ctx context.Context, workshop, id store.ID, act string, do func(*store.Tx, *Workshop, *Activity, []Activity) error) (Workshop, error) {
	title, err := store.One[string](ctx, s.db, `SELECT title FROM workshop_activity WHERE id = $1 AND workshop = $2`, id, workshop)
	if err != nil {
		return Workshop{}, err
	}
	return s.change(ctx, workshop, 0, act, title, func(tx *store.Tx, w *Workshop) error {
		agenda, err := Agenda(ctx, tx, workshop)
		if err != nil {
			return err
		}
		a, err := find(agenda, id)
		if err != nil {
			return err
		}
		if err := do(tx, w, &a, agenda); err != nil || a.Workshop == "" {
			return err
		}
		return putActivity(ctx, tx, a)
	})
}
