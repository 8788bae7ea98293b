package audit_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

const (
	anna  = store.ID("0191a000-0000-7000-8000-000000000001")
	jan   = store.ID("0191a000-0000-7000-8000-000000000002")
	wisla = store.ID("0191a000-0000-7000-8000-00000000000a")
)

func manager(ctx context.Context) context.Context {
	return access.With(ctx, &access.Actor{Person: anna, Name: "Anna Nowak", Grants: []access.Grant{
		{Role: access.Manager, Scope: access.InProgramme, ID: wisla}, {Role: access.Administrator, Scope: access.Installation}}})
}

// write notes acts from which on count.
func write(t testing.TB, ctx context.Context, db *store.DB, acts ...audit.Act) {
	t.Helper()
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, a := range acts {
			if err := audit.Write(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func fill(t testing.TB, db *store.DB, n int) {
	t.Helper()
	acts := make([]audit.Act, 0, 500)
	for i := range n {
		var c audit.Changes
		c.Text("title", fmt.Sprintf("Etap %d", i), fmt.Sprintf("Etap %d", i+1))
		acts = append(acts, audit.Act{Name: "test.changed", Kind: "phase", Thing: store.NewID(), Title: "Warsztaty", Programme: wisla,
			Subject: []store.ID{"", jan}[i%2], Changes: c})
		if len(acts) == cap(acts) || i == n-1 {
			write(t, manager(t.Context()), db, acts...)
			acts = acts[:0]
		}
	}
	seal(t, db)
}

func seal(t testing.TB, db *store.DB) {
	t.Helper()
	if err := audit.Seal(t.Context(), db); err != nil {
		t.Fatal(err)
	}
}

func verify(t testing.TB, db *store.DB, known ...audit.Head) audit.Report {
	t.Helper()
	report, err := audit.Verify(t.Context(), db, known...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func exec(t testing.TB, db *store.DB, query string, args ...any) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTamperingIsFound is O4: in a log of ten thousand entries each way of
// removing, reordering and editing one of them is found, and so is a cut end.
func TestTamperingIsFound(t *testing.T) {
	const entries = 10_000
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, entries)
		whole := verify(t, db)
		if !whole.Good() || whole.Entries != entries || whole.Head.Seq != entries {
			t.Fatalf("the untouched log: %+v", whole)
		}
		for _, tt := range []struct {
			name, do, undo string // with $1 the number of an entry
			want           string
		}{
			{"edited act", `UPDATE audit_entry SET act = act || 'x' WHERE seq = $1`, `UPDATE audit_entry SET act = 'test.changed' WHERE seq = $1`, audit.Altered},
			{"edited time", `UPDATE audit_entry SET at = at + 1 WHERE seq = $1`, `UPDATE audit_entry SET at = at - 1 WHERE seq = $1`, audit.Altered},
			{"another person", `UPDATE audit_entry SET person = '' WHERE seq = $1`, `UPDATE audit_entry SET person = '` + string(anna) + `' WHERE seq = $1`, audit.Altered},
			{"another role", `UPDATE audit_entry SET role = 'editor' WHERE seq = $1`, `UPDATE audit_entry SET role = 'manager' WHERE seq = $1`, audit.Altered},
			{"edited details", `UPDATE audit_entry SET details = details || ' ' WHERE seq = $1`, `UPDATE audit_entry SET details = substr(details, 1, length(details) - 1) WHERE seq = $1`, audit.Details},
			{"taken out of the order", `UPDATE audit_entry SET seq = -1 WHERE seq = $1`, `UPDATE audit_entry SET seq = $1 WHERE seq = -1`, audit.Missing},
		} {
			t.Run(tt.name, func(t *testing.T) {
				for _, at := range []int64{1, 2, 777, entries / 2, entries - 1, entries} {
					exec(t, db, tt.do, at)
					want := tt.want
					if want == audit.Missing && at == entries {
						want = audit.Cut
					}
					if report := verify(t, db); !found(report, at, want) {
						t.Errorf("entry %d: %v", at, report.Faults)
					}
					exec(t, db, tt.undo, at)
				}
				if report := verify(t, db); !report.Good() {
					t.Fatalf("undone: %v", report.Faults)
				}
			})
		}
		t.Run("two exchanged", func(t *testing.T) {
			swap := func() {
				exec(t, db, `UPDATE audit_entry SET seq = -1 WHERE seq = 4000`)
				exec(t, db, `UPDATE audit_entry SET seq = 4000 WHERE seq = 4001`)
				exec(t, db, `UPDATE audit_entry SET seq = 4001 WHERE seq = -1`)
			}
			swap()
			if report := verify(t, db); !found(report, 4000, audit.Altered) {
				t.Errorf("%v", report.Faults)
			}
			swap()
		})
		t.Run("removed", func(t *testing.T) {
			exec(t, db, `DELETE FROM audit_entry WHERE seq = 5000`)
			if report := verify(t, db); !found(report, 5000, audit.Missing) {
				t.Errorf("%v", report.Faults)
			}
		})
		t.Run("cut at the end", func(t *testing.T) {
			exec(t, db, `DELETE FROM audit_entry WHERE seq > 9990`)
			if report := verify(t, db); !found(report, entries, audit.Cut) {
				t.Errorf("the head is left: %v", report.Faults)
			}
			exec(t, db, `UPDATE audit_head SET seq = 9990, seal = (SELECT seal FROM audit_entry WHERE seq = 9990)`)
			if report := verify(t, db, whole.Head); !found(report, entries, audit.Cut) {
				t.Errorf("the head was moved, and one was published: %v", report.Faults)
			}
		})
	})
}

func found(r audit.Report, seq int64, what string) bool {
	for _, f := range r.Faults {
		if f.Seq == seq && f.What == what {
			return true
		}
	}
	return false
}

// A chain that was computed anew after a forgery is right in itself; the head
// that somebody wrote down shows it.
func TestChainComputedAnewIsFoundByAPublishedHead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 20)
		published := verify(t, db).Head
		exec(t, db, `UPDATE audit_entry SET person = 'forged' WHERE seq = 3`)
		exec(t, db, `UPDATE audit_entry SET seq = NULL, seal = NULL`)
		exec(t, db, `UPDATE audit_head SET seq = 0, seal = ''`)
		seal(t, db)
		if report := verify(t, db); !report.Good() {
			t.Fatalf("the forger made a mistake: %v", report.Faults)
		}
		if report := verify(t, db, published); !found(report, 20, audit.Replaced) {
			t.Errorf("%v", report.Faults)
		}
	})
}

// What the privacy rule empties leaves the chain whole; what somebody else
// empties is tampering.
func TestErasureKeepsTheChain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 10)
		write(t, manager(t.Context()), db, audit.Act{Name: "test.refused", Subject: jan, Reason: "Jan Kowalski nie mieszka w gminie"})
		seal(t, db)
		exec(t, db, `UPDATE audit_entry SET salt = NULL, details = NULL WHERE subject = $1 OR on_behalf = $1`, jan)
		var gone []store.ID
		l := audit.New(db, audit.Options{Queue: queue(t, db), Erased: func(context.Context, store.Reader) ([]store.ID, error) { return gone, nil }})
		if report, err := l.Verify(t.Context()); err != nil || !found(report, 2, audit.Emptied) {
			t.Errorf("nobody was erased: %v, %v", report.Faults, err)
		}
		gone = []store.ID{jan}
		if report, err := l.Verify(t.Context()); err != nil || !report.Good() || report.Erased != 6 || report.Entries != 11 {
			t.Errorf("%+v, %v", report, err)
		}
		exec(t, db, `UPDATE audit_entry SET details = NULL, salt = NULL WHERE seq = 1`)
		if report := verify(t, db); !found(report, 1, audit.Emptied) {
			t.Errorf("details about nobody are gone: %v", report.Faults)
		}
	})
}

func queue(t *testing.T, db *store.DB) *jobs.Queue {
	t.Helper()
	q, err := jobs.New(db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Several replicas seal at once while acts go on: every entry once, no gap.
func TestReplicasSealEachEntryOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 25 {
					ctx := manager(t.Context())
					if err := db.Write(ctx, func(tx *store.Tx) error { return audit.Write(ctx, tx, audit.Act{Name: "test.done"}) }); err != nil {
						t.Error(err)
					}
				}
			})
			all.Go(func() {
				for range 5 {
					if err := audit.Seal(t.Context(), db); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		seal(t, db)
		if report := verify(t, db); !report.Good() || report.Entries != 200 || report.Unsealed != 0 {
			t.Errorf("%+v", report)
		}
	})
}

func TestActIsNotedInItsRole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		helper := access.With(t.Context(), &access.Actor{Person: jan, Assistant: anna, For: ""})
		write(t, manager(t.Context()), db, audit.Act{Name: "test.a", Programme: wisla}, audit.Act{Name: "test.b"}, audit.Act{Name: "test.c", Own: true})
		write(t, helper, db, audit.Act{Name: "test.d", Own: true})
		write(t, t.Context(), db, audit.Act{Name: "test.e"})
		got, err := store.All[string](t.Context(), db, `SELECT act || ' ' || role || ' ' || person || ' ' || on_behalf FROM audit_entry ORDER BY act`)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"test.a manager " + string(anna) + " ", "test.b administrator " + string(anna) + " ", "test.c  " + string(anna) + " ",
			"test.d assistant " + string(anna) + " " + string(jan), "test.e   "}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

func TestActNamedTwiceStopsTheProgram(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		l := audit.New(db, audit.Options{Queue: queue(t, db)})
		defer func() {
			if recover() == nil {
				t.Error("an act of another room was taken")
			}
		}()
		l.Register(audit.Room{Name: "news", Acts: []audit.Word{{Name: "programme.joined"}}})
	})
}

// BenchmarkWrite is what an audit line adds to a verb.
func BenchmarkWrite(b *testing.B) {
	db := storetest.SQLite(b)
	ctx := manager(b.Context())
	err := db.Write(ctx, func(tx *store.Tx) error {
		for b.Loop() {
			if err := audit.Write(ctx, tx, audit.Act{Name: "test.done", Programme: wisla, Title: "Etap"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
