package event

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
)

const fileColumns = `id, event, session, title, name, type, size, after, uploaded_by`

// filesOf lists the materials of an event, in the order in which they came.
func filesOf(ctx context.Context, r store.Reader, event store.ID) ([]File, error) {
	return store.All[File](ctx, r, `SELECT `+fileColumns+` FROM event_file WHERE event = $1 ORDER BY uploaded_at, id`, event)
}

// fileOf reads one material of an event.
func fileOf(ctx context.Context, r store.Reader, event, id store.ID) (File, error) {
	return store.One[File](ctx, r, `SELECT `+fileColumns+` FROM event_file WHERE event = $1 AND id = $2`, event, id)
}

// sessionOfEvent is the id $2 where it is a session of the event $1, else NULL.
const sessionOfEvent = `(SELECT id FROM event_session WHERE event = $1 AND id = $2)`

func insertFile(ctx context.Context, tx *store.Tx, f File) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_file (event, session, id, title, name, type, size, after, uploaded_by, uploaded_at)
		VALUES ($1, `+sessionOfEvent+`, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.Event, f.Session, f.ID, f.Title, f.Name, f.Type, f.Size, f.After, f.UploadedBy.OrNull(), store.At(tx.Wall()))
	return err
}

func updateFile(ctx context.Context, tx *store.Tx, f File) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_file SET session = `+sessionOfEvent+`, title = $4, after = $5
		WHERE event = $1 AND id = $3`, f.Event, f.Session, f.ID, f.Title, f.After))
}

func deleteFile(ctx context.Context, tx *store.Tx, event, id store.ID) error {
	return store.Changed(tx.Exec(ctx, `DELETE FROM event_file WHERE event = $1 AND id = $2`, event, id))
}
