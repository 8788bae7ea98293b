package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// act is a step of the story: something that somebody does at a moment. What
// comes after the day at which the demo stands has not happened; what was told
// before is not told again. So an act takes nothing from the one before it but
// what the database holds and what story.keep has kept.
type act struct {
	at string // moment
	by string // address, "" where nobody of the story does it
	do func(context.Context) error
}

// moment of the act. Acts of one moment happen in the order of their telling.
func (a act) moment() time.Time { return moment(a.at) }

// story tells the example: it lets each person do at the time of the story what
// they did, and remembers the things that came of it by names of its own.
type story struct {
	*Demo
	told   map[string]bool // steps told before
	fresh  []string        // steps told now
	things map[string]store.ID
	made   []string // names of things that were kept now
	people map[string]store.ID
}

// resume returns the story as far as this database has heard it.
func (d *Demo) resume(ctx context.Context) (*story, error) {
	s := &story{Demo: d, told: map[string]bool{}, things: map[string]store.ID{}, people: map[string]store.ID{}}
	steps, err := store.All[string](ctx, d.DB, `SELECT step FROM demo_step`)
	if err != nil {
		return nil, err
	}
	for _, name := range steps {
		s.told[name] = true
	}
	things, err := store.All[struct {
		Label string
		Thing store.ID
	}](ctx, d.DB, `SELECT label, thing FROM demo_thing`)
	for _, t := range things {
		s.things[t.Label] = t.Thing
	}
	return s, err
}

// step is an act with the name under which it is remembered.
type step struct {
	act
	name string
}

// steps are the acts in the order of their moments. Two acts of one person at
// one moment are told apart by a number.
func steps(acts []act) []step {
	seen := map[string]int{}
	all := make([]step, len(acts))
	for i, a := range acts {
		name := a.at + " " + a.by
		seen[name]++
		all[i] = step{a, name + " " + strconv.Itoa(seen[name])}
	}
	slices.SortStableFunc(all, func(a, b step) int { return a.moment().Compare(b.moment()) })
	return all
}

// left are the steps that this database has not heard, up to the day of the demo.
func (s *story) left() []step {
	return slices.DeleteFunc(steps(s.acts()), func(a step) bool {
		return s.told[a.name] || !s.Until.IsZero() && a.moment().After(s.Until)
	})
}

// play does the steps one after the other. Who looked at an earlier day of the
// demo may have changed what a later step stands on: then that step is left out,
// and the story goes on.
func (s *story) play(ctx context.Context, left []step) error {
	again := len(s.told) > 0
	var last time.Time
	for _, one := range left {
		if one.moment().Sub(last) > time.Hour { // letters go out before the world moves on
			if err := s.Queue.Drain(ctx); err != nil {
				return err
			}
		}
		last = one.moment()
		err := s.perform(ctx, one.act)
		if again && fault.Of(err) != nil {
			s.log().Info("a step of the example is left out: a visitor changed what it stands on", "step", one.name, "error", err)
			err = nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		s.fresh = append(s.fresh, one.name)
	}
	return s.Queue.Drain(ctx)
}

func (s *story) perform(ctx context.Context, a act) (err error) {
	s.DB.Clock().Move(a.moment())
	if a.by != "" {
		if ctx, err = s.as(ctx, a.by); err != nil {
			return err
		}
	}
	return a.do(ctx)
}

func (s *story) log() *slog.Logger {
	if s.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Logger
}

// remember writes what was told now.
func (s *story) remember(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		for _, name := range s.fresh {
			if _, err := tx.Exec(ctx, `INSERT INTO demo_step (step, told_at) VALUES ($1, $2)`, name, store.At(tx.Wall())); err != nil {
				return err
			}
		}
		for _, name := range s.made {
			if _, err := tx.Exec(ctx, `INSERT INTO demo_thing (label, thing) VALUES ($1, $2)`, name, s.things[name]); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `UPDATE demo SET loaded_at = $1`, store.At(tx.Wall()))
		return err
	})
}

// keep remembers the thing that a step has made, under a name of the story.
func (s *story) keep(name string, id store.ID) {
	if _, there := s.things[name]; !there {
		s.made = append(s.made, name)
	}
	s.things[name] = id
}

// id is the thing of that name; one that is not there yet gets its id now.
func (s *story) id(name string) store.ID {
	if _, there := s.things[name]; !there {
		s.keep(name, store.NewID())
	}
	return s.things[name]
}

// What steps have made; "" where it is not there.
func (s *story) body(key string) store.ID      { return s.things["body/"+key] }
func (s *story) goal(key string) store.ID      { return s.things["goal/"+key] }
func (s *story) article(text string) store.ID  { return s.things["news/"+text] }
func (s *story) programme(key string) store.ID { return s.things["programme/"+key] }

// slug is the address of a programme, which a visitor may have changed.
func (s *story) slug(ctx context.Context, key string) (string, error) {
	p, err := programme.ByID(ctx, s.DB, s.programme(key))
	return p.Slug, err
}

// person is the account of an address.
func (s *story) person(ctx context.Context, email string) (store.ID, error) {
	if id, known := s.people[email]; known {
		return id, nil
	}
	p, err := people.ByEmail(ctx, s.DB, email)
	if err != nil {
		return "", fmt.Errorf("nobody has the address %s: %w", email, err)
	}
	s.people[email] = p.ID
	return p.ID, nil
}

// as lets a person act with the roles they have at this moment of the story.
func (s *story) as(ctx context.Context, email string) (context.Context, error) {
	id, err := s.person(ctx, email)
	if err != nil {
		return nil, err
	}
	actor, err := s.People.Actor(ctx, session.Session{Person: id, Staff: true})
	if err != nil {
		return nil, err
	}
	return lang.With(access.With(ctx, actor), s.Catalogue.Printer(lang.Polish)), nil
}

// at an event somebody does something: the act is handed the event as it is then.
func (s *story) at(when, by, key string, do func(context.Context, event.Event) error) act {
	return act{when, by, func(ctx context.Context) error {
		e, err := s.event(ctx, key)
		if err != nil {
			return err
		}
		return do(ctx, e)
	}}
}

func (s *story) event(ctx context.Context, key string) (event.Event, error) {
	for _, g := range gatherings {
		if g.key == key {
			return event.ByID(ctx, s.DB, s.programme(g.programme), s.things["event/"+key])
		}
	}
	return event.Event{}, errors.New("no event " + key)
}

// version is which change of a thing the database holds: verbs want to be told
// what their person saw.
func (s *story) version(ctx context.Context, table string, id store.ID) (int, error) {
	return store.One[int](ctx, s.DB, `SELECT version FROM `+table+` WHERE id = $1`, id)
}

func moment(s string) time.Time {
	if t, err := time.ParseInLocation("2006-01-02 15:04", s, lang.Warsaw); err == nil {
		return t
	}
	return day(s).Add(9 * time.Hour)
}

// day is the beginning of a day in Warsaw; zero for none.
func day(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, lang.Warsaw)
	if err != nil {
		panic(err) // written in this package
	}
	return t
}

// afterDay is the first moment that is no longer in a day.
func afterDay(s string) store.Time {
	if s == "" {
		return store.Time{}
	}
	return store.At(day(s).AddDate(0, 0, 1))
}
