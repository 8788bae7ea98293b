// Package audit remembers who did what, when, to what, in which role and for
// whom, so that a later doubt can be settled without trusting anybody's memory.
//
// A verb calls Write inside its own transaction: there is an entry exactly when
// there is an act. Seal chains the entries afterwards (chain.go), Verify proves
// that none was removed, moved or edited (verify.go). What is said about a person
// can be erased without breaking the chain (privacy.go). Each room names its acts
// in a Room, which Log turns into words for the pages.
package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Act is what a verb has just done. Who did it, in which role and for which
// organisation is read from the context.
type Act struct {
	Name  string   // "programme.phase_changed": the room and what it calls the act
	Kind  string   // of the thing: "programme", "article"
	Thing store.ID // which one
	Title string   // of the thing, never the name of a person
	Path  string   // its page on this site, "" for none

	Programme    store.ID // in which it was done
	Organisation store.ID // in which it was done

	// Subject is the person whom the details are about. They are erased with
	// that person, so whatever tells of somebody names them here.
	Subject store.ID

	// Own says that the person acted for themselves, whatever roles they have.
	Own bool
	// By is who acted where the context cannot know it: while signing in.
	By store.ID

	Changes Changes
	Reason  string // as the person gave it
}

// entry is an act as it is kept and chained.
type entry struct {
	ID           store.ID
	At           store.Time
	Act          string
	Person       store.ID
	OnBehalf     store.ID
	Role         access.Role
	ActingFor    store.ID
	ThingKind    string
	Thing        store.ID
	Programme    store.ID
	Organisation store.ID
	Subject      store.ID
	Digest       string
	Salt         *string
	Details      *string
	Seq          *int64
	Seal         *string
}

const columns = `id, at, act, person, on_behalf, role, acting_for, thing_kind, thing, programme, organisation, subject,
	digest, salt, details, seq, seal`

// details are the part of an entry that may tell of a person.
type details struct {
	Title   string  `json:"title,omitempty"`
	Path    string  `json:"path,omitempty"`
	For     string  `json:"for,omitempty"` // name of the organisation acted for
	Changes Changes `json:"changes,omitempty"`
	Reason  string  `json:"reason,omitempty"`
}

// assisted is the role of somebody who acts for a person beside them.
const assisted access.Role = "assistant"

// Write notes an act inside the transaction that does it.
func Write(ctx context.Context, tx *store.Tx, a Act) error {
	e, err := entryOf(access.From(ctx), a)
	if err != nil {
		return err
	}
	e.At = store.At(tx.Now())
	_, err = tx.Exec(ctx, `INSERT INTO audit_entry (id, at, act, person, on_behalf, role, acting_for, thing_kind, thing,
			programme, organisation, subject, digest, salt, details)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		e.ID, e.At, e.Act, e.Person, e.OnBehalf, e.Role, e.ActingFor, e.ThingKind, e.Thing,
		e.Programme, e.Organisation, e.Subject, e.Digest, e.Salt, e.Details)
	if err != nil {
		return fmt.Errorf("audit: write %s: %w", a.Name, err)
	}
	return nil
}

func entryOf(actor *access.Actor, a Act) (entry, error) {
	said, err := json.Marshal(details{Title: a.Title, Path: a.Path, For: actor.ForName, Changes: a.Changes, Reason: a.Reason})
	if err != nil {
		return entry{}, err
	}
	salt, text := newSalt(), string(said)
	e := entry{ID: store.NewID(), Act: a.Name, Person: actor.Person, Role: roleOf(actor, a), ActingFor: actor.For,
		ThingKind: a.Kind, Thing: a.Thing, Programme: a.Programme, Organisation: a.Organisation, Subject: a.Subject,
		Digest: digest(salt, text), Salt: &salt, Details: &text}
	if a.By != "" {
		e.Person = a.By
	}
	if actor.Assistant != "" {
		e.Person, e.OnBehalf, e.Role = actor.Assistant, actor.Person, assisted
		if e.Subject == "" {
			e.Subject = actor.Person // what was written down for them is about them
		}
	}
	return e, nil
}

// roleOf is the strongest role that the actor has in the place of the act.
func roleOf(actor *access.Actor, a Act) access.Role {
	if a.Own {
		return ""
	}
	for _, role := range access.ProgrammeRoles {
		if a.Programme != "" && actor.Is(role, string(a.Programme)) {
			return role
		}
	}
	for _, role := range access.OrganisationRoles {
		if a.Organisation != "" && actor.Is(role, string(a.Organisation)) {
			return role
		}
	}
	if actor.Is(access.Administrator, "") {
		return access.Administrator
	}
	return ""
}

// newSalt keeps anybody from guessing erased details until their digest fits.
func newSalt() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: it would end the program
	return hex.EncodeToString(b[:])
}

func digest(salt, details string) string {
	sum := sha256.Sum256([]byte(salt + details))
	return hex.EncodeToString(sum[:])
}
