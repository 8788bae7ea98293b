package visit

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// foundLesson is the name under which the search keeps lessons.
const foundLesson = "visit_lesson"

// SearchKind is how the lessons of visits are found that the team has shown.
func SearchKind() search.Kind {
	return search.Kind{Name: foundLesson, Title: "event.visit.found", Needs: []access.Permission{event.Preview}, All: documents}
}

// learnt is a lesson with the visit on which it was learnt.
type learnt struct {
	Lesson
	Programme     store.ID
	ProgrammeSlug string
	Slug          string
	Title         string
	Language      string
}

const learntColumns = `SELECT l.id, l.event, l.person, l.text, l.shown, l.at, l.version, e.programme, p.slug AS programme_slug, e.slug, e.title, e.language
	FROM event_visit_lesson l JOIN event e ON e.id = l.event JOIN programme p ON p.id = e.programme `

// index lets a lesson be found, or not any more.
func index(ctx context.Context, tx *store.Tx, id store.ID) error {
	l, err := store.One[learnt](ctx, tx, learntColumns+`WHERE l.id = $1`, id)
	if err != nil {
		return err
	}
	if !l.Shown {
		return search.Remove(ctx, tx, foundLesson, id)
	}
	return search.Put(ctx, tx, l.document())
}

// document is the lesson without who learnt it.
func (l learnt) document() search.Document {
	title := l.Text
	if runes := []rune(title); len(runes) > 140 {
		title = string(runes[:140]) + "…"
	}
	return search.Document{Kind: foundLesson, ID: l.ID, Programme: l.Programme, Language: l.Language, Title: title, Text: l.Text + " " + l.Title,
		URL: path(event.Event{ProgrammeSlug: l.ProgrammeSlug, Slug: l.Slug}) + "#lessons", Audience: search.Public.And(event.Preview, l.Programme), At: l.At}
}

func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[learnt](ctx, r, learntColumns+`WHERE l.id > $1 ORDER BY l.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	var all []search.Document
	for _, l := range rows {
		if l.Shown {
			all = append(all, l.document())
		}
	}
	return all, rows[len(rows)-1].ID, nil
}
