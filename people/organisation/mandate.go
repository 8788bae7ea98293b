package organisation

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Appointment is what a mandate gives: a role, the function in words, and the
// days between which it counts.
type Appointment struct {
	Role  access.Role // access.Representative or access.Member
	Title string      // "skarbnik"
	From  store.Time  `db:"from_at"`  // zero: at once
	Until store.Time  `db:"until_at"` // the first moment after the last day; zero: without an end
}

const maxTitle = 100

// Check returns the mistakes of an appointment beside their fields.
func (a Appointment) Check() error {
	var m fault.Mistakes
	m.Check(slices.Contains(access.OrganisationRoles, a.Role), "role", "form.not_offered")
	m.Check(utf8.RuneCountInString(a.Title) <= maxTitle, "title", "form.too_long", "Max", maxTitle)
	m.Check(a.Until.IsZero() || a.Until.After(a.From.Time), "until", "organisation.mandate.ends_before")
	return m.Err()
}

// Mandate is the right of a person to act for an organisation.
type Mandate struct {
	ID           store.ID
	Organisation store.ID
	Person       store.ID
	Appointment
	EndedAt store.Time // ended by a person, before its date
	Version int
}

// Counts reports whether the mandate gives its role at that time. One whose
// last day has passed counts for nothing, although nobody ended it.
func (m Mandate) Counts(now time.Time) bool {
	return m.EndedAt.IsZero() && !m.From.After(now) && (m.Until.IsZero() || m.Until.After(now))
}

// Comes reports whether the mandate has not begun yet.
func (m Mandate) Comes(now time.Time) bool { return m.EndedAt.IsZero() && m.From.After(now) }

// LastDay is a moment of the last day on which the appointment counts; zero when
// it has no end.
func (a Appointment) LastDay() time.Time {
	if a.Until.IsZero() {
		return time.Time{}
	}
	return a.Until.Add(-time.Microsecond)
}

// State is how far a request or an invitation has come.
type State string

const (
	Waiting   State = "waiting"
	Accepted  State = "accepted"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
)

// Request is a person's wish to belong to an organisation.
type Request struct {
	ID           store.ID
	Organisation store.ID
	Person       store.ID
	Reason       string
	State        State
	Answer       string // why it was refused
	CreatedAt    store.Time
	AnsweredAt   store.Time
}

// Invitation offers an appointment to whoever has the e-mail address. It has no
// secret in it: signing in with a code proves the address.
type Invitation struct {
	ID           store.ID
	Organisation store.ID
	Email        string
	Appointment
	State     State
	InvitedBy store.ID
	CreatedAt store.Time
	ExpiresAt store.Time
}

// Open reports whether the invitation can still be answered.
func (i Invitation) Open(now time.Time) bool { return i.State == Waiting && i.ExpiresAt.After(now) }

// How long an invitation waits, and how much one person may ask of others in a
// day: letters go out for each.
const (
	invitationLives   = 30 * 24 * time.Hour
	invitationsPerDay = 30
	requestsPerDay    = 20
	foundedPerDay     = 10
)

const maxReason = 1000
