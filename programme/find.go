package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// Names under which the search keeps programmes and goals.
const (
	foundProgramme = "programme"
	foundGoal      = "goal"
)

// SearchKinds are how programmes and their goals are found.
func SearchKinds() []search.Kind {
	return []search.Kind{
		{Name: foundProgramme, Title: "programme.list.title", Needs: []access.Permission{Preview}, All: programmeDocuments},
		{Name: foundGoal, Title: "programme.goals", Needs: []access.Permission{Preview}, All: goalDocuments},
	}
}

// MembershipsOf is the SELECT of the programmes in which a person takes part, by
// the placeholder that carries the person's id.
func MembershipsOf(person string) string {
	return `SELECT programme FROM programme_member WHERE person = ` + person + ` AND state = '` + string(Active) + `'`
}

// index lets people find a programme with its goals. A draft hides whatever
// belongs to it, also in other rooms, from all but its team.
func index(ctx context.Context, tx *store.Tx, p Programme) error {
	if err := search.Hide(ctx, tx, p.ID, p.State == Draft); err != nil {
		return err
	}
	if err := search.Put(ctx, tx, p.document()); err != nil {
		return err
	}
	goals, err := Goals(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	for _, g := range goals {
		if err := search.Put(ctx, tx, g.document(p)); err != nil {
			return err
		}
	}
	return nil
}

func (p Programme) document() search.Document {
	return search.Document{Kind: foundProgramme, ID: p.ID, Programme: p.ID, Language: string(p.Language), Title: p.Title,
		Text: p.Summary + " " + markdown.Plain(p.Description), URL: p.Path(), Audience: search.Public.And(Preview, p.ID), At: p.PublishedAt}
}

// document is the goal as it is found: from the day on which its programme came
// before the public.
func (g Goal) document(p Programme) search.Document {
	return search.Document{Kind: foundGoal, ID: g.ID, Programme: p.ID, Language: string(p.Language), Title: g.Title,
		Text: g.Description, URL: goalPath(p.Slug, g.ID), Audience: search.Public.And(Preview, p.ID), At: p.PublishedAt}
}

// goalPath is the address of a goal: its place on the page of its programme.
func goalPath(programme string, goal store.ID) string {
	return "/programy/" + programme + "#" + goalAnchor(goal)
}

func goalAnchor(goal store.ID) string { return "cel-" + string(goal) }

func programmeDocuments(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[Programme](ctx, r, `SELECT `+columns+` FROM programme WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, p := range rows {
		all[i] = p.document()
	}
	return all, rows[len(rows)-1].ID, nil
}

func goalDocuments(ctx context.Context, r store.Reader, after store.ID, limit int) ([]search.Document, store.ID, error) {
	rows, err := store.All[struct {
		ID                 store.ID
		Title, Description string
		P                  Programme
	}](ctx, r, `SELECT g.id, g.title, g.description, p.id AS "p.id", p.slug AS "p.slug", p.language AS "p.language",
			p.published_at AS "p.published_at"
		FROM programme_goal g JOIN programme p ON p.id = g.programme WHERE g.id > $1 ORDER BY g.id LIMIT $2`, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	all := make([]search.Document, len(rows))
	for i, row := range rows {
		all[i] = Goal{ID: row.ID, Title: row.Title, Description: row.Description}.document(row.P)
	}
	return all, rows[len(rows)-1].ID, nil
}
