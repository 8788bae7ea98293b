package people

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

const attemptColumns = `id, purpose, person, email, code_hash, link_hash, tries, second_tries,
	expires_at, proved_at, cancelled_at, done_at`

func insertAttempt(ctx context.Context, tx *store.Tx, a attempt, browser, network string) error {
	_, err := tx.Exec(ctx, `INSERT INTO sign_in_attempt (id, browser, purpose, person, email, network, created_at, proved_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.ID, browser, a.Purpose, a.Person, a.Email, network, store.At(tx.Wall()), a.ProvedAt)
	return err
}

// lettersFrom counts what a network has ordered lately; a password orders none.
func lettersFrom(ctx context.Context, tx *store.Tx, network string, since time.Time) (int, error) {
	return store.One[int](ctx, tx, `SELECT count(*) FROM sign_in_attempt
		WHERE network = $1 AND created_at > $2 AND purpose <> $3`, network, store.At(since), byPassword)
}

// lettersTo counts what was ordered for an address lately.
func lettersTo(ctx context.Context, tx *store.Tx, email string, since time.Time) (int, error) {
	return store.One[int](ctx, tx, `SELECT count(*) FROM sign_in_attempt
		WHERE email = $1 AND created_at > $2 AND purpose <> $3`, email, store.At(since), byPassword)
}

// cancelAttempts makes older codes for the same address worthless.
func cancelAttempts(ctx context.Context, tx *store.Tx, p purpose, email string) error {
	_, err := tx.Exec(ctx, `UPDATE sign_in_attempt SET cancelled_at = $3
		WHERE email = $1 AND purpose = $2 AND proved_at IS NULL AND cancelled_at IS NULL`,
		email, p, store.At(tx.Wall()))
	return err
}

// setCode gives an attempt its code, unless it is over or was made before
// since.
func setCode(ctx context.Context, tx *store.Tx, id store.ID, codeHash, linkHash string, expires, since time.Time) (bool, error) {
	return store.Met(tx.Exec(ctx, `UPDATE sign_in_attempt SET code_hash = $2, link_hash = $3, expires_at = $4
		WHERE id = $1 AND proved_at IS NULL AND cancelled_at IS NULL AND created_at > $5`,
		id, codeHash, linkHash, store.At(expires), store.At(since)))
}

// countTry takes one of the tries of a living code.
func countTry(ctx context.Context, tx *store.Tx, browser string, p purpose) (bool, error) {
	return store.Met(tx.Exec(ctx, `UPDATE sign_in_attempt SET tries = tries + 1
		WHERE browser = $1 AND purpose = $2 AND proved_at IS NULL AND cancelled_at IS NULL
		  AND expires_at > $3 AND tries < $4`,
		browser, p, store.At(tx.Wall()), maxTries))
}

func findAttempt(ctx context.Context, r store.Reader, browser string, p purpose) (attempt, error) {
	return store.One[attempt](ctx, r, `SELECT `+attemptColumns+` FROM sign_in_attempt
		WHERE browser = $1 AND purpose = $2`, browser, p)
}

// findProved finds what still waits for a second factor or a new account.
func findProved(ctx context.Context, r store.Reader, browser string, since time.Time) (attempt, error) {
	return store.One[attempt](ctx, r, `SELECT `+attemptColumns+` FROM sign_in_attempt
		WHERE browser = $1 AND proved_at > $2 AND done_at IS NULL AND purpose <> $3`, browser, store.At(since), toChangeAddress)
}

func markProved(ctx context.Context, tx *store.Tx, id store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE sign_in_attempt SET proved_at = $2 WHERE id = $1 AND proved_at IS NULL`,
		id, store.At(tx.Wall())))
}

// markDone tells whether this call was the one that ended the attempt.
func markDone(ctx context.Context, tx *store.Tx, id store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `UPDATE sign_in_attempt SET done_at = $2 WHERE id = $1 AND done_at IS NULL`,
		id, store.At(tx.Wall())))
}

func setAttemptPerson(ctx context.Context, tx *store.Tx, id, person store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE sign_in_attempt SET person = $2 WHERE id = $1`, id, person)
	return err
}

// countSecondTry takes one of the tries of a second factor.
func countSecondTry(ctx context.Context, tx *store.Tx, id store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `UPDATE sign_in_attempt SET second_tries = second_tries + 1
		WHERE id = $1 AND done_at IS NULL AND second_tries < $2`, id, maxTries))
}

// sweepAttempts removes what serves nobody any more, counters included.
func sweepAttempts(ctx context.Context, tx *store.Tx) error {
	now := tx.Wall()
	if _, err := tx.Exec(ctx, `DELETE FROM sign_in_attempt WHERE created_at < $1`,
		store.At(now.Add(-letterWindow-proofLives-codeLives))); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM sign_in_tally WHERE seen_at < $1`, store.At(now.Add(-forget)))
	return err
}

func attemptPurpose(ctx context.Context, r store.Reader, id store.ID) (purpose, error) {
	return store.One[purpose](ctx, r, `SELECT purpose FROM sign_in_attempt WHERE id = $1`, id)
}
