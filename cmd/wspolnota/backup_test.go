package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// installation is the example as a backup sees it.
func installation(t *testing.T, db *store.DB) backup.Installation {
	t.Helper()
	x := attackOn(t, db)
	return backup.Installation{DB: x.program.db, Files: x.program.files, Secret: x.program.config.secretFile(), Skip: notKept, Seeded: seeded, Program: "test"}
}

// empty is a place into which a backup may be restored.
func emptyPlace(t *testing.T, db *store.DB) backup.Installation {
	t.Helper()
	dir := t.TempDir()
	files, err := blob.Dir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return backup.Installation{DB: db, Files: files, Secret: filepath.Join(dir, "secret.key"), Skip: notKept, Seeded: seeded}
}

// sums are what every kept table and every file holds.
func sums(t *testing.T, in backup.Installation) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := in.DB.Read(t.Context(), func(tx *store.Tx) error {
		tables, err := rows.Tables(t.Context(), tx, tx.Dialect(), notKept)
		for _, table := range tables {
			h := sha256.New()
			if _, err := table.Write(t.Context(), tx, h, ""); err != nil {
				return err
			}
			all[table.Name] = hex.EncodeToString(h.Sum(nil))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := in.Files.List(t.Context(), "")
	if err != nil || len(keys) == 0 {
		t.Fatalf("%d files, %v", len(keys), err)
	}
	for _, key := range keys {
		all["file "+key] = "there"
	}
	return all
}

func TestBackupComesBackEqualOnEitherDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		in := installation(t, db)
		file := filepath.Join(t.TempDir(), "kopia")
		m, err := backup.Make(t.Context(), in, file)
		if err != nil || m.Rows["person"] < 10 || m.Files == 0 {
			t.Fatalf("%v %+v", err, m)
		}
		if _, kept := m.Rows["session"]; kept {
			t.Error("sessions are in the backup")
		}
		want := sums(t, in)
		for name, other := range map[string]*store.DB{"SQLite": storetest.SQLite(t), "PostgreSQL": storetest.Postgres(t)} {
			place := emptyPlace(t, other)
			if _, err := backup.Restore(t.Context(), place, file); err != nil {
				t.Fatalf("into %s: %v", name, err)
			}
			if diff := cmp.Diff(want, sums(t, place)); diff != "" {
				t.Errorf("into %s: %s", name, diff)
			}
			old, _ := os.ReadFile(in.Secret)
			if restored, err := os.ReadFile(place.Secret); err != nil || !bytes.Equal(old, restored) {
				t.Errorf("into %s: the secret is not that of the backup (%v)", name, err)
			}
			if _, err := backup.Restore(t.Context(), place, file); !errors.Is(err, backup.ErrNotEmpty) {
				t.Errorf("into %s once more: %v", name, err)
			}
		}
	})
}

// A backup taken while people write is one moment: an account and what was
// written with it are both in it or neither is.
func TestBackupUnderWritesIsOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		in := installation(t, db)
		ctx, stop := context.WithCancel(t.Context())
		var written atomic.Int64
		done := make(chan error, 1)
		go func() {
			for {
				err := in.DB.Write(ctx, func(tx *store.Tx) error {
					for range 2 { // always in pairs
						if _, err := tx.Exec(ctx, `INSERT INTO person_act (id, person, act, reason, done_by, at)
							SELECT $1, id, 'pair', '', '', 1 FROM person LIMIT 1`, store.NewID()); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					if ctx.Err() != nil {
						err = nil
					}
					done <- err
					return
				}
				written.Add(1)
			}
		}()
		for round := range 2 {
			file := filepath.Join(t.TempDir(), "kopia")
			if _, err := backup.Make(t.Context(), in, file); err != nil {
				t.Fatal(err)
			}
			place := emptyPlace(t, storetest.SQLite(t))
			if _, err := backup.Restore(t.Context(), place, file); err != nil {
				t.Fatal(err)
			}
			n, err := store.One[int](t.Context(), place.DB, `SELECT count(*) FROM person_act WHERE act = 'pair'`)
			if err != nil || n%2 != 0 {
				t.Errorf("round %d: %d rows of pairs (%v)", round, n, err)
			}
		}
		stop()
		if err := <-done; err != nil || written.Load() == 0 {
			t.Errorf("%d written meanwhile, %v", written.Load(), err)
		}
	})
}

func TestDamagedBackupChangesNothing(t *testing.T) {
	in := installation(t, storetest.SQLite(t))
	dir := t.TempDir()
	file := filepath.Join(dir, "kopia")
	if _, err := backup.Make(t.Context(), in, file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	damage := map[string]func() []byte{
		"nothing in it":   func() []byte { return nil },
		"something else":  func() []byte { return []byte("to nie jest kopia zapasowa, tylko list") },
		"its last byte":   func() []byte { return whole[:len(whole)-1] },
		"its second half": func() []byte { return whole[:len(whole)/2] },
		"any length":      func() []byte { return whole[:random.IntN(len(whole))] },
		"one bit": func() []byte {
			changed := bytes.Clone(whole)
			changed[20+random.IntN(len(changed)-20)] ^= 1 << random.IntN(8)
			return changed
		},
	}
	place := emptyPlace(t, storetest.SQLite(t))
	for name, content := range damage {
		for range 5 {
			bad := filepath.Join(dir, "zla")
			if err := os.WriteFile(bad, content(), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := backup.Restore(t.Context(), place, bad); !errors.Is(err, backup.ErrDamaged) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := backup.Restore(t.Context(), place, file); err != nil { // so nothing had been left behind
		t.Errorf("the whole one afterwards: %v", err)
	}
}

func TestBackupOfALaterProgramIsNamed(t *testing.T) {
	in := installation(t, storetest.SQLite(t))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := in.DB.SQL().ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (29991231000000, TRUE)`)
	must(err)
	file := filepath.Join(t.TempDir(), "kopia")
	_, err = backup.Make(t.Context(), in, file)
	must(err)
	place := emptyPlace(t, storetest.SQLite(t))
	if _, err := backup.Restore(t.Context(), place, file); !errors.Is(err, backup.ErrNewer) {
		t.Errorf("%v", err)
	}
}

func TestBackupReplacesNothing(t *testing.T) {
	in := installation(t, storetest.SQLite(t))
	file := filepath.Join(t.TempDir(), "kopia")
	if err := os.WriteFile(file, []byte("wczorajsza"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Make(t.Context(), in, file); err == nil {
		t.Error("an old backup was replaced")
	}
	if text, _ := os.ReadFile(file); string(text) != "wczorajsza" {
		t.Errorf("now it holds %q", text)
	}
	if left, _ := filepath.Glob(file + "*"); len(left) != 1 {
		t.Errorf("left behind: %s", strings.Join(left, " "))
	}
}
