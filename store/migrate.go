package store

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations
var embedded embed.FS

// Migrations are the files that Migrate applies to this kind of database.
func Migrations(d Dialect) fs.FS {
	all, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return dialectFiles{all, d}
}

// Migrate brings the tables up to date: first River's for the jobs, then ours.
// On PostgreSQL several replicas may start at once; one migrates, the others
// wait for it.
func (db *DB) Migrate(ctx context.Context) error {
	return db.migrate(ctx, Migrations(db.dialect))
}

func (db *DB) migrate(ctx context.Context, files fs.FS) (err error) {
	unlock, err := db.lockMigrations(ctx)
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := db.river().up(ctx); err != nil {
		return fmt.Errorf("store: migrate the tables of the jobs: %w", err)
	}
	provider, err := db.goose(files)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err == nil {
		_, err = provider.Up(ctx)
	}
	if err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// Migration is one step of the schema, as `wspolnota migrate` lists it.
type Migration struct {
	Name    string // its file, or River's name for it
	Version int64
	Applied bool
	At      time.Time // zero where it is pending or not known
}

// MigrationStatus lists every migration the program knows, River's first, and
// whether the database has it.
func (db *DB) MigrationStatus(ctx context.Context) ([]Migration, error) {
	list, err := db.river().status(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: migrations of the jobs: %w", err)
	}
	provider, err := db.goose(Migrations(db.dialect))
	if errors.Is(err, goose.ErrNoMigrations) {
		return list, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	ours, err := provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	for _, m := range ours {
		list = append(list, Migration{
			Name:    path.Base(m.Source.Path),
			Version: m.Source.Version,
			Applied: m.State == goose.StateApplied,
			At:      m.AppliedAt,
		})
	}
	return list, nil
}

func (db *DB) goose(files fs.FS) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if db.dialect == Postgres {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, db.writes, files,
		goose.WithSlog(db.log),
		goose.WithAllowOutofOrder(true), // two rooms may merge in either order
		goose.WithDisableGlobalRegistry(true),
	)
}

// lockMigrations keeps other replicas from migrating the same database. The
// lock is taken here and not by goose's own locker, because River's tables need
// it too and because this one waits without polling. Its number is goose's, so
// that the goose command respects it.
func (db *DB) lockMigrations(ctx context.Context) (unlock func() error, err error) {
	if db.dialect == SQLite {
		return func() error { return nil }, nil // the writer connection is lock enough
	}
	conn, err := db.writes.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, lock.DefaultLockID); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lock.DefaultLockID)
		return errors.Join(err, conn.Close())
	}, nil
}

// riverMigrations are the tables of the job queue, which River brings itself.
type riverMigrations interface {
	up(context.Context) error
	status(context.Context) ([]Migration, error)
}

func (db *DB) river() riverMigrations {
	if db.dialect == Postgres {
		return river[pgx.Tx]{db, riverpgxv5.New(db.pool)}
	}
	return river[*sql.Tx]{db, riversqlite.New(db.writes)}
}

type river[Tx any] struct {
	db     *DB
	driver riverdriver.Driver[Tx]
}

func (r river[Tx]) migrator() (*rivermigrate.Migrator[Tx], error) {
	quiet := slog.New(quietHandler{r.db.log.Handler()})
	return rivermigrate.New(r.driver, &rivermigrate.Config{Logger: quiet})
}

func (r river[Tx]) up(ctx context.Context) error {
	migrator, err := r.migrator()
	if err != nil {
		return err
	}
	existing, err := migrator.ExistingVersions(ctx)
	if err != nil {
		return err
	}
	if len(existing) == len(migrator.AllVersions()) {
		return nil // as at almost every start: quicker, and nothing to log
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

func (r river[Tx]) status(ctx context.Context) ([]Migration, error) {
	migrator, err := r.migrator()
	if err != nil {
		return nil, err
	}
	existing, err := migrator.ExistingVersions(ctx)
	if err != nil {
		return nil, err
	}
	var list []Migration
	for _, m := range migrator.AllVersions() {
		list = append(list, Migration{
			Name:    "river: " + m.Name,
			Version: int64(m.Version),
			Applied: slices.ContainsFunc(existing, func(e rivermigrate.Migration) bool { return e.Version == m.Version }),
		})
	}
	slices.SortFunc(list, func(a, b Migration) int { return cmp.Compare(a.Version, b.Version) })
	return list, nil
}

// dialectFiles hides the migrations written for the other database: of the
// pair x.sqlite.sql and x.postgres.sql only one is there.
type dialectFiles struct {
	fs.FS
	dialect Dialect
}

func (d dialectFiles) hidden(name string) bool {
	other := SQLite
	if d.dialect == SQLite {
		other = Postgres
	}
	return strings.HasSuffix(name, "."+string(other)+".sql")
}

func (d dialectFiles) Open(name string) (fs.File, error) {
	if d.hidden(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return d.FS.Open(name)
}

func (d dialectFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(d.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return d.hidden(e.Name()) }), err
}

// quietHandler lets warnings through. River tells of each of its steps, which
// is no news to whoever creates an administrator.
type quietHandler struct{ slog.Handler }

func (h quietHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}
