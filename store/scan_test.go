package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

type book struct {
	ID    store.ID
	Title string
	Since store.Time `db:"at"`
	Lent  bool
	Pages *int
}

func TestRowsBecomeStructs(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id, title, at, lent, pages) VALUES ('1', 'Solaris', $1, TRUE, 204), ('2', 'Cyberiada', NULL, FALSE, 300)`,
			store.At(storetest.Start))
		pages := []int{204, 300}
		want := []book{
			{ID: "1", Title: "Solaris", Since: store.At(storetest.Start), Lent: true, Pages: &pages[0]},
			{ID: "2", Title: "Cyberiada", Pages: &pages[1]},
		}
		const list = `SELECT id, title, at, lent, pages FROM shelf`
		got, err := store.All[book](t.Context(), db, list+` ORDER BY id`)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("All (-want +got):\n%s", diff)
		}
		first := one[book](t, db, list+` WHERE id = $1`, store.ID("1"))
		if diff := cmp.Diff(want[0], first); diff != "" {
			t.Errorf("One (-want +got):\n%s", diff)
		}
	})
}

func TestContainsTakesSignsOfLikeAsTheyAre(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id, title) VALUES ('1', '100% wełny'), ('2', '100 gramów'), ('3', 'a_b\c'), ('4', 'aXb\c')`)
		for word, want := range map[string]string{"0%": "1", "a_b": "3", `b\c`: "34", "": "1234"} {
			got := ""
			ids, err := store.All[string](t.Context(), db, `SELECT id FROM shelf WHERE title LIKE $1 ESCAPE '\' ORDER BY id`, store.Contains(word))
			for _, id := range ids {
				got += id
			}
			if err != nil || got != want {
				t.Errorf("%q is in %s, %v; want %s", word, got, err, want)
			}
		}
	})
}

func TestNumberOfRows(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		titles, err := store.All[string](t.Context(), db, `SELECT title FROM shelf`)
		if err != nil || len(titles) != 0 {
			t.Errorf("All of nothing = %v, %v", titles, err)
		}
		if _, err := store.One[book](t.Context(), db, `SELECT id FROM shelf`); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("One of nothing: %v", err)
		}
		run(t, db, `INSERT INTO shelf (id) VALUES ('1'), ('2')`)
		if id, err := store.One[string](t.Context(), db, `SELECT id FROM shelf`); err == nil || id != "" || fault.Of(err) != nil {
			t.Errorf("One of two = %q, %v", id, err)
		}
	})
}

func TestUnknownColumnIsAMistake(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id) VALUES ('1')`)
		if _, err := store.All[book](t.Context(), db, `SELECT id, version FROM shelf`); err == nil {
			t.Error("a column without a field was dropped silently")
		}
	})
}

func TestInMatchesTheListed(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id, pages) VALUES ('a', 1), ('b', 1), ('c', 1), ('d', 2)`)
		tests := []struct {
			name string
			ids  []store.ID
			want int
		}{
			{"none", nil, 0}, {"one", []store.ID{"b"}, 1}, {"several", []store.ID{"d", "a", "c", "x"}, 2},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				in, args := store.In(2, tt.ids)
				n := one[int](t, db, `SELECT count(*) FROM shelf WHERE pages = $1 AND id IN (`+in+`)`, append([]any{1}, args...)...)
				if n != tt.want {
					t.Errorf("%d rows, want %d", n, tt.want)
				}
			})
		}
	})
}

func TestSecondSaveIsAConflict(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id) VALUES ('1')`)
		save := func(title string, version int) error {
			return db.Write(t.Context(), func(tx *store.Tx) error {
				return store.Changed(tx.Exec(t.Context(),
					`UPDATE shelf SET title = $3, version = version + 1 WHERE id = $1 AND version = $2`, "1", version, title))
			})
		}
		if err := save("first", 1); err != nil {
			t.Fatal(err)
		}
		if err := save("second", 1); !fault.Is(err, fault.KindConflict) {
			t.Errorf("err = %v", err)
		}
		if got := one[string](t, db, `SELECT title FROM shelf`); got != "first" {
			t.Errorf("title = %q", got)
		}
	})
}

func TestStatementsAreCounted(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		ctx, counter := store.WithCounter(t.Context())
		err := db.Write(ctx, func(tx *store.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO shelf (id) VALUES ('1')`); err != nil {
				return err
			}
			_, err := store.All[string](ctx, tx, `SELECT id FROM shelf`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := store.All[string](ctx, db, `SELECT id FROM shelf`); err != nil {
				t.Fatal(err)
			}
		}
		if counter.N() != 5 {
			t.Errorf("%d statements, want 5", counter.N())
		}
	})
}

func TestMoreTextsThanAreKeptPrepared(t *testing.T) {
	db := storetest.SQLite(t)
	for i := range 600 {
		if n := one[int](t, db, fmt.Sprintf(`SELECT %d`, i)); n != i {
			t.Fatalf("got %d, want %d", n, i)
		}
	}
}

func TestPreparedQuerySurvivesAChangedTable(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id) VALUES ('1')`)
		const count = `SELECT count(*) FROM shelf`
		_ = one[int](t, db, count)
		run(t, db, `ALTER TABLE shelf ADD COLUMN author TEXT`)
		run(t, db, `INSERT INTO shelf (id, author) VALUES ('2', 'Lem')`)
		if n := one[int](t, db, count); n != 2 {
			t.Errorf("%d rows", n)
		}
	})
}

func ExampleIn() {
	ids := []store.ID{"a", "b"}
	in, args := store.In(2, ids)
	fmt.Println(`SELECT title FROM news WHERE programme_id = $1 AND id IN (`+in+`)`, args)
	// Output: SELECT title FROM news WHERE programme_id = $1 AND id IN ($2, $3) [a b]
}
