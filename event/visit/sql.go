package visit

import (
	"context"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// About is what the host shows, in Markdown, and the version of the card.
type About struct {
	About   string
	Version int
}

func aboutOf(ctx context.Context, r store.Reader, event store.ID) (About, error) {
	a, err := store.One[About](ctx, r, `SELECT about, version FROM event_visit WHERE event = $1`, event)
	if fault.Is(err, fault.KindNotFound) {
		return About{Version: 1}, nil
	}
	return a, err
}

// tasksOf reads the card of a visit.
func tasksOf(ctx context.Context, r store.Reader, event store.ID) ([]Task, error) {
	return store.All[Task](ctx, r, `SELECT id, event, position, text FROM event_visit_task WHERE event = $1 ORDER BY position, id`, event)
}

// remark is what somebody wrote under a task.
type remark struct {
	Task store.ID
	Text string
}

func notesOf(ctx context.Context, r store.Reader, event, person store.ID) (map[store.ID]string, error) {
	rows, err := store.All[remark](ctx, r, `SELECT n.task, n.text FROM event_visit_note n JOIN event_visit_task k ON k.id = n.task
		WHERE k.event = $1 AND n.person = $2`, event, person)
	notes := map[store.ID]string{}
	for _, n := range rows {
		notes[n.Task] = n.Text
	}
	return notes, err
}

// gathered reads what all wrote, without saying who.
func gathered(ctx context.Context, r store.Reader, event store.ID) (map[store.ID][]string, error) {
	rows, err := store.All[remark](ctx, r, `SELECT n.task, n.text FROM event_visit_note n JOIN event_visit_task k ON k.id = n.task
		WHERE k.event = $1 ORDER BY n.text`, event)
	notes := map[store.ID][]string{}
	for _, n := range rows {
		notes[n.Task] = append(notes[n.Task], n.Text)
	}
	return notes, err
}

// lessonsOf reads the lessons of a visit; onlyShown leaves out those that the
// team has not shown.
func lessonsOf(ctx context.Context, r store.Reader, event store.ID, onlyShown bool) ([]Lesson, error) {
	return store.All[Lesson](ctx, r, `SELECT id, event, person, text, shown, at, version FROM event_visit_lesson
		WHERE event = $1 AND (shown OR NOT $2) ORDER BY at, id`, event, onlyShown)
}

const (
	copyColumns = `c.id, c.event, c.person, c.organisation, COALESCE(o.name, '') AS organisation_name, c.what, c.due_at, c.state, c.report,
		c.at, c.state_at, c.version`
	copyTables = ` FROM event_visit_copy c LEFT JOIN organisation o ON o.id = c.organisation `
)

// copiesOf reads the promises of a visit, the earliest due first.
func copiesOf(ctx context.Context, r store.Reader, event store.ID) ([]Copy, error) {
	return store.All[Copy](ctx, r, `SELECT `+copyColumns+copyTables+`WHERE c.event = $1 ORDER BY c.due_at NULLS LAST, c.at, c.id`, event)
}

func copyByID(ctx context.Context, r store.Reader, event, id store.ID) (Copy, error) {
	return store.One[Copy](ctx, r, `SELECT `+copyColumns+copyTables+`WHERE c.event = $1 AND c.id = $2`, event, id)
}

// seat is for whom somebody comes to the visit.
type seat struct {
	Organisation     store.ID
	OrganisationName string
}

// seatOf reads the seat of a person; fault.NotFound without one.
func seatOf(ctx context.Context, r store.Reader, event, person store.ID) (seat, error) {
	return store.One[seat](ctx, r, `SELECT g.organisation, COALESCE(o.name, '') AS organisation_name
		FROM event_registration g LEFT JOIN organisation o ON o.id = g.organisation
		WHERE g.event = $1 AND g.person = $2 AND g.state = 'confirmed'`, event, person)
}

// Changes.

func saveAbout(ctx context.Context, tx *store.Tx, event store.ID, about string, version int) error {
	if _, err := tx.Exec(ctx, `INSERT INTO event_visit (event) VALUES ($1) ON CONFLICT DO NOTHING`, event); err != nil {
		return err
	}
	return store.Changed(tx.Exec(ctx, `UPDATE event_visit SET about = $3, version = version + 1 WHERE event = $1 AND version = $2`, event, version, about))
}

func putTask(ctx context.Context, tx *store.Tx, t Task) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_visit_task (id, event, position, text) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET position = excluded.position, text = excluded.text`, t.ID, t.Event, t.Position, t.Text)
	return err
}

// dropTask removes a task under which nobody has written, and reports whether it did.
func dropTask(ctx context.Context, tx *store.Tx, event, id store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `DELETE FROM event_visit_task WHERE event = $1 AND id = $2
		AND NOT EXISTS (SELECT 1 FROM event_visit_note WHERE task = $2)`, event, id))
}

// putNote keeps what a person wrote under a task; nothing written is no row.
func putNote(ctx context.Context, tx *store.Tx, task, person store.ID, text string) error {
	if text == "" {
		_, err := tx.Exec(ctx, `DELETE FROM event_visit_note WHERE task = $1 AND person = $2`, task, person)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO event_visit_note (task, person, text, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (task, person) DO UPDATE SET text = excluded.text, at = excluded.at`, task, person, text, store.At(tx.Now()))
	return err
}

func insertLesson(ctx context.Context, tx *store.Tx, l Lesson) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_visit_lesson (id, event, person, text, shown, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO NOTHING`, l.ID, l.Event, l.Person.OrNull(), l.Text, l.Shown, l.At)
	return err
}

func insertCopy(ctx context.Context, tx *store.Tx, c Copy) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_visit_copy (id, event, person, organisation, what, due_at, state, report, at, state_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT (id) DO NOTHING`,
		c.ID, c.Event, c.Person.OrNull(), c.Organisation.OrNull(), c.What, c.DueAt, c.State, c.Report, c.At)
	return err
}

func updateCopy(ctx context.Context, tx *store.Tx, c Copy) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_visit_copy SET what = $3, due_at = $4, state = $5, report = $6, state_at = $7, version = version + 1
		WHERE id = $1 AND version = $2`, c.ID, c.Version, c.What, c.DueAt, c.State, c.Report, store.At(tx.Now())))
}
