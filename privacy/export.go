package privacy

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// Export is everything that the installation keeps about one person.
type Export struct {
	Person  store.ID
	Name    string
	Email   string
	MadeAt  time.Time
	Records []Records
}

// Records are the rows of one table that are about the person, and what they
// did in rows about others.
type Records struct {
	Rule Rule
	Rows [][]Value
	Acts []Act
}

// Value is one column of a row, as its Column says it.
type Value struct {
	Column Column
	Text   string
	At     store.Time // of a Moment
	Yes    bool       // of YesNo, and of a Secret that is there

	row []Value
}

// Beside is the text of another column of the same row, "" where it has none.
func (v Value) Beside(column string) string {
	for _, other := range v.row {
		if other.Column.Name == column {
			return other.Text
		}
	}
	return ""
}

// Empty reports whether there is nothing to tell.
func (v Value) Empty() bool { return v.Text == "" && v.At.IsZero() && v.Column.Kind != YesNo && !v.Yes }

// Act is something the person did; At is zero where no time is kept.
type Act struct {
	Did string // key
	At  store.Time
}

// Export gathers what is kept about a person, at one moment.
func (k *Keeper) Export(ctx context.Context, id store.ID) (Export, error) {
	var e Export
	err := k.db.Read(ctx, func(tx *store.Tx) error {
		w, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		e = Export{Person: w.ID, Name: w.Name, Email: w.Email, MadeAt: tx.Now()}
		for _, r := range k.rules {
			records, err := r.read(ctx, tx, w)
			if err != nil {
				return fmt.Errorf("%s: %w", r.Table, err)
			}
			if len(records.Rows)+len(records.Acts) > 0 {
				e.Records = append(e.Records, records)
			}
		}
		return nil
	})
	if err != nil {
		return Export{}, fmt.Errorf("privacy: export: %w", err)
	}
	return e, nil
}

func (r Rule) read(ctx context.Context, tx *store.Tx, w who) (all Records, err error) {
	all.Rule = r
	if all.Rows, err = r.rows(ctx, tx, w); err != nil {
		return all, err
	}
	for _, l := range r.Links {
		if l.Kind != Doer {
			continue
		}
		acts, err := l.acts(ctx, tx, r.Table, w.ID)
		if err != nil {
			return all, err
		}
		all.Acts = append(all.Acts, acts...)
	}
	return all, nil
}

// told are the columns that a person gets.
func (r Rule) told() []Column {
	var told []Column
	for _, c := range r.Columns {
		if c.Label != "" {
			told = append(told, c)
		}
	}
	return told
}

func (r Rule) rows(ctx context.Context, tx *store.Tx, w who) (all [][]Value, err error) {
	told := r.told()
	if r.mine() == "" || len(told) == 0 {
		return nil, nil
	}
	selected := make([]string, len(told))
	for i, c := range told {
		selected[i] = "t." + c.Name
		if c.Read != "" {
			selected[i] = c.Read
		}
	}
	rows, err := tx.Query(ctx, `SELECT `+strings.Join(selected, ", ")+` FROM `+r.Table+` t WHERE `+r.where()+` ORDER BY 1`, w.ID, w.Email)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		raw := make([]any, len(told))
		into := make([]any, len(told))
		for i := range raw {
			into[i] = &raw[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		row := make([]Value, len(told))
		for i, c := range told {
			row[i] = c.value(raw[i])
			row[i].row = row
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// value reads what the driver gave: the two databases differ in the types.
func (c Column) value(raw any) Value {
	v := Value{Column: c}
	switch raw := raw.(type) {
	case int64:
		v.Yes = raw != 0
		if c.Kind == Moment {
			v.At = store.At(time.UnixMicro(raw))
		}
	case bool:
		v.Yes = raw
	case string:
		v.Text = raw
	case []byte:
		v.Text = string(raw)
	}
	if c.Kind == Secret {
		v.Text, v.Yes = "", v.Text != ""
	}
	return v
}

func (l Link) acts(ctx context.Context, tx *store.Tx, table string, id store.ID) ([]Act, error) {
	at := l.At
	if at == "" {
		at = "NULL"
	}
	times, err := store.All[store.Time](ctx, tx, `SELECT `+at+` FROM `+table+` WHERE `+l.Column+` = $1 ORDER BY 1`, id)
	if err != nil {
		return nil, err
	}
	acts := make([]Act, len(times))
	for i, t := range times {
		acts[i] = Act{Did: l.Did, At: t}
	}
	return acts, nil
}
