package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// TraceKind is how organisations stand in the thread. Everybody may see them,
// unless moderation keeps them from being shown.
func TraceKind() trace.Kind {
	return trace.Kind{Name: foundAs, Slug: "organizacja", Title: "organisation.thread.kind", Find: things, Team: Belong, Edit: Represent}
}

func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		ID                   store.ID
		Slug, Name, Language string
		Veiled               bool
	}](ctx, r, `SELECT id, slug, name, language, `+veiled+` AS veiled FROM organisation WHERE id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, o := range rows {
		all[i] = trace.Thing{ID: o.ID, Title: o.Name, Language: o.Language, URL: path(o.Slug), Place: o.ID}
		if o.Veiled {
			all[i].State = trace.Withdrawn
		}
	}
	return all, nil
}
