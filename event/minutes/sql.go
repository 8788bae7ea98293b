package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

// What moderation hides of this package.
var (
	veiledMinutes = moderation.Veiled(minutesKind, "event_minutes.id")
	veiledTask    = moderation.Veiled(taskKind, "t.id")
)

var columns = `id, event, state, edition, chair, taker, present, quorum, remarks_until, shown_at, published_at, reason, updated_at, updated_by, version,
	` + veiledMinutes + ` AS veiled`

// of reads the minutes of an event.
func of(ctx context.Context, r store.Reader, event store.ID) (Minutes, error) {
	return store.One[Minutes](ctx, r, `SELECT `+columns+` FROM event_minutes WHERE event = $1`, event)
}

func points(ctx context.Context, r store.Reader, minutes store.ID) ([]Point, error) {
	return store.All[Point](ctx, r, `SELECT id, minutes, position, title, text, updated_at, updated_by, version
		FROM event_minutes_point WHERE minutes = $1 ORDER BY position, id`, minutes)
}

func pointByID(ctx context.Context, r store.Reader, minutes, id store.ID) (Point, error) {
	return store.One[Point](ctx, r, `SELECT id, minutes, position, title, text, updated_at, updated_by, version
		FROM event_minutes_point WHERE minutes = $1 AND id = $2`, minutes, id)
}

func decisions(ctx context.Context, r store.Reader, minutes store.ID) ([]Decision, error) {
	return store.All[Decision](ctx, r, `SELECT id, point, number, text, public_text FROM event_minutes_decision
		WHERE minutes = $1 ORDER BY number`, minutes)
}

func votes(ctx context.Context, r store.Reader, minutes store.ID) ([]Vote, error) {
	return store.All[Vote](ctx, r, `SELECT v.id, v.point, v.position, v.question, v.choices, v.yes, v.no, v.abstained, v.present
		FROM event_minutes_vote v JOIN event_minutes_point p ON p.id = v.point WHERE p.minutes = $1 ORDER BY v.position, v.id`, minutes)
}

// Changes.

func insertMinutes(ctx context.Context, tx *store.Tx, m Minutes) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_minutes (id, event, present, taker, created_at, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, $5, $5, $6)`, m.ID, m.Event, m.Present, m.Taker, store.At(tx.Now()), access.From(ctx).Person.OrNull())
	return err
}

// update writes everything that changes of minutes, if they are still the
// version that was read.
func update(ctx context.Context, tx *store.Tx, m Minutes) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_minutes SET state = $3, edition = $4, chair = $5, taker = $6, present = $7, quorum = $8,
			remarks_until = $9, shown_at = $10, published_at = $11, reason = $12, updated_at = $13, updated_by = $14, version = version + 1
		WHERE id = $1 AND version = $2`, m.ID, m.Version, m.State, m.Edition, m.Chair, m.Taker, m.Present, m.Quorum,
		m.RemarksUntil, m.ShownAt, m.PublishedAt, m.Reason, store.At(tx.Now()), access.From(ctx).Person.OrNull()))
}

func insertPoint(ctx context.Context, tx *store.Tx, p Point) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_minutes_point (id, minutes, position, title, text, updated_at, updated_by)
		VALUES ($1, $2, (SELECT COALESCE(max(position), 0) + 1 FROM event_minutes_point WHERE minutes = $2), $3, $4, $5, $6)`,
		p.ID, p.Minutes, p.Title, p.Text, store.At(tx.Now()), access.From(ctx).Person.OrNull())
	return err
}

func updatePoint(ctx context.Context, tx *store.Tx, p Point) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_minutes_point SET title = $3, text = $4, updated_at = $5, updated_by = $6, version = version + 1
		WHERE id = $1 AND version = $2`, p.ID, p.Version, p.Title, p.Text, store.At(tx.Now()), access.From(ctx).Person.OrNull()))
}

func setPosition(ctx context.Context, tx *store.Tx, point store.ID, position int) error {
	_, err := tx.Exec(ctx, `UPDATE event_minutes_point SET position = $2 WHERE id = $1`, point, position)
	return err
}

func insertDecision(ctx context.Context, tx *store.Tx, minutes store.ID, d Decision) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_minutes_decision (id, minutes, point, number, text)
		VALUES ($1, $2, $3, (SELECT COALESCE(max(number), 0) + 1 FROM event_minutes_decision WHERE minutes = $2), $4)`,
		d.ID, minutes, d.Point, d.Text)
	return err
}

func updateDecision(ctx context.Context, tx *store.Tx, d Decision) error {
	_, err := tx.Exec(ctx, `UPDATE event_minutes_decision SET text = $2 WHERE id = $1`, d.ID, d.Text)
	return err
}

func deleteDecision(ctx context.Context, tx *store.Tx, id store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_minutes_decision WHERE id = $1`, id)
	return err
}

func putVote(ctx context.Context, tx *store.Tx, v Vote) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_minutes_vote (id, point, position, question, choices, yes, no, abstained, present)
		VALUES ($1, $2, (SELECT COALESCE(max(position), 0) + 1 FROM event_minutes_vote WHERE point = $2), $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET question = excluded.question, choices = excluded.choices, yes = excluded.yes, no = excluded.no,
			abstained = excluded.abstained, present = excluded.present`,
		v.ID, v.Point, v.Question, v.Choices, v.Yes, v.No, v.Abstained, v.Present)
	return err
}

func deleteVote(ctx context.Context, tx *store.Tx, id store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_minutes_vote WHERE id = $1`, id)
	return err
}
