package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Place finds a programme as a collection of data: what its members tell is in
// the hands of the organisation that owns it.
func Place(ctx context.Context, r store.Reader, slug string) (privacy.Place, error) {
	p, err := BySlug(ctx, r, slug)
	if err == nil {
		err = visible(access.From(ctx), p)
	}
	if err != nil {
		return privacy.Place{}, err
	}
	return placeOf(ctx, r, p)
}

func placeOf(ctx context.Context, r store.Reader, p Programme) (privacy.Place, error) {
	owner, err := organisation.ByID(ctx, r, p.Owner)
	if err != nil {
		return privacy.Place{}, err
	}
	return privacy.Place{Kind: privacy.OfProgramme, ID: p.ID, Name: p.Title, Path: p.Path(),
		Controller: privacy.Listed(owner.Name, owner.Address), Contact: privacy.Listed(owner.Email, owner.Phone)}, nil
}

// clauseOf is what the owner of a programme tells those who join it.
func clauseOf(ctx context.Context, r store.Reader, p Programme) (privacy.Clause, error) {
	place, err := placeOf(ctx, r, p)
	if err != nil {
		return privacy.Clause{}, err
	}
	return privacy.ClauseOf(ctx, r, place)
}
