package event

import (
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Session is one item of the event's programme: a talk, a workshop, a meal. Its
// end follows from its length.
type Session struct {
	ID       store.ID
	Event    store.ID
	StartsAt store.Time
	Minutes  int
	Title    string
	Text     string // Markdown
	Room     string
	Pause    bool // a meal, a break, the night: nobody is checked in for it

	Speakers []store.ID `db:"-"` // filled by Agenda
}

// EndsAt is the moment at which the session ends.
func (s Session) EndsAt() time.Time { return s.StartsAt.Add(time.Duration(s.Minutes) * time.Minute) }

// check refuses what may not stand in a programme.
func (s Session) check() error {
	var m fault.Mistakes
	m.Check(s.Title != "", "title", "form.required")
	limit(&m, "title", s.Title, longestTitle)
	limit(&m, "text", s.Text, longestText)
	limit(&m, "room", s.Room, longestName)
	m.Check(!s.StartsAt.IsZero(), "starts", "form.required")
	m.Check(s.Minutes > 0, "minutes", "event.session.end_before_start")
	m.Check(s.Minutes <= longestSession, "minutes", "form.out_of_range", "Min", 1, "Max", longestSession)
	return m.Err()
}

// Day is one day of an event's programme.
type Day struct {
	Date     time.Time // its beginning in Warsaw
	Sessions []Session
}

// ByDay parts sessions, which come in the order of time, by the days on which
// they begin.
func ByDay(all []Session) []Day {
	var days []Day
	for _, s := range all {
		if date := midnight(s.StartsAt.Time); len(days) == 0 || !days[len(days)-1].Date.Equal(date) {
			days = append(days, Day{Date: date})
		}
		last := &days[len(days)-1]
		last.Sessions = append(last.Sessions, s)
	}
	return days
}

// onDay moves a moment by whole days, to the same hour of the clock in Warsaw;
// ok is false where that day has no such hour.
func onDay(t time.Time, days int) (moved time.Time, ok bool) {
	t = t.In(lang.Warsaw)
	return lang.At(t.Year(), t.Month(), t.Day()+days, t.Hour(), t.Minute())
}

// shift moves sessions by whole days.
func shift(all []Session, days int) ([]Session, error) {
	moved := slices.Clone(all)
	for i := range moved {
		at, ok := onDay(moved[i].StartsAt.Time, days)
		if !ok {
			return nil, fault.Mistake("day", "event.shift.skipped_hour", "Session", moved[i].Title)
		}
		moved[i].StartsAt = store.At(at)
	}
	return moved, nil
}

// swap puts the session before its earlier neighbour of the same day: the first
// of the two slots goes to it, and what was between them stays between them.
// Sessions that stand first in their day, and ids that are not there, change
// nothing.
func swap(all []Session, id store.ID) []Session {
	i := slices.IndexFunc(all, func(s Session) bool { return s.ID == id })
	if i < 1 || !midnight(all[i].StartsAt.Time).Equal(midnight(all[i-1].StartsAt.Time)) {
		return nil
	}
	earlier, later := all[i-1], all[i]
	gap := max(0, later.StartsAt.Sub(earlier.EndsAt()))
	later.StartsAt = earlier.StartsAt
	earlier.StartsAt = store.At(later.EndsAt().Add(gap))
	return []Session{later, earlier}
}

// clash is two sessions that stand in one room at one time, or that one speaker
// holds at one time.
type clash struct {
	A, B Session
	Room string   // "" where it is a speaker
	Who  store.ID // "" where it is a room
}

// clashes finds what an editor may have overlooked.
func clashes(all []Session) (found []clash) {
	for i, a := range all {
		for _, b := range all[i+1:] {
			if !b.StartsAt.Before(a.EndsAt()) || !a.StartsAt.Before(b.EndsAt()) {
				continue
			}
			if a.Room != "" && a.Room == b.Room {
				found = append(found, clash{A: a, B: b, Room: a.Room})
			}
			for _, who := range a.Speakers {
				if slices.Contains(b.Speakers, who) {
					found = append(found, clash{A: a, B: b, Who: who})
				}
			}
		}
	}
	return found
}
