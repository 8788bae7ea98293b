package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// TraceKinds are how decisions and tasks stand in the thread.
func TraceKinds() []trace.Kind {
	return []trace.Kind{
		{Name: decisionKind, Slug: "ustalenie", Title: "minutes.thread.decision", Find: decisionThings, Team: event.Preview, Edit: event.Run},
		{Name: taskKind, Slug: "zadanie", Title: "minutes.thread.task", Find: taskThings, Team: event.Preview, Edit: event.Run},
	}
}

// publicDecision is a decision that was published, with where it stands.
type publicDecision struct {
	Decision
	Programme      store.ID
	ProgrammeSlug  string
	ProgrammeTitle string
	ProgrammeState programme.State
	EventSlug      string
	EventPublished store.Time
	Language       string
	PublishedAt    store.Time
	Veiled         bool
}

func (d publicDecision) event() event.Event {
	return event.Event{Programme: d.Programme, ProgrammeSlug: d.ProgrammeSlug, Slug: d.EventSlug, Language: d.Language}
}

func publishedDecisions(ctx context.Context, r store.Reader, condition string, args ...any) ([]publicDecision, error) {
	return store.All[publicDecision](ctx, r, `SELECT d.id, d.point, d.number, d.text, d.public_text, e.programme, p.slug AS programme_slug,
			p.title AS programme_title, p.state AS programme_state, e.slug AS event_slug, e.published_at AS event_published, e.language, m.published_at,
			`+moderation.Veiled(minutesKind, "m.id")+` AS veiled
		FROM event_minutes_decision d JOIN event_minutes m ON m.id = d.minutes JOIN event e ON e.id = m.event JOIN programme p ON p.id = e.programme
		WHERE d.public_text <> '' AND `+condition, args...)
}

func decisionThings(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := publishedDecisions(ctx, r, `d.id IN (`+in+`)`, args...)
	all := make([]trace.Thing, len(rows))
	for i, d := range rows {
		all[i] = trace.Thing{ID: d.ID, Title: brief(d.PublicText), Language: d.Language, URL: Path(d.event()) + "#" + decisionAnchor(d.ID),
			Place: d.Programme, Within: d.ProgrammeTitle, At: d.PublishedAt}
		if d.EventPublished.IsZero() || d.ProgrammeState == programme.Draft || d.Veiled {
			all[i].State = trace.Hidden
		}
	}
	return all, err
}

func taskThings(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[Task](ctx, r, `SELECT `+taskColumns+taskTables+`WHERE t.id IN (`+in+`)`, args...)
	all := make([]trace.Thing, len(rows))
	for i, t := range rows {
		all[i] = trace.Thing{ID: t.ID, Title: t.Title, Language: t.Language, URL: t.Path(), Place: t.Programme, Within: t.ProgrammeTitle, At: t.PublicAt}
		if !t.Public() {
			all[i].State = trace.Hidden
		}
	}
	return all, err
}

func decisionAnchor(id store.ID) string { return "ustalenie-" + string(id) }
