package store

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/georgysavva/scany/v2/sqlscan"

	"github.com/wspolnota/wspolnota/fault"
)

// One returns the single row of a query: a struct, whose columns are matched by
// `db:"name"` or by the field's name in snake_case, or a plain value of one
// column. No row is fault.NotFound; more than one is a mistake in the query.
func One[T any](ctx context.Context, r Reader, query string, args ...any) (T, error) {
	var one T
	found := false
	err := each(ctx, r, query, args, func(scan func(any) error) error {
		if found {
			return fmt.Errorf("store: more than one row for one %T", one)
		}
		found = true
		return scan(&one)
	})
	if err == nil && !found {
		err = fault.NotFound(reflect.TypeFor[T]().String())
	}
	if err != nil {
		var none T
		return none, err
	}
	return one, nil
}

// All returns every row of a query, each read as One reads it; none is an empty
// slice and no error.
func All[T any](ctx context.Context, r Reader, query string, args ...any) ([]T, error) {
	var all []T
	err := each(ctx, r, query, args, func(scan func(any) error) error {
		var next T
		all = append(all, next)
		return scan(&all[len(all)-1])
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// each calls row once for every row, with the function that reads it.
func each(ctx context.Context, r Reader, query string, args []any, row func(scan func(any) error) error) (err error) {
	ask := r.Query
	if tx, ok := r.(*Tx); ok {
		ask = tx.queryWhole
	}
	rows, err := ask(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() {
		if closing := rows.Close(); err == nil {
			err = closing
		}
	}()
	scanner := sqlscan.NewRowScanner(rows)
	for rows.Next() {
		if err := row(scanner.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// In expands a list for `column IN (…)`, numbering from first: In(3, ids) gives
// "$3, $4, $5" and the arguments to append. An empty list gives NULL, which
// matches nothing.
func In[T any](first int, values []T) (placeholders string, args []any) {
	if len(values) == 0 {
		return "NULL", nil
	}
	var b strings.Builder
	args = make([]any, len(values))
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
		args[i] = v
	}
	return b.String(), args
}

// Contains is the pattern of `LIKE $1 ESCAPE '\'` for texts that contain s,
// whatever signs are in it.
func Contains(s string) string {
	return "%" + likeSigns.Replace(s) + "%"
}

var likeSigns = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Met reports whether a statement met a row.
func Met(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// Changed turns an update that met no row into fault.Conflict: with
// `WHERE id = $1 AND version = $2` somebody else has saved first.
//
//	err = store.Changed(tx.Exec(ctx, `UPDATE … WHERE id = $1 AND version = $2`, …))
func Changed(result sql.Result, err error) error {
	met, err := Met(result, err)
	if err == nil && !met {
		err = fault.Conflict("fault.conflict")
	}
	return err
}
