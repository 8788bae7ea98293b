package search

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/store"
)

// putting locks out the filling of the index (fill.go) until the transaction
// ends, and is locked out by it: what a room saves now must not be overwritten
// by what the filling read a moment before. SQLite has one writer anyway.
const putting = 0x7365617263680001

func putPostgres(ctx context.Context, tx *store.Tx, d Document) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock_shared($1)`, int64(putting)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO search_document (kind, id, programme, language, title, text, url, need, team, place, at, tokens)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::tsvector)
		ON CONFLICT (kind, id) DO UPDATE SET programme = excluded.programme, language = excluded.language,
			title = excluded.title, text = excluded.text, url = excluded.url, need = excluded.need, team = excluded.team,
			place = excluded.place, at = excluded.at, tokens = excluded.tokens`,
		append(d.columns(), "'"+strings.Join(d.tokens(), "' '")+"'")...) // nothing in a token has to be escaped
	return err
}

func putSQLite(ctx context.Context, tx *store.Tx, d Document) error {
	n, err := store.One[int64](ctx, tx, `INSERT INTO search_document (kind, id, programme, language, title, text, url, need, team, place, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (kind, id) DO UPDATE SET programme = excluded.programme, language = excluded.language,
			title = excluded.title, text = excluded.text, url = excluded.url, need = excluded.need, team = excluded.team,
			place = excluded.place, at = excluded.at
		RETURNING n`, d.columns()...)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT OR REPLACE INTO search_index (rowid, tokens) VALUES ($1, $2)`, n, strings.Join(d.tokens(), " "))
	return err
}

// columns are the values of a row, as both databases keep them.
func (d Document) columns() []any {
	return []any{d.Kind, d.ID, d.Programme, d.Language, readable(d.Title), readable(d.Text), d.URL,
		d.Audience.need, d.Audience.team, d.Audience.place, d.At}
}

// readable leaves out what PostgreSQL does not take as text.
func readable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// tokens is all by which the document is found: the words of title and text,
// those of the title once more by themselves, its kind and its programme.
func (d Document) tokens() []string {
	all := append(indexed(d.Language, d.Title, d.Text), kindMark(d.Kind))
	if d.Programme != "" {
		all = append(all, programmeMark(d.Programme))
	}
	for _, token := range indexed(d.Language, d.Title) {
		all = append(all, markTitle+token)
	}
	return all
}

func kindMark(kind string) string { return markKind + ascii(kind) }

func programmeMark(programme store.ID) string {
	return markIn + strings.ReplaceAll(string(programme), "-", "_")
}

func remove(ctx context.Context, tx *store.Tx, kind string, id store.ID) error {
	if tx.Dialect() == store.SQLite {
		if _, err := tx.Exec(ctx, `DELETE FROM search_index
			WHERE rowid = (SELECT n FROM search_document WHERE kind = $1 AND id = $2)`, kind, id); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM search_document WHERE kind = $1 AND id = $2`, kind, id)
	return err
}
