package exchange

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// moderatedAs is the part of addresses that names an entry where it is reported.
const moderatedAs = "wymiana"

// ModerationKind is how offers and needs are moderated, by their programme.
func ModerationKind() moderation.Kind {
	return moderation.Kind{Name: found, Slug: moderatedAs, Title: "event.exchange.moderation.kind", Team: event.Preview, Find: moderated, Changed: changed}
}

// moderated reads entries as moderators see them; whoever entered one answers
// for it.
func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Entry
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state`+tables+`WHERE x.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, e := range rows {
		place := moderation.Place{ID: e.Programme, Title: e.ProgrammeTitle, Path: "/programy/" + e.ProgrammeSlug}
		all[i] = moderation.Thing{ID: e.ID, Place: place, At: place, Title: e.title(), Language: e.Language, Path: e.Path(), Text: e.words(),
			Public: e.ProgrammeState != programme.Draft, Written: e.UpdatedAt, Authors: []store.ID{e.CreatedBy}}
	}
	return all, nil
}

// changed follows an entry that was hidden or is shown again.
func changed(ctx context.Context, tx *store.Tx, id store.ID) error {
	in, err := store.One[store.ID](ctx, tx, `SELECT programme FROM event_exchange WHERE id = $1`, id)
	if err != nil {
		return err
	}
	return index(ctx, tx, in, id)
}

// acceptWords asks whether an entry that was just written is shown, and lets the
// search find it or not.
func (s *Service) acceptWords(ctx context.Context, tx *store.Tx, e Entry, unchanged bool) error {
	if _, err := s.Moderation.Accept(ctx, tx, moderation.Text{Kind: found, Thing: e.ID, Programme: e.Programme, Title: e.title(), Words: e.words(),
		Unchanged: unchanged}); err != nil {
		return err
	}
	return index(ctx, tx, e.Programme, e.ID)
}

// showVeiled is what stands at the address of an entry that is not shown.
func showVeiled(w http.ResponseWriter, r *http.Request, e Entry, veil moderation.Veil) error {
	ctx, status := r.Context(), http.StatusNotFound
	if veil.State == moderation.Hidden {
		status = http.StatusGone
	}
	p := programme.Programme{Title: e.ProgrammeTitle, Slug: e.ProgrammeSlug}
	return web.RenderStatus(w, r, status, moderation.GonePage(veil, lang.T(ctx, "event.exchange.veiled.title"), crumbs(ctx, p, true)))
}
