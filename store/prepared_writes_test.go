package store_test

import (
	"fmt"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

const putOnShelf = `INSERT INTO shelf (id, title, pages) VALUES ($1, $1, $2)`

func TestStatementsOfWritesAreCompiledOnceTheyComeAgain(t *testing.T) {
	db := storetest.SQLite(t)
	run(t, db, shelf)
	for i, want := range []int{0, 0, 1, 1, 1} { // compiled after its second time, used from the third on
		if got := store.CompiledWrites(db); got != want {
			t.Errorf("before write %d there are %d compiled, want %d", i+1, got, want)
		}
		run(t, db, putOnShelf, fmt.Sprint(i), i)
	}
	if n := one[int](t, db, `SELECT sum(pages) FROM shelf`); n != 10 {
		t.Errorf("%d pages", n)
	}
}

func TestWritesGoOnAfterTheTablesChanged(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		for i := range 12 {
			if i == 6 {
				run(t, db, `ALTER TABLE shelf ADD COLUMN owner TEXT NOT NULL DEFAULT 'town'`)
			}
			run(t, db, putOnShelf, fmt.Sprint(i), i)
			if i == 8 {
				run(t, db, `CREATE INDEX shelf_owner ON shelf (owner)`)
			}
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf WHERE owner = 'town'`); n != 12 {
			t.Errorf("%d books", n)
		}
	})
}

// The same text while the rows of the same text are still being read.
func TestStatementWithinItsOwnRows(t *testing.T) {
	db := storetest.SQLite(t) // a connection of PostgreSQL does one thing at a time
	run(t, db, shelf)
	for i := range 4 {
		run(t, db, putOnShelf, fmt.Sprint(i), i)
	}
	const query = `SELECT id FROM shelf WHERE pages >= $1 ORDER BY id`
	for range 3 {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			rows, err := tx.Query(t.Context(), query, 0)
			if err != nil {
				return err
			}
			defer rows.Close()
			for n := 0; rows.Next(); n++ {
				var id string
				if err := rows.Scan(&id); err != nil {
					return err
				}
				inner, err := store.All[string](t.Context(), tx, query, n)
				if err != nil || len(inner) != 4-n || id != fmt.Sprint(n) {
					t.Errorf("%v beside %s, %v", inner, id, err)
				}
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRefusedStatementCanBeUsedAgain(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		for i := range 8 {
			err := tryRun(t.Context(), db, putOnShelf, fmt.Sprint(i/2), i)
			if i%2 == 1 && !store.IsUnique(err, "shelf") || i%2 == 0 && err != nil {
				t.Errorf("write %d: %v", i, err)
			}
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf`); n != 4 {
			t.Errorf("%d books", n)
		}
	})
}
