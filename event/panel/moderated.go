package panel

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// moderatedAs is the part of addresses that names a question where it is reported.
const moderatedAs = "pytanie"

// ModerationKind is how questions are moderated: the team of the panel looks at
// each before it is public, moderation at what is reported afterwards and at
// what its word lists catch.
func (s *Service) ModerationKind() moderation.Kind {
	return moderation.Kind{Name: found, Slug: moderatedAs, Title: "event.panel.moderation.kind", Team: event.Preview, Find: moderated, Changed: s.changed}
}

// moderated reads questions as moderators see them. One from the room has no
// author to tell.
func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(2, ids)
	rows, err := store.All[asked](ctx, r, `SELECT `+columns+askedColumns+askedTables+`WHERE q.id IN (`+in+`)`, append([]any{""}, args...)...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, q := range rows {
		place := moderation.Place{ID: q.Programme, Title: q.ProgrammeTitle, Path: "/programy/" + q.ProgrammeSlug}
		all[i] = moderation.Thing{ID: q.ID, Place: place, At: place, Title: q.title(), Language: q.Language, Path: q.path(), Text: q.Text,
			Public: q.State.Shown() && !q.PublishedAt.IsZero() && q.ProgrammeState != programme.Draft, Written: q.AskedAt}
		if q.Person != "" {
			all[i].Authors = []store.ID{q.Person}
		}
	}
	return all, nil
}

// changed follows a question that was hidden or is shown again: open pages and
// the search know of it.
func (s *Service) changed(ctx context.Context, tx *store.Tx, id store.ID) error {
	panel, err := store.One[store.ID](ctx, tx, `SELECT event FROM event_panel_question WHERE id = $1`, id)
	if err != nil {
		return err
	}
	n, err := raise(ctx, tx, panel)
	if err != nil {
		return err
	}
	if err := index(ctx, tx, id); err != nil {
		return err
	}
	return s.Live.Publish(ctx, tx, Topic(panel), n)
}
