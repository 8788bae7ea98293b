// Package search finds things by their words: Polish and English, whatever the
// form of the word, from its beginning on, with or without accents.
//
// A room declares a Kind for each sort of thing it has and calls Put inside the
// transaction that saves one, Remove inside the one that takes it away; nothing
// else is needed for the thing to be found by those who may read it, and by
// nobody else. Service.Find answers a question, Service.Routes is the page
// /szukaj, and Matching lets a room narrow a list of its own.
//
// FTS5 and PostgreSQL's tsvector both hold the tokens that this package makes of
// a text (analyse.go), so that they find the same.
package search

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of the page.
//
//go:embed messages.*.toml
var Messages embed.FS

// Kind is one sort of thing that can be found.
type Kind struct {
	Name  string // "news": small letters, kept in the database
	Title string // key of its name in the plural: "Aktualności"
	// Needs are the permissions that documents of this kind name.
	Needs []access.Permission
	// All reads the documents with ids behind after, in the order of their ids,
	// at most limit of them, and tells the last id it has looked at; "" at the
	// end. It fills the index where there was none, or another analyser's.
	All func(ctx context.Context, r store.Reader, after store.ID, limit int) (documents []Document, last store.ID, err error)
}

// Document is one thing that can be found. Text is plain: no Markdown, no HTML.
type Document struct {
	Kind      string
	ID        store.ID
	Programme store.ID // whose it is, "" for none
	Language  string
	Title     string
	Text      string
	URL       string // on this site, beginning with /
	Audience  Audience
	At        store.Time // from when the audience finds it; zero: never
}

// Audience is who may find a document.
type Audience struct {
	need, team string
	place      store.ID
}

// Public is everybody, from the document's time on.
var Public = Audience{}

// Holders are those who hold the permission in a place, from the document's
// time on; of an installation's permission the place is "".
func Holders(p access.Permission, place store.ID) Audience {
	return Audience{need: p.Name, place: place}
}

// Members are the people who take part in a programme, from the document's
// time on.
func Members(programme store.ID) Audience { return Audience{need: members, place: programme} }

// members stands where permissions stand, and is none: taking part gives no
// rights.
const members = "members"

// And adds a team, which finds the document at any time: those who hold the
// permission in the place.
func (a Audience) And(team access.Permission, place store.ID) Audience {
	a.team, a.place = team.Name, place
	return a
}

// Put makes a document findable, or replaces what it said before.
func Put(ctx context.Context, tx *store.Tx, d Document) error {
	if d.Kind == "" || d.ID == "" || !strings.HasPrefix(d.URL, "/") || strings.HasPrefix(d.URL, "//") {
		return fmt.Errorf("search: put %s %s: it needs a kind, an id and an address of this site", d.Kind, d.ID)
	}
	var err error
	if tx.Dialect() == store.Postgres {
		err = putPostgres(ctx, tx, d)
	} else {
		err = putSQLite(ctx, tx, d)
	}
	if err != nil {
		return fmt.Errorf("search: put %s %s: %w", d.Kind, d.ID, err)
	}
	return nil
}

// Remove makes a document unfindable; one that is not there is no error.
func Remove(ctx context.Context, tx *store.Tx, kind string, id store.ID) error {
	if err := remove(ctx, tx, kind, id); err != nil {
		return fmt.Errorf("search: remove %s %s: %w", kind, id, err)
	}
	return nil
}

// Hide hides everything of a programme from all but the teams of the documents,
// or shows it again.
func Hide(ctx context.Context, tx *store.Tx, programme store.ID, hidden bool) error {
	statement := `DELETE FROM search_hidden WHERE programme = $1`
	if hidden {
		statement = `INSERT INTO search_hidden (programme) VALUES ($1) ON CONFLICT (programme) DO NOTHING`
	}
	_, err := tx.Exec(ctx, statement, programme)
	return err
}

// Moved follows a programme to another address: what belongs to it is found
// under the new one.
func Moved(ctx context.Context, tx *store.Tx, programme store.ID, from, to string) error {
	if from == to {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE search_document SET url = $3 || substr(url, $4) WHERE programme = $1 AND substr(url, 1, $5) = $2`,
		programme, from, to, len(from)+1, len(from))
	return err
}
