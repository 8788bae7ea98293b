package api

import (
	"context"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

const keyColumns = `id, person, name, scope, created_at, expires_at, used_at`

func byHash(ctx context.Context, r store.Reader, hash string) (Key, error) {
	return store.One[Key](ctx, r, `SELECT `+keyColumns+` FROM api_key WHERE hash = $1`, hash)
}

func keysOf(ctx context.Context, r store.Reader, person store.ID) ([]Key, error) {
	return store.All[Key](ctx, r, `SELECT `+keyColumns+` FROM api_key WHERE person = $1 ORDER BY created_at DESC, id`, person)
}

func count(ctx context.Context, r store.Reader, person store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM api_key WHERE person = $1`, person)
}

func insert(ctx context.Context, tx *store.Tx, k Key, hash string) error {
	_, err := tx.Exec(ctx, `INSERT INTO api_key (id, person, name, scope, hash, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, k.ID, k.Person, k.Name, k.Scope, hash, k.CreatedAt, k.ExpiresAt)
	return err
}

func setUsed(ctx context.Context, tx *store.Tx, id store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE api_key SET used_at = $2 WHERE id = $1`, id, store.At(tx.Wall()))
	return err
}

func remove(ctx context.Context, tx *store.Tx, person, id store.ID) error {
	met, err := store.Met(tx.Exec(ctx, `DELETE FROM api_key WHERE id = $1 AND person = $2`, id, person))
	if err == nil && !met {
		err = fault.NotFound("key")
	}
	return err
}
