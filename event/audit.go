package event

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this room. Titles are asked for when the public log is
// shown, so that none outlives its event.
var Audit = audit.Room{Name: "event", Title: "event.audit.room",
	Acts: []audit.Word{
		{Name: didBegin, Key: "event.audit.begun"},
		{Name: didRevise, Key: "event.audit.revised", Public: true},
		{Name: didAgenda, Key: "event.audit.agenda", Public: true},
		{Name: didSpeakers, Key: "event.audit.speakers", Public: true},
		{Name: didMaterials, Key: "event.audit.materials", Public: true},
		{Name: didPublish, Key: "event.audit.published", Public: true},
		{Name: didCancel, Key: "event.audit.cancelled", Public: true},
		{Name: didReturn, Key: "event.audit.returned", Public: true},
		{Name: didReaddress, Key: "event.audit.readdressed"},
		{Name: didDelete, Key: "event.audit.deleted"},
	},
	Things: map[string]audit.Things{found: publicTitles},
}

const (
	didBegin     = "event.begun"
	didRevise    = "event.revised"
	didAgenda    = "event.agenda"
	didSpeakers  = "event.speakers"
	didMaterials = "event.materials"
	didPublish   = "event.published"
	didCancel    = "event.cancelled"
	didReturn    = "event.returned"
	didReaddress = "event.readdressed"
	didDelete    = "event.deleted"
)

// note writes down what was done to an event.
func note(ctx context.Context, tx *store.Tx, act string, e Event, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: found, Thing: e.ID, Title: e.Title, Path: e.Path(),
		Programme: e.Programme, Organisation: e.Host, Reason: reason})
}

// publicTitles are the titles of those events that everybody may see now.
func publicTitles(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[Event](ctx, r, `SELECT `+columns+tables+`WHERE `+public+` AND e.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("event: titles: %w", err)
	}
	things := make(map[store.ID]audit.Thing, len(rows))
	for _, e := range rows {
		things[e.ID] = audit.Thing{Title: e.Title, Path: e.Path()}
	}
	return things, nil
}
