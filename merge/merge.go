// Package merge makes one of two: an organisation that was registered twice, a
// person with two accounts. Everything that led to the one leads to the other
// afterwards.
//
// A Kind says what can be merged and where it is referred to; Into does it, in
// one transaction. What cannot be carried over, because the other has the same
// already, is kept as JSON in the record of the merge: nothing is lost.
package merge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// Reference is a column that leads to what is merged.
type Reference struct {
	Table, Column string
	// Inside says that the column is a text in which the id stands somewhere.
	Inside bool
}

// Kind is something of which there may be two.
type Kind struct {
	Name  string // "organisation"
	Title string // key
	Table string
	// References are all columns that lead to it.
	References []Reference
	// Forgotten names tables whose rows are not carried over: they let somebody
	// in as the one that goes.
	Forgotten []Reference
	// Find reads what somebody typed to name one of them.
	Find func(ctx context.Context, r store.Reader, typed string) (Thing, error)
	// Remove takes the thing that goes out of the way, once nothing leads to it.
	Remove func(ctx context.Context, tx *store.Tx, from, into store.ID) error
}

// Thing is one of the two.
type Thing struct {
	ID    store.ID
	Title string
	Path  string
}

// record is what is kept of a merge: the row that went, and rows that met one of
// their kind.
type record struct {
	Gone     []json.RawMessage            `json:"gone"`
	Repeated map[string][]json.RawMessage `json:"repeated"`
}

// Into carries everything from one thing over to another of its kind and removes
// the first.
func (s *Service) Into(ctx context.Context, kind Kind, from, into Thing) error {
	if from.ID == into.ID {
		return fault.Mistake("into", "merge.same")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		kept := record{Repeated: map[string][]json.RawMessage{}}
		tables, err := rows.Tables(ctx, tx, tx.Dialect(), func(name string) bool { return !kind.knows(name) })
		if err != nil {
			return err
		}
		byName := map[string]rows.Table{}
		for _, t := range tables {
			byName[t.Name] = t
		}
		if err := kind.move(ctx, tx, byName, from.ID, into.ID, kept.Repeated); err != nil {
			return err
		}
		if kept.Gone, err = lines(ctx, tx, byName[kind.Table], `id = $1`, from.ID); err != nil {
			return err
		}
		if err := kind.Remove(ctx, tx, from.ID, into.ID); err != nil {
			return fmt.Errorf("merge: remove %s: %w", from.ID, err)
		}
		return s.remember(ctx, tx, kind, from, into, kept)
	})
}

func (k Kind) knows(table string) bool {
	is := func(r Reference) bool { return r.Table == table }
	return table == k.Table || slices.ContainsFunc(k.References, is) || slices.ContainsFunc(k.Forgotten, is)
}

// move points every reference at the other thing.
func (k Kind) move(ctx context.Context, tx *store.Tx, tables map[string]rows.Table, from, into store.ID, repeated map[string][]json.RawMessage) error {
	for _, r := range k.Forgotten {
		if _, err := tx.Exec(ctx, `DELETE FROM `+r.Table+` WHERE `+r.Column+` = $1`, from); err != nil {
			return err
		}
	}
	for _, r := range k.References {
		if r.Inside {
			if _, err := tx.Exec(ctx, `UPDATE `+r.Table+` SET `+r.Column+` = replace(`+r.Column+`, $1, $2) WHERE `+r.Column+` LIKE $3`,
				from, into, "%"+string(from)+"%"); err != nil {
				return err
			}
			continue
		}
		met, err := moveRows(ctx, tx, tables[r.Table], r.Column, from, into)
		if err != nil {
			return fmt.Errorf("merge: %s.%s: %w", r.Table, r.Column, err)
		}
		repeated[r.Table] = append(repeated[r.Table], met...)
	}
	return nil
}

// moveRows points the rows of one column elsewhere, one by one, each behind a
// savepoint: a row that the other thing has already is taken out and returned.
func moveRows(ctx context.Context, tx *store.Tx, t rows.Table, column string, from, into store.ID) (met []json.RawMessage, err error) {
	all, err := lines(ctx, tx, t, column+` = $1`, from)
	if err != nil {
		return nil, err
	}
	for _, line := range all {
		where, args, err := key(t, line, 2)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `SAVEPOINT merged`); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `UPDATE `+t.Name+` SET `+column+` = $1 WHERE `+where, append([]any{into}, args...)...)
		if store.IsUnique(err, "") {
			met = append(met, line)
			if _, err = tx.Exec(ctx, `ROLLBACK TO SAVEPOINT merged`); err == nil {
				where, args, _ = key(t, line, 1)
				_, err = tx.Exec(ctx, `DELETE FROM `+t.Name+` WHERE `+where, args...)
			}
		}
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `RELEASE SAVEPOINT merged`); err != nil {
			return nil, err
		}
	}
	return met, nil
}

// lines reads rows as JSON.
func lines(ctx context.Context, tx *store.Tx, t rows.Table, where string, args ...any) (all []json.RawMessage, err error) {
	var text bytes.Buffer
	if _, err := t.Write(ctx, tx, &text, where, args...); err != nil {
		return nil, err
	}
	for line := range strings.Lines(text.String()) {
		all = append(all, json.RawMessage(strings.TrimSuffix(line, "\n")))
	}
	return all, nil
}

// key is the condition that names one row, its parameters from that number on.
func key(t rows.Table, line json.RawMessage, first int) (where string, args []any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var row map[string]any
	if err := decoder.Decode(&row); err != nil {
		return "", nil, err
	}
	for i, column := range t.Key {
		if i > 0 {
			where += " AND "
		}
		where += column + " = $" + strconv.Itoa(i+first)
		value := row[column]
		if number, is := value.(json.Number); is {
			if value, err = number.Int64(); err != nil {
				return "", nil, err
			}
		}
		args = append(args, value)
	}
	if where == "" {
		return "", nil, errors.New("a table without a key")
	}
	return where, args, nil
}

func (s *Service) remember(ctx context.Context, tx *store.Tx, kind Kind, from, into Thing, kept record) error {
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO merge_record (id, kind, gone, stays, kept, merged_by, merged_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		store.NewID(), kind.Name, from.ID, into.ID, string(text), access.From(ctx).Person, store.At(tx.Now()))
	if err != nil {
		return err
	}
	var subject store.ID
	if kind.Table == "person" {
		subject = into.ID
	}
	return audit.Write(ctx, tx, audit.Act{Name: didMerge, Kind: kind.Name, Thing: into.ID, Subject: subject})
}
