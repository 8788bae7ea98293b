package event

import (
	"context"

	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/store"
)

// UsesOrganisation reports whether the organisation hosts an event.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event WHERE host = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this room that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "event", Column: "host"}}
