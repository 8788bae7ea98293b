package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// ErrNotEmpty is returned by Restore for an installation that holds something.
var ErrNotEmpty = errors.New("there is something already; a backup is restored into an empty database and an empty data directory")

// Restore brings an installation back from a backup: the schema of that time,
// its rows, files and secret, and then the schema of this program. The database
// has to be new. Nothing is changed when the file is not whole, and what was
// begun is taken back when something fails on the way.
func Restore(ctx context.Context, in Installation, name string) (Manifest, error) {
	manifest, err := Verify(name)
	if err != nil {
		return Manifest{}, err
	}
	if err := in.mustBeEmpty(ctx); err != nil {
		return Manifest{}, err
	}
	if err := in.mustBeOfThatTime(ctx, manifest); err != nil {
		return Manifest{}, err
	}
	if err := in.DB.MigrateOnly(ctx, manifest.Migrations); err != nil {
		if errors.Is(err, store.ErrNewer) {
			return Manifest{}, fmt.Errorf("%w: %w", ErrNewer, err)
		}
		return Manifest{}, err
	}
	var written []string
	err = in.DB.Write(ctx, func(tx *store.Tx) error {
		var err error
		written, err = in.load(ctx, tx, name, manifest)
		return err
	})
	if err != nil {
		for _, key := range written {
			err = errors.Join(err, in.Files.Delete(context.WithoutCancel(ctx), key))
		}
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	if err := in.DB.Migrate(ctx); err != nil {
		return Manifest{}, err
	}
	return manifest, nil
}

// mustBeEmpty refuses a database with rows, and a store with files.
func (in Installation) mustBeEmpty(ctx context.Context) error {
	keys, err := in.Files.List(ctx, "")
	if err != nil {
		return err
	}
	if len(keys) > 0 {
		return fmt.Errorf("%w: %d files", ErrNotEmpty, len(keys))
	}
	return in.DB.Read(ctx, func(tx *store.Tx) error {
		tables, err := rows.Tables(ctx, tx, tx.Dialect(), in.Skip)
		for _, t := range tables {
			n, err := t.Count(ctx, tx)
			if err != nil {
				return err
			}
			if n > 0 && !slices.Contains(in.Seeded, t.Name) {
				return fmt.Errorf("%w: table %s has %d rows", ErrNotEmpty, t.Name, n)
			}
		}
		return err
	})
}

// mustBeOfThatTime refuses an empty database with later tables than those of
// the backup: what their migrations do to rows would be left out.
func (in Installation) mustBeOfThatTime(ctx context.Context, m Manifest) error {
	applied, err := in.DB.AppliedMigrations(ctx)
	for _, version := range applied {
		if !slices.Contains(m.Migrations, version) {
			return fmt.Errorf("%w: its tables are newer than the backup (migration %d); take a database without tables", ErrNotEmpty, version)
		}
	}
	return err
}

// load reads tables, files and the secret. The order of the archive is that of
// the foreign keys, since Make wrote it so; a file from elsewhere that has
// another order is refused by the database.
func (in Installation) load(ctx context.Context, tx *store.Tx, name string, m Manifest) (written []string, err error) {
	tables, err := rows.Tables(ctx, tx, tx.Dialect(), in.Skip)
	if err != nil {
		return nil, err
	}
	byName := map[string]rows.Table{}
	for _, t := range tables {
		byName[t.Name] = t
		if slices.Contains(in.Seeded, t.Name) {
			if err := t.Clear(ctx, tx); err != nil {
				return nil, err
			}
		}
	}
	_, err = walk(name, func(member string, content io.Reader) error {
		switch {
		case strings.HasPrefix(member, tablesDir):
			table := strings.TrimSuffix(strings.TrimPrefix(member, tablesDir), ".jsonl")
			t, known := byName[table]
			if !known {
				return damaged("table %s belongs to no version of this program", table)
			}
			_, err := t.Read(ctx, tx, content, nil)
			return err
		case strings.HasPrefix(member, filesDir):
			key := strings.TrimPrefix(member, filesDir)
			written = append(written, key)
			return in.Files.Put(ctx, key, content)
		case member == secretName:
			return in.restoreSecret(content)
		}
		return nil
	})
	if err != nil {
		return written, err
	}
	return written, in.compare(ctx, tx, tables, m)
}

// compare writes the tables once more, as a backup would, and compares.
func (in Installation) compare(ctx context.Context, tx *store.Tx, tables []rows.Table, m Manifest) error {
	for _, t := range tables {
		sum := sha256.New()
		if _, err := t.Write(ctx, tx, sum, ""); err != nil {
			return err
		}
		if want, known := m.Sums[t.Name]; known && hex.EncodeToString(sum.Sum(nil)) != want {
			return fmt.Errorf("table %s is not what the backup holds", t.Name)
		}
	}
	return nil
}

// restoreSecret puts the secret where there is none. Another one that is there
// already is not replaced: it may belong to other data.
func (in Installation) restoreSecret(content io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(content, 1<<16))
	if err != nil || in.Secret == "" {
		return err
	}
	old, err := os.ReadFile(in.Secret)
	switch {
	case err == nil && bytes.Equal(bytes.TrimSpace(old), bytes.TrimSpace(text)):
		return nil
	case err == nil:
		return fmt.Errorf("%w: %s holds another secret", ErrNotEmpty, in.Secret)
	case !errors.Is(err, os.ErrNotExist):
		return err
	}
	return os.WriteFile(in.Secret, text, 0o600)
}
