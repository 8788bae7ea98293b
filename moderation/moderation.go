// Package moderation keeps the places where people write fit to be read: anybody
// reports a text, those who answer for the place hide it with a reason or leave
// it, its author is told and may appeal to somebody else; who goes on may be kept
// from writing for a time; new accounts publish a few texts at a time, and word
// lists send a text to be looked at before it is shown.
//
// A room fills in a Kind, which cmd/wspolnota registers. In the transaction that
// saves what a person wrote it calls Accept; its lists leave out what Veiled
// says, and its pages show Part. Whoever may write at all is decided in one
// place, by web, which asks Refuse before any form reaches its handler.
package moderation

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Kind is one sort of text that people write.
type Kind struct {
	Name  string // "organisation": small letters, kept in the database
	Slug  string // in addresses: "organizacja"
	Title string // key of its name: "profil organizacji"
	// Team may read things that are not before everybody.
	Team access.Permission
	// Find reads things; those that are gone are left out.
	Find func(ctx context.Context, r store.Reader, ids []store.ID) ([]Thing, error)
	// Changed follows a thing that was hidden or is shown again, in the same
	// transaction: the room writes anew what it keeps elsewhere, such as what the
	// search finds. It asks Veiled how things stand.
	Changed func(ctx context.Context, tx *store.Tx, thing store.ID) error
}

// Thing is one text with what moderators have to know of it.
type Thing struct {
	ID       store.ID
	Place    Place // programme that answers for it; zero: administrators do
	At       Place // programme or organisation in which Kind.Team counts
	Title    string
	Language string
	Path     string     // its page on this site
	Text     string     // all its words, as people typed them
	Public   bool       // everybody may read it, unless moderation hides it
	Written  store.Time // when the words last changed
	Authors  []store.ID // who is told, and may appeal
}

// Place is a programme or an organisation.
type Place struct {
	ID    store.ID
	Title string
	Path  string
}

// Who may do what. Moderate is for cases, Govern for what binds people: blocks
// and word lists.
var (
	Moderate = access.Permission{Name: "moderation.moderate", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Facilitator}}
	Govern = access.Permission{Name: "moderation.govern", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager}}
)

// Options are what moderation needs of the installation.
type Options struct {
	Queue   *jobs.Queue
	Notices *notice.Center
	Secret  []byte // of the installation: keys the hashes of devices and networks

	// ClientAddr tells where a request comes from; nil stands for the other end
	// of the connection.
	ClientAddr func(*http.Request) netip.Addr

	Names   func(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]string, error)
	ByEmail func(ctx context.Context, r store.Reader, email string) (store.ID, error)
	// Joined tells since when a person has an account.
	Joined func(ctx context.Context, r store.Reader, person store.ID) (time.Time, error)
	// Staff reports whether a person handles others' matters in a programme, or
	// for "" in the installation; such a person is not blocked there.
	Staff func(ctx context.Context, r store.Reader, person, programme store.ID) (bool, error)
	// Others lists the roles in a programme that somebody besides these people has.
	Others func(ctx context.Context, r store.Reader, programme store.ID, besides []store.ID) ([]access.Role, error)
	// Programme finds a programme by its slug or id.
	Programme func(ctx context.Context, r store.Reader, slug string) (Place, error)
}

// Service holds the verbs.
type Service struct {
	Options
	db    *store.DB
	kinds []Kind
	key   []byte
}

// New returns moderation that knows no kind yet, and lets the queue tidy up.
func New(db *store.DB, o Options) *Service {
	s := &Service{Options: o, db: db, key: deriveKey(o.Secret)}
	jobs.Every(o.Queue, "moderation.forget", 24*time.Hour, func(ctx context.Context) error {
		return db.Write(ctx, func(tx *store.Tx) error { return forgetCounts(ctx, tx) })
	})
	return s
}

// Add lets things of these kinds be moderated. A kind that is named twice stops
// the program.
func (s *Service) Add(kinds ...Kind) {
	for _, k := range kinds {
		if _, taken := s.kind(k.Name); taken {
			panic("moderation: kind " + k.Name + " is named twice")
		}
		s.kinds = append(s.kinds, k)
	}
}

func (s *Service) kind(name string) (Kind, bool) {
	for _, k := range s.kinds {
		if k.Name == name || k.Slug == name {
			return k, true
		}
	}
	return Kind{}, false
}

// thing reads one thing; fault.NotFound where it is gone.
func (s *Service) thing(ctx context.Context, r store.Reader, kind string, id store.ID) (Kind, Thing, error) {
	k, known := s.kind(kind)
	if !known {
		return k, Thing{}, fault.NotFound("kind of a text")
	}
	found, err := k.Find(ctx, r, []store.ID{id})
	if err != nil {
		return k, Thing{}, fmt.Errorf("moderation: find %s: %w", kind, err)
	}
	if len(found) == 0 {
		return k, Thing{}, fault.NotFound("text")
	}
	return k, found[0], nil
}

// readable reports whether the actor may read a thing that is not veiled.
func (k Kind) readable(a *access.Actor, t Thing) bool {
	return t.Public || k.Team.Declared() && a.May(k.Team, string(t.At.ID))
}
