package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// openPostgres makes one pool for everything: our statements go through
// database/sql over it, River's through the pool itself. Its size and any
// setting of the session may be given in the address (pool_max_conns=…).
func (db *DB) openPostgres(ctx context.Context, address string) error {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		// The text of this error leaves the password out.
		return fmt.Errorf("store: address of PostgreSQL: %w", err)
	}
	if !strings.Contains(address, "pool_max_conns=") {
		config.MaxConns = 16
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 5 * time.Second
	}
	session := config.ConnConfig.RuntimeParams
	setDefault(session, "application_name", "wspolnota")
	// A transaction that this program has forgotten, or whose network is
	// gone, must not hold its locks for hours.
	setDefault(session, "idle_in_transaction_session_timeout", "60000")

	db.dialect = Postgres
	db.pool, err = pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("store: open PostgreSQL: %w", err)
	}
	db.reads = stdlib.OpenDBFromPool(db.pool)
	db.writes = db.reads
	return nil
}

func setDefault(session map[string]string, name, value string) {
	if _, given := session[name]; !given {
		session[name] = value
	}
}
