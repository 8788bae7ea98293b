package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

const archived = "miedzysektorowa-wspolpraca"

func archivesOf(db *store.DB, files blob.Store) archive.Installation {
	return archive.Installation{DB: db, Files: files, Rooms: archiveRooms, Rules: privacyRules, Program: "test"}
}

// contents reads a directory, without when it was made.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "manifest.json" || name == "SHA256SUMS" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		all[name] = string(text)
		return err
	})
	if err != nil || len(all) < 10 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

func TestArchiveIsTheSameAfterARoundTrip(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := attackOn(t, db)
		first := filepath.Join(t.TempDir(), "archiwum")
		m, err := archive.Export(t.Context(), archivesOf(x.program.db, x.program.files), archived, first)
		if err != nil || m.Files == 0 || m.Rows["person"] < 5 || m.Rows["news_article"] == 0 {
			t.Fatalf("%v %+v", err, m)
		}
		want := contents(t, first)
		for name, text := range want {
			if strings.Contains(text, "password") || strings.Contains(text, "totp") {
				t.Errorf("%s holds secrets", name)
			}
		}
		for name, other := range map[string]*store.DB{"SQLite": storetest.SQLite(t), "PostgreSQL": storetest.Postgres(t)} {
			place := emptyPlace(t, other)
			if _, err := archive.Import(t.Context(), archivesOf(other, place.Files), first); err != nil {
				t.Fatalf("into %s: %v", name, err)
			}
			second := filepath.Join(t.TempDir(), "archiwum")
			if _, err := archive.Export(t.Context(), archivesOf(other, place.Files), archived, second); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, contents(t, second)); diff != "" {
				t.Errorf("after %s: %s", name, diff)
			}
			if _, err := archive.Import(t.Context(), archivesOf(other, place.Files), first); !errors.Is(err, archive.ErrTaken) {
				t.Errorf("into %s once more: %v", name, err)
			}
		}
	})
}

func TestDamagedArchiveChangesNothing(t *testing.T) {
	x := attack(t)
	whole := filepath.Join(t.TempDir(), "archiwum")
	if _, err := archive.Export(t.Context(), archivesOf(x.program.db, x.program.files), archived, whole); err != nil {
		t.Fatal(err)
	}
	db := storetest.SQLite(t)
	place := emptyPlace(t, db)
	change := func(name string, to func(string) string) func(dir string) error {
		return func(dir string) error {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name), []byte(to(string(text))), 0o600)
		}
	}
	const articles = "tables/news_article.jsonl"
	for name, c := range map[string]struct {
		damage func(dir string) error
		want   error
		say    string
	}{
		"a missing table": {func(dir string) error { return os.Remove(filepath.Join(dir, articles)) }, archive.ErrDamaged, articles + " is missing"},
		"a changed word":  {change(articles, func(s string) string { return strings.Replace(s, "a", "b", 1) }), archive.ErrDamaged, articles + " was changed"},
		"a changed sum":   {change("SHA256SUMS", func(s string) string { return string(s[0]^1) + s[1:] }), archive.ErrDamaged, "was changed"},
		"no sums":         {func(dir string) error { return os.Remove(filepath.Join(dir, "SHA256SUMS")) }, archive.ErrDamaged, "SHA256SUMS is missing"},
		"a file too many": {func(dir string) error { return os.WriteFile(filepath.Join(dir, "obcy"), nil, 0o600) }, archive.ErrDamaged, "obcy is not in"},
		"a later version": {change("manifest.json", func(s string) string { return strings.Replace(s, `"format": 1`, `"format": 2`, 1) }), archive.ErrDamaged, "manifest.json was changed"},
		"a newer version": {func(dir string) error {
			return errors.Join(change("manifest.json", func(s string) string { return strings.Replace(s, `"format": 1`, `"format": 2`, 1) })(dir), reseal(dir))
		}, archive.ErrNewer, "format 2"},
		"a row of another table": {func(dir string) error {
			return errors.Join(change("tables/programme_goal.jsonl", func(s string) string { return strings.Replace(s, `"title":`, `"heading":`, 1) })(dir), reseal(dir))
		}, nil, `programme_goal.jsonl, line 1: the table has no column "heading"`},
		"a link out of here": {func(dir string) error { return os.Symlink("/etc/hostname", filepath.Join(dir, "files", "link")) }, archive.ErrDamaged, "not in"},
	} {
		dir := filepath.Join(t.TempDir(), "zle")
		if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		if err := c.damage(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Import(t.Context(), archivesOf(db, place.Files), dir); err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM person`); err != nil || n != 0 {
		t.Errorf("%d people came in (%v)", n, err)
	}
	if _, err := archive.Import(t.Context(), archivesOf(db, place.Files), whole); err != nil {
		t.Errorf("the whole one afterwards: %v", err)
	}
}

// reseal writes the sums of what the directory holds now.
func reseal(dir string) error {
	var sums strings.Builder
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "SHA256SUMS" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(text), name)
		return err
	})
	return errors.Join(err, os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(sums.String()), 0o600))
}

// Every table that is about a programme is archived, or somebody said why not.
func TestEveryTableOfAProgrammeIsArchived(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		known := map[string]bool{}
		for _, room := range archiveRooms {
			for _, part := range room.Parts {
				known[part.Table] = true
			}
			for table := range room.LeftOut {
				known[table] = true
			}
		}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			tables, err := rows.Tables(t.Context(), tx, tx.Dialect(), func(name string) bool { return notKept(name) })
			for _, table := range tables {
				for _, column := range table.Columns {
					if column.Name == "programme" && !known[table.Name] {
						t.Errorf("%s has a column programme and is in no archive: add it to its room's Archive, or to LeftOut with the reason", table.Name)
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
