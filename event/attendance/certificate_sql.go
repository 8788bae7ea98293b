package attendance

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
)

const certificateColumns = `SELECT id, programme, event, registration, person, year, number, code, name, sessions, issued_at, revoked_at, revoked_reason
	FROM event_certificate `

// Certificates lists those of an event by their numbers, revoked ones too.
func Certificates(ctx context.Context, r store.Reader, event store.ID) ([]Certificate, error) {
	return store.All[Certificate](ctx, r, certificateColumns+`WHERE event = $1 ORDER BY year, number`, event)
}

func certificate(ctx context.Context, r store.Reader, event, id store.ID) (Certificate, error) {
	return store.One[Certificate](ctx, r, certificateColumns+`WHERE event = $1 AND id = $2`, event, id)
}

// byCode reads a certificate, revoked or good. One whose person was erased is
// not there any more.
func byCode(ctx context.Context, r store.Reader, code string) (Certificate, error) {
	code, err := readCode(code)
	if err != nil {
		return Certificate{}, err
	}
	return store.One[Certificate](ctx, r, certificateColumns+`WHERE code = $1`, code)
}

// certificateOf reads the newest certificate of a person for an event, also where
// others signed them up by their address.
func certificateOf(ctx context.Context, r store.Reader, event, person store.ID) (Certificate, error) {
	return store.One[Certificate](ctx, r, certificateColumns+`WHERE event = $1 AND (person = $2
		OR registration IN (SELECT g.id FROM event_registration g JOIN person p ON p.email = g.email
			WHERE g.event = $1 AND g.person IS NULL AND g.email <> '' AND p.id = $2))
		ORDER BY year DESC, number DESC LIMIT 1`, event, person)
}

func withCertificate(ctx context.Context, r store.Reader, event store.ID) (map[store.ID]bool, error) {
	ids, err := store.All[store.ID](ctx, r, `SELECT registration FROM event_certificate WHERE event = $1 AND revoked_at IS NULL`, event)
	have := make(map[store.ID]bool, len(ids))
	for _, id := range ids {
		have[id] = true
	}
	return have, err
}

func lastNumber(ctx context.Context, r store.Reader, programme store.ID, year int) (int, error) {
	return store.One[int](ctx, r, `SELECT COALESCE(max(number), 0) FROM event_certificate WHERE programme = $1 AND year = $2`, programme, year)
}

func insertCertificate(ctx context.Context, tx *store.Tx, c Certificate) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_certificate (id, programme, event, registration, person, year, number, code, name, sessions,
			issued_at, issued_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.ID, c.Programme, c.Event, c.Registration, c.Person.OrNull(), c.Year, c.Number, c.Code, c.Name, c.Sessions,
		store.At(tx.Now()), doer(ctx))
	return err
}

func revoke(ctx context.Context, tx *store.Tx, id store.ID, reason string) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_certificate SET revoked_at = $2, revoked_by = $3, revoked_reason = $4
		WHERE id = $1 AND revoked_at IS NULL`, id, store.At(tx.Now()), doer(ctx), reason))
}
