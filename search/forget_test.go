package search_test

import (
	"encoding/hex"
	"log/slog"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// TestForgottenNameIsInNoPartOfTheIndex looks also at the words that FTS5 keeps
// of entries that do not count any more.
func TestForgottenNameIsInNoPartOfTheIndex(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		s := search.New(db, search.Options{})
		s.Add(search.Kind{Name: "news", Title: "news"})
		s.FillAtStart(queue)
		write(t, db, func(tx *store.Tx) error {
			for i, text := range []string{"Mówiła ŻANETA  Znakowaśladowska z Rybnika.", "Nikt nie mówił.", "Pisać: zaneta.slad@example.org, po szóstej."} {
				d := search.Document{Kind: "news", ID: store.ID(strings.Repeat("0", i+1)), Language: "pl", Title: "Spotkanie", Text: text, URL: "/x", At: store.At(tx.Now())}
				if i == 0 {
					d.Title += ": Żaneta Znakowaśladowska"
				}
				if err := search.Put(t.Context(), tx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if words := indexWords(t, db); !strings.Contains(words, "akowaslad") {
			t.Fatalf("the name is not in the index to begin with: %q", words)
		}
		write(t, db, func(tx *store.Tx) error {
			return s.Forget(t.Context(), tx, []string{"Żaneta Znakowaśladowska", "zaneta.slad@example.org"})
		})
		if err := queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		words := indexWords(t, db)
		for _, mark := range []string{"akowaslad", "anet", "slad"} {
			if strings.Contains(words, mark) {
				t.Errorf("the index still holds %s: %q", mark, words)
			}
		}
		f, err := s.Find(t.Context(), search.Parse("spotkanie rybnik"), search.Filter{}, false, 0, 1)
		if err != nil || f.Total != 1 {
			t.Errorf("by its other words %d are found, %v", f.Total, err)
		}
	})
}

func write(t *testing.T, db *store.DB, do func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// indexWords is everything by which documents are found, and their texts.
func indexWords(t *testing.T, db *store.DB) string {
	t.Helper()
	var all []string
	write(t, db, func(tx *store.Tx) (err error) {
		if tx.Dialect() == store.Postgres {
			all, err = store.All[string](t.Context(), tx, `SELECT tokens::text FROM search_document`)
		} else {
			// The pages as they lie in the file: each word without the beginning
			// that it has in common with the one before.
			all, err = store.All[string](t.Context(), tx, `SELECT hex(block) FROM search_index_data`)
			for i, page := range all {
				bytes, _ := hex.DecodeString(page)
				all[i] = string(bytes)
			}
		}
		if err != nil {
			return err
		}
		texts, err := store.All[string](t.Context(), tx, `SELECT title || ' ' || text FROM search_document`)
		all = append(all, texts...)
		return err
	})
	return strings.ToLower(strings.Join(all, " "))
}
