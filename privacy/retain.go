package privacy

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// keepReports is for how many years one can see what was removed.
const keepReports = 5

// Retain removes what was kept long enough, once a day, and writes down how
// much of it. What belongs to a person on hold stays.
func (k *Keeper) Retain(ctx context.Context) error {
	run := store.At(k.db.Now())
	for _, r := range k.rules {
		if !r.Kept.runs() {
			continue
		}
		err := k.db.Write(ctx, func(tx *store.Tx) error {
			n, err := r.retain(ctx, tx)
			if err != nil || n == 0 {
				return err
			}
			return report(ctx, tx, run, r.Table, r.Kept.Ends, n)
		})
		if err != nil {
			return fmt.Errorf("privacy: retain %s: %w", r.Table, err)
		}
	}
	return k.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM privacy_removal WHERE run < $1`, store.At(run.AddDate(-keepReports, 0, 0)))
		if err != nil {
			return err
		}
		return report(ctx, tx, run, "", Delete, 0) // so that one sees that it ran
	})
}

func report(ctx context.Context, tx *store.Tx, run store.Time, table string, fate Fate, n int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO privacy_removal (id, run, records, fate, number) VALUES ($1, $2, $3, $4, $5)`,
		store.NewID(), run, table, fateMarks[fate], n)
	return err
}

var fateMarks = map[Fate]string{Delete: "deleted", Empty: "emptied"}

// retain removes or empties the rows of one table whose time is over.
func (r Rule) retain(ctx context.Context, tx *store.Tx) (int64, error) {
	where := "t." + r.Kept.After + " < $1" + r.notHeld()
	if r.Kept.Where != "" {
		where += " AND (" + r.Kept.Where + ")"
	}
	statement := `DELETE FROM ` + r.Table + ` AS t WHERE ` + where
	if r.Kept.Ends == Empty {
		statement = `UPDATE ` + r.Table + ` AS t SET ` + strings.Join(r.emptiedTexts(), ", ") + ` WHERE ` + where + r.notEmpty()
	}
	result, err := tx.Exec(ctx, statement, store.At(r.Kept.before(tx.Now())))
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// emptiedTexts leaves out what must only change when the person goes.
func (r Rule) emptiedTexts() []string {
	texts := r
	texts.Columns = nil
	for _, c := range r.Columns {
		if c.Becomes == "" {
			texts.Columns = append(texts.Columns, c)
		}
	}
	return texts.emptied(time.Time{})
}

func (r Rule) notEmpty() string {
	var either []string
	for _, set := range r.emptiedTexts() {
		name, _, _ := strings.Cut(set, " ")
		either = append(either, "t."+name+" <> ''")
	}
	return " AND (" + strings.Join(either, " OR ") + ")"
}

func (r Rule) notHeld() string {
	var all strings.Builder
	for _, l := range r.Links {
		switch l.Kind {
		case Subject:
			all.WriteString(` AND NOT EXISTS (SELECT 1 FROM privacy_hold h WHERE h.lifted_at IS NULL AND h.person = t.` + l.Column + `)`)
		case Address:
			all.WriteString(` AND NOT EXISTS (SELECT 1 FROM privacy_hold h JOIN person p ON p.id = h.person
				WHERE h.lifted_at IS NULL AND p.email = t.` + l.Column + `)`)
		}
	}
	return all.String()
}

// Removal is a line of the report.
type Removal struct {
	Run     store.Time
	Records string // the table, "" for the end of a run
	Fate    string // "deleted" or "emptied"
	Number  int
}

// Removals lists what the last runs removed, newest first.
func (k *Keeper) Removals(ctx context.Context, limit int) ([]Removal, error) {
	return store.All[Removal](ctx, k.db, `SELECT run, records, fate, number FROM privacy_removal ORDER BY run DESC, records LIMIT $1`, limit)
}

// Rule returns the rule of a table.
func (k *Keeper) Rule(table string) (Rule, bool) {
	for _, r := range k.rules {
		if r.Table == table {
			return r, true
		}
	}
	return Rule{}, false
}
