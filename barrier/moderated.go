package barrier

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// moderatedAs is the part of addresses that names a barrier where it is reported.
const moderatedAs = "bariera"

// ModerationKind is how barriers of the register are reported, by whoever reads
// them. One that is hidden leaves the register with the reason of moderation, and
// comes back with its votes when it is restored; whoever wrote it is told, and
// may appeal.
func (s *Service) ModerationKind() moderation.Kind {
	return moderation.Kind{Name: found, Slug: moderatedAs, Title: "barrier.thread.kind", Team: Preview, Find: moderated, Changed: s.moderatedNow}
}

func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Barrier
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state`+tables+`WHERE b.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, b := range rows {
		place := moderation.Place{ID: b.Programme, Title: b.ProgrammeTitle, Path: "/programy/" + b.ProgrammeSlug}
		all[i] = moderation.Thing{ID: b.ID, Place: place, At: place, Title: first(b.Statement, 80), Language: b.Language, Path: b.Path(),
			Text:    strings.TrimSpace(strings.Join([]string{b.Statement, b.Detail, b.Cause, b.Effect, b.Signal}, "\n\n")),
			Written: b.ProposedAt, Public: b.State == Registered && b.ProgrammeState != programme.Draft}
		if b.Author != "" {
			all[i].Authors = []store.ID{b.Author}
		}
	}
	return all, nil
}

// moderatedNow follows a barrier that moderation hid or shows again. Its voting
// goes on afterwards: who has voted stays secret, and is not asked twice.
func (s *Service) moderatedNow(ctx context.Context, tx *store.Tx, id store.ID) error {
	b, err := store.One[Barrier](ctx, tx, `SELECT `+columns+tables+`WHERE b.id = $1`, id)
	if err != nil {
		return err
	}
	veil, err := moderation.VeilOf(ctx, tx, found, id)
	if err != nil {
		return err
	}
	var act Act
	switch {
	case veil != nil && veil.State == moderation.Hidden && b.State == Registered:
		b.State, b.Reason, act = Withdrawn, veil.Reason, Act{Act: didWithdraw, Note: veil.Reason}
	case veil == nil && b.State == Withdrawn:
		restored, err := moderation.RestoredNow(ctx, tx, found, id)
		if err != nil || !restored {
			return err
		}
		b.State, b.Reason, act = Registered, "", Act{Act: didAccept}
	default:
		return nil
	}
	if err := updateBarrier(ctx, tx, b); err != nil {
		return err
	}
	return s.done(ctx, tx, &b, act)
}
