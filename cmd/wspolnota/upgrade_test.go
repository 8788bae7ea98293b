package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// releases are the last migrations of the programs from which people come to
// this one. A release adds its own.
var releases = []struct {
	name string
	last int64
}{
	{"a programme in public", 20261122160000},
	{"before people were told", 20261122181500},
	{"keeping", 20261122194500},
}

// longestBlock is how long a write of the program that is being replaced may
// take while its successor brings the tables up to date.
const longestBlock = 2 * time.Second

// TestUpgradeLetsThePreviousProgramServe fills the tables of each release, lets
// the statements of that program read and write on, and starts this program
// beside it. Nothing of what was there is changed, nothing that was acknowledged
// is lost, and nobody waits long.
func TestUpgradeLetsThePreviousProgramServe(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs several processes")
	}
	people, more := 1_000, 50
	if soak {
		people, more = 100_000, 3_000
	}
	for _, release := range releases {
		t.Run(release.name, func(t *testing.T) {
			t.Run("SQLite", func(t *testing.T) {
				upgrade(t, "sqlite:"+filepath.Join(t.TempDir(), "full.db"), release.last, people, more)
			})
			t.Run("PostgreSQL", func(t *testing.T) { upgrade(t, storetest.EmptyPostgresAddress(t), release.last, people, more) })
		})
	}
}

func upgrade(t *testing.T, address string, last int64, people, more int) {
	old, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if err := old.MigrateOnly(t.Context(), upTo(t, old, last)); err != nil {
		t.Fatal(err)
	}
	fillAll(t, old, people)
	tables := keptTables(t, old)
	before, n := hashes(t, old, tables)

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p := &previous{db: old}
	done := make(chan error, 1)
	go func() { done <- p.serve(ctx) }()
	began := time.Now()
	r := startReplica(t, address, t.TempDir(), "--log-level", "warn")
	ready := time.Since(began)
	p.moreThan(t, more) // it serves on beside its successor, which fills the search meanwhile
	stop()
	if err := <-done; err != nil {
		t.Errorf("the previous program: %v", err)
	}
	r.stop(t)

	after, _ := hashes(t, old, tables)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("what was there is changed: %s", diff)
	}
	p.lostNothing(t)
	if p.longest > longestBlock {
		t.Errorf("a write of the previous program took %v", p.longest)
	}
	if pending := pendingMigrations(t, old); len(pending) > 0 {
		t.Errorf("pending: %v", pending)
	}
	t.Logf("%d rows; ready after %v; beside it %d reads and %d writes, the longest write %v",
		n, ready.Round(time.Millisecond), p.reads, p.writes, p.longest.Round(time.Millisecond))
}

// upTo lists the migrations up to the last one of a release.
func upTo(t *testing.T, db *store.DB, last int64) (versions []int64) {
	t.Helper()
	all, err := db.MigrationStatus(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if strings.HasSuffix(m.Name, ".sql") && m.Version <= last {
			versions = append(versions, m.Version)
		}
	}
	if len(versions) == 0 {
		t.Fatalf("no migration up to %d", last)
	}
	return versions
}

func pendingMigrations(t *testing.T, db *store.DB) (names []string) {
	t.Helper()
	all, err := db.MigrationStatus(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if !m.Applied {
			names = append(names, m.Name)
		}
	}
	return names
}

// keptTables are those of the release that backups keep, with the columns that
// they had then.
func keptTables(t *testing.T, db *store.DB) (tables []rows.Table) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		tables, err = rows.Tables(t.Context(), tx, tx.Dialect(), func(name string) bool {
			return name != "session" && notKept(name) || strings.HasPrefix(name, "river_") || strings.HasPrefix(name, "goose_")
		})
		return err
	})
	if err != nil || len(tables) < 20 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	return tables
}

// byTraffic tells rows that the previous program writes during the test from
// those that were there.
var byTraffic = map[string]string{
	"session": `agent <> 'traffic'`, "person": `email <> 'traffic@example.org'`, "news_revision": `person <> 'traffic'`,
}

// hashes sums the rows of each table up, and counts them.
func hashes(t *testing.T, db *store.DB, tables []rows.Table) (sums map[string]string, n int) {
	t.Helper()
	sums = map[string]string{}
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		for _, table := range tables {
			h := sha256.New()
			count, err := table.Write(t.Context(), tx, h, byTraffic[table.Name])
			if err != nil {
				return err
			}
			n += count
			sums[table.Name] = fmt.Sprint(count, " ", hex.EncodeToString(h.Sum(nil)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// What a program that starts writes by itself.
	for _, own := range []string{"audit_head", "audit_entry", "privacy_removal"} {
		delete(sums, own)
	}
	return sums, n
}

// previous is the program that is being replaced: its statements, as they were.
type previous struct {
	db            *store.DB
	mu            sync.Mutex
	reads, writes int
	longest       time.Duration
	sessions      []store.ID
}

// serve reads and writes as people ask, one after another, until ctx ends.
func (p *previous) serve(ctx context.Context) error {
	for n := 0; ctx.Err() == nil; n++ {
		if err := p.read(ctx, n); err != nil && ctx.Err() == nil {
			return fmt.Errorf("read: %w", err)
		}
		began := time.Now()
		id, err := p.write(context.WithoutCancel(ctx), n)
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
		p.mu.Lock()
		p.reads++
		p.writes++
		p.longest = max(p.longest, time.Since(began))
		p.sessions = append(p.sessions, id)
		p.mu.Unlock()
	}
	return nil
}

// read is what a page of somebody who is signed in asks.
func (p *previous) read(ctx context.Context, n int) error {
	type one struct{ A, B, C string }
	for _, statement := range []string{
		`SELECT id AS a, name AS b, email AS c FROM person WHERE email = 'osoba' || $1 || '@example.org'`,
		`SELECT s.id AS a, p.name AS b, s.acting_for AS c FROM session s JOIN person p ON p.id = s.person WHERE s.token_hash = 'token' || $1`,
		`SELECT m.programme AS a, m.state AS b, m.sector AS c FROM programme_member m JOIN person p ON p.id = m.person
			WHERE p.email = 'osoba' || $1 || '@example.org' LIMIT 1`,
		`SELECT id AS a, title AS b, slug AS c FROM news_article WHERE listed_at IS NOT NULL AND $1 <> '' ORDER BY listed_at DESC, id DESC LIMIT 1`,
	} {
		if _, err := store.One[one](ctx, p.db, statement, fmt.Sprint(n%500)); err != nil {
			return err
		}
	}
	return nil
}

// write is what somebody does who signs in, corrects their name and an article.
func (p *previous) write(ctx context.Context, n int) (store.ID, error) {
	id := store.NewID()
	return id, p.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO session (id, token_hash, person, staff, agent, created_at, seen_at)
			VALUES ($1, $1, $2, FALSE, 'traffic', $3, $3)`, id, personOf(0), store.At(tx.Wall()))
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE person SET name = $2, version = version + 1 WHERE email = $1`, "traffic@example.org", fmt.Sprint("Osoba ", n))
		}
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO news_revision (article, number, person, saved_at, title, lead, language, details, body, html, html_by)
				VALUES ($1, $2, 'traffic', 0, 't', 'l', 'pl', '{}', 'b', '', 0)`, articleOf(1), 100+n)
		}
		return err
	})
}

// moreThan waits until the previous program has written that much more.
func (p *previous) moreThan(t *testing.T, more int) {
	t.Helper()
	count := func() int { p.mu.Lock(); defer p.mu.Unlock(); return p.writes }
	for from, deadline := count(), time.Now().Add(time.Minute); count() < from+more; {
		if time.Now().After(deadline) {
			t.Fatal("the previous program does not go on")
		}
		<-time.After(5 * time.Millisecond) // two programs at work: only counting tells
	}
}

// lostNothing fails the test unless every write that was acknowledged is there.
func (p *previous) lostNothing(t *testing.T) {
	t.Helper()
	sessions, err := store.One[int](t.Context(), p.db, `SELECT count(*) FROM session WHERE agent = 'traffic'`)
	if err != nil || sessions != len(p.sessions) || sessions < 50 {
		t.Errorf("%d sessions of %d are there, %v", sessions, len(p.sessions), err)
	}
	name, err := store.One[string](t.Context(), p.db, `SELECT name FROM person WHERE email = 'traffic@example.org'`)
	if want := fmt.Sprint("Osoba ", p.writes-1); err != nil || name != want {
		t.Errorf("the name is %q, want %q, %v", name, want, err)
	}
}
