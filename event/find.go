package event

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// found is the name under which the search, the thread and the programme's goals
// keep events.
const found = "event"

// SearchKind is how events are found.
func SearchKind() search.Kind {
	return search.Kind{Name: found, Title: "event.list.title", Needs: []access.Permission{Preview}, All: documents}
}

// sought is what an event is found by.
type sought struct {
	Event
	Body     string
	Sessions string
	Speakers string
}

const soughtColumns = columns + `, e.body,
	COALESCE((SELECT string_agg(x.title, ' ') FROM event_session x WHERE x.event = e.id AND NOT x.pause), '') AS sessions,
	COALESCE((SELECT string_agg(x.name, ', ') FROM event_speaker x WHERE x.event = e.id), '') AS speakers`

// index lets people find the event: the team at any time, everybody from its
// publication on, also when it is cancelled: who looks for it has to learn that.
func index(ctx context.Context, tx *store.Tx, e Event) error {
	row, err := store.One[sought](ctx, tx, `SELECT `+soughtColumns+tables+`WHERE e.id = $1`, e.ID)
	if err != nil {
		return err
	}
	return search.Put(ctx, tx, row.document())
}

func (e sought) document() search.Document {
	text := strings.Join([]string{e.Lead, markdown.Plain(e.Body), e.Place.Words(), e.Speakers, e.Sessions}, " ")
	return search.Document{Kind: found, ID: e.ID, Programme: e.Programme, Language: e.Language, Title: e.Title,
		Text: strings.TrimSpace(text), URL: e.Path(), Audience: search.Public.And(Preview, e.Programme), At: e.PublishedAt}
}

// documents reads events in the order of their ids.
func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[sought](ctx, r, `SELECT `+soughtColumns+tables+`WHERE e.id > $1 ORDER BY e.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, row := range rows {
		all[i] = row.document()
	}
	return all, rows[len(rows)-1].ID, nil
}
