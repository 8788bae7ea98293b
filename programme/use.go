package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/store"
)

// UsesOrganisation reports whether a programme is led by the organisation, has
// it as a partner, or has a member who acts for it.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT (SELECT count(*) FROM programme WHERE owner = $1) +
		(SELECT count(*) FROM programme_partner WHERE organisation = $1) +
		(SELECT count(*) FROM programme_member WHERE organisation = $1)`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this room that lead to organisations.
var OrganisationReferences = []merge.Reference{
	{Table: "programme", Column: "owner"},
	{Table: "programme_partner", Column: "organisation"},
	{Table: "programme_member", Column: "organisation"},
}

// MemberOf tells where a person stands in a programme, for rooms that let those
// who take part do something; whoever never asked is an Outsider.
func MemberOf(ctx context.Context, r store.Reader, programme, person store.ID) (Member, error) {
	return membership(ctx, r, programme, person)
}
