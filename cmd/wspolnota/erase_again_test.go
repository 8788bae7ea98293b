package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// TestErasedPersonDoesNotComeBackWithAnOlderBackup makes a backup, erases a
// person, loses everything but the journal of erasures, and restores the backup.
func TestErasedPersonDoesNotComeBackWithAnOlderBackup(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs several processes")
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := attackOn(t, db)
		file := filepath.Join(t.TempDir(), "kopia")
		in := backup.Installation{DB: x.program.db, Files: x.program.files, Secret: x.program.config.secretFile(), Skip: notKept, Seeded: seeded, Program: "test"}
		if _, err := backup.Make(t.Context(), in, file); err != nil {
			t.Fatal(err)
		}
		person := x.one(`SELECT id FROM person WHERE email = 'jakub.olszanowicz@poczta.example.com'`)
		err := x.program.db.Write(t.Context(), func(tx *store.Tx) error {
			done, err := x.program.keeper.Ask(t.Context(), tx, store.ID(person))
			if err == nil && !done {
				t.Error("the erasure waits")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.program.queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		journal := string(x.program.config.journal())
		if text, err := os.ReadFile(journal); err != nil || !strings.HasPrefix(string(text), person+" ") || strings.Count(string(text), "\n") != 1 {
			t.Fatalf("the journal holds %q, %v", text, err)
		}
		fresh := func() (data, address string) {
			data = filepath.Join(t.TempDir(), "d")
			if db.Dialect() == store.Postgres {
				return data, storetest.EmptyPostgresAddress(t)
			}
			return data, "sqlite:" + filepath.Join(data, "wspolnota.db")
		}

		data, address := fresh()
		said := command(t, "restore", "--data", data, "--database", address, "--erasures", journal, file)
		if !strings.Contains(said, "1 people had been erased since the backup was made, and are erased again") {
			t.Errorf("the command says %q", said)
		}
		goneFrom(t, address, person)
		if kept, err := os.ReadFile(filepath.Join(data, "erasures.log")); err != nil || !strings.HasPrefix(string(kept), person) {
			t.Errorf("the new journal holds %q, %v", kept, err)
		}

		data, address = fresh()
		said = command(t, "restore", "--data", data, "--database", address, file)
		if !strings.Contains(said, "whoever was erased since the backup was made is back") {
			t.Errorf("without a journal the command says %q", said)
		}
		content, err := os.ReadFile(journal)
		if err == nil {
			err = os.WriteFile(filepath.Join(data, "erasures.log"), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		startReplica(t, address, data).stop(t) // who puts the journal there afterwards only starts the server
		goneFrom(t, address, person)
	})
}

// goneFrom fails the test unless the person is erased in a database.
func goneFrom(t *testing.T, address, person string) {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	left, err := store.One[int](t.Context(), db, `SELECT count(*) FROM person WHERE erased_at IS NULL AND id = $1
		OR name LIKE '%Olszanowicz%' OR search LIKE '%olszanowicz%' OR email LIKE '%olszanowicz%'`, person)
	if err != nil || left != 0 {
		t.Errorf("the person is there in %d rows, %v", left, err)
	}
	done, err := store.One[int](t.Context(), db, `SELECT count(*) FROM privacy_erasure WHERE person = $1 AND done_at IS NOT NULL`, person)
	if err != nil || done != 1 {
		t.Errorf("%d erasures are noted, %v", done, err)
	}
}
