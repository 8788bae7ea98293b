package attendance

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// guests gives a Guest wherever one is read; $2 is the session, "" for the event
// as a whole.
const guests = `SELECT ` + registration.Columns + `, a.came_at, COALESCE(a.noted_by, '') AS noted_by, COALESCE(n.name, '') AS noted_name` +
	registration.Tables + `LEFT JOIN event_attendance a ON a.registration = g.id AND COALESCE(a.session, '') = $2
	LEFT JOIN person n ON n.id = a.noted_by
	WHERE g.event = $1 `

// Door lists those who have a seat, in the order of arrival of their
// registrations, and whether they came: to the session, or for "" to the event.
func Door(ctx context.Context, r store.Reader, event, session store.ID) ([]Guest, error) {
	return store.All[Guest](ctx, r, guests+`AND g.state = 'confirmed' ORDER BY g.number`, event, session)
}

func guest(ctx context.Context, r store.Reader, event, registration, session store.ID) (Guest, error) {
	return store.One[Guest](ctx, r, guests+`AND g.id = $3`, event, session, registration)
}

// RuleOf reads how attendance of an event is noted.
func RuleOf(ctx context.Context, r store.Reader, event store.ID) (Rule, error) {
	rule, err := store.One[Rule](ctx, r, `SELECT event, by_session, least_sessions, words, version FROM event_attendance_rule WHERE event = $1`, event)
	if fault.Is(err, fault.KindNotFound) {
		return Rule{Event: event}, nil
	}
	return rule, err
}

// noted are the sessions for which people are noted: pauses are not.
func noted(ctx context.Context, r store.Reader, id store.ID) ([]event.Session, error) {
	return store.All[event.Session](ctx, r, `SELECT id, event, starts_at, minutes, title, text, room, pause
		FROM event_session WHERE event = $1 AND NOT pause ORDER BY starts_at, minutes, id`, id)
}

// Present is one person who came to an event, with what they are counted by.
type Present struct {
	Registration     store.ID
	Person           store.ID
	Name             string
	Number           int
	Sector           string
	TERC             string `db:"terc"`
	Organisation     store.ID
	OrganisationName string
	Sessions         int // at how many they were noted, 0 where it is not noted
	CameAt           store.Time
}

// Came lists those who came to an event, by the number of their registration.
func Came(ctx context.Context, r store.Reader, event store.ID) ([]Present, error) {
	return store.All[Present](ctx, r, `SELECT g.id AS registration, g.person, g.name, g.number, g.sector, g.terc, g.organisation,
			CASE WHEN g.organisation IS NULL THEN g.organisation_name ELSE o.name END AS organisation_name,
			a.sessions, a.came_at
		`+registration.Tables+`JOIN (SELECT registration, count(session) AS sessions, min(came_at) AS came_at
			FROM event_attendance WHERE event = $1 GROUP BY registration) a ON a.registration = g.id
		WHERE g.event = $1 ORDER BY g.number`, event)
}

// bySession counts those who came to each session.
func bySession(ctx context.Context, r store.Reader, event store.ID) (map[store.ID]int, error) {
	rows, err := store.All[struct {
		Session store.ID
		N       int
	}](ctx, r, `SELECT session, count(*) AS n FROM event_attendance WHERE event = $1 AND session IS NOT NULL GROUP BY session`, event)
	n := make(map[store.ID]int, len(rows))
	for _, row := range rows {
		n[row.Session] = row.N
	}
	return n, err
}

// Changes.

// firstTime remembers the key of a tap, and reports whether it is new.
func firstTime(ctx context.Context, tx *store.Tx, event, key store.ID) (bool, error) {
	if key == "" {
		return true, nil
	}
	return store.Met(tx.Exec(ctx, `INSERT INTO event_attendance_sent (id, event, sent_at) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO NOTHING`, key, event, store.At(tx.Wall())))
}

func come(ctx context.Context, tx *store.Tx, g Guest, m Mark) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_attendance (id, event, registration, session, person, came_at, noted_at, noted_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		store.NewID(), g.Event, g.ID, m.Session.OrNull(), g.Person.OrNull(), m.came(tx.Now()), store.At(tx.Now()), doer(ctx))
	return err
}

func takeBack(ctx context.Context, tx *store.Tx, g Guest, session store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM event_attendance WHERE registration = $1 AND COALESCE(session, '') = $2`, g.ID, session)
	return err
}

func saveRule(ctx context.Context, tx *store.Tx, r Rule) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_attendance_rule (event, by_session, least_sessions, words) VALUES ($1, $2, $3, $4)
		ON CONFLICT (event) DO UPDATE SET by_session = excluded.by_session, least_sessions = excluded.least_sessions,
			words = excluded.words, version = event_attendance_rule.version + 1`,
		r.Event, r.BySession, r.LeastSessions, r.Words)
	return err
}
