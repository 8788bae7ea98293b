package storetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/wspolnota/wspolnota/internal/storetest/postgres"
	"github.com/wspolnota/wspolnota/store"
)

// Postgres returns a fresh, migrated PostgreSQL database, or skips the test.
//
// Every test has a database of its own, copied from a migrated template, and
// not a schema: copying takes some 10 ms where migrating a schema would take
// many times that, and a database keeps apart also what schemas share, such as
// advisory locks and the channels of LISTEN and NOTIFY.
func Postgres(t testing.TB) *store.DB {
	t.Helper()
	return open(t, PostgresAddress(t))
}

// PostgresAddress returns the address of a fresh, migrated PostgreSQL database
// which is dropped after the test, or skips the test.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	return postgresCopy(t, func(s prepared) string { return s.template })
}

// EmptyPostgresAddress is PostgresAddress of a database without any tables.
func EmptyPostgresAddress(t testing.TB) string {
	t.Helper()
	return postgresCopy(t, func(prepared) string { return "template0" })
}

func postgresCopy(t testing.TB, template func(prepared) string) string {
	t.Helper()
	server, err := server()
	if errors.Is(err, errOff) || errors.Is(err, postgres.ErrNotInstalled) {
		t.Skipf("not tested on PostgreSQL: %v", err)
	}
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	name, err := server.copy(t.Context(), template(server))
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(func() {
		if err := server.drop(name); err != nil {
			t.Errorf("storetest: %v", err)
		}
	})
	return withDatabase(server.address, name)
}

// copy makes a database of the same content, which nobody may be connected to.
func (p prepared) copy(ctx context.Context, template string) (name string, err error) {
	name = "wspolnota_test_" + string(store.NewRandomID())
	return name, execute(ctx, p.address, `CREATE DATABASE "`+name+`" TEMPLATE "`+template+`" STRATEGY file_copy`)
}

func (p prepared) drop(name string) error {
	return execute(context.Background(), p.address, `DROP DATABASE "`+name+`" WITH (FORCE)`)
}

var errOff = errors.New("WSPOLNOTA_TEST_POSTGRES is off")

// prepared keeps the server too: were it forgotten, the garbage collector
// would close the pipe whose end tells the server to stop.
type prepared struct {
	address, template string
	own               *postgres.Server
}

// server finds or starts the server and makes sure of its template, once.
var server = sync.OnceValues(func() (prepared, error) {
	p := prepared{address: os.Getenv("WSPOLNOTA_TEST_POSTGRES")}
	var err error
	switch p.address {
	case "off":
		return p, errOff
	case "":
		if p.own, err = postgres.Start(context.Background()); err != nil {
			return p, err
		}
		p.address = p.own.Address // it ends with this program
	}
	p.template, err = makeTemplate(context.Background(), p.address)
	return p, err
})

// makeTemplate migrates the database that tests are copied from. It is named by
// its migrations, so that all packages of a run on one server share it.
func makeTemplate(ctx context.Context, address string) (name string, err error) {
	sum, err := hashOf(store.Migrations(store.Postgres), riverpgxv5.New(nil).GetMigrationFS(riverdriver.MigrationLineMain))
	if err != nil {
		return "", err
	}
	name = "wspolnota_template_" + sum
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(ctx) }()
	// The lock ends with the connection.
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(20140601)`); err != nil {
		return "", err
	}
	var ready bool
	if err := conn.QueryRow(ctx, `SELECT count(*) = 1 FROM pg_database WHERE datname = $1`, name).Scan(&ready); err != nil || ready {
		return name, err
	}
	// Migrated under another name first: a template that is there is whole.
	draft := name + "_draft"
	for _, statement := range []string{`DROP DATABASE IF EXISTS "` + draft + `" WITH (FORCE)`, `CREATE DATABASE "` + draft + `"`} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return "", fmt.Errorf("template: %w", err)
		}
	}
	if err := migrate(ctx, withDatabase(address, draft)); err != nil {
		return "", fmt.Errorf("template: migrate: %w", err)
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE "`+draft+`" RENAME TO "`+name+`"`)
	return name, err
}

func hashOf(sources ...fs.FS) (string, error) {
	h := sha256.New()
	for _, files := range sources {
		err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := fs.ReadFile(files, path)
			fmt.Fprintf(h, "%s\n%s\n", path, content)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8]), nil
}

func execute(ctx context.Context, address, statement string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

// withDatabase is the same address with another database.
func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic("storetest: WSPOLNOTA_TEST_POSTGRES is no address: " + err.Error())
	}
	u.Path = "/" + name
	return u.String()
}
