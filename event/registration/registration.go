// Package registration knows who comes to an event: who has a seat, who waits
// for one, who withdrew, and what they answered.
//
// A Registration is one person's (or one guest's) place in an event's queue. It
// is numbered in the order of arrival; seats are limited in total, per sector
// and per gmina. Other packages of the room read Seated and Of, and hold one
// still with Locked. Service.Register, Confirm and Withdraw are the verbs.
//
// # How seats are given
//
// Residents read the same rule on the page …/zapisy/zasady.
//
//  1. Everybody who signs up gets the next number of the event: 1, 2, 3 and so
//     on, without gaps. A number is never given twice; who withdraws and comes
//     back gets a new one. Nothing but the number decides who is before whom.
//  2. A registration belongs to one class: a sector and a gmina. Who comes for an
//     organisation takes its sector and the gmina of its seat. Who comes for
//     themselves is a resident of the gmina in their profile; where the profile
//     names none, of the one they choose in the form; from outside the subregion
//     the gmina is "elsewhere", which counts as one gmina.
//  3. A seat is free for a class while fewer seats are taken than there are in
//     all, in its sector, and in its gmina. A limit that is not set limits
//     nothing. Taken are confirmed and offered seats. A class with a limit of 0
//     cannot sign up.
//  4. Who signs up gets a seat at once if one is free for their class and nobody
//     waits before them who could take it. Otherwise they wait.
//  5. Whenever a seat may have become free (somebody withdrew, an offer lapsed,
//     a limit was raised), the waiting are asked in the order of their numbers,
//     and each for whose class a seat is free is offered it. So nobody is passed
//     over by somebody later whose seat they could have taken; who waits for a
//     seat of a full sector does not hold up the others.
//  6. An offered seat is held until the time written in the offer: the hours
//     that the team has set, but never beyond the beginning of the event. Taken
//     in time it is confirmed; otherwise it lapses and goes on by rule 5. With
//     no time to confirm (0 hours) the seat is confirmed at once.
//  7. Lowering a limit takes no seat away. Once the event has begun, or while it
//     is cancelled, nothing is offered; whom the team enters at the door then
//     takes a seat that is free.
//
// The time of the server decides, once for each request. All that touches the
// queue of an event happens while its row is locked, so these rules hold under
// any number of requests at once; seats.go is the decision alone, without clock
// or database, and is tested against a naive model.
package registration

import (
	"context"
	"embed"

	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// State is where a registration stands:
//
//	waiting ──a seat is free──▶ offered ──taken in time──▶ confirmed
//	   │                           │ └──not taken──▶ lapsed     │
//	   └────────── withdrawn ◀─────┴────────────────────────────┘
//
// Where there is a free seat at once, a registration begins confirmed. Withdrawn
// and lapsed are ends: who comes back has a new registration.
type State string

const (
	Waiting   State = "waiting"
	Offered   State = "offered"
	Confirmed State = "confirmed"
	Withdrawn State = "withdrawn"
	Lapsed    State = "lapsed"
)

// States lists them in the order in which a filter offers them.
var States = []State{Confirmed, Offered, Waiting, Withdrawn, Lapsed}

// Holds reports whether the registration keeps a seat from others.
func (s State) Holds() bool { return s == Confirmed || s == Offered }

// Live reports whether the person still means to come.
func (s State) Live() bool { return s.Holds() || s == Waiting }

// Channel is how a registration came.
type Channel string

const (
	Self  Channel = "self"
	Group Channel = "group" // named by an organisation
	Paper Channel = "paper" // entered by staff
)

// Registration is one person's place in the queue of an event.
type Registration struct {
	ID               store.ID
	Event            store.ID
	Person           store.ID // "" for a guest without an account
	Name             string
	Email            string // of a guest, "" for none
	Organisation     store.ID
	OrganisationName string // of either kind, "" for themselves
	Sector           organisation.Sector
	TERC             string `db:"terc"`
	Channel          Channel
	State            State
	Number           int // order of arrival
	Answers          Answers
	RegisteredAt     store.Time
	RegisteredBy     store.ID // at the keyboard
	StateAt          store.Time
	OfferedUntil     store.Time
	Batch            store.ID // "" for one that came alone
	Version          int
}

// Class is whose seat the registration takes.
func (r Registration) Class() Class { return Class{r.Sector, r.TERC} }

// Columns and Tables give a Registration wherever one is read in this room.
const (
	Columns = `g.id, g.event, g.person, g.name, g.email, g.organisation,
		CASE WHEN g.organisation IS NULL THEN g.organisation_name ELSE o.name END AS organisation_name,
		g.sector, g.terc, g.channel, g.state, g.number, g.answers, g.registered_at, g.registered_by, g.state_at, g.offered_until,
		g.batch, g.version`
	Tables = ` FROM event_registration g LEFT JOIN organisation o ON o.id = g.organisation `
)

// Seated lists those who have a confirmed seat, in the order of arrival.
func Seated(ctx context.Context, r store.Reader, event store.ID) ([]Registration, error) {
	return store.All[Registration](ctx, r, `SELECT `+Columns+Tables+`WHERE g.event = $1 AND g.state = 'confirmed' ORDER BY g.number`, event)
}

// TookPart is SQL that is true of a registration g whose person took part:
// whoever has a seat and, once people are noted at the door of the event, was noted.
const TookPart = `g.state = 'confirmed' AND (g.id IN (SELECT registration FROM event_attendance WHERE event = g.event)
	OR NOT EXISTS (SELECT 1 FROM event_attendance WHERE event = g.event))`

// ByID reads a registration for an event, in any state.
func ByID(ctx context.Context, r store.Reader, event, id store.ID) (Registration, error) {
	return store.One[Registration](ctx, r, `SELECT `+Columns+Tables+`WHERE g.event = $1 AND g.id = $2`, event, id)
}

// Of reads the latest registration of a person for an event, in any state; also
// one in which an organisation named them by their address.
func Of(ctx context.Context, r store.Reader, event, person store.ID) (Registration, error) {
	return store.One[Registration](ctx, r, `SELECT `+Columns+Tables+`WHERE g.event = $1 AND (g.person = $2
		OR g.person IS NULL AND g.email <> '' AND g.email = (SELECT p.email FROM person p WHERE p.id = $2))
		ORDER BY CASE WHEN g.state IN ('confirmed', 'offered', 'waiting') THEN 0 ELSE 1 END, g.number DESC LIMIT 1`, event, person)
}

// Locked reads a registration and holds its event until the transaction ends:
// nobody can withdraw, be promoted or be checked in meanwhile.
func Locked(ctx context.Context, tx *store.Tx, event, id store.ID) (Registration, error) {
	if err := store.Lock(ctx, tx, "event", event); err != nil {
		return Registration{}, err
	}
	return ByID(ctx, tx, event, id)
}
