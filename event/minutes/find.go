package minutes

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// The names under which search and thread keep what this package has.
const (
	minutesKind  = "minutes"
	decisionKind = "decision"
	taskKind     = "task"
)

// SearchKinds are how published minutes, decisions and tasks are found.
func SearchKinds() []search.Kind {
	return []search.Kind{
		{Name: minutesKind, Title: "minutes.search.minutes", Needs: []access.Permission{event.Preview}, All: minutesDocuments},
		{Name: decisionKind, Title: "minutes.search.decisions", Needs: []access.Permission{event.Preview}, All: decisionDocuments},
		{Name: taskKind, Title: "minutes.search.tasks", Needs: []access.Permission{event.Preview}, All: taskDocuments},
	}
}

// index lets people find what was published now.
func (s *Service) index(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	text, err := textOf(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := search.Put(ctx, tx, minutesDocument(e, m, text)); err != nil {
		return err
	}
	made, err := decisions(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	for _, d := range made {
		if err := search.Put(ctx, tx, decisionDocument(e, m, d)); err != nil {
			return err
		}
	}
	given, err := tasksOf(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	for _, t := range given {
		if err := indexTask(ctx, tx, t); err != nil {
			return err
		}
	}
	return nil
}

func minutesDocument(e event.Event, m Minutes, text string) search.Document {
	return search.Document{Kind: minutesKind, ID: m.ID, Programme: e.Programme, Language: e.Language, Title: e.Title, Text: text,
		URL: Path(e), Audience: search.Public.And(event.Preview, e.Programme), At: m.shownFrom()}
}

func decisionDocument(e event.Event, m Minutes, d Decision) search.Document {
	return search.Document{Kind: decisionKind, ID: d.ID, Programme: e.Programme, Language: e.Language, Title: brief(d.PublicText), Text: d.PublicText,
		URL: Path(e) + "#" + decisionAnchor(d.ID), Audience: search.Public.And(event.Preview, e.Programme), At: m.shownFrom()}
}

// shownFrom is from when everybody finds what was published: for as long as
// moderation hides it, only the team does.
func (m Minutes) shownFrom() store.Time {
	if m.Veiled {
		return store.Time{}
	}
	return m.PublishedAt
}

// indexTask lets the team find a task from when its owner knows of it, and
// everybody from its publication on.
func indexTask(ctx context.Context, tx *store.Tx, t Task) error {
	if t.GivenAt.IsZero() {
		return nil
	}
	return search.Put(ctx, tx, taskDocument(t))
}

func taskDocument(t Task) search.Document {
	if t.Veiled {
		t.PublicAt = store.Time{}
	}
	return search.Document{Kind: taskKind, ID: t.ID, Programme: t.Programme, Language: t.Language, Title: t.Title,
		Text: strings.TrimSpace(t.Text + " " + t.OrganisationName), URL: t.Path(), Audience: search.Public.And(event.Preview, t.Programme), At: t.PublicAt}
}

// longestBrief is how much of a decision stands for the whole in a list.
const longestBrief = 120

// brief is the beginning of a text, cut between words.
func brief(s string) string {
	words, short := strings.Fields(s), ""
	for _, w := range words {
		if len([]rune(short))+len([]rune(w)) > longestBrief {
			if short == "" {
				short = string([]rune(w)[:longestBrief])
			}
			return short + "…"
		}
		if short != "" {
			short += " "
		}
		short += w
	}
	return short
}

// textOf is what the edition that everybody reads says, without Markdown.
func textOf(ctx context.Context, r store.Reader, m Minutes) (string, error) {
	all, err := editions(ctx, r, m.ID, true)
	if err != nil || len(all) == 0 {
		return "", err
	}
	var parts []string
	for _, p := range all[0].Content.Points {
		parts = append(parts, p.Title, markdown.Plain(p.Text))
		for _, d := range p.Decisions {
			parts = append(parts, d.Text)
		}
	}
	return strings.Join(parts, " "), nil
}

func minutesDocuments(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[struct {
		Minutes
		Programme store.ID
	}](ctx, r, `SELECT m.id, m.event, m.state, m.edition, m.chair, m.taker, m.present, m.quorum, m.remarks_until, m.shown_at, m.published_at, m.reason,
			m.updated_at, m.updated_by, m.version, `+moderation.Veiled(minutesKind, "m.id")+` AS veiled, e.programme
		FROM event_minutes m JOIN event e ON e.id = m.event WHERE m.published_at IS NOT NULL AND m.id > $1 ORDER BY m.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	var all []search.Document
	for _, row := range rows {
		e, err := event.ByID(ctx, r, row.Programme, row.Event)
		if err != nil {
			return nil, "", err
		}
		text, err := textOf(ctx, r, row.Minutes)
		if err != nil {
			return nil, "", err
		}
		all = append(all, minutesDocument(e, row.Minutes, text))
	}
	return all, rows[len(rows)-1].ID, nil
}

func decisionDocuments(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := publishedDecisions(ctx, r, `d.id > $1 ORDER BY d.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, d := range rows {
		all[i] = decisionDocument(d.event(), Minutes{PublishedAt: d.PublishedAt, Veiled: d.Veiled}, d.Decision)
	}
	return all, rows[len(rows)-1].ID, nil
}

func taskDocuments(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[Task](ctx, r, `SELECT `+taskColumns+taskTables+`WHERE t.given_at IS NOT NULL AND t.id > $1 ORDER BY t.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, t := range rows {
		all[i] = taskDocument(t)
	}
	return all, rows[len(rows)-1].ID, nil
}
