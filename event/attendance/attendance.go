// Package attendance knows who came to an event.
//
// Whoever has a seat has a ticket: a link with a code that cannot be guessed,
// drawn as a QR code (ticket.go). At the door somebody of the team notes who is
// there, by the list or by opening the ticket with the camera of a phone
// (service.go); what a phone without a network noted is sent later and counts
// once. A row of event_attendance says that the person came: registration refuses
// to withdraw them, as this package refuses to note whoever withdrew; both hold
// the lock of the event's row. Afterwards those who came get certificates that
// anyone can check (certificate.go), and the public reads how many came
// (public.go). Service.Note is the verb, Door the list.
package attendance

import (
	"embed"
	"log/slog"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Rule is how attendance is noted and who gets a certificate.
type Rule struct {
	Event         store.ID
	BySession     bool   // each session apart; otherwise once for the whole event
	LeastSessions int    // for a certificate; 0: it is enough to have come
	Words         string // on the certificate: what the event was about
	Version       int
}

// Guest is somebody with a registration, and whether they came.
type Guest struct {
	registration.Registration
	CameAt    store.Time // to the event or to the session that was asked for; zero: not there
	NotedBy   store.ID
	NotedName string // of whoever noted it
}

// Here reports whether the guest was noted.
func (g Guest) Here() bool { return !g.CameAt.IsZero() }

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Secret  []byte          // of the installation: tickets are made with it
	Privacy *privacy.Keeper // notes who looked at lists of people; nil: nobody does
	Notices *notice.Center  // nil: nobody is told
	Logger  *slog.Logger    // nil: slog.Default()
	// WalkIn is the page on which staff sign up whoever stands at the door while
	// the event is not over; nil: there is none.
	WalkIn func(event.Event) string
}

// Service holds the verbs of the package.
type Service struct {
	Options
	db   *store.DB
	keys keys
}

// New returns the package for one installation.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Service{Options: o, db: db, keys: keysOf(o.Secret)}
}
