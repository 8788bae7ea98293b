package workshop

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of whoever leads a workshop. What participants do is noted
// nowhere but in the workshop.
var Audit = audit.Room{Name: "workshop", Title: "workshop.audit.room",
	Acts: []audit.Word{
		{Name: "workshop.begun", Key: "workshop.audit.begun"},
		{Name: "workshop.revised", Key: "workshop.audit.revised"},
		{Name: "workshop.opened", Key: "workshop.audit.opened", Public: true},
		{Name: "workshop.closed", Key: "workshop.audit.closed", Public: true},
		{Name: "workshop.activity_added", Key: "workshop.audit.activity_added"},
		{Name: "workshop.activity_changed", Key: "workshop.audit.activity_changed"},
		{Name: "workshop.activity_removed", Key: "workshop.audit.activity_removed"},
		{Name: "workshop.started", Key: "workshop.audit.started"},
		{Name: "workshop.stopped", Key: "workshop.audit.stopped"},
		{Name: "workshop.extended", Key: "workshop.audit.extended"},
		{Name: "workshop.revealed", Key: "workshop.audit.revealed"},
		{Name: "workshop.hidden", Key: "workshop.audit.hidden"},
		{Name: "workshop.reset", Key: "workshop.audit.reset"},
		{Name: "workshop.rehearsed", Key: "workshop.audit.rehearsed"},
		{Name: "workshop.rehearsal_ended", Key: "workshop.audit.rehearsal_ended"},
	},
	Things: map[string]audit.Things{"workshop": publicTitles},
	Fields: map[string]string{"activity": "workshop.audit.activity"},
}

// publicTitles are the titles of those workshops that everybody may see now.
func publicTitles(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(2, ids)
	rows, err := store.All[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE w.opened_at IS NOT NULL AND p.state <> $1 AND w.id IN (`+in+`)`,
		append([]any{programme.Draft}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("workshop: titles: %w", err)
	}
	things := make(map[store.ID]audit.Thing, len(rows))
	for _, w := range rows {
		things[w.ID] = audit.Thing{Title: w.Title, Path: w.Path()}
	}
	return things, nil
}
