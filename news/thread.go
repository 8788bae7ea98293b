package news

import (
	"context"

	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// TraceKind is how articles stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: found, Slug: "aktualnosc", Title: "news.thread.kind", Find: things, Team: Preview, Edit: Edit}
}

// things reads articles as the thread shows them.
func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Article
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state `+tables+` WHERE a.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, a := range rows {
		all[i] = trace.Thing{ID: a.ID, Title: a.Title, Language: a.Language, URL: a.Path(), Place: a.Programme,
			Within: a.ProgrammeTitle, At: a.PublishAt, State: a.inThread(r, a.ProgrammeState)}
	}
	return all, nil
}

// inThread is where the article stands before readers of its thread.
func (a Article) inThread(r store.Reader, of programme.State) trace.State {
	switch state := a.At(r.Now()); {
	case of == programme.Draft, state == Draft, state == Scheduled:
		return trace.Hidden
	case state == Withdrawn, a.Hidden:
		return trace.Withdrawn
	}
	return trace.Shown
}
