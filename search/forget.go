package search

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

// Forget takes the marks of somebody who was erased (a name, an address) out of
// the index, in the transaction of the erasure. What a publisher has written
// stays as it is; the search does not lead to it by that name any more, unless
// its publisher saves it with the name again.
func (s *Service) Forget(ctx context.Context, tx *store.Tx, marks []string) error {
	for _, mark := range marks {
		named, err := store.All[row](ctx, tx, `SELECT kind, id, programme, language, title, text, url, need, team, place, at
			FROM search_document WHERE title LIKE $1 ESCAPE '\' OR text LIKE $1 ESCAPE '\'`, store.Contains(mark))
		if err != nil {
			return fmt.Errorf("search: forget: %w", err)
		}
		for _, r := range named {
			d := r.document()
			d.Title, d.Text = without(d.Title, mark), without(d.Text, mark)
			if err := Put(ctx, tx, d); err != nil {
				return err
			}
		}
	}
	if s.queue == nil || tx.Dialect() == store.Postgres {
		return nil
	}
	return s.queue.Add(ctx, tx, scrubbing{})
}

// row is a document as it is kept.
type row struct {
	Kind                  string
	ID, Programme         store.ID
	Language, Title, Text string
	URL                   string
	Need, Team            string
	Place                 store.ID
	At                    store.Time
}

func (r row) document() Document {
	return Document{Kind: r.Kind, ID: r.ID, Programme: r.Programme, Language: r.Language, Title: r.Title, Text: r.Text, URL: r.URL,
		Audience: Audience{need: r.Need, team: r.Team, place: r.Place}, At: r.At}
}

// without cuts a mark out of a text, in capitals too.
func without(text, mark string) string {
	found, err := regexp.Compile(`(?i)` + strings.Join(strings.Fields(regexp.QuoteMeta(mark)), `\s+`))
	if err != nil {
		return strings.ReplaceAll(text, mark, "") // a mark that is no text
	}
	return found.ReplaceAllString(text, "")
}

// scrubbing is the job that writes the index of SQLite anew where something was
// taken out: until two parts of it are merged, FTS5 only remembers which entries
// do not count, and keeps their words.
type scrubbing struct{}

func (scrubbing) Kind() string { return "search.scrub" }

// Single: one at a time is enough.
func (scrubbing) Single() {}

// mergedAtOnce bounds the pages that are written while others wait.
const mergedAtOnce = 100

func (s *Service) handleScrubbing(q *jobs.Queue) {
	s.queue = q
	jobs.Handle(q, func(ctx context.Context, _ scrubbing) error { return s.scrub(ctx) })
}

// scrub merges all parts of the index into one, in small steps, as the manual of
// FTS5 tells: a negative number begins, and it is done when a step changes
// nothing.
func (s *Service) scrub(ctx context.Context) error {
	for pages, more := -mergedAtOnce, true; more; pages = mergedAtOnce {
		began := time.Now()
		err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
			more, err = merge(ctx, tx, pages)
			return err
		})
		if err != nil {
			return fmt.Errorf("search: scrub: %w", err)
		}
		if err := pause(ctx, time.Since(began)); err != nil {
			return err
		}
	}
	return nil
}

func merge(ctx context.Context, tx *store.Tx, pages int) (more bool, err error) {
	before, err := store.One[int](ctx, tx, `SELECT total_changes()`)
	if err != nil {
		return false, err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO search_index (search_index, rank) VALUES ('merge', $1)`, pages); err != nil {
		return false, err
	}
	after, err := store.One[int](ctx, tx, `SELECT total_changes()`)
	return after-before >= 2, err
}
