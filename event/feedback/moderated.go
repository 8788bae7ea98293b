package feedback

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

const (
	moderatedKind = "feedback_answer" // in the database
	moderatedSlug = "wypowiedz"       // in addresses
)

// veiled is a condition that holds for answers that moderation hides.
var veiled = moderation.Veiled(moderatedKind, "a.id")

// ModerationKind is what people wrote in their own words, where the team has
// shown it to everybody. The team has looked at each before; who wrote it nobody
// knows, so nobody is told of a decision and nobody can appeal.
func (s *Service) ModerationKind() moderation.Kind {
	return moderation.Kind{Name: moderatedKind, Slug: moderatedSlug, Title: "feedback.moderation.kind", Team: event.Run, Find: moderated}
}

func moderated(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		ID, Programme, Form      store.ID
		Text, Question, Code     string
		Shown, Language          string
		ProgrammeSlug, Within    string
		ProgrammeState           programme.State
		Slug                     string
		EventPublished, ClosesAt store.Time
	}](ctx, r, `SELECT a.id, a.text, a.shown, q.text AS question, q.code, f.id AS form, f.closes_at, e.language, e.slug, e.published_at AS event_published,
			p.id AS programme, p.slug AS programme_slug, p.title AS within, p.state AS programme_state
		FROM event_feedback_answer a JOIN event_feedback_question q ON q.id = a.question JOIN event_feedback f ON f.id = q.form
			JOIN event e ON e.id = f.event JOIN programme p ON p.id = e.programme WHERE q.kind = 'text' AND a.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(rows))
	for i, a := range rows {
		n, err := answered(ctx, r, a.Form)
		if err != nil {
			return nil, err
		}
		place := moderation.Place{ID: a.Programme, Title: a.Within, Path: "/programy/" + a.ProgrammeSlug}
		e := event.Event{ProgrammeSlug: a.ProgrammeSlug, Slug: a.Slug}
		// No time is kept of an answer: its words never change, so the close of
		// the form stands for it.
		all[i] = moderation.Thing{ID: a.ID, Place: place, At: place, Title: Question{Code: a.Code, Text: a.Question}.in(ctx).Text, Language: a.Language,
			Path: Path(e) + "/wyniki#" + anchor(a.ID), Text: a.Text, Written: a.ClosesAt,
			Public: a.Shown == "public" && n >= Least && !r.Now().Before(a.ClosesAt.Time) && !a.EventPublished.IsZero() && a.ProgrammeState != programme.Draft}
	}
	return all, nil
}

func anchor(answer store.ID) string { return "wypowiedz-" + string(answer) }
