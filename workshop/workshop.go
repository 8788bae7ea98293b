// Package workshop is the live room: an agenda of timed activities that a hall
// goes through together, on phones, on paper and on the wall.
//
// Who opens which page. A participant on a phone, who has no account, scans the
// code and sees one task at a time (phone.templ). The projector shows the address,
// the code and what the facilitator has revealed (screen.templ). The facilitator,
// standing, holds a phone too: start, stop, time, reveal, next (lead.templ). The
// person at the table with the laptop types in sheets of paper and counts of hands
// (paper.templ). The reader comes a week later and wants what came of it
// (result.templ).
//
// A Workshop has activities (agenda.go), each of a kind that some room supplies
// (package activity; the common ones are in workshop/exercise). Whoever joins is a
// token with a sector and perhaps a table (participant.go); nothing leads from it
// to a person. Every answer goes into one log (log.go) and counts once by the id
// that its device gave it. What is shown is that log added up (hall.go), so that a
// recount gives the same.
package workshop

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Lead is for preparing and leading workshops of a programme.
var Lead = access.Permission{Name: "workshop.lead", Scope: access.InProgramme,
	Roles: []access.Role{access.Administrator, access.Manager, access.Facilitator}}

// State is where a workshop stands.
//
//	planned ──open──▶ open ──close──▶ closed
//	                  │  ▲
//	                take  return       (it is on a laptop meanwhile)
//	                  ▼  │
//	                  away
type State string

const (
	Planned State = "planned"
	Open    State = "open"
	Away    State = "away"
	Closed  State = "closed"
)

// Limits on what people write, in characters, and on how many.
const (
	longestTitle   = 160
	longestLead    = 400
	longestLeaders = 300
	mostTables     = 60
	mostActivities = 60
	longestMinutes = 600
	longestBody    = 8_000 // bytes of one answer
	mostPeople     = 2_000 // tokens of one workshop
)

// Terms are what whoever prepares a workshop decides about it.
type Terms struct {
	Title    string
	Lead     string
	Leaders  string   // names, as they are announced
	Event    store.ID // "" for none
	Session  store.ID // part of the event, "" for none
	Language string
	Tables   int // 0: nobody is asked for a table
}

// Workshop is one workshop.
type Workshop struct {
	ID             store.ID
	Programme      store.ID // "" for one that a visitor began, and on a laptop
	ProgrammeSlug  string
	ProgrammeTitle string
	EventTitle     string
	EventSlug      string
	Terms
	Place     string // where it belongs, in words
	Code      string
	KeyHash   string
	Current   store.ID // the activity that phones show, "" for none yet
	Revision  int64
	Seq       int64
	OpenedAt  store.Time
	ClosedAt  store.Time
	TakenAt   store.Time
	UpdatedAt store.Time
	Version   int
}

// State tells where the workshop stands.
func (w Workshop) State() State {
	switch {
	case !w.ClosedAt.IsZero():
		return Closed
	case !w.TakenAt.IsZero():
		return Away
	case !w.OpenedAt.IsZero():
		return Open
	}
	return Planned
}

// Door is the address that stands under the code: phones begin there.
func (w Workshop) Door() string { return entrance.Short + w.Code }

// Screen is the address for the projector.
func (w Workshop) Screen() string { return w.Door() + "/ekran" }

// Path is the workshop's page for readers.
func (w Workshop) Path() string {
	if w.Programme == "" {
		return w.Door() + "/wynik"
	}
	return listPath(w.ProgrammeSlug) + "/" + string(w.ID)
}

func listPath(programme string) string { return "/programy/" + programme + "/warsztaty" }

// Check returns all mistakes of the terms beside their fields.
func (t Terms) Check() error {
	var m fault.Mistakes
	m.Check(t.Title != "", "title", "form.required")
	for name, text := range map[string]struct {
		text string
		most int
	}{"title": {t.Title, longestTitle}, "lead": {t.Lead, longestLead}, "leaders": {t.Leaders, longestLeaders}} {
		m.Check(utf8.RuneCountInString(text.text) <= text.most, name, "form.too_long", "Max", text.most)
	}
	m.Check(t.Language == "pl" || t.Language == "en", "language", "form.not_offered")
	m.Check(t.Tables >= 0 && t.Tables <= mostTables, "tables", "form.out_of_range", "Min", 0, "Max", mostTables)
	return m.Err()
}

// Phase is where an activity stands.
type Phase string

const (
	Waiting Phase = "waiting"
	Running Phase = "running"
	Stopped Phase = "stopped"
)

// Activity is one item of the agenda.
type Activity struct {
	ID        store.ID
	Workshop  store.ID
	Position  int
	Kind      string
	Title     string
	Minutes   int // 0: until somebody stops it
	Settings  string
	Source    store.ID // whose items it takes up, "" for none
	Compared  store.ID // beside which it is shown, "" for none
	Round     int
	StartedAt store.Time
	EndsAt    store.Time // zero: until somebody stops it
	StoppedAt store.Time
	Revealed  bool
}

// At tells where the activity stands at a moment: the clock closes it.
func (a Activity) At(now time.Time) Phase {
	switch {
	case a.StartedAt.IsZero():
		return Waiting
	case !a.StoppedAt.IsZero(), !a.EndsAt.IsZero() && !now.Before(a.EndsAt.Time):
		return Stopped
	}
	return Running
}

// task is the activity as its kind sees it.
func (a Activity) task(w Workshop) activity.Task {
	settings, err := activity.ParseSettings(a.Settings)
	if err != nil {
		settings = activity.Settings{} // a row that somebody else wrote
	}
	return activity.Task{ID: a.ID, Title: a.Title, Language: w.Language, Settings: settings}
}

// hashed is how a secret of a workshop is kept: whoever reads the table cannot
// use it, nor tell that one device was in two workshops.
func hashed(workshop store.ID, secret string) string {
	sum := sha256.Sum256([]byte(string(workshop) + secret))
	return hex.EncodeToString(sum[:])
}

// keyHash is how the key is kept with which a workshop is led without an account.
func keyHash(key string) string {
	sum := sha256.Sum256([]byte("workshop key " + key))
	return hex.EncodeToString(sum[:])
}
