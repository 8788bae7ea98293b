// Package rows moves the rows of any table to JSON lines and back, alike on
// SQLite and on PostgreSQL: what was written from one can be read into the other.
//
// Tables tells what there is; Table.Write and Table.Read move the rows. Backups
// move all of them, archives of a programme some.
package rows

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/store"
)

// Table is a table of the database as it is now.
type Table struct {
	Name    string
	Columns []Column
	Key     []string // of the primary key, in its order
	Parents []string // tables that its foreign keys lead to, without itself
}

// Column is one column of a table.
type Column struct {
	Name string
	Kind Kind
}

// Kind is what a column holds. The platform's tables know no others.
type Kind string

const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Boolean Kind = "boolean"
	Real    Kind = "real"
	Bytes   Kind = "bytes"
)

// kinds are the words of both databases for them.
var kinds = map[string]Kind{
	"text": Text, "bigint": Integer, "integer": Integer, "boolean": Boolean,
	"real": Real, "double precision": Real, "blob": Bytes, "bytea": Bytes,
}

// foreign are tables that libraries keep: the queue of jobs, which is of the
// database and not of the people, and the list of migrations.
func foreign(name string) bool {
	return strings.HasPrefix(name, "river_") || strings.HasPrefix(name, "sqlite_") || name == "goose_db_version"
}

// Tables lists the platform's own tables, parents before children. skip names
// those that are not wanted, such as what can be made anew from others.
func Tables(ctx context.Context, r store.Reader, d store.Dialect, skip func(name string) bool) ([]Table, error) {
	columns, links := sqliteColumns, sqliteLinks
	if d == store.Postgres {
		columns, links = postgresColumns, postgresLinks
	}
	tables, err := readTables(ctx, r, columns, func(name string) bool { return foreign(name) || skip(name) })
	if err != nil {
		return nil, fmt.Errorf("rows: tables: %w", err)
	}
	if err := addParents(ctx, r, links, tables); err != nil {
		return nil, fmt.Errorf("rows: foreign keys: %w", err)
	}
	return parentsFirst(tables)
}

const sqliteColumns = `SELECT t.name AS "table", c.name AS "column", lower(c.type) AS type, c.pk AS key
	FROM sqlite_schema t JOIN pragma_table_info(t.name) c
	WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY t.name, c.cid`

const postgresColumns = `SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS type,
		COALESCE((SELECT array_position(i.indkey::int2[], a.attnum) + 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
			WHERE i.indisprimary AND i.indrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass
			AND a.attname = c.column_name AND a.attnum = ANY (i.indkey::int2[])), 0) AS key
	FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
	WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`

const sqliteLinks = `SELECT t.name AS child, f."table" AS parent
	FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`

const postgresLinks = `SELECT child.relname AS child, parent.relname AS parent FROM pg_constraint k
	JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
	JOIN pg_namespace n ON n.oid = child.relnamespace WHERE k.contype = 'f' AND n.nspname = current_schema()`

func readTables(ctx context.Context, r store.Reader, query string, skip func(string) bool) ([]Table, error) {
	type row struct {
		Table, Column, Type string
		Key                 int
	}
	found, err := store.All[row](ctx, r, query)
	if err != nil {
		return nil, err
	}
	var tables []Table
	keys := map[string]map[int]string{}
	for _, c := range found {
		if skip(c.Table) {
			continue
		}
		kind, known := kinds[c.Type]
		if !known {
			return nil, fmt.Errorf("%s.%s is of the unknown type %q", c.Table, c.Column, c.Type)
		}
		if n := len(tables); n == 0 || tables[n-1].Name != c.Table {
			tables = append(tables, Table{Name: c.Table})
			keys[c.Table] = map[int]string{}
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, Column{c.Column, kind})
		if c.Key > 0 {
			keys[c.Table][c.Key] = c.Column
		}
	}
	for i := range tables {
		t := &tables[i]
		for n := 1; n <= len(keys[t.Name]); n++ {
			t.Key = append(t.Key, keys[t.Name][n])
		}
		t.orderColumns()
	}
	return tables, nil
}

// Clear removes every row.
func (t Table) Clear(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM `+quoted(t.Name))
	return err
}

// orderColumns puts the key first and the rest by name: two databases that got
// their columns in different order still write the same lines.
func (t *Table) orderColumns() {
	slices.SortFunc(t.Columns, func(a, b Column) int {
		ka, kb := slices.Index(t.Key, a.Name), slices.Index(t.Key, b.Name)
		switch {
		case ka >= 0 && kb >= 0:
			return ka - kb
		case ka >= 0:
			return -1
		case kb >= 0:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
}

// Count tells how many rows the table has.
func (t Table) Count(ctx context.Context, r store.Reader) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM `+quoted(t.Name))
}

func addParents(ctx context.Context, r store.Reader, query string, tables []Table) error {
	type link struct{ Child, Parent string }
	links, err := store.All[link](ctx, r, query)
	for i := range tables {
		t := &tables[i]
		for _, l := range links {
			if l.Child == t.Name && l.Parent != t.Name && !slices.Contains(t.Parents, l.Parent) {
				t.Parents = append(t.Parents, l.Parent)
			}
		}
	}
	return err
}

// parentsFirst orders tables so that the rows of each may be written after
// those they point to; by name where either order would do.
func parentsFirst(tables []Table) ([]Table, error) {
	slices.SortFunc(tables, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	done := map[string]bool{}
	var ordered []Table
	for len(ordered) < len(tables) {
		before := len(ordered)
		for _, t := range tables {
			waits := slices.ContainsFunc(t.Parents, func(parent string) bool {
				return !done[parent] && slices.ContainsFunc(tables, func(o Table) bool { return o.Name == parent })
			})
			if !done[t.Name] && !waits {
				ordered, done[t.Name] = append(ordered, t), true
			}
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("rows: the foreign keys of tables go in a circle")
		}
	}
	return ordered, nil
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
