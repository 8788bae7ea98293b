package organisation

import (
	"context"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// moderatedAs is the part of addresses that names a profile where it is reported.
const moderatedAs = "organizacja"

// ModerationKind is how profiles are moderated: by administrators, because an
// organisation belongs to no programme.
func ModerationKind() moderation.Kind {
	return moderation.Kind{Name: foundAs, Slug: moderatedAs, Title: "organisation.moderation.kind", Team: Belong, Find: moderated, Changed: reindex}
}

// moderated reads profiles as moderators see them; those answer for one who
// represent the organisation now.
func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, o := range rows {
		authors, err := representatives(ctx, r, o.ID)
		if err != nil {
			return nil, err
		}
		all[i] = moderation.Thing{ID: o.ID, At: moderation.Place{ID: o.ID, Title: o.Name, Path: path(o.Slug)}, Title: o.Name, Language: string(o.Language),
			Path: path(o.Slug), Text: o.said(), Public: true, Written: o.UpdatedAt, Authors: authors}
	}
	return all, nil
}

// said is all that the profile says in words of its own people.
func (p Profile) said() string {
	var parts []string
	for _, part := range []string{p.ShortName, p.Description, p.Website, p.Address, p.Contact} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n")
}

// acceptWords asks whether the profile that was just written is shown, and lets the
// search find it or not.
func (s *Service) acceptWords(ctx context.Context, tx *store.Tx, before Profile, o Organisation) error {
	unchanged := before.Name == o.Name && before.said() == o.said()
	_, err := s.Moderation.Accept(ctx, tx, moderation.Text{Kind: foundAs, Thing: o.ID, Title: o.Name, Words: o.said(), Unchanged: unchanged})
	if err != nil {
		return err
	}
	return reindex(ctx, tx, o.ID)
}

// reindex lets the search find a profile, or not any more where it is not shown.
func reindex(ctx context.Context, tx *store.Tx, id store.ID) error {
	o, err := ByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if o.Veiled {
		return search.Remove(ctx, tx, foundAs, id)
	}
	return index(ctx, tx, o)
}

// veiled is a condition that holds for organisations whose profile is not shown.
var veiled = moderation.Veiled(foundAs, "organisation.id")

// shown refuses a profile that is not shown to whoever is not one of its people.
func shown(ctx context.Context, o Organisation) error {
	if o.Veiled && !access.From(ctx).May(Belong, string(o.ID)) {
		return fault.NotFound("organisation that is not shown")
	}
	return nil
}

// veilOf is what keeps the profile from being shown, nil for nothing.
func veilOf(ctx context.Context, r store.Reader, o Organisation) (*moderation.Veil, error) {
	if !o.Veiled {
		return nil, nil
	}
	return moderation.VeilOf(ctx, r, foundAs, o.ID)
}

// showVeiled is what stands at the address of a profile that is not shown.
func showVeiled(w http.ResponseWriter, r *http.Request, veil moderation.Veil) error {
	ctx, status := r.Context(), http.StatusNotFound
	if veil.State == moderation.Hidden {
		status = http.StatusGone
	}
	return web.RenderStatus(w, r, status, moderation.GonePage(veil, lang.T(ctx, "organisation.veiled.title"), crumbs(ctx)))
}
