package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/wspolnota/wspolnota/store"
)

func TestNewFileIsPrivate(t *testing.T) {
	folder := t.TempDir()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(folder, "new.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	run(t, db, shelf)
	files, err := os.ReadDir(folder)
	if err != nil || len(files) < 3 { // the file, its WAL and the index of it
		t.Fatalf("files = %v, %v", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has %v, %v", f.Name(), info.Mode(), err)
		}
	}
}

func TestQuotedNameIsNoText(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		if _, err := store.All[string](t.Context(), db, `SELECT id FROM shelf WHERE title = "Solaris"`); err == nil {
			t.Error("a column that is not there was taken for a text")
		}
	})
}

func Example() {
	ctx := context.Background()
	folder, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(folder)

	db, err := store.Open(ctx, "sqlite:"+filepath.Join(folder, "wspolnota.db"), store.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	// Next comes db.Migrate(ctx); here one table is enough.
	err = db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `CREATE TABLE news (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL)`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO news (id, title) VALUES ($1, $2)`, store.NewID(), "Seminarium 23 czerwca")
		tx.AfterCommit(func() { fmt.Println("it is on the disk; now others may hear of it") })
		return err
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	title, err := store.One[string](ctx, db, `SELECT title FROM news`)
	fmt.Println(title, err)
	// Output:
	// it is on the disk; now others may hear of it
	// Seminarium 23 czerwca <nil>
}
