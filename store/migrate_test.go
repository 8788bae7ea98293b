package store_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

func TestEveryMigrationIsApplied(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		list, err := db.MigrationStatus(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) < 7 { // River alone has seven
			t.Errorf("only %d migrations are known", len(list))
		}
		for _, m := range list {
			if !m.Applied {
				t.Errorf("%s is pending", m.Name)
			}
		}
		if n := one[int](t, db, `SELECT count(*) FROM river_job`); n != 0 {
			t.Errorf("%d jobs", n)
		}
	})
}

func TestMigrationsCanBeTakenBackAndApplied(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := tables(t, db)
		n, err := store.TakeBack(t.Context(), db)
		if err != nil || n == 0 {
			t.Fatalf("%d taken back: %v", n, err)
		}
		for _, name := range tables(t, db) {
			if !strings.HasPrefix(name, "river_") && !strings.HasPrefix(name, "goose_") {
				t.Errorf("table %s is left over", name)
			}
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after := tables(t, db); !slices.Equal(before, after) {
			t.Errorf("before %v, after %v", before, after)
		}
	})
}

func tables(t *testing.T, db *store.DB) []string {
	t.Helper()
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
	if db.Dialect() == store.Postgres {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`
	}
	names, err := store.All[string](t.Context(), db, query)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestStatusTellsWhatIsPending(t *testing.T) {
	db, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/new.db", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	list, err := db.MigrationStatus(t.Context())
	if err != nil || len(list) == 0 || list[0].Applied {
		t.Errorf("status = %v, %v", list, err)
	}
}

func script(up string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + up + ";\n-- +goose Down\nSELECT 1;\n")}
}

func TestLateMigrationIsStillApplied(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		migrate := func(files fstest.MapFS) {
			t.Helper()
			if err := store.MigrateFiles(t.Context(), db, files); err != nil {
				t.Fatal(err)
			}
		}
		files := fstest.MapFS{"20990102000000_b.sql": script(`CREATE TABLE late_b (x INTEGER)`)}
		migrate(files)
		files["20990101000000_a.sql"] = script(`CREATE TABLE late_a (x INTEGER)`)
		migrate(files)
		migrate(files)
		if n := one[int](t, db, `SELECT count(*) FROM late_a, late_b`); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestEachDatabaseTakesItsOwnOfAPair(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sub, err := fs.Sub(store.Migrations(db.Dialect()), ".")
		if err != nil {
			t.Fatal(err)
		}
		names, err := fs.Glob(sub, "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		other := map[store.Dialect]string{store.SQLite: ".postgres.sql", store.Postgres: ".sqlite.sql"}[db.Dialect()]
		if i := slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(n, other) }); i >= 0 {
			t.Errorf("%s is taken by %s", names[i], db.Dialect())
		}
		files := store.ForDialect(fstest.MapFS{
			"20990101000000_pair.sqlite.sql":   script(`CREATE TABLE pair_sqlite (x INTEGER)`),
			"20990101000000_pair.postgres.sql": script(`CREATE TABLE pair_postgres (x INTEGER)`),
		}, db.Dialect())
		if err := store.MigrateFiles(t.Context(), db, files); err != nil {
			t.Fatal(err)
		}
		if n := one[int](t, db, `SELECT count(*) FROM pair_`+string(db.Dialect())); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files := fstest.MapFS{"20990101000000_bad.sql": script("CREATE TABLE half (x INTEGER);\nINSERT INTO nowhere VALUES (1)")}
		if err := store.MigrateFiles(t.Context(), db, files); err == nil {
			t.Fatal("no error")
		}
		if _, err := store.All[int](t.Context(), db, `SELECT x FROM half`); err == nil {
			t.Error("half of the migration is there")
		}
		run(t, db, shelf) // the database is not locked
	})
}

func TestReplicasThatStartTogether(t *testing.T) {
	address := storetest.PostgresAddress(t)
	files := fstest.MapFS{
		"20990101000000_a.sql": script(`CREATE TABLE together_a (x INTEGER)`),
		"20990102000000_b.sql": script(`SELECT pg_sleep(0.05)`),
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			db, err := store.Open(t.Context(), address, store.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if err := store.MigrateFiles(t.Context(), db, files); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// Files are named by the minute and the room, and can be taken back.
func TestMigrationFilesKeepTheirForm(t *testing.T) {
	form := regexp.MustCompile(`^20\d{12}_[a-z0-9_]+(\.sqlite|\.postgres)?\.sql$`)
	pairs := map[string]int{}
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		files := store.Migrations(dialect)
		names, err := fs.Glob(files, "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			if !form.MatchString(name) || !strings.Contains(string(content), "-- +goose Down") {
				t.Errorf("%s: the name or its Down is not as migrations/README.md says", name)
			}
			if base, single := strings.CutSuffix(name, "."+string(dialect)+".sql"); single {
				pairs[base]++
			}
		}
	}
	for base, n := range pairs {
		if n != 2 {
			t.Errorf("%s has no twin for the other database", base)
		}
	}
}
