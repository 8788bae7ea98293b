// Package panel is what an expert panel has beside its programme: questions to
// the experts. They are asked before and during the event, looked at by its
// team before anybody else sees them, supported by those who ask the same, and
// answered in writing or, noted down, in the room.
//
// A Question goes through Service.Ask, Publish (or Refuse, or Merge) and Answer.
// Every change raises the revision of the panel, which open pages are told of
// (package live). Nobody's name stands beside a question in public.
package panel

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

// State is where a question stands:
//
//	waiting ──publish──▶ public ──answer──▶ answered
//	   │ ├──────refuse──▶ refused    │
//	   │ └──────merge───▶ merged ◀───┘
//	   └──withdrawn by who asked
type State string

const (
	Waiting   State = "waiting"
	Public    State = "public"
	Answered  State = "answered"
	Refused   State = "refused"
	Merged    State = "merged"
	Withdrawn State = "withdrawn"
)

// Shown reports whether everybody may read the question.
func (s State) Shown() bool { return s == Public || s == Answered }

// Way is how a question was answered.
type Way string

const (
	Written Way = "written"
	InRoom  Way = "room" // said at the panel, noted by the team
)

// Ways lists them in the order in which a form offers them.
var Ways = []Way{Written, InRoom}

// Limits on what people write, in characters, and on how much waits of one of
// them, so that nobody fills the team's desk alone.
const (
	longestQuestion = 600
	longestReason   = 500
	longestAnswer   = 8000
	longestName     = 200
	longestLead     = 600
	mostWaiting     = 5
	mostExperts     = 30
)

// Question is one question to the experts.
type Question struct {
	ID         store.ID
	Event      store.ID
	Person     store.ID // "" from the room
	Text       string
	Expert     string // whom it is for, "" for all
	State      State
	Reason     string
	MergedInto store.ID
	Answer     string // Markdown
	AnswerBy   string
	AnswerWay  Way
	AskedAt    store.Time
	StateAt    store.Time
	Support    int  // who asks the same, the author not counted
	Supported  bool // by the person who reads
	Veiled     bool // moderation does not show it
	Version    int
}

// Read reports whether everybody reads the question.
func (q Question) Read() bool { return q.State.Shown() && !q.Veiled }

// Reply is an answer to a question.
type Reply struct {
	Text string // Markdown
	By   string // the expert, or the team
	Way  Way
}

func (r Reply) check() error {
	var m fault.Mistakes
	limit(&m, "answer", r.Text, longestAnswer)
	limit(&m, "by", r.By, longestName)
	m.Check(slices.Contains(Ways, r.Way), "way", "form.not_offered")
	return m.Err()
}

// Askers says who may ask and support.
type Askers string

const (
	Anyone       Askers = "anyone"       // who is signed in
	Participants Askers = "participants" // who has a seat
)

// Settings are how questions of one panel are asked.
type Settings struct {
	Event    store.ID
	Askers   Askers
	Lead     string
	OpensAt  store.Time // zero: with the publication
	ClosesAt store.Time // zero: with the end of the event
	Revision int64
	Version  int
}

// Default are the settings of a panel whose team has set nothing.
func Default(e event.Event) Settings {
	return Settings{Event: e.ID, Askers: Anyone, Revision: 1, Version: 1}
}

func (s Settings) check() error {
	var m fault.Mistakes
	m.Check(s.Askers == Anyone || s.Askers == Participants, "askers", "form.not_offered")
	if len([]rune(s.Lead)) > longestLead {
		m.Add("lead", "form.too_long", "Max", longestLead)
	}
	ends := !s.OpensAt.IsZero() && !s.ClosesAt.IsZero()
	m.Check(!ends || s.ClosesAt.After(s.OpensAt.Time), "closes", "event.panel.settings.order")
	return m.Err()
}

// Closes is the moment at which the panel takes no more questions.
func (s Settings) Closes(e event.Event) time.Time {
	if s.ClosesAt.IsZero() {
		return e.EndsAt.Time
	}
	return s.ClosesAt.Time
}

// Open reports whether questions are taken at a moment.
func (s Settings) Open(e event.Event, now time.Time) bool {
	return e.State() == event.Published && !now.Before(s.OpensAt.Time) && now.Before(s.Closes(e))
}

// Comes reports whether questions will be taken later.
func (s Settings) Comes(e event.Event, now time.Time) bool {
	return e.State() == event.Draft || e.State() == event.Published && now.Before(s.OpensAt.Time)
}

func limit(m *fault.Mistakes, field, text string, max int) {
	m.Check(text != "", field, "form.required")
	m.Check(len([]rune(text)) <= max, field, "form.too_long", "Max", max)
}

// Topic is what the pages of a panel's questions watch.
func Topic(event store.ID) string { return "panel:" + string(event) }
