package notice

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// spreading is the job that writes a row for everybody whom a message concerns.
type spreading struct{ Message store.ID }

func (spreading) Kind() string { return "notice.spread" }

// posting is the job that hands the letters of a message to the outbox, some at
// a time, and goes on in another job before its time is up.
type posting struct{ Message store.ID }

func (posting) Kind() string { return "notice.post" }

// spread writes all recipients in one statement. The key of person and message
// keeps a repetition, or another replica, from telling anybody twice.
func (c *Center) spread(ctx context.Context, job spreading) error {
	return c.db.Write(ctx, func(tx *store.Tx) error {
		m, err := store.One[message](ctx, tx, `SELECT `+messageColumns+` FROM notice_message WHERE id = $1`, job.Message)
		if fault.Is(err, fault.KindNotFound) {
			return nil // cancelled meanwhile: what it was about is withdrawn or hidden
		}
		if err != nil {
			return err
		}
		k, known := c.kind(m.Kind)
		if !known || m.Spread || m.At.After(tx.Now()) { // put off: its own job comes
			return nil
		}
		return c.reach(ctx, tx, m, k, k.Audience)
	})
}

// reach writes the recipients of a message. The audience may use $1 and $2 as a
// Kind says, and more from $8 on.
func (c *Center) reach(ctx context.Context, tx *store.Tx, m message, k Kind, audience string, more ...any) error {
	how := k.Default
	if !k.Letter {
		how = None
	}
	args := []any{string(m.Place), m.Matter, string(m.ID), m.Kind, string(how), asNumber(k.Letter), store.At(tx.Wall())}
	_, err := tx.Exec(ctx, `INSERT INTO notice_recipient (message, person, how, told_at)
		SELECT CAST($3 AS TEXT), a.person, CASE WHEN $6 = 1 THEN COALESCE(p.how, CAST($5 AS TEXT)) ELSE 'none' END, CAST($7 AS BIGINT)
		FROM (`+audience+`) a
		JOIN person q ON q.id = a.person AND q.blocked_at IS NULL
		LEFT JOIN notice_preference p ON p.person = a.person AND p.kind = CAST($4 AS TEXT)
		WHERE CAST($1 AS TEXT) IS NOT NULL AND CAST($2 AS TEXT) IS NOT NULL
		ON CONFLICT (message, person) DO NOTHING`,
		append(args, more...)...)
	if err != nil {
		return fmt.Errorf("notice: spread %s: %w", m.Kind, err)
	}
	if _, err := tx.Exec(ctx, `UPDATE notice_message SET spread = TRUE WHERE id = $1`, m.ID); err != nil {
		return err
	}
	return c.Queue.Add(ctx, tx, posting{Message: m.ID})
}

func asNumber(b bool) int {
	if b {
		return 1
	}
	return 0
}

// message is a matter as it is kept.
type message struct {
	ID         store.ID
	Kind       string
	Matter     string
	Place      store.ID
	PlaceTitle string
	Title      string
	Path       string
	At         store.Time
	Spread     bool
}

const messageColumns = `id, kind, matter, place, place_title, title, path, at, spread`

// postedAtOnce is how many letters are handed over in one transaction: on SQLite
// others wait for it.
const (
	postedAtOnce = 100
	turnsOfAJob  = 20
)

// post marks recipients as mailed and hands over their letters in the same
// transaction, until nobody is left.
func (c *Center) post(ctx context.Context, job posting) error {
	for turn := range turnsOfAJob {
		posted := 0
		err := c.db.Write(ctx, func(tx *store.Tx) error {
			people, err := store.All[store.ID](ctx, tx, `UPDATE notice_recipient SET mailed_at = $2
				WHERE message = $1 AND mailed_at IS NULL AND person IN (SELECT person FROM notice_recipient
					WHERE message = $1 AND how = 'now' AND mailed_at IS NULL ORDER BY person LIMIT $3)
				RETURNING person`, job.Message, store.At(tx.Wall()), postedAtOnce)
			if err != nil {
				return fmt.Errorf("notice: take: %w", err)
			}
			posted = len(people)
			if posted == postedAtOnce && turn == turnsOfAJob-1 {
				if err := c.Queue.Add(ctx, tx, job); err != nil {
					return err
				}
			}
			return c.mail(ctx, tx, letterOne, job.Message, people)
		})
		if err != nil || posted < postedAtOnce {
			return err
		}
	}
	return nil
}
