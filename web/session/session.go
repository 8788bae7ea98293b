// Package session keeps who is signed in. The browser holds a random token, the
// database only its hash, so that a copy of the database signs nobody in.
//
// A session lives by the wall clock, whatever hour the demo plays. Staff
// sessions are short: 30 minutes without a request, 12 hours in all.
package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// How long a session lives without a request, and in all.
const (
	StaffIdle  = 30 * time.Minute
	StaffTotal = 12 * time.Hour
	Idle       = 14 * 24 * time.Hour
	Total      = 90 * 24 * time.Hour
)

// seenEvery is how often a visit is written down: not on every page, which
// would cost a durable write for each click.
const seenEvery = time.Minute

// Session is one signed-in browser of one person.
type Session struct {
	ID        store.ID
	Person    store.ID
	ActingFor string // organisation, "" for oneself
	// Assistant is the member of staff who acts for the person beside them, ""
	// for nobody; Assistance is the visit.
	Assistant  store.ID
	Assistance store.ID
	Staff      bool
	Agent      string // "Firefox, Linux": enough to recognise one's own device
	CreatedAt  store.Time
	SeenAt     store.Time
}

// Start makes a session and returns the token for the browser's cookie. A
// person who was signed in before gets a new token; the caller ends the old one.
func Start(ctx context.Context, tx *store.Tx, person store.ID, staff bool, userAgent string) (string, error) {
	token := newToken()
	now := store.At(tx.Wall())
	_, err := tx.Exec(ctx, `INSERT INTO session (id, token_hash, person, staff, agent, created_at, seen_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		store.NewID(), hash(token), person, staff, Agent(userAgent), now, now)
	if err != nil {
		return "", fmt.Errorf("session: start: %w", err)
	}
	return token, nil
}

// AssistTotal is how long somebody may act for a person beside them.
const AssistTotal = 30 * time.Minute

// Assist makes a session in which assistant acts for person, and returns its
// token. It lives no longer than AssistTotal.
func Assist(ctx context.Context, tx *store.Tx, person, assistant, assistance store.ID, userAgent string) (string, error) {
	token := newToken()
	now := store.At(tx.Wall())
	_, err := tx.Exec(ctx, `INSERT INTO session (id, token_hash, person, staff, agent, assistant, assistance, created_at, seen_at)
		VALUES ($1, $2, $3, TRUE, $4, $5, $6, $7, $7)`,
		store.NewID(), hash(token), person, Agent(userAgent), assistant, assistance, now)
	if err != nil {
		return "", fmt.Errorf("session: assist: %w", err)
	}
	return token, nil
}

const columns = `id, person, acting_for, assistant, assistance, staff, agent, created_at, seen_at`

// Find returns the living session of a token; fault.NotFound when there is none.
func Find(ctx context.Context, r store.Reader, token string) (Session, error) {
	now := r.Wall()
	return store.One[Session](ctx, r, `SELECT `+columns+` FROM session
		WHERE token_hash = $1 AND (assistant = '' OR created_at > $6)
		  AND ((staff AND seen_at > $2 AND created_at > $3) OR (NOT staff AND seen_at > $4 AND created_at > $5))`,
		hash(token), store.At(now.Add(-StaffIdle)), store.At(now.Add(-StaffTotal)),
		store.At(now.Add(-Idle)), store.At(now.Add(-Total)), store.At(now.Add(-AssistTotal)))
}

// Seen notes that the session is in use, at most once a minute.
func Seen(ctx context.Context, db *store.DB, s Session) error {
	if db.Wall().Sub(s.SeenAt.Time) < seenEvery {
		return nil
	}
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, s.ID, store.At(tx.Wall()))
		return err
	})
}

// List returns a person's living sessions, the latest used first.
func List(ctx context.Context, r store.Reader, person store.ID) ([]Session, error) {
	now := r.Wall()
	return store.All[Session](ctx, r, `SELECT `+columns+` FROM session
		WHERE person = $1
		  AND ((staff AND seen_at > $2 AND created_at > $3) OR (NOT staff AND seen_at > $4 AND created_at > $5))
		ORDER BY seen_at DESC, id`,
		person, store.At(now.Add(-StaffIdle)), store.At(now.Add(-StaffTotal)),
		store.At(now.Add(-Idle)), store.At(now.Add(-Total)))
}

// ActFor says for which organisation the person acts in this session; "" is for
// themselves. The caller has checked the mandate.
func ActFor(ctx context.Context, tx *store.Tx, id store.ID, organisation string) error {
	_, err := tx.Exec(ctx, `UPDATE session SET acting_for = $2 WHERE id = $1`, id, organisation)
	return err
}

// End ends one session of a person; ending one that is gone is no error.
func End(ctx context.Context, tx *store.Tx, person, id store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE id = $1 AND person = $2`, id, person)
	return err
}

// EndAll ends every session of a person except one ("" for none): after a new
// password or address, a block, or a role taken away or given.
func EndAll(ctx context.Context, tx *store.Tx, person, except store.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE (person = $1 OR assistant = $1) AND id <> $2`, person, except)
	return err
}

// Sweep removes sessions that nobody can use any more.
func Sweep(ctx context.Context, tx *store.Tx) error {
	now := tx.Wall()
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE created_at < $1 OR seen_at < $2
		OR (staff AND (seen_at < $3 OR created_at < $4))`,
		store.At(now.Add(-Total)), store.At(now.Add(-Idle)),
		store.At(now.Add(-StaffIdle)), store.At(now.Add(-StaffTotal)))
	return err
}

func newToken() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: it would end the program
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
