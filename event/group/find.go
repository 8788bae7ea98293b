package group

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// found is the name under which the search, the thread and the log keep groups.
const found = "group"

// SearchKind is how groups are found.
func SearchKind() search.Kind {
	return search.Kind{Name: found, Title: "event.group.list.title", Needs: []access.Permission{event.Preview}, All: documents}
}

// index lets everybody find the group by what it is for and what it has left;
// who sits in it the search does not know.
func index(ctx context.Context, tx *store.Tx, g Group) error {
	return search.Put(ctx, tx, g.document())
}

func (g Group) document() search.Document {
	return search.Document{Kind: found, ID: g.ID, Programme: g.Programme, Language: g.Language, Title: g.Name,
		Text: strings.TrimSpace(markdown.Plain(g.Purpose) + " " + g.AppointedBy + " " + g.AppointerName + " " + markdown.Plain(g.Outcome)), URL: g.Path(),
		Audience: search.Public.And(event.Preview, g.Programme), At: g.UpdatedAt}
}

func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[Group](ctx, r, `SELECT `+columns+tables+`WHERE g.id > $1 ORDER BY g.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, g := range rows {
		all[i] = g.document()
	}
	return all, rows[len(rows)-1].ID, nil
}

// TraceKind is how groups stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: found, Slug: "zespol", Title: "event.group.thread.kind", Find: things, Team: event.Preview, Edit: event.Edit}
}

// TraceRelation says that the meetings of a group came of it.
func TraceRelation() trace.Relation {
	return trace.Relation{Type: trace.Follows, Select: `SELECT 'event' AS kind, event AS thing, 'group' AS source_kind, event_group AS source FROM event_group_meeting`}
}

func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[Group](ctx, r, `SELECT `+columns+tables+`WHERE g.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, g := range rows {
		all[i] = trace.Thing{ID: g.ID, Title: g.Name, Language: g.Language, URL: g.Path(), Place: g.Programme, Within: g.ProgrammeTitle,
			At: g.StartsAt, State: trace.Shown}
		if g.ProgrammeState == string(programme.Draft) {
			all[i].State = trace.Hidden
		}
	}
	return all, nil
}
