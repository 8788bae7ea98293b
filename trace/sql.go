package trace

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/store"
)

// row is a link as it is read.
type row struct {
	ID         store.ID
	Type       Type
	Kind       string
	Thing      store.ID
	SourceKind string
	Source     store.ID
}

func (r row) link() Link {
	return Link{ID: r.ID, Type: r.Type, Thing: Ref{r.Kind, r.Thing}, Source: Ref{r.SourceKind, r.Source}}
}

// links reads, in one query, the links to the sources of some things and to the
// results of others: those that people made and those that rooms keep.
func (s *Service) links(ctx context.Context, r store.Reader, sourcesOf, resultsOf []Ref) ([]Link, error) {
	var args []any
	list := func(refs []Ref) string {
		values := make([]string, len(refs))
		for i, ref := range refs {
			args = append(args, ref.Kind, ref.ID)
			values[i] = fmt.Sprintf("($%d, $%d)", len(args)-1, len(args))
		}
		return "(VALUES " + strings.Join(values, ", ") + ")"
	}
	var where []string
	if len(sourcesOf) > 0 {
		where = append(where, "(l.kind, l.thing) IN "+list(sourcesOf))
	}
	if len(resultsOf) > 0 {
		where = append(where, "(l.source_kind, l.source) IN "+list(resultsOf))
	}
	var parts []string
	for _, w := range where { // apart, so that each goes by an index of its own
		parts = append(parts, `SELECT l.id, l.type, l.kind, l.thing, l.source_kind, l.source FROM trace_link l WHERE `+w)
		for _, relation := range s.relations {
			parts = append(parts, `SELECT '' AS id, '`+string(relation.Type)+`' AS type, l.kind, l.thing, l.source_kind, l.source FROM (`+
				relation.Select+`) AS l WHERE `+w)
		}
	}
	rows, err := store.All[row](ctx, r, strings.Join(parts, " UNION ")+fmt.Sprintf(" ORDER BY 1 DESC, 3, 4, 5, 6 LIMIT %d", mostLinks), args...)
	if err != nil {
		return nil, err
	}
	links := make([]Link, 0, len(rows))
	for _, row := range rows {
		if l := row.link(); !slices.Contains(links, l) {
			links = append(links, l)
		}
	}
	return links, nil
}

func linkOf(ctx context.Context, r store.Reader, at Ref, id store.ID) (Link, error) {
	found, err := store.One[row](ctx, r, `SELECT id, type, kind, thing, source_kind, source FROM trace_link
		WHERE id = $1 AND (kind = $2 AND thing = $3 OR source_kind = $2 AND source = $3)`, id, at.Kind, at.ID)
	return found.link(), err
}

// insert reports whether there was no such link yet.
func insert(ctx context.Context, tx *store.Tx, l Link, by store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO trace_link (id, type, kind, thing, source_kind, source, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (kind, thing, source_kind, source, type) DO NOTHING`,
		l.ID, l.Type, l.Thing.Kind, l.Thing.ID, l.Source.Kind, l.Source.ID, by, store.At(tx.Now())))
}

func remove(ctx context.Context, tx *store.Tx, id store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM trace_link WHERE id = $1`, id)
	return err
}
