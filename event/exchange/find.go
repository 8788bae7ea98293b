package exchange

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// found is the name under which the search, the thread and moderation keep
// offers and needs.
const found = "exchange"

// SearchKind is how offers and needs are found, as long as they are open.
func SearchKind() search.Kind {
	return search.Kind{Name: found, Title: "event.exchange.found", Needs: []access.Permission{event.Preview}, All: documents}
}

// index lets an entry be found, or not any more once it is closed or hidden.
func index(ctx context.Context, tx *store.Tx, programme, id store.ID) error {
	e, err := byID(ctx, tx, programme, id)
	if err != nil {
		return err
	}
	if !e.Open || e.Veiled {
		return search.Remove(ctx, tx, found, id)
	}
	return search.Put(ctx, tx, e.document())
}

func (e Entry) document() search.Document {
	return search.Document{Kind: found, ID: e.ID, Programme: e.Programme, Language: e.Language, Title: e.title(), Text: e.words(), URL: e.Path(),
		Audience: search.Public.And(event.Preview, e.Programme), At: e.CreatedAt}
}

// title calls an entry by who wrote it and how it begins: it is read in both
// languages.
func (e Entry) title() string {
	words := []rune(e.Text)
	if len(words) > 80 {
		words = append(words[:80], '…')
	}
	return e.OrganisationName + ": " + string(words)
}

func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[Entry](ctx, r, `SELECT `+columns+tables+`WHERE x.id > $1 ORDER BY x.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	var all []search.Document
	for _, e := range rows {
		if e.Open && !e.Veiled {
			all = append(all, e.document())
		}
	}
	return all, rows[len(rows)-1].ID, nil
}

// TraceKind is how offers and needs stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: found, Slug: "wymiana", Title: "event.exchange.thread.kind", Find: things, Team: event.Preview, Edit: event.Edit}
}

// TraceRelation says that the event of a pair came of its offer and of its need.
func TraceRelation() trace.Relation {
	const of = `SELECT 'event' AS kind, event AS thing, '` + found + `' AS source_kind, `
	return trace.Relation{Type: trace.Follows, Select: of + `offer AS source FROM event_exchange_pair WHERE event IS NOT NULL UNION ALL ` +
		of + `need AS source FROM event_exchange_pair WHERE event IS NOT NULL`}
}

func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Entry
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state`+tables+`WHERE x.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, e := range rows {
		all[i] = trace.Thing{ID: e.ID, Title: e.title(), Language: e.Language, URL: e.Path(), Place: e.Programme, Within: e.ProgrammeTitle, At: e.CreatedAt}
		if e.ProgrammeState == programme.Draft {
			all[i].State = trace.Hidden
		} else if e.Veiled {
			all[i].State = trace.Withdrawn
		}
	}
	return all, nil
}
