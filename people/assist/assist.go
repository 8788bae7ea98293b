// Package assist lets a member of staff act for a person who is beside them and
// has no e-mail. Both are named in the log of acts, every page says so, it ends
// after half an hour or by a button, and the person takes a receipt home.
//
// The session of the member of staff ends when it begins: the browser holds one
// session at a time, of the person, without any role of staff and without their
// account's own settings. Begin with Service.Begin.
package assist

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
)

// Messages are the words of the room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Assist is who may act for others: the managers of a programme, for whoever
// comes to them, and administrators.
var Assist = access.Permission{Name: "people.assist", Scope: access.InProgramme,
	Roles: []access.Role{access.Administrator, access.Manager}}

// Audit names the acts of this room.
var Audit = audit.Room{Name: "assist", Title: "assist.audit.room", Acts: []audit.Word{
	{Name: didBegin, Key: "assist.audit.begun"}, {Name: didEnd, Key: "assist.audit.ended"}}}

const (
	didBegin = "assist.begun"
	didEnd   = "assist.ended"
)

// Privacy says what the table has to do with people.
var Privacy = []privacy.Rule{{
	Table: "assistance", Records: "assist.privacy.records", Basis: privacy.PublicTask, Kept: privacy.Years(5, "began_at"),
	Links:   []privacy.Link{privacy.About("person"), privacy.DoneBy("assistant", "assist.privacy.did", "began_at")},
	Columns: []privacy.Column{privacy.When("began_at", "privacy.column.at"), privacy.When("ended_at", "privacy.column.ended")},
	Plain:   []string{"id", "programme"},
}}

// Service holds the verbs of the room.
type Service struct {
	db      *store.DB
	people  *people.Service
	log     *audit.Log
	cookies web.Cookies
	// programme returns the programme of an address if the actor may see it.
	programme func(ctx context.Context, slug string) (audit.Place, error)
}

// Options are what the room needs of others.
type Options struct {
	Site      web.Site
	Programme func(ctx context.Context, slug string) (audit.Place, error)
}

// New returns the room.
func New(db *store.DB, p *people.Service, log *audit.Log, o Options) *Service {
	return &Service{db: db, people: p, log: log, cookies: web.Cookies{Secure: o.Site.Secure()}, programme: o.Programme}
}

// Assistance is one visit of a person at the desk of a member of staff.
type Assistance struct {
	ID        store.ID
	Assistant store.ID
	Person    store.ID
	Programme string // slug
	BeganAt   store.Time
	EndedAt   store.Time
}

// noAddress ends the address of an account whose person has none. The domain is
// reserved so that it never exists, and no letter goes there.
const noAddress = "@bez-adresu.invalid"

// Newcomer is what makes the account of somebody without an address.
type Newcomer struct{ Name, Municipality string }

// Begin ends the actor's session and returns the token of one in which they act
// for the person: a known one, or a newcomer when person is "".
func (s *Service) Begin(ctx context.Context, programme string, person store.ID, n Newcomer, userAgent string) (token string, err error) {
	actor := access.From(ctx)
	if !actor.May(Assist, programme) || actor.Assistant != "" {
		return "", fault.Forbidden()
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := s.find(ctx, tx, person, n)
		if err != nil {
			return err
		}
		visit := store.NewID()
		_, err = tx.Exec(ctx, `INSERT INTO assistance (id, assistant, person, programme, began_at) VALUES ($1, $2, $3, $4, $5)`,
			visit, actor.Person, p.ID, programme, store.At(tx.Now()))
		if err != nil {
			return err
		}
		if err := note(ctx, tx, didBegin, visit, p.ID); err != nil {
			return err
		}
		if err := session.End(ctx, tx, actor.Person, actor.Session); err != nil {
			return err
		}
		token, err = session.Assist(ctx, tx, p.ID, actor.Person, visit, userAgent)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("assist: begin: %w", err)
	}
	return token, nil
}

// find returns whom to act for: never staff, never somebody blocked, and never
// the account of somebody who can come in by themselves.
func (s *Service) find(ctx context.Context, tx *store.Tx, person store.ID, n Newcomer) (people.Person, error) {
	if person == "" {
		return s.people.Create(ctx, tx, people.NewPerson{Email: "osoba-" + string(store.NewRandomID()) + noAddress, Name: n.Name,
			Municipality: n.Municipality, Language: lang.From(ctx)})
	}
	p, err := people.ByID(ctx, tx, person)
	if err != nil {
		return p, err
	}
	staff, err := s.people.IsStaff(ctx, tx, p)
	if err != nil {
		return p, err
	}
	if staff || p.Blocked() || !strings.HasSuffix(p.Email, noAddress) {
		return p, fault.Forbidden()
	}
	return p, nil
}

// End ends the session and returns the token of a new one of the member of
// staff, with the number of the receipt.
func (s *Service) End(ctx context.Context, userAgent string) (token string, visit store.ID, err error) {
	actor := access.From(ctx)
	if actor.Assistant == "" {
		return "", "", fault.NotFound("assistance")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		visit = actor.Assistance
		if _, err := tx.Exec(ctx, `UPDATE assistance SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL`, visit, store.At(tx.Now())); err != nil {
			return err
		}
		if err := note(ctx, tx, didEnd, visit, actor.Person); err != nil {
			return err
		}
		if err := session.End(ctx, tx, actor.Person, actor.Session); err != nil {
			return err
		}
		own := access.With(ctx, &access.Actor{Person: actor.Assistant}) // from here on they act for themselves
		token, err = s.people.SignInSession(own, tx, actor.Assistant, userAgent)
		return err
	})
	if err != nil {
		return "", "", fmt.Errorf("assist: end: %w", err)
	}
	return token, visit, nil
}

func note(ctx context.Context, tx *store.Tx, act string, visit, person store.ID) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "assistance", Thing: visit, Path: "/obsluga/" + string(visit), Subject: person})
}

// known lists accounts without an address whose name fits all words.
func known(ctx context.Context, r store.Reader, words string) ([]people.Person, error) {
	var some []people.Person
	ids, err := people.Find(ctx, r, words+" "+noAddress[1:])
	for _, id := range ids[:min(len(ids), 20)] {
		p, err := people.ByID(ctx, r, id)
		if err != nil {
			return nil, err
		}
		some = append(some, p)
	}
	return some, err
}
