// Package minutes keeps what was said and decided at an event, and who does what
// about it by when.
//
// Minutes are written point by point (point.go), with decisions, votes by show of
// hands (vote.go) and tasks (task.go); participants see the draft and remark on it
// (remark.go); a manager approves it, and what was approved stands word by word as
// an Edition (edition.go). A task goes on after the minutes are closed: its owner
// is reminded, reports, and the team closes it. Service.Begin, SavePoint, Show,
// Approve and Publish are the verbs of minutes; Report, Return and Close those of
// tasks. For says how the wiring tells who was present.
package minutes

import (
	"context"
	"embed"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Approve is for whoever answers for the meeting: a facilitator who took the
// minutes does not approve them.
var Approve = access.Permission{Name: "event.approve", Scope: access.InProgramme,
	Roles: []access.Role{access.Administrator, access.Manager}}

// State is where the minutes stand.
//
//	draft ──show──▶ shown ──approve──▶ approved ──publish──▶ published
//	  ▲ ▲─take back──┘                                          │
//	  └───────────────────────correct (the next edition)────────┘
//
// While an edition is corrected, the one before it stays published.
type State string

const (
	Draft     State = "draft"
	Shown     State = "shown"
	Approved  State = "approved"
	Published State = "published"
)

// Open reports whether the words may still change.
func (s State) Open() bool { return s == Draft || s == Shown }

// Limits on what people write, in characters, and on how much minutes hold.
const (
	longestTitle  = 200
	longestText   = 20_000
	longestNote   = 2_000
	longestName   = 120
	mostPoints    = 100
	mostPresent   = 5_000
	mostFiles     = 60
	mostDecisions = 200
)

// Minutes are the minutes of one event, as they are being written.
type Minutes struct {
	ID           store.ID
	Event        store.ID
	State        State
	Edition      int
	Chair        string
	Taker        string
	Present      *int
	Quorum       *int
	RemarksUntil store.Time
	ShownAt      store.Time
	PublishedAt  store.Time
	Reason       string // of the correction that is being made
	UpdatedAt    store.Time
	UpdatedBy    store.ID
	Version      int
	Veiled       bool // moderation hides what was published
}

// Corrected reports whether an edition was published before this one.
func (m Minutes) Corrected() bool { return !m.PublishedAt.IsZero() }

// TakesRemarks reports whether participants may remark on the draft now.
func (m Minutes) TakesRemarks(now time.Time) bool {
	return m.State == Shown && (m.RemarksUntil.IsZero() || now.Before(m.RemarksUntil.Time))
}

// Path is the address of an event's minutes.
func Path(e event.Event) string { return e.Path() + "/protokol" }

// Point is one point of the agenda and what was said under it.
type Point struct {
	ID        store.ID
	Minutes   store.ID
	Position  int
	Title     string
	Text      string // Markdown
	UpdatedAt store.Time
	UpdatedBy store.ID
	Version   int
}

// Decision is one sentence that the meeting has agreed on.
type Decision struct {
	ID         store.ID
	Point      store.ID
	Number     int
	Text       string
	PublicText string // as it was published last
}

// Keepings are what a draft of an event cannot be deleted with: what was said and
// what somebody has taken on.
var Keepings = []event.Keeping{
	{Key: "minutes.kept.minutes", Stays: true, Count: counted(`SELECT count(*) FROM event_minutes WHERE event = $1`)},
	{Key: "minutes.tasks.count", Stays: true, Count: counted(`SELECT count(*) FROM event_task WHERE event = $1`)},
}

func counted(query string) func(context.Context, store.Reader, store.ID) (int, error) {
	return func(ctx context.Context, r store.Reader, event store.ID) (int, error) {
		return store.One[int](ctx, r, query, event)
	}
}

// dayEnd is the first moment after a day in Warsaw.
func dayEnd(day time.Time) store.Time {
	y, m, d := day.In(lang.Warsaw).Date()
	return store.At(time.Date(y, m, d+1, 0, 0, 0, 0, lang.Warsaw))
}
