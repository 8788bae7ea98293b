package rows

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/store"
)

// Write writes rows as JSON lines, one object each, with the columns in the
// order of the table and the rows in the order of their key, byte by byte: the
// same rows give the same lines on both databases. where is a condition on the
// table with its arguments, "" for all rows.
func (t Table) Write(ctx context.Context, tx *store.Tx, w io.Writer, where string, args ...any) (n int, err error) {
	if where == "" {
		where = "TRUE"
	}
	rows, err := tx.Query(ctx, `SELECT `+t.list()+` FROM `+quoted(t.Name)+` WHERE `+where+` ORDER BY `+t.order(tx.Dialect()), args...)
	if err != nil {
		return 0, fmt.Errorf("rows: read %s: %w", t.Name, err)
	}
	defer rows.Close()
	out := bufio.NewWriterSize(w, 1<<16)
	values, into := t.holders()
	var line []byte
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, fmt.Errorf("rows: read %s: %w", t.Name, err)
		}
		if line, err = t.line(line[:0], values); err != nil {
			return n, err
		}
		if _, err := out.Write(line); err != nil {
			return n, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return n, fmt.Errorf("rows: read %s: %w", t.Name, err)
	}
	return n, out.Flush()
}

func (t Table) list() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c.Name)
	}
	return strings.Join(names, ", ")
}

// order sorts by the key; texts as bytes, which is how SQLite sorts anyway.
func (t Table) order(d store.Dialect) string {
	key := t.Key
	if len(key) == 0 {
		for _, c := range t.Columns {
			key = append(key, c.Name)
		}
	}
	parts := make([]string, len(key))
	for i, name := range key {
		parts[i] = quoted(name)
		if d == store.Postgres && t.kind(name) == Text {
			parts[i] += ` COLLATE "C"`
		}
		parts[i] += " NULLS LAST"
	}
	return strings.Join(parts, ", ")
}

func (t Table) kind(column string) Kind {
	for _, c := range t.Columns {
		if c.Name == column {
			return c.Kind
		}
	}
	return ""
}

// holders are places for one row, each of the type of its column.
func (t Table) holders() (values, into []any) {
	for _, c := range t.Columns {
		var v any
		switch c.Kind {
		case Integer:
			v = new(sql.NullInt64)
		case Boolean:
			v = new(sql.NullBool)
		case Real:
			v = new(sql.NullFloat64)
		case Bytes:
			v = new([]byte)
		default:
			v = new(sql.NullString)
		}
		values, into = append(values, v), append(into, v)
	}
	return values, into
}

// line appends one row as an object and an end of line.
func (t Table) line(to []byte, values []any) ([]byte, error) {
	to = append(to, '{')
	for i, c := range t.Columns {
		if i > 0 {
			to = append(to, ',')
		}
		to = strconv.AppendQuote(to, c.Name) // names of columns are plain ASCII
		to = append(to, ':')
		var err error
		if to, err = appendValue(to, values[i]); err != nil {
			return nil, fmt.Errorf("rows: %s.%s: %w", t.Name, c.Name, err)
		}
	}
	return append(to, '}', '\n'), nil
}

func appendValue(to []byte, value any) ([]byte, error) {
	const null = "null"
	switch v := value.(type) {
	case *sql.NullInt64:
		if v.Valid {
			return strconv.AppendInt(to, v.Int64, 10), nil
		}
	case *sql.NullBool:
		if v.Valid {
			return strconv.AppendBool(to, v.Bool), nil
		}
	case *sql.NullFloat64:
		if v.Valid {
			text, err := json.Marshal(v.Float64)
			return append(to, text...), err
		}
	case *[]byte:
		if *v != nil {
			return strconv.AppendQuote(to, base64.StdEncoding.EncodeToString(*v)), nil
		}
	case *sql.NullString:
		if v.Valid {
			return appendText(to, v.String)
		}
	}
	return append(to, null...), nil
}

// appendText writes a JSON string that people can read: letters as they are.
func appendText(to []byte, s string) ([]byte, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return nil, err
	}
	return append(to, strings.TrimSuffix(text.String(), "\n")...), nil
}
