// Package visit is what a study visit has beside its programme: what the host
// shows, a card of tasks for everybody who goes, the lessons they bring back, and
// the list of what they copy at home: what, which organisation, by when.
//
// Service.Prepare makes the card; who has a seat fills it in with Fill, adds
// lessons with Learn and promises with Copy, and says with Report what came of
// them. In public stand lessons that the team has shown, and promises with the
// name of an organisation at most.
package visit

import (
	"embed"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Limits on what people write, in characters, and on how much there is of it.
const (
	longestAbout  = 20_000
	longestTask   = 300
	longestNote   = 3000
	longestLesson = 1000
	longestWhat   = 300
	longestReport = 1000
	mostTasks     = 20
	mostOwn       = 20 // lessons, and promises, of one person at one visit
)

// Task is one thing to look at.
type Task struct {
	ID       store.ID
	Event    store.ID
	Position int
	Text     string
}

// Lesson is what somebody learnt.
type Lesson struct {
	ID      store.ID
	Event   store.ID
	Person  store.ID
	Text    string
	Shown   bool
	At      store.Time
	Version int
}

// State is where a promise stands.
type State string

const (
	Planned State = "planned"
	Started State = "started"
	Done    State = "done"
	Dropped State = "dropped"
)

// States lists them in the order in which a form offers them.
var States = []State{Planned, Started, Done, Dropped}

// Copy is one practice that somebody takes home.
type Copy struct {
	ID               store.ID
	Event            store.ID
	Person           store.ID
	Organisation     store.ID // "" for themselves
	OrganisationName string
	What             string
	DueAt            store.Time // the first moment after the last day, zero for none
	State            State
	Report           string
	At               store.Time
	StateAt          store.Time
	Version          int
}

func (c Copy) check() error {
	var m fault.Mistakes
	limit(&m, "what", c.What, longestWhat)
	m.Check(len([]rune(c.Report)) <= longestReport, "report", "form.too_long", "Max", longestReport)
	m.Check(slices.Contains(States, c.State), "state", "form.not_offered")
	m.Check(c.State != Done && c.State != Dropped || c.Report != "", "report", "event.visit.report.needed")
	return m.Err()
}

// Day is the last day of the promise, zero for none.
func (c Copy) Day() time.Time {
	if c.DueAt.IsZero() {
		return time.Time{}
	}
	return c.DueAt.AddDate(0, 0, -1)
}

// Late reports whether the promise should have been kept by now.
func (c Copy) Late(now time.Time) bool {
	return (c.State == Planned || c.State == Started) && !c.DueAt.IsZero() && !now.Before(c.DueAt.Time)
}

func limit(m *fault.Mistakes, field, text string, max int) {
	m.Check(text != "", field, "form.required")
	m.Check(len([]rune(text)) <= max, field, "form.too_long", "Max", max)
}

// path is the address of what a visit has.
func path(e event.Event) string { return e.Path() + "/wizyta" }

func anchor(c Copy) string { return "kopia-" + string(c.ID) }
