package minutes

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// The parts of addresses that name what is reported.
const (
	minutesSlug = "protokol"
	taskSlug    = "zadanie"
)

// ModerationKinds are published minutes and tasks. Minutes are words of the team,
// looked at when somebody reports them. A task tells also what its owner has
// reported, who need not be of the team. Remarks are read by the team alone and
// are no kind.
func (s *Service) ModerationKinds() []moderation.Kind {
	return []moderation.Kind{
		{Name: minutesKind, Slug: minutesSlug, Title: "minutes.moderation.minutes", Team: event.Preview, Find: moderatedMinutes, Changed: s.minutesModerated},
		{Name: taskKind, Slug: taskSlug, Title: "minutes.moderation.task", Team: event.Preview, Find: moderatedTasks, Changed: taskModerated},
	}
}

// moderatedMinutes reads what everybody reads; whoever approved it answers for it.
func moderatedMinutes(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		Minutes       store.ID
		Number        int
		Content       Document
		PublishedAt   store.Time
		ApprovedBy    store.ID
		Programme     store.ID
		ProgrammeSlug string
		Within        string
		Slug          string
		Title         string
		Language      string
		Public        bool
	}](ctx, r, `SELECT x.minutes, x.number, x.content, x.published_at, x.approved_by, p.id AS programme, p.slug AS programme_slug, p.title AS within,
			e.slug, e.title, e.language, (e.published_at IS NOT NULL AND p.state <> 'draft') AS public
		FROM event_minutes_edition x JOIN event_minutes m ON m.id = x.minutes JOIN event e ON e.id = m.event JOIN programme p ON p.id = e.programme
		WHERE x.published_at IS NOT NULL AND x.minutes IN (`+in+`) ORDER BY x.minutes, x.number DESC`, args...)
	if err != nil {
		return nil, err
	}
	var all []moderation.Thing
	for i, x := range rows {
		if i > 0 && rows[i-1].Minutes == x.Minutes {
			continue // an edition before the one that is read
		}
		e := event.Event{ProgrammeSlug: x.ProgrammeSlug, Slug: x.Slug}
		place := moderation.Place{ID: x.Programme, Title: x.Within, Path: "/programy/" + x.ProgrammeSlug}
		all = append(all, moderation.Thing{ID: x.Minutes, Place: place, At: place, Title: x.Title, Language: x.Language, Path: Path(e),
			Text: x.Content.words(), Written: x.PublishedAt, Authors: []store.ID{x.ApprovedBy}, Public: x.Public})
	}
	return all, nil
}

// words are all that the document says, without signs of Markdown.
func (d Document) words() string {
	parts := []string{d.Chair, d.Taker}
	for _, p := range d.Points {
		parts = append(parts, p.Title, markdown.Plain(p.Text))
		for _, x := range p.Decisions {
			parts = append(parts, x.Text)
		}
		for _, v := range p.Votes {
			parts = append(parts, v.Question)
		}
	}
	for _, f := range d.Files {
		parts = append(parts, f.Caption, f.Alt)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

// minutesModerated lets the search follow minutes that are hidden or shown again.
func (s *Service) minutesModerated(ctx context.Context, tx *store.Tx, id store.ID) error {
	at, err := store.One[struct{ Event, Programme store.ID }](ctx, tx, `SELECT m.event, e.programme FROM event_minutes m JOIN event e ON e.id = m.event WHERE m.id = $1`, id)
	if err != nil {
		return err
	}
	e, err := event.ByID(ctx, tx, at.Programme, at.Event)
	if err != nil {
		return err
	}
	m, err := of(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	return s.index(ctx, tx, e, m)
}

// moderatedTasks reads tasks with what everybody reads of their course.
func moderatedTasks(ctx context.Context, r store.Reader, ids []store.ID) ([]moderation.Thing, error) {
	in, args := store.In(1, ids)
	tasks, err := store.All[Task](ctx, r, `SELECT `+taskColumns+taskTables+`WHERE t.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	acts, err := store.All[struct {
		TaskAct
		Task store.ID
	}](ctx, r, `SELECT task, act, note, person, at FROM event_task_act WHERE note <> '' AND task IN (`+in+`) ORDER BY at, id`, args...)
	if err != nil {
		return nil, err
	}
	gave, err := store.All[struct {
		ID        store.ID
		CreatedBy store.ID
		CreatedAt store.Time
	}](ctx, r, `SELECT id, created_by, created_at FROM event_task WHERE id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]moderation.Thing, len(tasks))
	for i, t := range tasks {
		place := moderation.Place{ID: t.Programme, Title: t.ProgrammeTitle, Path: "/programy/" + t.ProgrammeSlug}
		x := moderation.Thing{ID: t.ID, Place: place, At: place, Title: t.Title, Language: t.Language, Path: t.Path(), Public: !t.PublicAt.IsZero() && !t.Hidden}
		words := []string{t.Text}
		for _, g := range gave {
			if g.ID == t.ID {
				x.Written, x.Authors = g.CreatedAt, append(x.Authors, g.CreatedBy)
			}
		}
		for _, a := range acts {
			if a.Task == t.ID {
				x.Written, words = a.At, append(words, a.Note)
				if !slices.Contains(x.Authors, a.Person) {
					x.Authors = append(x.Authors, a.Person)
				}
			}
		}
		x.Authors = slices.DeleteFunc(x.Authors, func(id store.ID) bool { return id == "" })
		x.Text = strings.TrimSpace(strings.Join(words, "\n\n"))
		all[i] = x
	}
	return all, nil
}

func taskModerated(ctx context.Context, tx *store.Tx, id store.ID) error {
	t, err := store.One[Task](ctx, tx, `SELECT `+taskColumns+taskTables+`WHERE t.id = $1`, id)
	if err != nil {
		return err
	}
	return indexTask(ctx, tx, t)
}

// accept lets moderation see what the owner of a task has written.
func (s *Service) accept(ctx context.Context, tx *store.Tx, t Task, words string) error {
	_, err := s.Moderation.Accept(ctx, tx, moderation.Text{Kind: taskKind, Thing: t.ID, Programme: t.Programme, Title: t.Title, Words: words})
	return err
}

// renderVeiled is what stands at the address of minutes or of a task that moderation
// hides.
func renderVeiled(w http.ResponseWriter, r *http.Request, v moderation.Veil, title string, at event.Event) error {
	return web.RenderStatus(w, r, http.StatusGone, moderation.GonePage(v, title, crumbs(at)))
}

// without leaves out tasks that moderation hides.
func (d Document) without(hidden map[store.ID]Task) Document {
	points := slices.Clone(d.Points)
	for i := range points {
		points[i].Tasks = slices.DeleteFunc(slices.Clone(points[i].Tasks), func(t WrittenTask) bool { return hidden[t.ID].Veiled })
	}
	d.Points = points
	return d
}
