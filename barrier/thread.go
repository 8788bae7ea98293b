package barrier

import (
	"context"

	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// TraceKind is how barriers stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: found, Slug: "bariera", Title: "barrier.thread.kind", Find: things, Team: Preview, Edit: Keep}
}

// things reads barriers as the thread shows them.
func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Barrier
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state `+tables+` WHERE b.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, b := range rows {
		all[i] = trace.Thing{ID: b.ID, Title: first(b.Statement, 120), Language: b.Language, URL: b.Path(), Place: b.Programme,
			Within: b.ProgrammeTitle, At: b.RegisteredAt, State: b.inThread(b.ProgrammeState)}
	}
	return all, nil
}

// inThread is where the barrier stands before readers of its thread.
func (b Barrier) inThread(of programme.State) trace.State {
	switch {
	case of == programme.Draft, b.State == Proposed, b.State == Declined:
		return trace.Hidden
	case b.State == Withdrawn:
		return trace.Withdrawn
	}
	return trace.Shown
}
