// Package trace is the thread: it answers of any published thing where it came
// from and what came of it.
//
// A room registers a Kind for each sort of thing it publishes. Editors link
// things with Service.Add; a room that keeps such a relation itself (the goals
// that an article serves) registers a Relation instead, and the thread shows it
// like any other link. Service.Block is what a thing's own page shows,
// Service.Walk reads the surroundings of a thing, Service.Routes has the page on
// which readers walk on.
package trace

import (
	"context"
	"embed"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of the thread.
//
//go:embed messages.*.toml
var Messages embed.FS

// Ref names a thing of any room.
type Ref struct {
	Kind string // Kind.Name
	ID   store.ID
}

// Kind is a sort of thing that takes part in the thread.
type Kind struct {
	Name  string // "news", as the search calls it too
	Slug  string // in addresses: "aktualnosc"
	Title string // key of its name in the singular

	// Find reads things of this kind in one query, in any order; one that is not
	// there any more is left out. It does not look at who asks.
	Find func(ctx context.Context, r store.Reader, ids []store.ID) ([]Thing, error)

	Team access.Permission // sees what is hidden or withdrawn, in the thing's place
	Edit access.Permission // adds and removes its links, in the thing's place
}

// Thing is what the thread shows of a thing.
type Thing struct {
	ID       store.ID
	Title    string
	Language string
	URL      string   // on this site
	Place    store.ID // programme or organisation in which Team and Edit count
	Within   string   // name of that programme, "" where there is none
	At       store.Time
	State    State
}

// State is who may see a thing.
type State int

const (
	Shown     State = iota
	Hidden          // only its team knows of it: a draft, something scheduled
	Withdrawn       // everybody may know that it was there; only its team, what it said
)

// Type is how a thing is related to its source.
type Type string

const (
	Follows  Type = "follows"  // it came from the source
	Answers  Type = "answers"  // it answers the source
	Replaces Type = "replaces" // it takes the place of the source
	Serves   Type = "serves"   // it was done for the source, which is a goal; kept by a room
)

// Relation is a relation that a room keeps itself. Select is SQL without
// parameters for rows of (kind, thing, source_kind, source), each a text.
type Relation struct {
	Type   Type
	Select string
}

// Link leads from a thing to its source.
type Link struct {
	ID     store.ID // "" where a room keeps it
	Type   Type
	Thing  Ref
	Source Ref
}

// Forget removes the links of a thing that is deleted for good. What is only
// withdrawn keeps them.
func Forget(ctx context.Context, tx *store.Tx, of Ref) error {
	_, err := tx.Exec(ctx, `DELETE FROM trace_link WHERE kind = $1 AND thing = $2 OR source_kind = $1 AND source = $2`, of.Kind, of.ID)
	return err
}

// visible reports whether the actor may know of the thing at all.
func (k Kind) visible(a *access.Actor, t Thing) bool {
	return t.State != Hidden || a.May(k.Team, string(t.Place))
}

// readable reports whether the actor may know what the thing says.
func (k Kind) readable(a *access.Actor, t Thing) bool {
	return t.State == Shown || a.May(k.Team, string(t.Place))
}

// mayEdit reports whether the actor may add and remove links of the thing.
func (k Kind) mayEdit(a *access.Actor, t Thing) bool {
	return k.visible(a, t) && a.May(k.Edit, string(t.Place))
}

// Path is the address of a thing's thread.
func Path(slug string, id store.ID) string { return "/watek/" + slug + "/" + string(id) }

// side says how a link looks from one of its ends, in words.
func (t Type) side(ctx context.Context, back bool) string {
	if back {
		return lang.T(ctx, "trace.source."+string(t))
	}
	return lang.T(ctx, "trace.result."+string(t))
}
