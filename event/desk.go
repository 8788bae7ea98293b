package event

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this room.
var Desk = []desk.Kind{{Name: waitsDraft, Key: "event.waits.draft", Status: "desk.status.finish"}}

const waitsDraft = "event.draft"

// wait puts a draft on the desk of whoever changed it last, until it is
// published or deleted; from its day on it is late. Whoever drew it without being
// able to finish it is not asked to: the package that let them asks the team.
func wait(ctx context.Context, tx *store.Tx, e Event) error {
	actor := access.From(ctx)
	if err := waitNoMore(ctx, tx, e); err != nil || e.State() != Draft || !actor.May(Edit, string(e.Programme)) {
		return err
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsDraft, Matter: string(e.ID), To: desk.To{Person: actor.Person},
		Place: desk.Place{ID: e.Programme, Title: e.ProgrammeTitle}, Title: e.Title, Path: e.Path(), Due: e.StartsAt.Time})
}

func waitNoMore(ctx context.Context, tx *store.Tx, e Event) error {
	return desk.Done(ctx, tx, waitsDraft, string(e.ID))
}
