// Package event is the room of meetings that people come to: seminars,
// workshops, panels, study visits, working groups, days of mutual education.
//
// An Event belongs to one programme; it has sessions over one or several days
// (session.go), a Place, people who speak, and materials. What happens around it
// stands beside: event/registration knows who comes, event/seating who sits with
// whom, event/attendance who came, event/minutes what was said and decided,
// event/feedback what people thought of it. They stand on this package, which
// knows none of them: they give it a Part of the event's page or a Tool of its
// team. Service.Begin, Revise, Publish and Cancel are the verbs; Find reads the
// event of an address, Service.Routes lists the pages.
package event

import (
	"context"
	"embed"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Who may do what with a programme's events.
var (
	// Preview lets the whole team see what is not published.
	Preview = access.Permission{Name: "event.preview", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Facilitator, access.Assessor, access.Observer}}
	// Edit is for preparing, publishing and cancelling.
	Edit = access.Permission{Name: "event.edit", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor}}
	// Run is for those who work with the people who come: they see names, check
	// in, seat and take the minutes.
	Run = access.Permission{Name: "event.run", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Facilitator}}
)

// State is where an event stands before the public. That it is over is told by
// the clock.
//
//	draft ──publish──▶ published ──cancel──▶ cancelled
//	  └── deleted, never published      ◀──return──┘
type State string

const (
	Draft     State = "draft"
	Published State = "published"
	Cancelled State = "cancelled"
)

// Mode is how people meet.
type Mode string

const (
	OnSite Mode = "on_site"
	Online Mode = "online"
	Hybrid Mode = "hybrid"
)

// Modes lists them in the order in which a form offers them.
var Modes = []Mode{OnSite, Online, Hybrid}

// Languages in which an event may be announced.
var Languages = []string{"pl", "en", "cs", "de", "sk", "uk"}

// Limits on what people write, in characters, and on how many things an event
// has.
const (
	longestTitle   = 200
	longestLead    = 500
	longestBody    = 60_000
	longestName    = 200  // of a place, a room, a speaker, a file
	longestText    = 2000 // about a place, a session, a speaker
	longestLink    = 500
	longestReason  = 500
	mostSessions   = 100
	mostSpeakers   = 60
	mostFiles      = 60
	longestSession = 24 * 60 // minutes
	mostDays       = 60      // from the first session to the end of the last
)

// Event is what lists show of an event, and its state.
type Event struct {
	ID              store.ID
	Programme       store.ID
	ProgrammeSlug   string
	ProgrammeTitle  string
	Slug            string
	Kind            Kind
	Host            store.ID // the organisation that hosts it, "" for none
	HostName        string
	Title           string
	Lead            string
	Language        string
	Mode            Mode
	Place           Place
	StartsAt        store.Time // of the first session
	EndsAt          store.Time // of the last one
	PublishedAt     store.Time
	CancelledAt     store.Time
	CancelledReason string
	Revision        int // of what participants were told: when and where
	UpdatedAt       store.Time
	Version         int
}

// State tells where the event stands.
func (e Event) State() State {
	switch {
	case !e.CancelledAt.IsZero():
		return Cancelled
	case e.PublishedAt.IsZero():
		return Draft
	}
	return Published
}

// In lets words be said in the language of the event: what one person makes for
// others to read, such as points of minutes and sheets of paper, is not in the
// language of whoever made it. Where the site does not speak that of the event,
// they are said in Polish.
func (e Event) In(ctx context.Context) context.Context {
	spoken, _ := lang.Parse(e.Language)
	return lang.In(ctx, spoken)
}

// Over reports whether its last session has ended.
func (e Event) Over(now time.Time) bool { return !now.Before(e.EndsAt.Time) }

// Begun reports whether its first session has begun.
func (e Event) Begun(now time.Time) bool { return !now.Before(e.StartsAt.Time) }

// Moved reports whether the event is at another time or place than before, as
// far as who comes has to know.
func (e Event) Moved(before Event) bool {
	a, b := e.Place, before.Place
	return !e.StartsAt.Equal(before.StartsAt.Time) || !e.EndsAt.Equal(before.EndsAt.Time) || e.Mode != before.Mode ||
		a.Name != b.Name || a.Address != b.Address || a.TERC != b.TERC || a.Link != b.Link
}

// Days counts the days on which the event takes place, from its first to its last.
func (e Event) Days() int {
	first, last := midnight(e.StartsAt.Time), midnight(e.EndsAt.Add(-time.Minute))
	return int(last.Sub(first).Round(24*time.Hour)/(24*time.Hour)) + 1
}

// midnight is the beginning of the day in Warsaw on which a moment falls.
func midnight(t time.Time) time.Time {
	t = t.In(lang.Warsaw)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, lang.Warsaw)
}

// Path is the event's address on this site.
func (e Event) Path() string { return e.List() + "/" + e.Slug }

// List is the address of the events of its programme.
func (e Event) List() string { return listPath(e.ProgrammeSlug) }

func listPath(programme string) string { return "/programy/" + programme + "/wydarzenia" }
