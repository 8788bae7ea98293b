package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// TestGigabyteIsBackInTime backs up and restores a gigabyte of articles: the
// time from an empty machine to a whole installation is what a town waits for.
func TestGigabyteIsBackInTime(t *testing.T) {
	if !soak {
		t.Skip("skipped: takes minutes; make soak runs it")
	}
	const within = 10 * time.Minute
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		in := installation(t, db)
		words := strings.Repeat("Wspólnota samorządowa w innym wymiarze. ", 250) // 10 kB
		for n := range 100 {
			err := in.DB.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(t.Context(), `INSERT INTO news_revision (article, number, person, saved_at, title, lead, language, details, body, html, html_by)
					WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
					SELECT (SELECT min(id) FROM news_article), 1000 + $1 * 1000 + n.i, '', 0, 't', 'l', 'pl', '{}', $2, '', 0 FROM n`, n, words)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		file := filepath.Join(t.TempDir(), "kopia")
		began := time.Now()
		if _, err := backup.Make(t.Context(), in, file); err != nil {
			t.Fatal(err)
		}
		made := time.Since(began)
		place := emptyPlace(t, storetest.SQLite(t))
		if db.Dialect() == store.Postgres {
			place = emptyPlace(t, storetest.Postgres(t))
		}
		began = time.Now()
		if _, err := backup.Restore(t.Context(), place, file); err != nil {
			t.Fatal(err)
		}
		restored := time.Since(began)
		t.Logf("backup %v, restore %v", made.Round(time.Second), restored.Round(time.Second))
		if restored > within {
			t.Errorf("restoring took %v", restored)
		}
		if diff := cmp.Diff(sums(t, in), sums(t, place)); diff != "" {
			t.Error(diff)
		}
	})
}
