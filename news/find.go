package news

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// found is the name under which the search keeps articles.
const found = "news"

// SearchKind is how articles are found.
func SearchKind() search.Kind {
	return search.Kind{Name: found, Title: "news.list.title", Needs: []access.Permission{Preview}, All: documents}
}

// index lets people find the article: the team at any time, everybody from its
// publication on, nobody once it is withdrawn or hidden.
func index(ctx context.Context, tx *store.Tx, a Article, c Content) error {
	if !a.WithdrawnAt.IsZero() || a.Hidden {
		return search.Remove(ctx, tx, found, a.ID)
	}
	return search.Put(ctx, tx, document(a, c))
}

func document(a Article, c Content) search.Document {
	text := strings.Join([]string{c.Lead, markdown.Plain(c.Body), strings.Join(c.Tags, ", ")}, " ")
	return search.Document{Kind: found, ID: a.ID, Programme: a.Programme, Language: c.Language, Title: c.Title,
		Text: strings.TrimSpace(text), URL: a.Path(), Audience: search.Public.And(Preview, a.Programme), At: a.PublishAt}
}

// documents reads articles in the order of their ids, with their present words.
func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[struct {
		Article
		Details Details
		Body    string
	}](ctx, r, `SELECT `+columns+`, v.details, v.body `+tables+`
		JOIN news_revision v ON v.article = a.id AND v.number = a.revision
		WHERE a.id > $1 AND a.withdrawn_at IS NULL AND NOT `+veiled+` ORDER BY a.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, row := range rows {
		all[i] = document(row.Article, Content{Title: row.Title, Lead: row.Lead, Body: row.Body, Language: row.Language, Details: row.Details})
	}
	return all, rows[len(rows)-1].ID, nil
}
