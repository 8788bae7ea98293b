package event

import (
	"context"

	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// TraceKind is how events stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: found, Slug: "wydarzenie", Title: "event.thread.kind", Find: things, Team: Preview, Edit: Edit}
}

// things reads events as the thread shows them. A cancelled one is shown: that
// it was meant and did not take place is part of the story.
func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Event
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state `+tables+` WHERE e.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, e := range rows {
		all[i] = trace.Thing{ID: e.ID, Title: e.Title, Language: e.Language, URL: e.Path(), Place: e.Programme,
			Within: e.ProgrammeTitle, At: e.StartsAt, State: trace.Shown}
		if e.State() == Draft || e.ProgrammeState == programme.Draft {
			all[i].State = trace.Hidden
		}
	}
	return all, nil
}
