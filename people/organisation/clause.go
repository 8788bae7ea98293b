package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Place finds an organisation as a collection of data: it is the controller of
// what people tell when they ask to act for it.
func Place(ctx context.Context, r store.Reader, slug string) (privacy.Place, error) {
	o, err := BySlug(ctx, r, slug)
	if err == nil {
		err = shown(ctx, o)
	}
	return o.place(), err
}

func (o Organisation) place() privacy.Place {
	return privacy.Place{Kind: privacy.OfOrganisation, ID: o.ID, Name: o.Name, Path: path(o.Slug),
		Controller: privacy.Listed(o.Name, o.Address), Contact: privacy.Listed(o.Email, o.Phone)}
}
