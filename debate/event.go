package debate

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
)

// OfEvent counts the debates that belong to an event: an event that has one is
// not deleted.
func OfEvent(ctx context.Context, r store.Reader, event store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM debate WHERE event = $1`, event)
}
