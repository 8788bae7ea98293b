package feedback

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

const columns = `id, event, opens_at, closes_at, classes, version`

func of(ctx context.Context, r store.Reader, event store.ID) (Form, error) {
	return store.One[Form](ctx, r, `SELECT `+columns+` FROM event_feedback WHERE event = $1`, event)
}

// locked reads the form of an event and keeps it still, so that two who answer
// first settle its classes once.
func locked(ctx context.Context, tx *store.Tx, e event.Event) (Form, error) {
	f, err := of(ctx, tx, e.ID)
	if err != nil {
		return f, err
	}
	if err := store.Lock(ctx, tx, "event_feedback", f.ID); err != nil {
		return f, err
	}
	return of(ctx, tx, e.ID)
}

func insert(ctx context.Context, tx *store.Tx, f Form) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_feedback (id, event, opens_at, closes_at) VALUES ($1, $2, $3, $4)`, f.ID, f.Event, f.OpensAt, f.ClosesAt)
	return err
}

func update(ctx context.Context, tx *store.Tx, f Form) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_feedback SET opens_at = $3, closes_at = $4, version = version + 1 WHERE id = $1 AND version = $2`,
		f.ID, f.Version, f.OpensAt, f.ClosesAt))
}

func questionsOf(ctx context.Context, r store.Reader, form store.ID) ([]Question, error) {
	return store.All[Question](ctx, r, `SELECT id, form, position, code, kind, text FROM event_feedback_question WHERE form = $1 ORDER BY position, id`, form)
}

func insertQuestion(ctx context.Context, tx *store.Tx, q Question) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_feedback_question (id, form, position, code, kind, text)
		VALUES ($1, $2, (SELECT COALESCE(max(position), 0) + 1 FROM event_feedback_question WHERE form = $2), $3, $4, $5)`,
		q.ID, q.Form, q.Code, q.Kind, q.Text)
	return err
}

// replaceQuestions writes the questions of a form that nobody has answered. A
// usual question whose words were changed is compared with none.
func replaceQuestions(ctx context.Context, tx *store.Tx, f Form, with []Question) error {
	there, err := questionsOf(ctx, tx, f.ID)
	if err != nil {
		return err
	}
	known := map[store.ID]Question{}
	for _, q := range there {
		known[q.ID] = q
	}
	if _, err := tx.Exec(ctx, `DELETE FROM event_feedback_question WHERE form = $1`, f.ID); err != nil {
		return err
	}
	kept := 0
	for _, q := range with {
		if q.Text == "" {
			continue
		}
		if kept++; kept > mostQuestions {
			return fault.Invalid("feedback.form.too_many", "Max", mostQuestions)
		}
		before := known[q.ID]
		q.Form, q.Code = f.ID, ""
		if before.Text == q.Text && before.Kind == q.Kind {
			q.Code = before.Code
		}
		if err := insertQuestion(ctx, tx, q); err != nil {
			return err
		}
	}
	if kept == 0 {
		return fault.Invalid("feedback.form.empty")
	}
	return nil
}

// insertAnswer writes one answer under a random id.
func insertAnswer(ctx context.Context, tx *store.Tx, a answer) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_feedback_answer (id, question, class, value, text) VALUES ($1, $2, $3, $4, $5)`,
		store.NewRandomID(), a.Question, a.Class, a.Value, a.Text)
	return err
}

// mix takes out of the database what tells in which order answers came. SQLite
// keeps the table by its random ids, and there is nothing to do.
func mix(ctx context.Context, tx *store.Tx, f Form) error {
	if tx.Dialect() != store.Postgres {
		return nil
	}
	return mixPostgres(ctx, tx, f)
}

// mixPostgres writes all answers of the form anew in the order of their ids:
// PostgreSQL keeps rows as they came (ctid) and knows of each which transaction
// wrote it (xmin), which is also that of the participation.
func mixPostgres(ctx context.Context, tx *store.Tx, f Form) error {
	_, err := tx.Exec(ctx, `WITH gone AS (DELETE FROM event_feedback_answer
			WHERE question IN (SELECT id FROM event_feedback_question WHERE form = $1) RETURNING id, question, class, value, text, shown)
		INSERT INTO event_feedback_answer (id, question, class, value, text, shown) SELECT id, question, class, value, text, shown FROM gone ORDER BY id`, f.ID)
	return err
}

// answered counts who has answered.
func answered(ctx context.Context, r store.Reader, form store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM event_feedback_participation WHERE form = $1`, form)
}

// given is one answer as results read it.
type given struct {
	ID       store.ID
	Question store.ID
	Class    string
	Value    *int
	Text     string
	Shown    string
	Veiled   bool // moderation hides it
}

// public reports whether everybody reads it.
func (g given) public() bool { return g.Shown == "public" && !g.Veiled }

func answersOf(ctx context.Context, r store.Reader, form store.ID) ([]given, error) {
	return store.All[given](ctx, r, `SELECT a.id, a.question, a.class, a.value, a.text, a.shown, `+veiled+` AS veiled FROM event_feedback_answer a
		JOIN event_feedback_question q ON q.id = a.question WHERE q.form = $1 ORDER BY a.id`, form)
}

const ofForms = `form IN (SELECT f.id FROM event_feedback f JOIN event e ON e.id = f.event WHERE e.programme = $1)`

// Archive is what this package keeps of a programme. Who has answered stays out:
// it would only tell who was there.
var Archive = archive.Room{Parts: []archive.Part{
	{Table: "event_feedback", Where: `event IN (SELECT id FROM event WHERE programme = $1)`},
	{Table: "event_feedback_question", Where: ofForms},
	{Table: "event_feedback_answer", Where: `question IN (SELECT id FROM event_feedback_question WHERE ` + ofForms + `)`},
}}

// Privacy says what the tables have to do with people. Answers belong to nobody.
var Privacy = []privacy.Rule{
	privacy.NoPeople("event_feedback", "id", "event", "classes"),
	privacy.NoPeople("event_feedback_question", "id", "form", "code", "kind", "text"),
	{
		Table: "event_feedback_participation", Records: "feedback.privacy.participation", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("form", "feedback.privacy.event").As(`(SELECT e.title FROM event_feedback f JOIN event e ON e.id = f.event WHERE f.id = t.form)`),
		},
	},
	{
		Table: "event_feedback_answer", Records: "feedback.privacy.answers", Basis: privacy.PublicTask,
		Mentions: []string{"text"}, Plain: []string{"id", "question", "class", "shown"},
	},
}
