package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// BackupCommand writes everything into one file, also while the server runs.
type BackupCommand struct {
	Config
	File     string `arg:"" help:"File to write; it must not be there." env:"-"`
	NoSecret bool   `help:"Leave the secret of the installation out. Without it second factors have to be set up anew." env:"-"`
}

// Run makes the backup and says what is in it.
func (c *BackupCommand) Run(ctx context.Context, out io.Writer) error {
	if _, err := os.Stat(c.File); err == nil {
		return fmt.Errorf("%s is there already; a backup replaces nothing", c.File)
	}
	in, done, err := c.installation(ctx)
	if err != nil {
		return err
	}
	defer done()
	if c.NoSecret {
		in.Secret = ""
	}
	m, err := backup.Make(ctx, in, c.File)
	if err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	if err := backup.Note(ctx, in.DB, info.Size()); err != nil {
		return fmt.Errorf("the backup is made and whole; that it was made could not be noted: %w", err)
	}
	fmt.Fprintf(out, "%s: %d tables, %d rows, %d files, %d bytes; read back and whole.\n",
		c.File, len(m.Rows), total(m.Rows), m.Files, info.Size())
	if in.Secret != "" {
		fmt.Fprintln(out, "It holds the secret of the installation and everything people entrusted to it: keep it as safe as the server.")
	}
	return nil
}

// RestoreCommand brings everything back into an empty place.
type RestoreCommand struct {
	Config
	File     string `arg:"" help:"File that backup wrote." env:"-"`
	Erasures string `help:"Copy of erasures.log of the lost data directory: who was erased since the backup is erased again. Empty: the one in the data directory." placeholder:"FILE" env:"-"`
}

// Run restores the backup.
func (c *RestoreCommand) Run(ctx context.Context, out io.Writer) error {
	in, done, err := c.installation(ctx)
	if err != nil {
		return err
	}
	if c.Erasures != "" {
		if err := c.copyErasures(); err != nil {
			done()
			return err
		}
	}
	m, err := backup.Restore(ctx, in, c.File)
	done()
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	fmt.Fprintf(out, "%s of %s: %d tables, %d rows, %d files are back.\n",
		c.File, m.MadeAt.Format("2006-01-02 15:04 MST"), len(m.Rows), total(m.Rows), m.Files)
	fmt.Fprintln(out, "Everybody has to sign in again.")
	return c.eraseAgain(ctx, out)
}

// eraseAgain carries out the erasures that are younger than the backup.
func (c *RestoreCommand) eraseAgain(ctx context.Context, out io.Writer) error {
	p, err := open(ctx, c.Config, nil)
	if err != nil {
		return err
	}
	defer p.close()
	n, err := p.keeper.EraseAgain(ctx)
	if err != nil {
		return fmt.Errorf("everything is back, but those who had been erased could not be erased again; do not start the server: %w", err)
	}
	switch entries, _ := c.journal().Read(); {
	case n > 0:
		fmt.Fprintf(out, "%d people had been erased since the backup was made, and are erased again.\n", n)
	case len(entries) == 0:
		fmt.Fprintf(out, "There is no %s: whoever was erased since the backup was made is back. If you have a copy of it, restore with --erasures.\n", c.journal())
	}
	return nil
}

// copyErasures adds a kept journal to the one in the data directory.
func (c *RestoreCommand) copyErasures() error {
	entries, err := privacy.Journal(c.Erasures).Read()
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return fmt.Errorf("--erasures %s: nothing is in it", c.Erasures)
	}
	return c.journal().Add(entries)
}

// installation opens what a backup is made of.
func (c Config) installation(ctx context.Context) (backup.Installation, func(), error) {
	db, err := c.openStore(ctx, store.Options{Logger: c.logger()})
	if err != nil {
		return backup.Installation{}, nil, err
	}
	dir := filepath.Join(c.Data, "files")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return backup.Installation{}, nil, errors.Join(err, db.Close())
	}
	files, err := blob.Dir(dir)
	if err != nil {
		return backup.Installation{}, nil, errors.Join(err, db.Close())
	}
	in := backup.Installation{DB: db, Files: files, Secret: c.secretFile(), Program: version, Skip: notKept, Seeded: seeded}
	return in, func() { _ = errors.Join(files.Close(), db.Close()) }, nil
}

// notKept are tables that stay out of backups: a session must not come back to
// life with an old copy, a sign-in is begun again, the index of the search is
// filled anew at the first start, and nobody may ever learn from a copy who was
// behind a number in a debate, or whose vote on a barrier was whose.
func notKept(table string) bool {
	return slices.Contains([]string{"session", "sign_in_attempt", "sign_in_tally", "search_document", "search_filled",
		"debate_person", "debate_device", "barrier_vote_link"}, table) ||
		strings.HasPrefix(table, "search_index")
}

// seeded are tables that a new database does not have empty.
var seeded = []string{"audit_head"}

func total(rows map[string]int) (n int) {
	for _, rows := range rows {
		n += rows
	}
	return n
}
