package backup

import (
	"context"

	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Privacy says that the table of the package has nothing to do with people.
var Privacy = []privacy.Rule{privacy.NoPeople("backup_made")}

// Note remembers that a backup was made now.
func Note(ctx context.Context, db *store.DB, size int64) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO backup_made (at, size) VALUES ($1, $2) ON CONFLICT (at) DO NOTHING`, store.At(tx.Wall()), size)
		return err
	})
}

// Last tells when the last backup was made, zero where none was.
func Last(ctx context.Context, r store.Reader) (store.Time, error) {
	return store.One[store.Time](ctx, r, `SELECT max(at) FROM backup_made`)
}
