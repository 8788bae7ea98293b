package search_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// room is a kind whose documents lie in memory, as those of a room did before it
// knew of the search.
func room(db *store.DB, name string, n int) search.Kind {
	return search.Kind{Name: name, Title: name, All: func(_ context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
		var all []search.Document
		for i := range n {
			if id := store.ID(fmt.Sprintf("%05d", i)); id > after && len(all) < limit {
				all = append(all, search.Document{Kind: name, ID: id, Language: "pl", Title: fmt.Sprintf("Sprawa %d", i), URL: "/x", At: store.At(r.Now())})
			}
		}
		if len(all) == 0 {
			return nil, "", nil
		}
		return all, all[len(all)-1].ID, nil
	}}
}

func TestWhatWasThereBeforeIsIndexedAfterTheStart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		s := search.New(db, search.Options{})
		s.Add(room(db, "first", 120), room(db, "second", 3), room(db, "empty", 0))
		s.FillAtStart(queue)
		start := func() {
			t.Helper()
			if err := queue.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := queue.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := queue.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		start()
		f, err := s.Find(t.Context(), search.Parse("sprawa"), search.Filter{}, false, 0, 1)
		if err != nil || f.Total != 123 {
			t.Fatalf("%d documents are found, %v", f.Total, err)
		}
		versions, err := store.All[int](t.Context(), db, `SELECT version FROM search_filled`)
		if err != nil || !slices.Equal(versions, []int{search.Version, search.Version, search.Version}) {
			t.Errorf("filled by %v, %v", versions, err)
		}
		// The next start has nothing to do; another analyser begins again.
		put(t, db, search.Document{Kind: "first", ID: "00000", Title: "Inaczej", At: now(db)})
		start()
		if got := found(t, t.Context(), s, "inaczej"); got != "Inaczej" {
			t.Error("a start without need has filled the index again")
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE search_filled SET version = $1 WHERE kind = 'first'`, search.Version-1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		start()
		if got := found(t, t.Context(), s, "inaczej"); got != "" {
			t.Error("another analyser's index was kept")
		}
	})
}

func TestAnotherReplicaFindsADocumentAtOnce(t *testing.T) {
	address := storetest.PostgresAddress(t)
	var replicas [2]*store.DB
	for i := range replicas {
		db, err := store.Open(t.Context(), address, store.Options{Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		replicas[i] = db
	}
	there := service(replicas[1])
	if got := found(t, t.Context(), there, "replika"); got != "" {
		t.Fatalf("%q is found before it was written", got)
	}
	put(t, replicas[0], search.Document{ID: one, Title: "Druga replika", At: store.At(replicas[0].Now())})
	if got := found(t, t.Context(), there, "repliki"); got != "Druga replika" {
		t.Errorf("the other replica finds %q", got)
	}
}
