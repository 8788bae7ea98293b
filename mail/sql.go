package mail

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// row is a letter as the outbox keeps it.
type row struct {
	ID        store.ID
	Kind      string
	Recipient string
	Person    *store.ID
	Language  lang.Language
	Data      string
	State     State
	Attempts  int
	LastError string
	CreatedAt store.Time
	TriedAt   store.Time
	SentAt    store.Time
	Version   int
}

const columns = `id, kind, recipient, person, language, data, state, attempts, last_error, created_at, tried_at, sent_at, version`

func (r row) message() (Message, error) {
	m := Message{Kind: r.Kind, To: r.Recipient, Language: r.Language}
	if r.Person != nil {
		m.Person = *r.Person
	}
	if err := json.Unmarshal([]byte(r.Data), &m.Data); err != nil {
		return Message{}, fmt.Errorf("read data of letter %s: %w", r.ID, err)
	}
	return m, nil
}

func insert(ctx context.Context, tx *store.Tx, id store.ID, m Message) error {
	data, err := json.Marshal(m.Data)
	if err != nil {
		return err
	}
	var person *store.ID
	if m.Person != "" {
		person = &m.Person
	}
	_, err = tx.Exec(ctx, `INSERT INTO mail_outbox (id, kind, recipient, person, language, data, state, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		id, m.Kind, m.To, person, m.Language, string(data), Waiting, store.At(tx.Wall()))
	return err
}

// unfinished loads a letter that still has to be sent.
func unfinished(ctx context.Context, tx *store.Tx, id store.ID) (row, error) {
	return store.One[row](ctx, tx, `SELECT `+columns+` FROM mail_outbox
		WHERE id = $1 AND state IN ('waiting', 'sending')`, id)
}

func begin(ctx context.Context, tx *store.Tx, id store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE mail_outbox SET state = 'sending', tried_at = $2, version = version + 1 WHERE id = $1`,
		id, store.At(tx.Wall()))
	return err
}

func markSent(ctx context.Context, tx *store.Tx, id store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE mail_outbox
		SET state = 'sent', attempts = attempts + 1, last_error = '', sent_at = $2, version = version + 1 WHERE id = $1`,
		id, store.At(tx.Wall()))
	return err
}

func markUnsent(ctx context.Context, tx *store.Tx, id store.ID, state State, reason string) error {
	_, err := tx.Exec(ctx, `UPDATE mail_outbox
		SET state = $2, attempts = attempts + 1, last_error = $3, tried_at = $4, version = version + 1 WHERE id = $1`,
		id, state, reason, store.At(tx.Wall()))
	return err
}

// revive gives a failed letter all its attempts again.
func revive(ctx context.Context, tx *store.Tx, id store.ID, version int) error {
	return store.Changed(tx.Exec(ctx, `UPDATE mail_outbox
		SET state = 'waiting', attempts = 0, version = version + 1
		WHERE id = $1 AND version = $2 AND state = 'failed'`, id, version))
}

// list gives a page of letters, newest first, of one state or, for "", of all.
func list(ctx context.Context, r store.Reader, state State, limit, offset int) ([]row, error) {
	return store.All[row](ctx, r, `SELECT `+columns+` FROM mail_outbox
		WHERE $1 = '' OR state = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`, state, limit, offset)
}

// counts gives the number of letters in each state.
func counts(ctx context.Context, r store.Reader) (map[State]int, error) {
	type count struct {
		State State
		N     int
	}
	found, err := store.All[count](ctx, r, `SELECT state, count(*) AS n FROM mail_outbox GROUP BY state`)
	if err != nil {
		return nil, err
	}
	n := make(map[State]int, len(found))
	for _, c := range found {
		n[c.State] = c.N
	}
	return n, nil
}
