package organisation

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// foundAs is the name under which the search keeps organisations.
const foundAs = "organisation"

// SearchKind is how organisations are found.
func SearchKind() search.Kind {
	return search.Kind{Name: foundAs, Title: "organisation.list.title", All: documents}
}

// index lets everybody find an organisation by what it is called, where it sits
// and what it says of itself; not by the people whom it names.
func index(ctx context.Context, tx *store.Tx, o Organisation) error {
	return search.Put(ctx, tx, o.document())
}

func (o Organisation) document() search.Document {
	said := []string{}
	for _, text := range []string{o.ShortName, territory.Name(o.Municipality), markdown.Plain(o.Description)} {
		if text != "" {
			said = append(said, text)
		}
	}
	return search.Document{Kind: foundAs, ID: o.ID, Language: string(o.Language), Title: o.Name,
		Text: strings.Join(said, ". "), URL: path(o.Slug), Audience: search.Public, At: o.CreatedAt}
}

func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE id > $1 AND NOT `+veiled+` ORDER BY id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, o := range rows {
		all[i] = o.document()
	}
	return all, rows[len(rows)-1].ID, nil
}
