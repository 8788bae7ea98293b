package event

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// OwnPath is where a person finds their own events.
const OwnPath = "/moje-wydarzenia"

// A person's own calendar is read by a program that cannot sign in, so its
// address is a secret: a key that the person may renew, signed with the secret of
// the installation. It opens these dates and nothing else, and the database alone
// does not tell it.

// ownPath is the address of the calendar with a key.
func (s *Service) ownPath(key string) string {
	return OwnPath + "/" + key + "." + base64.RawURLEncoding.EncodeToString(s.sign(key)) + "/kalendarz.ics"
}

func (s *Service) sign(key string) []byte {
	mac := hmac.New(sha256.New, s.Secret)
	mac.Write([]byte("event: own calendar\n" + key))
	return mac.Sum(nil)[:16]
}

// calendarOf tells whose calendar a token opens.
func (s *Service) calendarOf(ctx context.Context, token string) (store.ID, error) {
	key, signature, _ := strings.Cut(token, ".")
	signed, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(signed, s.sign(key)) {
		return "", fault.NotFound("calendar")
	}
	return store.One[store.ID](ctx, s.db, `SELECT person FROM event_calendar WHERE key = $1`, key)
}

// RenewCalendar gives the actor's calendar a new address. The old one, if there
// was one, opens nothing any more.
func (s *Service) RenewCalendar(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO event_calendar (person, key, renewed_at) VALUES ($1, $2, $3)
			ON CONFLICT (person) DO UPDATE SET key = excluded.key, renewed_at = excluded.renewed_at`,
			access.From(ctx).Person, store.NewRandomID(), store.At(tx.Wall()))
		return err
	})
}

// EndCalendar takes the address of the actor's calendar away.
func (s *Service) EndCalendar(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM event_calendar WHERE person = $1`, access.From(ctx).Person)
		return err
	})
}

// ownEvents are the public events at which a person has a seat, is offered one or
// waits for one, in the order of time. Package registration keeps who comes; it
// stands on this one, which therefore reads its table.
func ownEvents(ctx context.Context, r store.Reader, person store.ID) ([]Event, error) {
	return store.All[Event](ctx, r, `SELECT `+columns+tables+`WHERE `+public+` AND e.id IN (SELECT event FROM event_registration
		WHERE person = $1 AND state IN ('confirmed', 'offered', 'waiting')) ORDER BY e.starts_at, e.id`, person)
}
