package people

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	Outbox *mail.Outbox
	Queue  *jobs.Queue

	// Privacy hands out and erases a person's data, and notes who looks at
	// others'. Without it (in tests of other rooms) those pages are not there.
	Privacy *privacy.Keeper

	Secret []byte // of the installation, as SecretFile returns it

	// ClientAddr tells where a request comes from (web.App.ClientAddr, which
	// knows the proxies); nil stands for the other end of the connection.
	ClientAddr func(*http.Request) netip.Addr

	// RequireSecondFactor holds back the staff roles of a person until they
	// have set up a second factor.
	RequireSecondFactor bool

	// Letters with codes that go out within an hour; 0 stands for 3 and 30.
	LettersPerAddress int
	LettersPerNetwork int
}

// Service holds the verbs of the room.
type Service struct {
	Options
	db       *store.DB
	cookies  web.Cookies
	keys     keys
	hasher   *hasher
	granters []access.Granter
	blocks   []Block
	doors    []Door
}

// Block is what another room shows on a person's own page; nil for nothing.
type Block func(ctx context.Context, person store.ID) (templ.Component, error)

// Door is a way from the administration page to a page of another room. Title
// and Text are keys of messages.
type Door struct{ Href, Title, Text string }

// New returns the room and takes over its letters and its clean-up. A secret
// that is too short is a mistake in the wiring and stops the program.
func New(db *store.DB, o Options) *Service {
	k, err := newKeys(o.Secret)
	if err != nil {
		panic(err)
	}
	if o.LettersPerAddress == 0 {
		o.LettersPerAddress = 3
	}
	if o.LettersPerNetwork == 0 {
		o.LettersPerNetwork = 30
	}
	if o.ClientAddr == nil {
		o.ClientAddr = peerAddr
	}
	s := &Service{Options: o, db: db, cookies: web.Cookies{Secure: o.Site.Secure()}, keys: k, hasher: newHasher()}
	s.AddDoor(Door{Href: "/administracja/osoby", Title: "people.admin.list.title", Text: "people.admin.list.door"})
	s.handleLetters()
	jobs.Every(o.Queue, "people.sweep", time.Hour, s.Sweep)
	return s
}

// AddGranter registers a room that gives roles to people.
func (s *Service) AddGranter(g access.Granter) { s.granters = append(s.granters, g) }

// AddBlock registers what a room shows on a person's own page.
func (s *Service) AddBlock(b Block) { s.blocks = append(s.blocks, b) }

// AddDoor registers a page of another room on the administration page.
func (s *Service) AddDoor(d Door) { s.doors = append(s.doors, d) }

// Create makes an account. A taken address is a mistake in the field "email".
func (s *Service) Create(ctx context.Context, tx *store.Tx, n NewPerson) (Person, error) {
	n, err := n.check()
	if err != nil {
		return Person{}, err
	}
	p := Person{ID: store.NewID(), Email: n.Email, Name: n.Name, Language: n.Language,
		Municipality: n.Municipality, CreatedAt: store.At(tx.Now()), Version: 1}
	made, err := insertPerson(ctx, tx, p)
	if err != nil {
		return Person{}, fmt.Errorf("people: create: %w", err)
	}
	if !made {
		return Person{}, fault.Mistake("email", "people.email.taken")
	}
	by := store.ID("")
	if n.Own {
		by = p.ID
	}
	return p, note(ctx, tx, didCreate, p.ID, by, nil, "")
}

// Actor is what web asks on every request of somebody who is signed in.
func (s *Service) Actor(ctx context.Context, in session.Session) (*access.Actor, error) {
	row, err := findPresent(ctx, s.db, in.Person)
	if err != nil {
		return nil, err
	}
	grants, err := s.grants(ctx, s.db, in.Person, row.Administrator)
	if err != nil {
		return nil, err
	}
	// A session that began before its person got a staff role has the long life
	// of everybody's: it holds no such role until it is renewed, so that nothing
	// depends on the renewal coming in the same moment as the role.
	if !in.Staff || in.Assistant != "" || s.RequireSecondFactor && !row.SecondFactor {
		grants = withoutStaff(grants)
	}
	actor := &access.Actor{Person: in.Person, Name: row.Name, Session: in.ID, Grants: grants}
	if in.Assistant != "" {
		if _, err := findPresent(ctx, s.db, in.Assistant); err != nil {
			return nil, err // blocked meanwhile
		}
		actor.Assistant, actor.Assistance, actor.Until = in.Assistant, in.Assistance, in.CreatedAt.Add(session.AssistTotal)
	}
	for _, g := range grants {
		if g.Scope == access.InOrganisation && string(g.ID) == in.ActingFor {
			actor.For, actor.ForName = g.ID, g.Name
		}
	}
	return actor, nil
}

// present is all that a request needs of the person who makes it.
type present struct {
	Name          string
	Administrator bool
	SecondFactor  bool
}

func findPresent(ctx context.Context, r store.Reader, person store.ID) (present, error) {
	return store.One[present](ctx, r, `SELECT p.name, p.administrator, s.totp_at IS NOT NULL AS second_factor
		FROM person p LEFT JOIN person_secret s ON s.person = p.id
		WHERE p.id = $1 AND p.blocked_at IS NULL`, person)
}

// grants gathers every role of a person.
func (s *Service) grants(ctx context.Context, r store.Reader, person store.ID, administrator bool) ([]access.Grant, error) {
	var all []access.Grant
	if administrator {
		all = append(all, access.Grant{Role: access.Administrator, Scope: access.Installation})
	}
	for _, grant := range s.granters {
		some, err := grant(ctx, r, person)
		if err != nil {
			return nil, fmt.Errorf("people: roles: %w", err)
		}
		all = append(all, some...)
	}
	return all, nil
}

func withoutStaff(grants []access.Grant) []access.Grant {
	var kept []access.Grant
	for _, g := range grants {
		if !g.Role.Staff() {
			kept = append(kept, g)
		}
	}
	return kept
}

// IsStaff reports whether a person has any role of staff.
func (s *Service) IsStaff(ctx context.Context, r store.Reader, p Person) (bool, error) {
	grants, err := s.grants(ctx, r, p.ID, p.Administrator)
	return isStaff(grants), err
}

func isStaff(grants []access.Grant) bool { return len(withoutStaff(grants)) < len(grants) }

// SignInSession starts a session: the one verb at the end of every way in. What
// proves the person (code, link, password, second factor, the demo's link) is
// checked before it. It returns the token for the browser's cookie.
func (s *Service) SignInSession(ctx context.Context, tx *store.Tx, person store.ID, userAgent string) (string, error) {
	p, err := ByID(ctx, tx, person)
	if err != nil {
		return "", err
	}
	if p.Blocked() {
		return "", errBlocked
	}
	grants, err := s.grants(ctx, tx, p.ID, p.Administrator)
	if err != nil {
		return "", err
	}
	if isStaff(grants) {
		if err := note(ctx, tx, didEnter, p.ID, p.ID, nil, ""); err != nil {
			return "", err
		}
	}
	if err := waitSecond(ctx, tx, p.ID, isStaff(grants)); err != nil {
		return "", err
	}
	return session.Start(ctx, tx, p.ID, isStaff(grants), userAgent)
}

// errBlocked is said only to somebody who has proved whose account it is.
var errBlocked = fault.Invalid("people.blocked")

// RolesChanged ends every session of a person whose roles another room has
// changed, so that none lives on with a lifetime, or in hands, that the new
// roles do not allow. When people change their own roles (accept an invitation)
// their room calls Renew instead.
func (s *Service) RolesChanged(ctx context.Context, tx *store.Tx, person store.ID) error {
	return session.EndAll(ctx, tx, person, "")
}

// Renew gives the person who asks a new session with their present roles, and
// ends all their others.
func (s *Service) Renew(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), access.From(r.Context())
	if actor.Assistant != "" {
		return nil // the person is not left alone with the browser, and the visit ends when it would
	}
	var token string
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		token, err = s.renew(ctx, tx, actor, r.UserAgent())
		return err
	})
	if err != nil {
		return fmt.Errorf("people: renew session: %w", err)
	}
	s.cookies.StartSession(w, token)
	return nil
}

func (s *Service) renew(ctx context.Context, tx *store.Tx, actor *access.Actor, userAgent string) (string, error) {
	if err := session.EndAll(ctx, tx, actor.Person, ""); err != nil {
		return "", err
	}
	token, err := s.SignInSession(ctx, tx, actor.Person, userAgent)
	if err != nil || actor.For == "" {
		return token, err
	}
	fresh, err := session.Find(ctx, tx, token)
	if err != nil {
		return "", err
	}
	return token, session.ActFor(ctx, tx, fresh.ID, string(actor.For))
}

// Enter signs a person in on this browser and sends it to one of our own pages.
// The session that the browser had before is ended.
func (s *Service) Enter(w http.ResponseWriter, r *http.Request, person store.ID, next string) error {
	ctx := r.Context()
	var token string
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if err = endOwn(ctx, tx); err != nil {
			return err
		}
		token, err = s.SignInSession(ctx, tx, person, r.UserAgent())
		return err
	})
	if err != nil {
		return fmt.Errorf("people: enter: %w", err)
	}
	return s.letIn(w, r, token, next)
}

// endOwn ends the session of the browser that asks, if it has one.
func endOwn(ctx context.Context, tx *store.Tx) error {
	actor := access.From(ctx)
	if !actor.SignedIn() {
		return nil
	}
	return session.End(ctx, tx, actor.Person, actor.Session)
}

// letIn gives the browser its new session.
func (s *Service) letIn(w http.ResponseWriter, r *http.Request, token, next string) error {
	s.cookies.StartSession(w, token)
	s.cookies.Drop(w, attemptCookie)
	return web.SeeOther(w, r, web.LocalPath(next, "/konto"), "")
}

// AdminCreate makes the person of an address an administrator, with a new
// account where there is none. made tells which. For the command line, whose
// user owns the server anyway.
func (s *Service) AdminCreate(ctx context.Context, email string) (p Person, made bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		made = false
		p, err = ByEmail(ctx, tx, email)
		if fault.Is(err, fault.KindNotFound) {
			made = true
			p, err = s.Create(ctx, tx, NewPerson{Email: email, Name: administratorName})
		}
		if err != nil {
			return err
		}
		return s.promote(ctx, tx, p, "wspolnota admin create")
	})
	if err != nil {
		return Person{}, false, fmt.Errorf("people: create administrator: %w", err)
	}
	p.Administrator = true
	return p, made, nil
}

// administratorName stands until the administrator tells their own.
const administratorName = "Administrator"

// Sweep removes attempts, counters and sessions that are over, once an hour.
func (s *Service) Sweep(ctx context.Context) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := sweepAttempts(ctx, tx); err != nil {
			return err
		}
		return session.Sweep(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("people: sweep: %w", err)
	}
	return nil
}

// peerAddr is the other end of the connection.
func peerAddr(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return peer.Addr().Unmap()
}

var _ web.People = (*Service)(nil)
