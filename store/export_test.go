package store

import (
	"context"
	"io/fs"
)

// Waiting is the number of writes that wait for their turn.
func Waiting(db *DB) int {
	db.group.mu.Lock()
	defer db.group.mu.Unlock()
	return len(db.group.waiting)
}

// MigrateFiles migrates with files of a test.
func MigrateFiles(ctx context.Context, db *DB, files fs.FS) error { return db.migrate(ctx, files) }

// ForDialect hides the files written for the other database.
func ForDialect(files fs.FS, d Dialect) fs.FS { return dialectFiles{files, d} }
