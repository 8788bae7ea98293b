package people

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// secrets are what a person can prove themselves with besides their mailbox.
// They stay inside this package.
type secrets struct {
	PasswordHash string
	PasswordAt   store.Time
	TOTPSecret   string     `db:"totp_secret"` // sealed
	TOTPAt       store.Time `db:"totp_at"`
	TOTPStep     int64      `db:"totp_step"`
}

func (s secrets) hasPassword() bool { return s.PasswordHash != "" }

// enrolled reports whether a second factor is asked for. A secret without a
// first right code is an enrolment that was begun and not finished.
func (s secrets) enrolled() bool { return !s.TOTPAt.IsZero() }

// findSecret returns the secrets of a person; none are the zero value, since
// most people have none.
func findSecret(ctx context.Context, r store.Reader, person store.ID) (secrets, error) {
	found, err := store.One[secrets](ctx, r, `SELECT password_hash, password_at, totp_secret, totp_at, totp_step
		FROM person_secret WHERE person = $1`, person)
	if fault.Is(err, fault.KindNotFound) {
		return secrets{}, nil
	}
	if err != nil {
		return secrets{}, fmt.Errorf("people: secrets: %w", err)
	}
	return found, nil
}

func setPassword(ctx context.Context, tx *store.Tx, person store.ID, hash string) error {
	at := store.At(tx.Wall())
	if hash == "" {
		at = store.Time{}
	}
	_, err := tx.Exec(ctx, `INSERT INTO person_secret (person, password_hash, password_at) VALUES ($1, $2, $3)
		ON CONFLICT (person) DO UPDATE SET password_hash = excluded.password_hash, password_at = excluded.password_at`,
		person, hash, at)
	return err
}

// beginTOTP keeps a new secret that is not in force yet.
func beginTOTP(ctx context.Context, tx *store.Tx, person store.ID, sealed string) error {
	_, err := tx.Exec(ctx, `INSERT INTO person_secret (person, totp_secret) VALUES ($1, $2)
		ON CONFLICT (person) DO UPDATE SET totp_secret = excluded.totp_secret, totp_step = 0
		WHERE person_secret.totp_at IS NULL`, person, sealed)
	return err
}

func confirmTOTP(ctx context.Context, tx *store.Tx, person store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE person_secret SET totp_at = $2
		WHERE person = $1 AND totp_at IS NULL AND totp_secret <> ''`, person, store.At(tx.Wall())))
}

// useStep marks a time step as used, unless it or a later one was.
func useStep(ctx context.Context, tx *store.Tx, person store.ID, step int64) (bool, error) {
	return store.Met(tx.Exec(ctx, `UPDATE person_secret SET totp_step = $2 WHERE person = $1 AND totp_step < $2`, person, step))
}

func dropTOTP(ctx context.Context, tx *store.Tx, person store.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM person_recovery_code WHERE person = $1`, person); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE person_secret SET totp_secret = '', totp_at = NULL, totp_step = 0 WHERE person = $1`, person)
	return err
}

func replaceRecoveryCodes(ctx context.Context, tx *store.Tx, person store.ID, hashes []string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM person_recovery_code WHERE person = $1`, person); err != nil {
		return err
	}
	for _, hash := range hashes {
		if _, err := tx.Exec(ctx, `INSERT INTO person_recovery_code (person, hash) VALUES ($1, $2)`, person, hash); err != nil {
			return err
		}
	}
	return nil
}

func useRecoveryCode(ctx context.Context, tx *store.Tx, person store.ID, hash string) (bool, error) {
	return store.Met(tx.Exec(ctx, `DELETE FROM person_recovery_code WHERE person = $1 AND hash = $2`, person, hash))
}

func countRecoveryCodes(ctx context.Context, r store.Reader, person store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM person_recovery_code WHERE person = $1`, person)
}
