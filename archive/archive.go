// Package archive writes one programme of cooperation into a directory that
// outlives the program: rows as JSON lines, files as they are, sums of both. The
// directory can be read without us, kept for the years that the law asks, and
// brought into another, empty installation.
//
// Each room names its part of a programme in a Room. Export writes what belongs
// to one programme, Import reads it back; exported again it is the same.
package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// Format is the version of the layout that this program writes, and the latest
// that it reads.
const Format = 1

// Part is what one table holds of a programme.
type Part struct {
	Table string
	Where string // condition on the table; $1 is the id of the programme
}

// Room is what one room keeps of a programme.
type Room struct {
	Parts []Part
	// Files names the blobs of a programme; nil where the room has none.
	Files func(ctx context.Context, r store.Reader, programme store.ID) ([]string, error)
	// After completes what the archive does not hold, once all rows are in.
	After func(ctx context.Context, tx *store.Tx) error
	// LeftOut names tables that are about programmes and stay out, with the
	// reason: sessions of work, or what is made anew.
	LeftOut map[string]string
}

// Installation is where archives come from and go to.
type Installation struct {
	DB      *store.DB
	Files   blob.Store
	Rooms   []Room
	Rules   []privacy.Rule // tell which columns lead to people
	Program string         // version
}

// Manifest says what an archive holds.
type Manifest struct {
	Format    int            `json:"format"`
	Program   string         `json:"program"`
	MadeAt    time.Time      `json:"made_at"`
	Programme store.ID       `json:"programme"`
	Slug      string         `json:"slug"`
	Title     string         `json:"title"`
	Personal  string         `json:"personal_data"`
	Rows      map[string]int `json:"rows"`
	Files     int            `json:"files"`
}

// personal is said in every archive.
const personal = "Names and e-mail addresses of the people who led the programme or took part in it. No passwords, no letters."

// Names in the directory.
const (
	manifestName = "manifest.json"
	sumsName     = "SHA256SUMS"
	tablesDir    = "tables"
	filesDir     = "files"
)

// peopleTable holds the accounts; which of them belong to a programme follows
// from the columns that lead to people.
const peopleTable = "person"

// conditions joins the parts of all rooms into one condition for each table, and
// adds the people.
func (in Installation) conditions() map[string]string {
	all := map[string][]string{}
	for _, room := range in.Rooms {
		for _, part := range room.Parts {
			all[part.Table] = append(all[part.Table], "("+part.Where+")")
		}
	}
	joined := map[string]string{}
	for table, conditions := range all {
		joined[table] = strings.Join(conditions, " OR ")
	}
	var people []string
	for _, rule := range in.Rules {
		where, archived := joined[rule.Table]
		if !archived {
			continue
		}
		for _, link := range rule.Links {
			if link.Kind != privacy.Address {
				people = append(people, fmt.Sprintf(`id IN (SELECT %s FROM %s WHERE %s)`, link.Column, rule.Table, where))
			}
		}
	}
	joined[peopleTable] = strings.Join(people, " OR ")
	return joined
}

// tables lists the archived tables of the database, parents first.
func (in Installation) tables(ctx context.Context, tx *store.Tx) ([]rows.Table, map[string]string, error) {
	where := in.conditions()
	tables, err := rows.Tables(ctx, tx, tx.Dialect(), func(name string) bool { _, archived := where[name]; return !archived })
	return tables, where, err
}

// files names every blob of a programme, each once.
func (in Installation) files(ctx context.Context, r store.Reader, programme store.ID) ([]string, error) {
	var all []string
	for _, room := range in.Rooms {
		if room.Files == nil {
			continue
		}
		keys, err := room.Files(ctx, r, programme)
		if err != nil {
			return nil, err
		}
		all = append(all, keys...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}
