package event

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// columns and tables give an Event wherever one is read.
const (
	columns = `e.id, e.programme, p.slug AS programme_slug, p.title AS programme_title, e.slug, e.kind,
		e.host, COALESCE(o.name, '') AS host_name, e.title, e.lead, e.language, e.mode, e.place, e.starts_at, e.ends_at,
		e.published_at, e.cancelled_at, e.cancelled_reason, e.revision, e.updated_at, e.version`
	tables = ` FROM event e JOIN programme p ON p.id = e.programme LEFT JOIN organisation o ON o.id = e.host `
	// public is what everybody may see; a programme that is a draft hides its events.
	public = ` e.published_at IS NOT NULL AND p.state <> 'draft' `
)

// ByID reads an event of a programme, in any state.
func ByID(ctx context.Context, r store.Reader, programme, id store.ID) (Event, error) {
	return store.One[Event](ctx, r, `SELECT `+columns+tables+`WHERE e.programme = $1 AND e.id = $2`, programme, id)
}

// Find reads the event that has or had this address, if the actor of the
// context may see it. Whose address is an old one has another Slug than was
// asked for.
func Find(ctx context.Context, r store.Reader, programmeSlug, slug string) (Event, error) {
	e, err := store.One[struct {
		Event
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state `+tables+`
		JOIN event_address d ON d.programme = p.id AND d.event = e.id
		WHERE p.slug = $1 AND d.slug = $2`, programmeSlug, slug)
	if err != nil {
		return Event{}, err
	}
	hidden := e.State() == Draft || e.ProgrammeState == programme.Draft
	if hidden && !access.From(ctx).May(Preview, string(e.Programme)) {
		return Event{}, fault.NotFound("event")
	}
	return e.Event, nil
}

// Sessions reads the programme of an event, in the order of time.
func Sessions(ctx context.Context, r store.Reader, event store.ID) ([]Session, error) {
	return store.All[Session](ctx, r, `SELECT id, event, starts_at, minutes, title, text, room, pause
		FROM event_session WHERE event = $1 ORDER BY starts_at, minutes, id`, event)
}

// Speakers reads whom the event announces, in their order.
func Speakers(ctx context.Context, r store.Reader, event store.ID) ([]Speaker, error) {
	return store.All[Speaker](ctx, r, `SELECT id, event, position, name, role, organisation, profile
		FROM event_speaker WHERE event = $1 ORDER BY position, id`, event)
}

// Agenda reads the programme of an event with those who speak, in two queries.
func Agenda(ctx context.Context, r store.Reader, event store.ID) ([]Session, error) {
	all, err := Sessions(ctx, r, event)
	if err != nil {
		return nil, err
	}
	pairs, err := store.All[struct{ Session, Speaker store.ID }](ctx, r, `SELECT x.session, x.speaker FROM event_session_speaker x
		JOIN event_speaker s ON s.id = x.speaker WHERE s.event = $1 ORDER BY s.position, s.id`, event)
	at := make(map[store.ID]int, len(all))
	for i, s := range all {
		at[s.ID] = i
	}
	for _, pair := range pairs {
		if i, ok := at[pair.Session]; ok {
			all[i].Speakers = append(all[i].Speakers, pair.Speaker)
		}
	}
	return all, err
}

// contentOf reads what the form of an event holds.
func contentOf(ctx context.Context, r store.Reader, e Event) (Content, error) {
	c := Content{Kind: e.Kind, Host: e.Host, Title: e.Title, Lead: e.Lead, Language: e.Language, Mode: e.Mode, Place: e.Place}
	var err error
	if c.Body, err = bodyOf(ctx, r, e.ID); err != nil {
		return c, err
	}
	c.Goals, err = store.All[store.ID](ctx, r, `SELECT goal FROM event_goal WHERE event = $1 ORDER BY goal`, e.ID)
	return c, err
}

// bodyOf reads the description of an event, in Markdown.
func bodyOf(ctx context.Context, r store.Reader, event store.ID) (string, error) {
	return store.One[string](ctx, r, `SELECT body FROM event WHERE id = $1`, event)
}

// isNew reports whether no event has the id.
func isNew(ctx context.Context, r store.Reader, id store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event WHERE id = $1`, id)
	return n == 0, err
}

// Changes.

func insert(ctx context.Context, tx *store.Tx, e Event, body string) error {
	_, err := tx.Exec(ctx, `INSERT INTO event (id, programme, slug, kind, host, title, lead, body, language, mode, place,
			terc, starts_at, ends_at, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
		e.ID, e.Programme, e.Slug, e.Kind, e.Host.OrNull(), e.Title, e.Lead, body, e.Language, e.Mode, e.Place,
		e.Place.TERC, e.StartsAt, e.EndsAt, store.At(tx.Now()))
	return err
}

// update saves the whole row but its description, if it is still of the version
// that was read.
func update(ctx context.Context, tx *store.Tx, e Event) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event SET slug = $3, kind = $4, host = $5, title = $6, lead = $7, language = $8, mode = $9,
			place = $10, starts_at = $11, ends_at = $12, published_at = $13, cancelled_at = $14, cancelled_reason = $15,
			revision = $16, updated_at = $17, terc = $18, version = version + 1
		WHERE id = $1 AND version = $2`, e.ID, e.Version, e.Slug, e.Kind, e.Host.OrNull(), e.Title, e.Lead, e.Language, e.Mode,
		e.Place, e.StartsAt, e.EndsAt, e.PublishedAt, e.CancelledAt, e.CancelledReason, e.Revision, store.At(tx.Now()), e.Place.TERC))
}

func updateBody(ctx context.Context, tx *store.Tx, event store.ID, body string) error {
	_, err := tx.Exec(ctx, `UPDATE event SET body = $2 WHERE id = $1`, event, body)
	return err
}

func setGoals(ctx context.Context, tx *store.Tx, event store.ID, goals []store.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM event_goal WHERE event = $1`, event); err != nil {
		return err
	}
	for _, goal := range goals {
		if _, err := tx.Exec(ctx, `INSERT INTO event_goal (event, goal) VALUES ($1, $2)`, event, goal); err != nil {
			return err
		}
	}
	return nil
}

func deleteEvent(ctx context.Context, tx *store.Tx, e Event) error {
	return store.Changed(tx.Exec(ctx, `DELETE FROM event WHERE id = $1 AND version = $2`, e.ID, e.Version))
}

// takeAddress gives the event an address, unless another event of the programme
// has or had it.
func takeAddress(ctx context.Context, tx *store.Tx, e Event, slug string) (bool, error) {
	if _, err := tx.Exec(ctx, `INSERT INTO event_address (programme, slug, event) VALUES ($1, $2, $3)
		ON CONFLICT (programme, slug) DO NOTHING`, e.Programme, slug, e.ID); err != nil {
		return false, err
	}
	holder, err := store.One[store.ID](ctx, tx, `SELECT event FROM event_address WHERE programme = $1 AND slug = $2`, e.Programme, slug)
	return holder == e.ID, err
}

// putSession writes a session, new or not, and who speaks in it.
func putSession(ctx context.Context, tx *store.Tx, s Session) error {
	if err := store.Changed(tx.Exec(ctx, `INSERT INTO event_session (id, event, starts_at, minutes, title, text, room, pause)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, minutes = excluded.minutes, title = excluded.title,
			text = excluded.text, room = excluded.room, pause = excluded.pause WHERE event_session.event = excluded.event`,
		s.ID, s.Event, s.StartsAt, s.Minutes, s.Title, s.Text, s.Room, s.Pause)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM event_session_speaker WHERE session = $1`, s.ID); err != nil {
		return err
	}
	for _, speaker := range s.Speakers {
		if _, err := tx.Exec(ctx, `INSERT INTO event_session_speaker (session, speaker)
			SELECT $1, id FROM event_speaker WHERE id = $2 AND event = $3`, s.ID, speaker, s.Event); err != nil {
			return err
		}
	}
	return nil
}

func startSession(ctx context.Context, tx *store.Tx, s Session) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_session SET starts_at = $3 WHERE event = $1 AND id = $2`, s.Event, s.ID, s.StartsAt))
}

func deleteSession(ctx context.Context, tx *store.Tx, event, id store.ID) error {
	return store.Changed(tx.Exec(ctx, `DELETE FROM event_session WHERE event = $1 AND id = $2`, event, id))
}

// putSpeaker writes a speaker; a new one stands behind the others.
func putSpeaker(ctx context.Context, tx *store.Tx, s Speaker) error {
	return store.Changed(tx.Exec(ctx, `INSERT INTO event_speaker (id, event, position, name, role, organisation, profile)
		VALUES ($1, $2, (SELECT COALESCE(max(position), 0) + 1 FROM event_speaker WHERE event = $2), $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, organisation = excluded.organisation,
			profile = excluded.profile WHERE event_speaker.event = excluded.event`,
		s.ID, s.Event, s.Name, s.Role, s.Organisation, s.Profile))
}

func placeSpeaker(ctx context.Context, tx *store.Tx, event, id store.ID, position int) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_speaker SET position = $3 WHERE event = $1 AND id = $2`, event, id, position))
}

func deleteSpeaker(ctx context.Context, tx *store.Tx, event, id store.ID) error {
	return store.Changed(tx.Exec(ctx, `DELETE FROM event_speaker WHERE event = $1 AND id = $2`, event, id))
}

// comesTo reports whether a person has a seat at an event. Package registration
// keeps seats; it stands on this one, which therefore reads its table.
func comesTo(ctx context.Context, r store.Reader, event, person store.ID) (bool, error) {
	if person == "" {
		return false, nil
	}
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_registration
		WHERE event = $1 AND person = $2 AND state = 'confirmed'`, event, person)
	return n > 0, err
}
