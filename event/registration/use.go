package registration

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/store"
)

// Archive is what this package keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "event_registration", Where: ofEvents},
		{Table: "organisation", Where: `id IN (SELECT organisation FROM event_registration WHERE ` + ofEvents + `)`},
		{Table: "event_admission", Where: ofEvents},
		{Table: "event_seat_limit", Where: ofEvents},
		{Table: "event_question", Where: ofEvents},
		{Table: "event_invitation", Where: ofEvents},
	},
	LeftOut: map[string]string{"event_need": "diet and access needs are kept for thirty days after the event and outlive nothing"},
}

const ofEvents = `event IN (SELECT id FROM event WHERE programme = $1)`

// UsesOrganisation reports whether somebody came for the organisation.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_registration WHERE organisation = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this package that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "event_registration", Column: "organisation"}}
