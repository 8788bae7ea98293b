// Package group is the working group of a programme: who appointed it and what
// for, who sits in it, for whom and in which role, when it meets, what it still
// has to do, and what it has left when it is closed.
//
// A Group belongs to one programme. A Member is one stretch of somebody's time in
// it, in one role: whoever leaves or changes the role ends one stretch and may
// begin another, so that the history stays. Service.Found, Invite, Accept, Meet
// and Close are the verbs. Meetings are events of kind working_group; what their
// minutes say, and who may sign up for them, other packages of the room know
// (Records and Guests).
package group

import (
	"embed"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Manage is for founding groups and for closing them. Who runs one group is told
// by its chair and secretary: see Service.runs.
var Manage = access.Permission{Name: "group.manage", Scope: access.InProgramme,
	Roles: []access.Role{access.Administrator, access.Manager}}

// State is where a group stands:
//
//	forming ──begin, with a chair──▶ working ──close──▶ closed
//	   └──────────────close──────────────────────────────▲
//	                                 working ◀──reopen───┘
type State string

const (
	Forming State = "forming"
	Working State = "working"
	Closed  State = "closed"
)

// Role is what a member is in a group.
type Role string

const (
	Chair     Role = "chair"
	Secretary Role = "secretary"
	Ordinary  Role = "member"
	Observer  Role = "observer"
)

// Roles lists them in the order in which a page shows them.
var Roles = []Role{Chair, Secretary, Ordinary, Observer}

// Decides reports whether a role has a part in what the group decides; observers
// are counted apart.
func (r Role) Decides() bool { return r != Observer }

// Limits on what people write, in characters, and on how much there is of it.
const (
	longestName    = 200
	longestPurpose = 10_000
	longestAct     = 300
	longestWords   = 1000
	longestReason  = 500
	longestOutcome = 5000
	longestAgenda  = 5000
	longestPlace   = 200
	longestAccess  = 2000
	mostInvited    = 50 // in one form
	mostMinutes    = 12 * 60
)

// invitationLasts is how long an invitation may be answered.
const invitationLasts = 60 * 24 * time.Hour

// Group is a working group.
type Group struct {
	ID             store.ID
	Programme      store.ID
	ProgrammeSlug  string
	ProgrammeTitle string
	ProgrammeState string
	Language       string // of the programme
	Slug           string
	Name           string
	Purpose        string // Markdown
	AppointedBy    string // by what act
	Appointer      store.ID
	AppointerName  string
	AppointerSlug  string
	StartsAt       store.Time
	EndsAt         store.Time // the first moment after the last day, zero for none
	Asking         bool       // people may ask to join
	State          State
	Reason         string
	Outcome        string
	ClosedAt       store.Time
	UpdatedAt      store.Time
	Version        int
}

// Path is the group's address on this site.
func (g Group) Path() string { return listPath(g.ProgrammeSlug) + "/" + g.Slug }

// Live reports whether the group still has members who come and go.
func (g Group) Live() bool { return g.State != Closed }

// LastDay is the last day of the period, zero where it has no end.
func (g Group) LastDay() time.Time {
	if g.EndsAt.IsZero() {
		return time.Time{}
	}
	return g.EndsAt.In(lang.Warsaw).AddDate(0, 0, -1)
}

// dayAfter is how a last day is kept.
func dayAfter(day time.Time) store.Time {
	if day.IsZero() {
		return store.Time{}
	}
	return store.At(day.In(lang.Warsaw).AddDate(0, 0, 1))
}

func listPath(programme string) string { return "/programy/" + programme + "/zespoly" }

func (g Group) check() error {
	var m fault.Mistakes
	text(&m, "name", g.Name, longestName)
	text(&m, "purpose", g.Purpose, longestPurpose)
	text(&m, "appointed_by", g.AppointedBy, longestAct)
	m.Check(!g.StartsAt.IsZero(), "starts", "form.required")
	m.Check(g.EndsAt.IsZero() || g.EndsAt.After(g.StartsAt.Time), "ends", "event.group.ends_before")
	return m.Err()
}

// text notes a needed text that is missing or too long.
func text(m *fault.Mistakes, field, s string, max int) {
	m.Check(s != "", field, "form.required")
	m.Check(len([]rune(s)) <= max, field, "form.too_long", "Max", max)
}

// MemberState is where a stretch stands:
//
//	asked ──admitted──▶ active ──left, ended, another role──▶ ended
//	  │ └──────refused──▶ refused
//	  └──────taken back──▶ withdrawn
//
// Who accepts an invitation begins with active.
type MemberState string

const (
	Asked     MemberState = "asked"
	Active    MemberState = "active"
	Ended     MemberState = "ended"
	Refused   MemberState = "refused"
	Withdrawn MemberState = "withdrawn"
)

// Member is one stretch of a person's time in a group.
type Member struct {
	ID               store.ID
	Group            store.ID `db:"event_group"`
	Person           store.ID
	Name             string
	Email            string
	Organisation     store.ID // "" for themselves
	OrganisationName string
	OrganisationSlug string
	Sector           organisation.Sector
	Role             Role
	State            MemberState
	Named            bool // everybody may read the name
	Words            string
	Reason           string
	FromAt           store.Time
	UntilAt          store.Time
	At               store.Time
	StateAt          store.Time
	Version          int
}

// Public reports whether the public reads of this member at all: of an
// organisation it is known that it sits in the group, of somebody who is there
// for themselves only what they have chosen.
func (m Member) Public() bool { return m.Organisation != "" || m.Named }

// Invitation is an open invitation.
type Invitation struct {
	ID        store.ID
	Group     store.ID `db:"event_group"`
	Email     string
	Role      Role
	Words     string
	Language  lang.Language
	InvitedAt store.Time
	InvitedBy store.ID
	ExpiresAt store.Time
}

// Joining is how somebody comes into a group.
type Joining struct {
	Organisation store.ID // "" for themselves
	Named        bool     // everybody may read the name
}

// inOrder sorts members by role and then by name.
func inOrder(members []Member) []Member {
	slices.SortStableFunc(members, func(a, b Member) int { return slices.Index(Roles, a.Role) - slices.Index(Roles, b.Role) })
	return members
}
