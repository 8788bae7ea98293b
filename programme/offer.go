package programme

import (
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// What the forms of other rooms offer to choose from.

// Choice is something to choose in a form.
type Choice struct {
	ID   store.ID
	Name string
}

// Voices lists the organisations in whose name a person may act in a programme:
// its owner, its partners, and those the person acts for.
func Voices(ctx context.Context, r store.Reader, programme, person store.ID) ([]Choice, error) {
	own, err := organisation.OfPerson(ctx, r, person)
	if err != nil {
		return nil, err
	}
	all, err := store.All[Choice](ctx, r, `SELECT id, name FROM organisation
		WHERE id = (SELECT owner FROM programme WHERE id = $1)
			OR id IN (SELECT organisation FROM programme_partner WHERE programme = $1)`, programme)
	if err != nil {
		return nil, err
	}
	for _, o := range own {
		if !slices.ContainsFunc(all, func(c Choice) bool { return c.ID == o.ID }) {
			all = append(all, Choice{o.ID, o.Name})
		}
	}
	slices.SortFunc(all, func(a, b Choice) int { return strings.Compare(lang.SortKey(a.Name), lang.SortKey(b.Name)) })
	return all, nil
}

// GoalNames lists the goals that an activity of the programme may serve.
func GoalNames(ctx context.Context, r store.Reader, programme store.ID) ([]Choice, error) {
	return store.All[Choice](ctx, r, `SELECT id, title AS name FROM programme_goal WHERE programme = $1 ORDER BY position, id`, programme)
}

// ServeOnly notes that an activity serves these goals and no others.
func ServeOnly(ctx context.Context, tx *store.Tx, goals []store.ID, a Activity) error {
	served, err := Served(ctx, tx, a.Kind, a.ID)
	if err != nil {
		return err
	}
	for _, goal := range served {
		if slices.Contains(goals, goal) {
			continue
		}
		if err := Unserve(ctx, tx, goal, a); err != nil {
			return err
		}
	}
	for _, goal := range goals {
		if err := Serve(ctx, tx, goal, a); err != nil {
			return err
		}
	}
	return nil
}
