package notice

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// Follow lets the actor be told of what happens in a place.
func Follow(ctx context.Context, tx *store.Tx, place store.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO notice_follow (person, place, since) VALUES ($1, $2, $3) ON CONFLICT (person, place) DO NOTHING`,
		access.From(ctx).Person, place, store.At(tx.Now()))
	if err != nil {
		return fmt.Errorf("notice: follow: %w", err)
	}
	return nil
}

// Unfollow ends it.
func Unfollow(ctx context.Context, tx *store.Tx, place store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM notice_follow WHERE person = $1 AND place = $2`, access.From(ctx).Person, place)
	if err != nil {
		return fmt.Errorf("notice: unfollow: %w", err)
	}
	return nil
}

// FollowPart is the button on the page of a place; nil for visitors.
func (c *Center) FollowPart(ctx context.Context, p Place) (templ.Component, error) {
	actor := access.From(ctx)
	if !actor.SignedIn() {
		return nil, nil
	}
	n, err := store.One[int](ctx, c.db, `SELECT count(*) FROM notice_follow WHERE person = $1 AND place = $2`, actor.Person, p.ID)
	if err != nil {
		return nil, fmt.Errorf("notice: followed: %w", err)
	}
	return followPart(p, n > 0), nil
}
