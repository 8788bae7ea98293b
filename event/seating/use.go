package seating

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Archive is what this package keeps of a programme.
var Archive = archive.Room{Parts: []archive.Part{
	{Table: "event_table", Where: ofEvents},
	{Table: "event_seat", Where: ofEvents},
	{Table: "event_seating", Where: ofEvents},
}}

// ofEvents are those of the programme, of any state.
const ofEvents = `event IN (SELECT id FROM event WHERE programme = $1)`

// Privacy says what tables have to do with people.
var Privacy = []privacy.Rule{
	{
		Table: "event_seat", Records: "event.seating.privacy", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("event", "event.seating.event").As(`(SELECT e.title FROM event e WHERE e.id = t.event)`),
			privacy.Fact("table_id", "event.seating.table").As(`(SELECT x.name FROM event_table x WHERE x.id = t.table_id)`),
		},
		Plain: []string{"id", "registration"},
	},
	{Table: "event_table", Records: "event.seating.privacy.tables", Basis: privacy.PublicTask, Mentions: []string{"name"}, Plain: []string{"id", "event"}},
	privacy.NoPeople("event_seating", "event"),
}

// Audit names the acts of this package.
var Audit = audit.Room{Name: "seating", Title: "event.seating.audit.room",
	Acts: []audit.Word{
		{Name: didPropose, Key: "event.seating.audit.proposed"},
		{Name: didMove, Key: "event.seating.audit.moved"},
		{Name: didLock, Key: "event.seating.audit.locked"},
		{Name: didName, Key: "event.seating.audit.named"},
	},
	Fields: map[string]string{"tables": "event.seating.tables", "seed": "event.seating.seed", "table": "event.seating.table", "locked": "event.seating.lock"},
}

const (
	didPropose = "seating.proposed"
	didMove    = "seating.moved"
	didLock    = "seating.locked"
	didName    = "seating.table_named"
)

func act(name string, e event.Event) audit.Act {
	return audit.Act{Name: name, Kind: "event", Thing: e.ID, Title: e.Title, Path: e.Path(), Programme: e.Programme}
}

func noteProposal(ctx context.Context, tx *store.Tx, e event.Event, tables, seed int) error {
	a := act(didPropose, e)
	a.Changes.Text("tables", "", fmt.Sprint(tables))
	a.Changes.Text("seed", "", fmt.Sprint(seed))
	return audit.Write(ctx, tx, a)
}

func noteMove(ctx context.Context, tx *store.Tx, e event.Event, g Guest, from, to string) error {
	a := act(didMove, e)
	a.Subject = g.Person
	a.Changes.Text("table", from, to)
	return audit.Write(ctx, tx, a)
}

func noteLock(ctx context.Context, tx *store.Tx, e event.Event, g Guest, locked bool) error {
	a := act(didLock, e)
	a.Subject = g.Person
	a.Changes.Text("locked", fmt.Sprint(!locked), fmt.Sprint(locked))
	return audit.Write(ctx, tx, a)
}

func noteName(ctx context.Context, tx *store.Tx, e event.Event, before, after string) error {
	a := act(didName, e)
	a.Changes.Text("table", before, after)
	return audit.Write(ctx, tx, a)
}
