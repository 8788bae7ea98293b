package barrier

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// found is the name under which search, thread and log keep barriers.
const found = "barrier"

// SearchKind is how barriers are found.
func SearchKind() search.Kind {
	return search.Kind{Name: found, Title: "barrier.list.title", Needs: []access.Permission{Preview}, All: documents}
}

// index lets people find the barrier while it is in the register.
func index(ctx context.Context, tx *store.Tx, b Barrier, _ Act) error {
	if b.State != Registered {
		return search.Remove(ctx, tx, found, b.ID)
	}
	return search.Put(ctx, tx, b.document())
}

func (b Barrier) document() search.Document {
	text := strings.Join([]string{b.Detail, b.Cause, b.Effect, b.Signal, b.VerdictNote, b.Response}, " ")
	return search.Document{Kind: found, ID: b.ID, Programme: b.Programme, Language: b.Language, Title: b.Statement,
		Text: strings.TrimSpace(text), URL: b.Path(), Audience: search.Public.And(Preview, b.Programme), At: b.RegisteredAt}
}

// documents reads barriers of the register in the order of their ids.
func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.id > $1 AND b.state = 'registered' ORDER BY b.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, b := range rows {
		all[i] = b.document()
	}
	return all, rows[len(rows)-1].ID, nil
}
