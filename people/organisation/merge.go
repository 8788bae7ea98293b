package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// References are the columns of this room that lead to an organisation.
var References = []merge.Reference{
	{Table: "organisation_mandate", Column: "organisation"},
	{Table: "organisation_request", Column: "organisation"},
	{Table: "organisation_invitation", Column: "organisation"},
	{Table: "organisation_papers", Column: "organisation"},
	{Table: "organisation_import_row", Column: "organisation"},
	{Table: "organisation_alias", Column: "organisation"},
}

// MergeKind is how two entries of one organisation become one; more are the
// columns of other rooms that lead to organisations.
func MergeKind(more ...merge.Reference) merge.Kind {
	return merge.Kind{Name: "organisation", Title: "merge.kind.organisation", Table: "organisation",
		References: append(append([]merge.Reference{}, References...), more...),
		Find: func(ctx context.Context, r store.Reader, typed string) (merge.Thing, error) {
			o, err := BySlug(ctx, r, typed)
			return merge.Thing{ID: o.ID, Title: o.Name, Path: path(o.Slug)}, err
		},
		Remove: removeMerged,
	}
}

// removeMerged removes the entry that goes; its address leads to the one that
// stays, for ever.
func removeMerged(ctx context.Context, tx *store.Tx, from, into store.ID) error {
	if _, err := tx.Exec(ctx, `INSERT INTO organisation_alias (slug, organisation) SELECT slug, $2 FROM organisation WHERE id = $1`, from, into); err != nil {
		return err
	}
	if err := leaveDesks(ctx, tx, from); err != nil {
		return err
	}
	if err := store.Changed(tx.Exec(ctx, `DELETE FROM organisation WHERE id = $1`, from)); err != nil {
		return err
	}
	return search.Remove(ctx, tx, foundAs, from)
}

// aliased returns the organisation that took over an address.
func aliased(ctx context.Context, r store.Reader, slug string) (Organisation, error) {
	return store.One[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE id = (SELECT organisation FROM organisation_alias WHERE slug = $1)`, slug)
}
