package store

import (
	"context"
	"fmt"
	"regexp"
)

// Lock holds the row of table with this id until the transaction ends, so that
// what is read after it stays true: the free seats of an event, the phase of a
// vote. No such row is fault.NotFound.
//
// On SQLite a write has the whole database to itself and only looks the row up.
func Lock(ctx context.Context, tx *Tx, table string, id ID) error {
	if !tableName.MatchString(table) {
		panic("store: Lock of a table named " + table)
	}
	query := fmt.Sprintf(`SELECT id FROM %s WHERE id = $1`, table)
	if tx.Dialect() == Postgres {
		query += ` FOR UPDATE`
	}
	_, err := One[ID](ctx, tx, query, id)
	return err
}

var tableName = regexp.MustCompile(`^[a-z_]+$`)
