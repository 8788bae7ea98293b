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

// TakeBack undoes every migration of ours, the last one first, and returns how
// many there were.
func TakeBack(ctx context.Context, db *DB) (int, error) {
	provider, err := db.goose(Migrations(db.dialect))
	if err != nil {
		return 0, err
	}
	results, err := provider.DownTo(ctx, 0)
	return len(results), err
}

// CompiledWrites is the number of statements that the writer keeps compiled.
func CompiledWrites(db *DB) int {
	db.group.working.Wait() // until what was asked for is compiled
	db.ahead.mu.Lock()
	defer db.ahead.mu.Unlock()
	return db.ahead.ready
}
