package panel

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

// veiled is a condition that holds for questions that moderation does not show.
var veiled = moderation.Veiled(found, "q.id")

// columns give a Question; $1 is the person who reads, "" for a visitor.
var columns = bare + `, ` + veiled + ` AS veiled`

const (
	bare = `q.id, q.event, q.person, q.text, q.expert, q.state, q.reason, q.merged_into, q.answer, q.answer_by, q.answer_way,
		q.asked_at, q.state_at, q.version, (SELECT count(*) FROM event_panel_support s WHERE s.question = q.id) AS support,
		EXISTS (SELECT 1 FROM event_panel_support s WHERE s.question = q.id AND s.person = $1) AS supported`
	tables = ` FROM event_panel_question q `
)

// SettingsOf reads how questions of a panel are asked.
func SettingsOf(ctx context.Context, r store.Reader, e event.Event) (Settings, error) {
	s, err := store.One[Settings](ctx, r, `SELECT event, askers, lead, opens_at, closes_at, revision, version FROM event_panel WHERE event = $1`, e.ID)
	if fault.Is(err, fault.KindNotFound) {
		return Default(e), nil
	}
	return s, err
}

// revision is what the pages of a panel compare with what they show.
func revision(ctx context.Context, r store.Reader, event store.ID) (int64, error) {
	n, err := store.One[int64](ctx, r, `SELECT revision FROM event_panel WHERE event = $1`, event)
	if fault.Is(err, fault.KindNotFound) {
		return 1, nil
	}
	return n, err
}

// shown reads what everybody may read and what the reader asked: those without
// an answer first, then by how many ask the same.
func shown(ctx context.Context, r store.Reader, event, reader store.ID) ([]Question, error) {
	return store.All[Question](ctx, r, `SELECT `+columns+tables+`
		WHERE q.event = $2 AND (q.state IN ('public', 'answered') AND NOT `+veiled+` OR q.person = $1)
		ORDER BY q.state DESC, support DESC, q.asked_at, q.id`, reader, event)
}

// toModerate reads what waits for the team, in the order in which it came.
func toModerate(ctx context.Context, r store.Reader, event store.ID) ([]Question, error) {
	return store.All[Question](ctx, r, `SELECT `+columns+tables+`WHERE q.event = $2 AND q.state = 'waiting'
		ORDER BY q.asked_at, q.id`, "", event)
}

// byID reads a question of an event, whatever its state.
func byID(ctx context.Context, r store.Reader, event, id, reader store.ID) (Question, error) {
	return store.One[Question](ctx, r, `SELECT `+columns+tables+`WHERE q.event = $2 AND q.id = $3`, reader, event, id)
}

func countOf(ctx context.Context, r store.Reader, event store.ID, where string, args ...any) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM event_panel_question WHERE event = $1 AND `+where, append([]any{event}, args...)...)
}

// mayTake reports whether the person has a seat at the event.
func hasSeat(ctx context.Context, r store.Reader, event, person store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_registration WHERE event = $1 AND person = $2 AND state = 'confirmed'`, event, person)
	return n > 0, err
}

// Expert is a person who answers in writing.
type Expert struct {
	Person store.ID
	Name   string
	Email  string
}

func experts(ctx context.Context, r store.Reader, event store.ID) ([]Expert, error) {
	return store.All[Expert](ctx, r, `SELECT p.id AS person, p.name, p.email FROM event_panel_expert x JOIN person p ON p.id = x.person
		WHERE x.event = $1 ORDER BY p.name_key, p.id`, event)
}

func isExpert(ctx context.Context, r store.Reader, event, person store.ID) (bool, error) {
	if person == "" {
		return false, nil
	}
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_panel_expert WHERE event = $1 AND person = $2`, event, person)
	return n > 0, err
}

// speakers are whom the event announces.
func speakers(ctx context.Context, r store.Reader, event store.ID) ([]string, error) {
	return store.All[string](ctx, r, `SELECT name FROM event_speaker WHERE event = $1 ORDER BY position, id`, event)
}

// Changes.

// raise makes the next revision of the panel and returns it. Its row is held
// until the commit, so that revisions become seen in their order.
func raise(ctx context.Context, tx *store.Tx, event store.ID) (int64, error) {
	return store.One[int64](ctx, tx, `INSERT INTO event_panel (event, revision) VALUES ($1, 2)
		ON CONFLICT (event) DO UPDATE SET revision = event_panel.revision + 1 RETURNING revision`, event)
}

func saveSettings(ctx context.Context, tx *store.Tx, s Settings) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_panel SET askers = $3, lead = $4, opens_at = $5, closes_at = $6, version = version + 1
		WHERE event = $1 AND version = $2`, s.Event, s.Version, s.Askers, s.Lead, s.OpensAt, s.ClosesAt))
}

func replaceExperts(ctx context.Context, tx *store.Tx, event store.ID, people []store.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM event_panel_expert WHERE event = $1`, event); err != nil {
		return err
	}
	for _, p := range people {
		if _, err := tx.Exec(ctx, `INSERT INTO event_panel_expert (event, person) VALUES ($1, $2) ON CONFLICT DO NOTHING`, event, p); err != nil {
			return err
		}
	}
	return nil
}

// insert adds a question, once for each id, and reports whether it is new.
func insert(ctx context.Context, tx *store.Tx, q Question, by store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO event_panel_question (id, event, person, text, expert, state, asked_at, state_at, moderated_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8) ON CONFLICT (id) DO NOTHING`,
		q.ID, q.Event, q.Person.OrNull(), q.Text, q.Expert, q.State, q.AskedAt, by.OrNull()))
}

func update(ctx context.Context, tx *store.Tx, q Question, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_panel_question SET state = $3, reason = $4, merged_into = $5, answer = $6, answer_by = $7,
			answer_way = $8, state_at = $9, moderated_by = $10, version = version + 1
		WHERE id = $1 AND version = $2`,
		q.ID, q.Version, q.State, q.Reason, q.MergedInto.OrNull(), q.Answer, q.AnswerBy, q.AnswerWay, store.At(tx.Now()), by.OrNull()))
}

func addSupport(ctx context.Context, tx *store.Tx, question, person store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO event_panel_support (question, person, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		question, person, store.At(tx.Now())))
}

func dropSupport(ctx context.Context, tx *store.Tx, question, person store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `DELETE FROM event_panel_support WHERE question = $1 AND person = $2`, question, person))
}

// moveSupport makes those who ask from, and who asked it, ask into instead.
func moveSupport(ctx context.Context, tx *store.Tx, from, into Question) error {
	if _, err := tx.Exec(ctx, `INSERT INTO event_panel_support (question, person, at)
		SELECT $2, person, at FROM event_panel_support WHERE question = $1 AND person <> $3
		ON CONFLICT DO NOTHING`, from.ID, into.ID, into.Person); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM event_panel_support WHERE question = $1`, from.ID); err != nil {
		return err
	}
	if from.Person == "" || from.Person == into.Person {
		return nil
	}
	_, err := addSupport(ctx, tx, into.ID, from.Person)
	return err
}
