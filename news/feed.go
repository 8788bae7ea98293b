package news

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// entry is one article with its text, as a feed carries it.
type entry struct {
	Article
	HTML string `db:"html"`
	Body string // Markdown, read only where HTML is of another renderer
	Tags string
}

func (e entry) tags() []string {
	if e.Tags == "" {
		return nil
	}
	return strings.Split(e.Tags, "\n")
}

// changed is when the entry last became different for its readers.
func (e entry) changed() time.Time {
	if e.RevisedAt.After(e.PublishAt.Time) {
		return e.RevisedAt.Time
	}
	return e.PublishAt.Time
}

func (e entry) export() export.Entry {
	html := e.HTML
	if e.Body != "" {
		html = markdown.HTML(e.Body)
	}
	return export.Entry{ID: string(e.ID), Title: e.Title, Lead: e.Lead, HTML: html, Author: e.Author, Language: e.Language,
		Path: e.Path(), Tags: e.tags(), Published: e.PublishAt.Time, Updated: e.changed()}
}

// entries reads the latest articles of a filter with their texts.
func entries(ctx context.Context, db *store.DB, f Filter) ([]export.Entry, error) {
	ids, args := f.ids(db, pageSize, 0, false)
	args = append(args, markdown.Version)
	rows, err := store.All[entry](ctx, db, `SELECT `+columns+`, v.html,
			CASE WHEN v.html_by = $`+strconv.Itoa(len(args))+` THEN '' ELSE v.body END AS body,
			COALESCE((SELECT string_agg(name, '`+"\n"+`') FROM
				(SELECT name FROM news_tag WHERE article = a.id ORDER BY slug) AS tag), '') AS tags
		FROM (`+ids+`) AS i JOIN news_article a ON a.id = i.id JOIN news_revision v ON v.article = a.id AND v.number = a.revision
		JOIN programme p ON p.id = a.programme LEFT JOIN organisation o ON o.id = a.organisation
		ORDER BY a.listed_at DESC, a.id DESC`, args...)
	all := make([]export.Entry, len(rows))
	for i, row := range rows {
		all[i] = row.export()
	}
	return all, err
}

// lastChange is when anything that was ever in public news changed: what was
// withdrawn changes a feed too.
func lastChange(ctx context.Context, r store.Reader) (time.Time, error) {
	last, err := store.One[struct{ Published, Updated store.Time }](ctx, r, `SELECT max(publish_at) AS published,
		max(updated_at) AS updated FROM news_article
		WHERE publish_at <= $1 AND programme NOT IN (SELECT id FROM programme WHERE state = 'draft')`, store.At(r.Now()))
	if last.Updated.After(last.Published.Time) {
		return last.Updated.Time, err
	}
	return last.Published.Time, err
}
