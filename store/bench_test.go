package store_test

import (
	"database/sql"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// durable opens a fresh SQLite file as production does: every commit waits for
// the disk.
func durable(b *testing.B) *store.DB {
	b.Helper()
	db, err := store.Open(b.Context(), storetest.SQLiteAddress(b), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	run(b, db, shelf)
	return db
}

// BenchmarkDurableWrite compares the group commit with one commit per row, for
// 32 clients and for one.
func BenchmarkDurableWrite(b *testing.B) {
	const insert = `INSERT INTO shelf (id, title) VALUES ($1, $2)`
	kinds := []struct {
		name  string
		write func(db *store.DB, id store.ID) error
	}{
		{"group", func(db *store.DB, id store.ID) error {
			return db.Write(b.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(b.Context(), insert, id, id)
				return err
			})
		}},
		{"single", func(db *store.DB, id store.ID) error {
			_, err := db.SQL().ExecContext(b.Context(), insert, id, id)
			return err
		}},
	}
	for _, clients := range []int{1, 8, 32, 128} {
		for _, kind := range kinds {
			b.Run(fmt.Sprintf("%s/clients=%d", kind.name, clients), func(b *testing.B) {
				db := durable(b)
				inParallel(b, clients, func() error { return kind.write(db, store.NewID()) })
			})
		}
	}
}

// inParallel makes b.N calls from so many goroutines.
func inParallel(b *testing.B, clients int, call func() error) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	done := make(chan error, clients)
	b.ResetTimer()
	for range clients {
		go func() {
			for left.Add(-1) >= 0 {
				if err := call(); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range clients {
		if err := <-done; err != nil {
			b.Error(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

// BenchmarkRead compares One and All with database/sql by hand, on one row and
// on a page of 30.
func BenchmarkRead(b *testing.B) {
	const (
		row  = `SELECT id, title, at, lent, pages FROM shelf WHERE id = $1`
		list = `SELECT id, title, at, lent, pages FROM shelf WHERE pages >= $1 ORDER BY pages LIMIT 30`
	)
	scan := func(rows *sql.Rows, v *book) error { return rows.Scan(&v.ID, &v.Title, &v.Since, &v.Lent, &v.Pages) }
	kinds := []struct {
		name string
		read func(db *store.DB, i int) error
	}{
		{"One", func(db *store.DB, i int) error {
			_, err := store.One[book](b.Context(), db, row, fmt.Sprint(i%1000))
			return err
		}},
		{"row by hand", func(db *store.DB, i int) error {
			_, err := byHand(db, b, scan, row, fmt.Sprint(i%1000))
			return err
		}},
		{"All", func(db *store.DB, i int) error {
			_, err := store.All[book](b.Context(), db, list, i%900)
			return err
		}},
		{"list by hand", func(db *store.DB, i int) error {
			_, err := byHand(db, b, scan, list, i%900)
			return err
		}},
	}
	databases := map[string]func(testing.TB) *store.DB{"SQLite": storetest.SQLite, "PostgreSQL": storetest.Postgres}
	for name, open := range databases {
		b.Run(name, func(b *testing.B) {
			db := open(b)
			run(b, db, shelf)
			run(b, db, `CREATE INDEX shelf_pages ON shelf (pages)`)
			for i := range 1000 {
				run(b, db, `INSERT INTO shelf (id, title, at, pages) VALUES ($1, $2, $3, $4)`, fmt.Sprint(i), fmt.Sprintf("title %d", i), store.At(storetest.Start), i)
			}
			for _, clients := range []int{1, 8} {
				for _, kind := range kinds {
					b.Run(fmt.Sprintf("%s/clients=%d", kind.name, clients), func(b *testing.B) {
						var i atomic.Int64
						inParallel(b, clients, func() error { return kind.read(db, int(i.Add(1))) })
					})
				}
			}
		})
	}
}

// byHand reads what All reads without scany.
func byHand(db *store.DB, b *testing.B, scan func(*sql.Rows, *book) error, query string, args ...any) ([]book, error) {
	rows, err := db.Query(b.Context(), query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []book
	for rows.Next() {
		var v book
		if err := scan(rows, &v); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// BenchmarkStart opens and migrates an existing database, as a restart does.
func BenchmarkStart(b *testing.B) {
	address := storetest.SQLiteAddress(b)
	for b.Loop() {
		db, err := store.Open(b.Context(), address, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Migrate(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
