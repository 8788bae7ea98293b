package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/pressly/goose/v3"
)

// AppliedMigrations lists the versions of our own migrations that the database
// has, in their order, also those that this program does not know; none where
// the database is new.
func (db *DB) AppliedMigrations(ctx context.Context) ([]int64, error) {
	// Asking for the status makes goose's table where there is none.
	if _, err := db.MigrationStatus(ctx); err != nil {
		return nil, err
	}
	return All[int64](ctx, db, `SELECT DISTINCT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY version_id`)
}

// ErrNewer is returned by MigrateOnly for a version that this program does not
// know: the data come from a later one.
var ErrNewer = errors.New("store: made by a newer version of the program")

// MigrateOnly applies River's migrations and, of ours, just those of the given
// versions: the schema in which a backup was made. Migrate brings it up to date.
func (db *DB) MigrateOnly(ctx context.Context, versions []int64) (err error) {
	unlock, err := db.lockMigrations(ctx)
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := db.river().up(ctx); err != nil {
		return fmt.Errorf("store: migrate the tables of the jobs: %w", err)
	}
	provider, err := db.goose(Migrations(db.dialect))
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	versions = slices.Sorted(slices.Values(versions))
	for _, version := range versions {
		_, err := provider.ApplyVersion(ctx, version, true)
		switch {
		case errors.Is(err, goose.ErrVersionNotFound):
			return fmt.Errorf("%w: migration %d", ErrNewer, version)
		case err != nil && !errors.Is(err, goose.ErrAlreadyApplied):
			return fmt.Errorf("store: migrate: %w", err)
		}
	}
	return nil
}
