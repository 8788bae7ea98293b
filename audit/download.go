package audit

import (
	"context"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
)

// fullTable is the log under the filter of the address, whole.
func (l *Log) fullTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	f, err := l.filterOf(ctx, web.Query(r))
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "audit.list.title"), Head: export.Titles(ctx, "audit.column.number", "audit.column.at", "audit.column.who",
		"audit.column.role", "audit.column.behalf", "audit.column.for", "audit.column.act", "audit.column.thing", "audit.column.subject",
		"audit.column.changes", "audit.column.reason")}
	entries, total, err := find(ctx, l.db, f, export.MostRows, 0)
	if err != nil {
		return t, err
	}
	if err := t.Fits(total); err != nil {
		return t, err
	}
	names, err := l.Names(ctx, l.db, named(entries))
	if err != nil {
		return t, err
	}
	for _, e := range entries {
		v := l.row(ctx, e, names)
		t.Rows = append(t.Rows, []any{v.Number, v.At.Time, v.Who, v.Role, v.Behalf, v.For, v.Act, v.Thing.Title, v.Subject, v.changed(ctx), v.Reason})
	}
	return t, nil
}

// publicTable is what anybody may know of the acts in a programme, whole.
func (l *Log) publicTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	place, err := l.Programme(ctx, r.PathValue("programme"))
	if err != nil {
		return export.Table{}, err
	}
	if place.Since.IsZero() {
		return export.Table{}, fault.NotFound("log of a programme that was never public")
	}
	t := export.Table{Name: lang.T(ctx, "audit.public.title") + " " + place.Title,
		Head: export.Titles(ctx, "audit.column.at", "audit.column.role", "audit.column.for", "audit.column.act", "audit.column.thing", "audit.column.changes")}
	entries, total, err := inPublic(ctx, l.db, place, l.public, export.MostRows, 0)
	if err != nil {
		return t, err
	}
	if err := t.Fits(total); err != nil {
		return t, err
	}
	things, err := l.things(ctx, entries)
	if err != nil {
		return t, err
	}
	for _, e := range entries {
		v := l.publicRow(ctx, e, things)
		t.Rows = append(t.Rows, []any{v.At.Time, v.Who, v.For, v.Act, v.Thing.Title, v.changed(ctx)})
	}
	return t, nil
}

// changed says in one cell what an act changed.
func (v row) changed(ctx context.Context) string {
	if v.Erased {
		return lang.T(ctx, "audit.details.erased")
	}
	said := make([]string, len(v.Lines))
	for i, l := range v.Lines {
		said[i] = l.sentence(ctx)
	}
	return strings.Join(said, "; ")
}
