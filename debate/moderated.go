package debate

import (
	"context"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// moderatedAs is the part of addresses that names a statement where it is
// reported; found is its kind.
const moderatedAs, found = "stwierdzenie", "debate_statement"

// ModerationKind is how statements are reported, by whoever reads them. Of a
// statement no author is named: it would join a person with votes. What is
// hidden there leaves the debate, and its author appeals in the debate.
func (s *Service) ModerationKind() moderation.Kind {
	return moderation.Kind{Name: found, Slug: moderatedAs, Title: "debate.statement.kind", Team: Preview, Find: moderated, Changed: s.moderatedNow}
}

func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Statement
		Question, Slug, Language string
		Published                bool
		Programme                store.ID
		ProgrammeSlug            string
		ProgrammeTitle           string
		ProgrammeState           programme.State
	}](ctx, r, `SELECT s.id, s.debate, s.number, s.text, s.state, d.question, d.slug, d.language, d.published_at IS NOT NULL AS published, p.id AS programme, p.slug AS programme_slug,
			p.title AS programme_title, p.state AS programme_state
		FROM debate_statement s JOIN debate d ON d.id = s.debate JOIN programme p ON p.id = d.programme WHERE s.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, st := range rows {
		place := moderation.Place{ID: st.Programme, Title: st.ProgrammeTitle, Path: "/programy/" + st.ProgrammeSlug}
		d := Debate{ProgrammeSlug: st.ProgrammeSlug, Slug: st.Slug}
		all[i] = moderation.Thing{ID: st.ID, Place: place, At: place, Title: st.Question, Language: st.Language, Path: d.statementPath(st.Number),
			Text: st.Text, Public: st.Published && st.State != Waiting && st.State != Rejected && st.ProgrammeState != programme.Draft}
	}
	return all, nil
}

// moderatedNow follows a statement that moderation hid or shows again.
func (s *Service) moderatedNow(ctx context.Context, tx *store.Tx, id store.ID) error {
	st, err := store.One[Statement](ctx, tx, `SELECT `+statementColumns+` FROM debate_statement WHERE id = $1`, id)
	if err != nil {
		return err
	}
	err = store.Lock(ctx, tx, "debate", st.Debate)
	if err != nil {
		return err
	}
	veil, err := moderation.VeilOf(ctx, tx, found, id)
	if err != nil {
		return err
	}
	switch {
	case veil != nil && veil.State == moderation.Hidden && (st.State == Shown || st.State == Waiting):
		err = reject(ctx, veil.Reason)(tx, &st)
	case veil == nil && st.State == Rejected:
		// Leaving a report settles nothing about what the debate itself kept out.
		restored, wrong := moderation.RestoredNow(ctx, tx, found, id)
		if wrong != nil || !restored {
			return wrong
		}
		err = accept(tx, &st)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	if err := updateStatement(ctx, tx, st); err != nil {
		return err
	}
	return s.move(ctx, tx, st.Debate)
}

// hidden refuses to show what moderation hides: it is shown again there.
func hidden(ctx context.Context, tx *store.Tx, st Statement) error {
	veil, err := moderation.VeilOf(ctx, tx, found, st.ID)
	if err == nil && veil != nil && veil.State == moderation.Hidden {
		err = fault.Conflict("debate.statement.veiled")
	}
	return err
}
