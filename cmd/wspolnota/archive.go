package main

import (
	"context"
	"fmt"
	"io"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/feedback"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/workshop"
)

// ArchiveCommand moves one programme between an installation and a directory.
type ArchiveCommand struct {
	Export ArchiveExport `cmd:"" help:"Write a programme with its people's names, files and sums into a new directory."`
	Import ArchiveImport `cmd:"" help:"Bring such a directory into an installation that has no programmes."`
}

// archiveRooms are what the rooms keep of a programme.
var archiveRooms = []archive.Room{programme.Archive, news.Archive, barrier.Archive, event.Archive, registration.Archive, attendance.Archive, seating.Archive, debate.Archive, workshop.Archive, minutes.Archive, feedback.Archive, panel.Archive, visit.Archive, exchange.Archive, group.Archive, organisation.Archive, moderation.Archive, shared}

// shared tables are about programmes, and belong to an installation.
var shared = archive.Room{
	After: func(ctx context.Context, tx *store.Tx) error { return search.FillAgain(ctx, tx) },
	LeftOut: map[string]string{
		"audit_entry":     "its chain proves what was done in one installation, and means nothing in another",
		"assistance":      "minutes in which somebody acted for another, told by the log of that installation",
		"search_document": "filled anew", "search_hidden": "filled anew",
	},
}

// ArchiveExport writes an archive.
type ArchiveExport struct {
	Config
	Programme string `arg:"" help:"Last part of the programme's address." env:"-"`
	Dir       string `arg:"" help:"Directory to write; it must not be there." env:"-"`
}

// Run exports the programme.
func (c *ArchiveExport) Run(ctx context.Context, out io.Writer) error {
	in, done, err := c.archives(ctx)
	if err != nil {
		return err
	}
	defer done()
	m, err := archive.Export(ctx, in, c.Programme, c.Dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s, %d rows, %d files.\n%s\n", c.Dir, m.Title, total(m.Rows), m.Files, m.Personal)
	return nil
}

// ArchiveImport reads an archive.
type ArchiveImport struct {
	Config
	Dir string `arg:"" help:"Directory that archive export wrote." env:"-"`
}

// Run imports the programme.
func (c *ArchiveImport) Run(ctx context.Context, out io.Writer) error {
	in, done, err := c.archives(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := in.DB.Migrate(ctx); err != nil {
		return err
	}
	m, err := archive.Import(ctx, in, c.Dir)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Dir, err)
	}
	fmt.Fprintf(out, "%s: %d rows, %d files are here.\n", m.Title, total(m.Rows), m.Files)
	return nil
}

func (c Config) archives(ctx context.Context) (archive.Installation, func(), error) {
	in, done, err := c.installation(ctx)
	return archive.Installation{DB: in.DB, Files: in.Files, Rooms: archiveRooms, Rules: privacyRules, Program: version}, done, err
}
