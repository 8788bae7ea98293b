package panel

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// found is the name under which the search, the thread and moderation keep
// questions.
const found = "question"

// SearchKind is how public questions are found, with their answers.
func SearchKind() search.Kind {
	return search.Kind{Name: found, Title: "event.panel.found", Needs: []access.Permission{event.Preview}, All: documents}
}

// asked is a question with the panel at which it was asked.
type asked struct {
	Question
	Programme      store.ID
	ProgrammeSlug  string
	ProgrammeTitle string
	ProgrammeState programme.State
	Slug           string
	Language       string
	PublishedAt    store.Time
}

const (
	askedColumns = `, e.programme, p.slug AS programme_slug, p.title AS programme_title, p.state AS programme_state, e.slug, e.language, e.published_at`
	askedTables  = tables + `JOIN event e ON e.id = q.event JOIN programme p ON p.id = e.programme `
)

func (q asked) path() string {
	return path(event.Event{ProgrammeSlug: q.ProgrammeSlug, Slug: q.Slug}) + "#" + anchor(q.Question)
}

// index lets a question be found, or not any more.
func index(ctx context.Context, tx *store.Tx, id store.ID) error {
	q, err := store.One[asked](ctx, tx, `SELECT `+columns+askedColumns+askedTables+`WHERE q.id = $2`, "", id)
	if err != nil {
		return err
	}
	if !q.Read() {
		return search.Remove(ctx, tx, found, id)
	}
	return search.Put(ctx, tx, q.document())
}

func (q asked) document() search.Document {
	text := q.Text
	if q.State == Answered {
		text += " " + markdown.Plain(q.Answer) + " " + q.AnswerBy
	}
	return search.Document{Kind: found, ID: q.ID, Programme: q.Programme, Language: q.Language, Title: q.title(), Text: text, URL: q.path(),
		Audience: search.Public.And(event.Preview, q.Programme), At: q.StateAt}
}

// title is as much of a question as a list shows.
func (q Question) title() string {
	if runes := []rune(q.Text); len(runes) > 140 {
		return string(runes[:140]) + "…"
	}
	return q.Text
}

func documents(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[asked](ctx, r, `SELECT `+columns+askedColumns+askedTables+`WHERE q.id > $2 ORDER BY q.id LIMIT $3`, "", after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	var all []search.Document
	for _, q := range rows {
		if q.Read() {
			all = append(all, q.document())
		}
	}
	return all, rows[len(rows)-1].ID, nil
}

// TraceKind is how questions stand in the thread: an answer is what a provision
// of a standard may rest on.
func TraceKind() trace.Kind {
	return trace.Kind{Name: found, Slug: "pytanie", Title: "event.panel.thread.kind", Find: things, Team: event.Preview, Edit: event.Edit}
}

func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(2, ids)
	rows, err := store.All[asked](ctx, r, `SELECT `+columns+askedColumns+askedTables+`WHERE q.id IN (`+in+`)`, append([]any{""}, args...)...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, q := range rows {
		all[i] = trace.Thing{ID: q.ID, Title: q.title(), Language: q.Language, URL: q.path(), Place: q.Programme, Within: q.ProgrammeTitle, At: q.StateAt}
		switch {
		case !q.State.Shown(), q.PublishedAt.IsZero(), q.ProgrammeState == programme.Draft:
			all[i].State = trace.Hidden
		case q.Veiled:
			all[i].State = trace.Withdrawn
		}
	}
	return all, nil
}
