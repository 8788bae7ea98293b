package programme

import (
	"context"
	"errors"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// Archive is what the room keeps of a programme, with the organisations that
// lead it, are its partners, or for whom its members act.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "programme", Where: `id = $1`},
		{Table: "programme_area", Where: `programme = $1`},
		{Table: "programme_partner", Where: `programme = $1`},
		{Table: "programme_logo", Where: `programme = $1`},
		{Table: "programme_phase", Where: `programme = $1`},
		{Table: "programme_goal", Where: `programme = $1`},
		{Table: "programme_goal_activity", Where: `goal IN (SELECT id FROM programme_goal WHERE programme = $1)`},
		{Table: "programme_indicator", Where: `programme = $1`},
		{Table: "programme_indicator_value", Where: `programme = $1`},
		{Table: "programme_role", Where: `programme = $1`},
		{Table: "programme_member", Where: `programme = $1`},
		{Table: "trace_link", Where: `thing = $1 OR thing IN (SELECT id FROM programme_goal WHERE programme = $1)`},
		{Table: "privacy_clause", Where: `kind = 'programme' AND place = $1`},
		{Table: "organisation", Where: `id IN (SELECT owner FROM programme WHERE id = $1) OR
			id IN (SELECT organisation FROM programme_partner WHERE programme = $1) OR
			id IN (SELECT organisation FROM programme_member WHERE programme = $1)`},
	},
	Files: func(ctx context.Context, r store.Reader, programme store.ID) ([]string, error) {
		return store.All[string](ctx, r, `SELECT blob FROM programme_logo WHERE programme = $1`, programme)
	},
	After: func(ctx context.Context, tx *store.Tx) error {
		drafts, err := store.All[store.ID](ctx, tx, `SELECT id FROM programme WHERE state = $1`, Draft)
		for _, id := range drafts {
			err = errors.Join(err, search.Hide(ctx, tx, id, true))
		}
		return err
	},
	LeftOut: map[string]string{
		"programme_invitation": "addresses of people who have not answered",
	},
}
