package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/wspolnota/wspolnota/store"
)

// MigrateCommand brings the tables up to date, or says where they are.
type MigrateCommand struct {
	Config
	Up     MigrateUp     `cmd:"" default:"1" help:"Apply what is pending (the default)."`
	Status MigrateStatus `cmd:"" help:"List every step and whether it is applied."`
}

type (
	MigrateUp     struct{}
	MigrateStatus struct{}
)

// Run applies the pending steps.
func (*MigrateUp) Run(ctx context.Context, out io.Writer, cli *CLI) error {
	db, err := cli.Migrate.openStore(ctx, store.Options{Logger: cli.Migrate.logger()})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintln(out, "up to date")
	return nil
}

// Run lists the steps.
func (*MigrateStatus) Run(ctx context.Context, out io.Writer, cli *CLI) error {
	db, err := cli.Migrate.openStore(ctx, store.Options{Logger: cli.Migrate.logger()})
	if err != nil {
		return err
	}
	defer db.Close()
	steps, err := db.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	for _, step := range steps {
		state := "pending"
		if step.Applied {
			state = "applied"
		}
		fmt.Fprintf(out, "%s  %s\n", state, step.Name)
	}
	return nil
}

// openStore opens the database of the configuration, making the data directory
// in which the default database stands, and files and the secret beside any.
func (c Config) openStore(ctx context.Context, o store.Options) (*store.DB, error) {
	if c.Data != "" {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return nil, fmt.Errorf("data directory: %w", err)
		}
	}
	return store.Open(ctx, c.database(), o)
}
