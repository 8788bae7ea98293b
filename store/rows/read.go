package rows

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/store"
)

// Mistake says what is wrong with a line of a file of rows.
type Mistake struct {
	Table string
	Line  int
	What  string
}

func (m *Mistake) Error() string {
	return fmt.Sprintf("%s.jsonl, line %d: %s", m.Table, m.Line, m.What)
}

// longestLine bounds one row; a text of the platform is at most some hundred
// kilobytes.
const longestLine = 16 << 20

// mostValues keeps a statement within what both databases take (SQLite 32,766,
// PostgreSQL 65,535), with room left.
const mostValues = 8000

// Read adds the rows of a file of JSON lines to the table. A column that the
// file does not know gets its default; one that the table does not know is a
// Mistake, as is a value of another kind. change may alter a row before it is
// written, or be nil.
func (t Table) Read(ctx context.Context, tx *store.Tx, r io.Reader, change func(row map[string]any) error) (n int, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), longestLine)
	batch := batch{table: t}
	for lines.Scan() {
		n++
		row, err := t.parse(lines.Bytes())
		if err == nil && change != nil {
			err = change(row)
		}
		if err != nil {
			return n, &Mistake{t.Name, n, err.Error()}
		}
		if err := batch.add(ctx, tx, row); err != nil {
			return n, err
		}
	}
	if err := lines.Err(); err != nil {
		return n, &Mistake{t.Name, n + 1, err.Error()}
	}
	return n, batch.flush(ctx, tx)
}

// parse reads one line into values that the database takes.
func (t Table) parse(line []byte) (map[string]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var row map[string]any
	if err := decoder.Decode(&row); err != nil || row == nil {
		return nil, errors.New("expected a JSON object")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("expected one JSON object on a line")
	}
	for name, value := range row {
		kind := t.kind(name)
		if kind == "" {
			return nil, fmt.Errorf("the table has no column %q", name)
		}
		v, err := kind.value(value)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", name, err)
		}
		row[name] = v
	}
	return row, nil
}

// value turns what JSON holds into what the column holds.
func (k Kind) value(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	switch k {
	case Integer:
		if number, ok := v.(json.Number); ok {
			if n, err := number.Int64(); err == nil {
				return n, nil
			}
		}
	case Real:
		if number, ok := v.(json.Number); ok {
			if f, err := number.Float64(); err == nil {
				return f, nil
			}
		}
	case Boolean:
		if b, ok := v.(bool); ok {
			return b, nil
		}
	case Bytes:
		if s, ok := v.(string); ok {
			if b, err := base64.StdEncoding.DecodeString(s); err == nil {
				return b, nil
			}
		}
	case Text:
		if s, ok := v.(string); ok {
			return s, nil
		}
	}
	return nil, fmt.Errorf("expected %s", k)
}

// batch gathers rows of the same columns into statements of many rows.
type batch struct {
	table   Table
	columns []string
	args    []any
	rows    int
}

func (b *batch) add(ctx context.Context, tx *store.Tx, row map[string]any) error {
	columns := slices.DeleteFunc(b.table.names(), func(name string) bool { _, has := row[name]; return !has })
	if !slices.Equal(columns, b.columns) || len(b.args)+len(columns) > mostValues {
		if err := b.flush(ctx, tx); err != nil {
			return err
		}
		b.columns = columns
	}
	for _, name := range columns {
		b.args = append(b.args, row[name])
	}
	b.rows++
	return nil
}

func (b *batch) flush(ctx context.Context, tx *store.Tx) error {
	if b.rows == 0 {
		return nil
	}
	var statement strings.Builder
	fmt.Fprintf(&statement, `INSERT INTO %s (`, quoted(b.table.Name))
	for i, name := range b.columns {
		if i > 0 {
			statement.WriteString(", ")
		}
		statement.WriteString(quoted(name))
	}
	statement.WriteString(") VALUES ")
	for n := range b.args {
		switch {
		case n == 0:
			statement.WriteString("(")
		case n%len(b.columns) == 0:
			statement.WriteString("), (")
		default:
			statement.WriteString(", ")
		}
		fmt.Fprintf(&statement, "$%d", n+1)
	}
	statement.WriteString(")")
	_, err := tx.Exec(ctx, statement.String(), b.args...)
	b.args, b.rows = b.args[:0], 0
	if err != nil {
		return fmt.Errorf("rows: write %s: %w", b.table.Name, err)
	}
	return nil
}

func (t Table) names() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}
