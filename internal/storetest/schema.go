package storetest

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Tables describes every table of the program, without those of its engines
// (the job queue, the migrations), so that a test can ask something of each.
func Tables(t testing.TB, db *store.DB) []privacy.Table {
	t.Helper()
	query := tablesSQLite
	if db.Dialect() == store.Postgres {
		query = tablesPostgres
	}
	rows, err := store.All[struct {
		TableName, ColumnName, Type, Refers string
		Nullable                            bool
	}](t.Context(), db, query)
	if err != nil {
		t.Fatalf("storetest: tables: %v", err)
	}
	var all []privacy.Table
	for _, r := range rows {
		if strings.HasPrefix(r.TableName, "river_") || strings.HasPrefix(r.TableName, "goose_") || strings.HasPrefix(r.TableName, "sqlite_") {
			continue
		}
		if n := len(all); n == 0 || all[n-1].Name != r.TableName {
			all = append(all, privacy.Table{Name: r.TableName})
		}
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, privacy.TableColumn{Name: r.ColumnName, Type: strings.ToUpper(r.Type), Nullable: r.Nullable, Refers: r.Refers})
	}
	return all
}

const tablesSQLite = `SELECT m.name AS table_name, c.name AS column_name, c.type, c."notnull" = 0 AND c.pk = 0 AS nullable,
		coalesce((SELECT f."table" FROM pragma_foreign_key_list(m.name) f WHERE f."from" = c.name), '') AS refers
	FROM sqlite_schema m, pragma_table_info(m.name) c
	WHERE m.type = 'table' AND m.name NOT LIKE 'search_index%' -- tokens, of what stands in search_document
	ORDER BY m.name, c.cid`

// format_type gives the names of the migrations for all types but BOOLEAN, which
// comes in small letters.
const tablesPostgres = `SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable,
		coalesce((SELECT f.confrelid::regclass::text FROM pg_constraint f
			WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]), '') AS refers
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = ''
	ORDER BY c.relname, a.attnum`
