package news

import (
	"context"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// moderatedAs is the part of addresses that names an article where it is reported.
const moderatedAs = "aktualnosc"

// veiled is a condition that holds for articles that moderation hides.
var veiled = moderation.Veiled(found, "a.id")

// ModerationKind is how articles are moderated, by their programme.
func (s *Service) ModerationKind() moderation.Kind {
	return moderation.Kind{Name: found, Slug: moderatedAs, Title: "news.thread.kind", Team: Preview, Find: moderated, Changed: s.moderatedNow}
}

// moderated reads articles as moderators see them; whoever wrote the present
// words answers for them.
func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Article
		ProgrammeState programme.State
		Body           string
		Person         store.ID
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state, v.body, v.person `+tables+`
		JOIN news_revision v ON v.article = a.id AND v.number = a.revision WHERE a.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, a := range rows {
		place := moderation.Place{ID: a.Programme, Title: a.ProgrammeTitle, Path: "/programy/" + a.ProgrammeSlug}
		all[i] = moderation.Thing{ID: a.ID, Place: place, At: place, Title: a.Title, Language: a.Language, Path: a.Path(),
			Text: strings.TrimSpace(a.Lead + "\n\n" + a.Body), Written: a.RevisedAt, Authors: []store.ID{a.Person},
			Public: a.At(r.Now()) == Published && a.ProgrammeState != programme.Draft}
	}
	return all, nil
}

// moderatedNow follows an article that was hidden or is shown again: lists,
// feeds, the search, goals and notices know of it at once.
func (s *Service) moderatedNow(ctx context.Context, tx *store.Tx, id store.ID) error {
	in, err := store.One[store.ID](ctx, tx, `SELECT programme FROM news_article WHERE id = $1`, id)
	if err != nil {
		return err
	}
	a, err := byID(ctx, tx, in, id)
	if err != nil {
		return err
	}
	tx.AfterCommit(s.facets.drop)
	if err := relist(ctx, tx, a); err != nil {
		return err
	}
	v, err := revisionOf(ctx, tx, a.ID, a.Revision)
	if err != nil {
		return err
	}
	if err := index(ctx, tx, a, v.Content); err != nil {
		return err
	}
	if err := s.tellPeople(ctx, tx, a); err != nil {
		return err
	}
	return s.serve(ctx, tx, a, v.Goals)
}

// relist writes from when lists show the article, and that feeds have changed.
func relist(ctx context.Context, tx *store.Tx, a Article) error {
	_, err := tx.Exec(ctx, `UPDATE news_article SET listed_at = $2, updated_at = $3 WHERE id = $1`, a.ID, a.listedAt(), store.At(tx.Now()))
	for _, table := range filterTables {
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE `+table+` SET listed_at = $2 WHERE article = $1`, a.ID, a.listedAt())
		}
	}
	return err
}

// showHidden is what stands at the address of an article that moderation hides.
func (s *Service) showHidden(w http.ResponseWriter, r *http.Request, a whole) error {
	ctx := r.Context()
	veil, err := moderation.VeilOf(ctx, s.db, found, a.ID)
	if err != nil {
		return err
	}
	if veil == nil { // restored a moment ago
		return web.SeeOther(w, r, a.Path(), "")
	}
	return web.RenderStatus(w, r, http.StatusGone, moderation.GonePage(*veil, lang.T(ctx, "news.hidden.title"), crumbs(ctx, a.Article)))
}
