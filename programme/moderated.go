package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// What moderation has to know of programmes.

// Named finds a programme by its slug or its id, in whatever state.
func Named(ctx context.Context, r store.Reader, name string) (Programme, error) {
	if id, err := store.ParseID(name); err == nil {
		return ByID(ctx, r, id)
	}
	return BySlug(ctx, r, name)
}

// IsStaff reports whether a person has a role in a programme, or for "" in any
// or in the installation.
func IsStaff(ctx context.Context, r store.Reader, person, programme store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT (SELECT count(*) FROM person WHERE id = $1 AND administrator)
		+ (SELECT count(*) FROM programme_role WHERE person = $1 AND ($2 = '' OR programme = $2))`, person, programme)
	return n > 0, err
}

// RolesOfOthers lists the roles in a programme that are held by somebody who can
// come in, besides the people named.
func RolesOfOthers(ctx context.Context, r store.Reader, programme store.ID, besides []store.ID) ([]access.Role, error) {
	out, args := store.In(2, besides)
	return store.All[access.Role](ctx, r, `SELECT DISTINCT t.role FROM programme_role t JOIN person p ON p.id = t.person AND p.blocked_at IS NULL
		WHERE t.programme = $1 AND t.person NOT IN (`+out+`)`, append([]any{programme}, args...)...)
}
