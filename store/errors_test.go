package store_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

func TestUniqueKeyIsRecognised(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `CREATE UNIQUE INDEX shelf_lent_once ON shelf (pages, version) WHERE lent`)
		run(t, db, `INSERT INTO shelf (id, title, lent, pages) VALUES ('1', 'id pages', TRUE, 7)`)
		tests := []struct {
			name, insert string
			hint         string
			want         bool
		}{
			{"primary key", `('1', 'x', FALSE, 0)`, "shelf.id", true},
			{"column", `('2', 'id pages', FALSE, 0)`, "shelf.title", true},
			{"short hint", `('2', 'id pages', FALSE, 0)`, "title", true},
			{"words of the value do not count", `('2', 'id pages', FALSE, 0)`, "pages", false},
			{"second column of a partial index", `('2', 'x', TRUE, 7)`, "shelf.version", true},
			{"not null is something else", `('2', 'x', NULL, 0)`, "shelf", false},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				err := tryRun(t.Context(), db, `INSERT INTO shelf (id, title, lent, pages) VALUES `+tt.insert)
				if err == nil || store.IsUnique(err, tt.hint) != tt.want {
					t.Errorf("IsUnique(%v, %q) = %v", err, tt.hint, !tt.want)
				}
				if store.IsUnavailable(err) {
					t.Errorf("%v is no reason to come back later", err)
				}
			})
		}
	})
}

// R2 of the store's part: the same key from many at once gives one row, and
// everybody else is told so.
func TestOneOfManyGetsTheKey(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		const people = 200
		answers := make(chan error, people)
		for range people {
			go func() {
				answers <- tryRun(t.Context(), db, `INSERT INTO shelf (id, title) VALUES ($1, 'the last seat')`, store.NewID())
			}()
		}
		accepted := 0
		for range people {
			switch err := <-answers; {
			case err == nil:
				accepted++
			case !store.IsUnique(err, "title"):
				t.Errorf("err = %v", err)
			}
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 1 || accepted != 1 {
			t.Errorf("%d accepted, %d rows", accepted, n)
		}
	})
}

// The disk is full: writing is refused for now, reading goes on, and writing
// goes on as soon as there is room.
func TestFullDisk(t *testing.T) {
	db := storetest.SQLite(t)
	run(t, db, shelf)
	run(t, db, `INSERT INTO shelf (id) VALUES ('kept')`)
	limit := func(pages int) {
		t.Helper()
		if _, err := db.SQL().Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite takes the present size
	big := strings.Repeat("x", 100_000)
	err := tryRun(t.Context(), db, `INSERT INTO shelf (id, title) VALUES ('lost', $1)`, big)
	if !store.IsUnavailable(err) {
		t.Errorf("err = %v", err)
	}
	if id := one[string](t, db, `SELECT id FROM shelf`); id != "kept" {
		t.Errorf("id = %q", id)
	}
	limit(1 << 30)
	run(t, db, `INSERT INTO shelf (id, title) VALUES ('later', $1)`, big)
	if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 2 {
		t.Errorf("%d rows", n)
	}
	if got := one[string](t, db, `PRAGMA integrity_check`); got != "ok" {
		t.Error(got)
	}
}

// A full disk that one write swallows must not let its neighbours believe that
// they are safe.
func TestFullDiskThatIsSwallowed(t *testing.T) {
	db := storetest.SQLite(t)
	run(t, db, shelf)
	if _, err := db.SQL().Exec(`PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, _ = tx.Exec(t.Context(), `INSERT INTO shelf (id, title) VALUES ('lost', $1)`, strings.Repeat("x", 100_000))
		return nil
	})
	if !store.IsUnavailable(err) {
		t.Errorf("acknowledged, or for another reason: %v", err)
	}
}

func TestFileThatAnotherProgramHolds(t *testing.T) {
	address := storetest.SQLiteAddress(t)
	db, other := openShort(t, address), openShort(t, address)
	run(t, db, shelf)
	release := make(chan struct{})
	held := make(chan struct{})
	done := make(chan error)
	go func() {
		done <- other.Write(t.Context(), func(tx *store.Tx) error { close(held); <-release; return nil })
	}()
	<-held
	err := tryRun(t.Context(), db, `INSERT INTO shelf (id) VALUES ('1')`)
	if !store.IsUnavailable(err) {
		t.Errorf("err = %v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
	run(t, db, `INSERT INTO shelf (id) VALUES ('1')`)
}

// openShort opens a database that waits for a lock only briefly.
func openShort(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.SQL().Exec(`PRAGMA busy_timeout = 50`); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestServerThatBreaksTheConnection(t *testing.T) {
	db := storetest.Postgres(t)
	run(t, db, shelf)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		pid := one[int](t, tx, `SELECT pg_backend_pid()`)
		if _, err := db.SQL().Exec(`SELECT pg_terminate_backend($1)`, pid); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), `INSERT INTO shelf (id) VALUES ('1')`)
		return err
	})
	if !store.IsUnavailable(err) {
		t.Errorf("err = %v", err)
	}
	run(t, db, `INSERT INTO shelf (id) VALUES ('2')`) // on another connection
}

func TestServerThatIsNotThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), "postgres://someone:secret-word@"+address+"/x", store.Options{})
	if !store.IsUnavailable(err) {
		t.Errorf("err = %v", err)
	}
	if strings.Contains(fmt.Sprint(err), "secret-word") {
		t.Errorf("the password is told: %v", err)
	}
}

func TestDeadlockIsRepeated(t *testing.T) {
	db := storetest.Postgres(t)
	run(t, db, shelf)
	run(t, db, `INSERT INTO shelf (id) VALUES ('a'), ('b')`)
	var met [2]chan struct{}
	for i := range met {
		met[i] = make(chan struct{})
	}
	first := [2]bool{true, true}
	answers := make(chan error)
	for i, order := range [2][2]string{{"a", "b"}, {"b", "a"}} {
		go func() {
			answers <- db.Write(t.Context(), func(tx *store.Tx) error {
				for _, id := range order {
					if _, err := tx.Exec(t.Context(), `UPDATE shelf SET pages = pages + 1 WHERE id = $1`, id); err != nil {
						return err
					}
					if first[i] { // each holds one row before it asks for the other
						first[i] = false
						close(met[i])
						<-met[1-i]
					}
				}
				return nil
			})
		}()
	}
	for range 2 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	if sum := one[int](t, db, `SELECT sum(pages) FROM shelf`); sum != 4 {
		t.Errorf("sum = %d, want 4", sum)
	}
}

func TestWhatIsNoTextFindsNothing(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		for _, title := range []string{"\x00", "x\x00y", "\xff\xfe", "\xed\xa0\x80"} {
			n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM shelf WHERE title = $1`, title)
			if n != 0 || err != nil && !store.IsNoText(err) {
				t.Errorf("%q: %d, %v", title, n, err)
			}
		}
		if _, err := store.One[int](t.Context(), db, `SELECT 1 FROM nowhere`); store.IsNoText(err) {
			t.Error("any error counts")
		}
	})
}

func TestAddressesThatAreRefused(t *testing.T) {
	for _, address := range []string{"", "wspolnota.db", "mysql://x", "sqlite:", "sqlite::memory:", "sqlite:/no/such/folder/x.db", "postgres://[::"} {
		t.Run(address, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			if _, err := store.Open(ctx, address, store.Options{}); err == nil || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("err = %v", err)
			}
		})
	}
}

func TestPathOfAnyLetters(t *testing.T) {
	path := t.TempDir() + "/gmina Żory?100%#1.db"
	db, err := store.Open(t.Context(), "sqlite:"+path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if file := one[string](t, db, `SELECT file FROM pragma_database_list WHERE name = 'main'`); file != path {
		t.Errorf("file = %q, want %q", file, path)
	}
}
