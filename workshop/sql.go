package workshop

import (
	"context"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

const (
	columns = `w.id, w.programme, COALESCE(p.slug, '') AS programme_slug, COALESCE(p.title, '') AS programme_title,
		COALESCE(e.title, '') AS event_title, COALESCE(e.slug, '') AS event_slug, w.title, w.lead, w.leaders, w.event,
		COALESCE(w.session, '') AS session, w.language, w.tables, w.place, w.code, w.key_hash, w.current, w.revision, w.seq, w.opened_at,
		w.closed_at, w.taken_at, w.updated_at, w.version`
	tables = ` FROM workshop w LEFT JOIN programme p ON p.id = w.programme LEFT JOIN event e ON e.id = w.event `
)

// ByID reads a workshop, in any state.
func ByID(ctx context.Context, r store.Reader, id store.ID) (Workshop, error) {
	return store.One[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE w.id = $1`, id)
}

// ByCode is where the code of a workshop leads. Whoever has the code may come in:
// that is what it is for.
func ByCode(ctx context.Context, r store.Reader, code string) (string, error) {
	w, err := withCode(ctx, r, code)
	return w.Door(), err
}

func withCode(ctx context.Context, r store.Reader, code string) (Workshop, error) {
	return store.One[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE w.code = $1`, code)
}

func withKey(ctx context.Context, r store.Reader, key string) (Workshop, error) {
	return store.One[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE w.key_hash = $1`, keyHash(key))
}

// inProgramme reads the workshop of an address under a programme.
func inProgramme(ctx context.Context, r store.Reader, slug, id string) (Workshop, error) {
	return store.One[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE p.slug = $1 AND w.id = $2 AND p.state <> $3`, slug, id, programme.Draft)
}

func ofProgramme(ctx context.Context, r store.Reader, programme store.ID) ([]Workshop, error) {
	return store.All[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE w.programme = $1 ORDER BY w.created_at DESC, w.id DESC`, programme)
}

func ofEvent(ctx context.Context, r store.Reader, event store.ID) ([]Workshop, error) {
	return store.All[Workshop](ctx, r, `SELECT `+columns+tables+`WHERE w.event = $1 ORDER BY w.created_at, w.id`, event)
}

// locked reads a workshop that nobody else changes before this transaction ends:
// no answer comes in beside the close of its activity.
func locked(ctx context.Context, tx *store.Tx, id store.ID) (Workshop, error) {
	if err := store.Lock(ctx, tx, "workshop", id); err != nil {
		return Workshop{}, err
	}
	return ByID(ctx, tx, id)
}

const activityColumns = `id, workshop, position, kind, title, minutes, settings, source, compared, round, started_at, ends_at, stopped_at, revealed`

// Agenda reads the activities of a workshop in their order.
func Agenda(ctx context.Context, r store.Reader, workshop store.ID) ([]Activity, error) {
	return store.All[Activity](ctx, r, `SELECT `+activityColumns+` FROM workshop_activity WHERE workshop = $1 ORDER BY position, id`, workshop)
}

func find(all []Activity, id store.ID) (Activity, error) {
	for _, a := range all {
		if a.ID == id {
			return a, nil
		}
	}
	return Activity{}, fault.NotFound("activity")
}

// Changes.

func insertWorkshop(ctx context.Context, tx *store.Tx, w Workshop) error {
	_, err := tx.Exec(ctx, `INSERT INTO workshop (id, programme, event, session, title, lead, leaders, place, language, code, key_hash, tables, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`, w.ID, w.Programme.OrNull(), w.Event.OrNull(), w.Session.OrNull(),
		w.Title, w.Terms.Lead, w.Leaders, w.Place, w.Language, w.Code, w.KeyHash, w.Tables, store.At(tx.Now()))
	return err
}

// updateWorkshop writes everything of a workshop that changes but the log.
func updateWorkshop(ctx context.Context, tx *store.Tx, w Workshop) error {
	return store.Changed(tx.Exec(ctx, `UPDATE workshop SET event = $3, session = $4, title = $5, lead = $6, leaders = $7, language = $8, tables = $9,
			current = $10, opened_at = $11, closed_at = $12, taken_at = $13, key_hash = $14, updated_at = $15, revision = revision + 1, version = version + 1
		WHERE id = $1 AND version = $2`, w.ID, w.Version, w.Event.OrNull(), w.Session.OrNull(), w.Title, w.Terms.Lead, w.Leaders, w.Language, w.Tables,
		w.Current, w.OpenedAt, w.ClosedAt, w.TakenAt, w.KeyHash, store.At(tx.Now())))
}

// putActivity writes an activity, new or changed.
func putActivity(ctx context.Context, tx *store.Tx, a Activity) error {
	_, err := tx.Exec(ctx, `INSERT INTO workshop_activity (`+activityColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind = excluded.kind, title = excluded.title, minutes = excluded.minutes,
			settings = excluded.settings, source = excluded.source, compared = excluded.compared, round = excluded.round,
			started_at = excluded.started_at, ends_at = excluded.ends_at, stopped_at = excluded.stopped_at, revealed = excluded.revealed
		WHERE workshop_activity.workshop = excluded.workshop`, a.ID, a.Workshop, a.Position, a.Kind, a.Title, a.Minutes, a.Settings, a.Source,
		a.Compared, a.Round, a.StartedAt, a.EndsAt, a.StoppedAt, a.Revealed)
	return err
}

const participantColumns = `id, sector, seat, way`

func participants(ctx context.Context, r store.Reader, workshop store.ID) ([]activity.Who, error) {
	return store.All[activity.Who](ctx, r, `SELECT `+participantColumns+` FROM workshop_participant WHERE workshop = $1 ORDER BY id`, workshop)
}

func insertParticipant(ctx context.Context, tx *store.Tx, workshop store.ID, p activity.Who, hash string, sheet int) error {
	_, err := tx.Exec(ctx, `INSERT INTO workshop_participant (workshop, id, hash, sector, seat, way, sheet) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		workshop, p.ID, hash, p.Sector, p.Seat, p.Way, sheet)
	return err
}
