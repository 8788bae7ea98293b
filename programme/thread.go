package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// goalSlug is the part of addresses that names a goal's thread.
const goalSlug = "cel"

// TraceKind is how goals stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: foundGoal, Slug: goalSlug, Title: "programme.thread.goal", Find: goalThings, Team: Preview, Edit: Edit}
}

// TraceRelation shows what was done for a goal as what came of it. The form of
// the activity decides which goals it serves and keeps that with its words, so
// that it stays here and is not copied into the thread.
func TraceRelation() trace.Relation {
	return trace.Relation{Type: trace.Serves, Select: `SELECT kind, activity AS thing, '` + foundGoal + `' AS source_kind, goal AS source
		FROM programme_goal_activity`}
}

func goalThings(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		ID, Programme         store.ID
		Title, Language, Slug string
		Within                string
		State                 State
	}](ctx, r, `SELECT g.id, g.programme, g.title, p.language, p.slug, p.title AS within, p.state
		FROM programme_goal g JOIN programme p ON p.id = g.programme WHERE g.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, g := range rows {
		all[i] = trace.Thing{ID: g.ID, Title: g.Title, Language: g.Language, URL: goalPath(g.Slug, g.ID), Place: g.Programme, Within: g.Within}
		if g.State == Draft {
			all[i].State = trace.Hidden
		}
	}
	return all, nil
}
