package notice

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// everyKind stands in the link of a digest, which tells of all kinds.
const everyKind = "all"

func deriveKey(secret []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("notice: unsubscribe"))
	return mac.Sum(nil)
}

// stopPath is the page on which a person ends the letters of a kind. Its token
// names person and kind and is signed; it opens nothing, shows nothing of the
// person and can do nothing else, however long the letter lies about.
func (c *Center) stopPath(person store.ID, kind string) string {
	text := string(person) + ":" + kind
	return "/wypisz/" + base64.RawURLEncoding.EncodeToString([]byte(text)) + "." + base64.RawURLEncoding.EncodeToString(c.sign(text))
}

func (c *Center) sign(text string) []byte {
	mac := hmac.New(sha256.New, c.key)
	mac.Write([]byte(text))
	return mac.Sum(nil)[:16]
}

// readStop returns whom and what a token is for; fault.NotFound for what is no
// token of ours.
func (c *Center) readStop(token string) (person store.ID, kind string, err error) {
	encoded, signature, _ := strings.Cut(token, ".")
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return "", "", fault.NotFound("token")
	}
	signed, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(signed, c.sign(string(text))) {
		return "", "", fault.NotFound("token")
	}
	id, kind, _ := strings.Cut(string(text), ":")
	person, err = store.ParseID(id)
	return person, kind, err
}

// stop ends the letters of a kind, or of all kinds, and takes back those that
// wait for a digest. On their page the person is told as before.
func (c *Center) stop(ctx context.Context, person store.ID, kind string) error {
	return c.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := store.One[store.ID](ctx, tx, `SELECT id FROM person WHERE id = $1`, person); err != nil {
			return err
		}
		for _, k := range c.kinds {
			if k.Letter && (kind == everyKind || kind == k.Name) {
				if err := Prefer(ctx, tx, person, k.Name, None); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Prefer keeps how a person wants to be told of a kind, also of what waits.
func Prefer(ctx context.Context, tx *store.Tx, person store.ID, kind string, how How) error {
	_, err := tx.Exec(ctx, `INSERT INTO notice_preference (person, kind, how) VALUES ($1, $2, $3)
		ON CONFLICT (person, kind) DO UPDATE SET how = excluded.how`, person, kind, how)
	if err != nil {
		return fmt.Errorf("notice: prefer: %w", err)
	}
	_, err = tx.Exec(ctx, `UPDATE notice_recipient SET how = $3 WHERE person = $1 AND mailed_at IS NULL
		AND message IN (SELECT id FROM notice_message WHERE kind = $2)`, person, kind, how)
	return err
}
