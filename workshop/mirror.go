package workshop

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Mirrors that visitors begin: how many in an hour, and how long they are kept.
const (
	mostMirrors = 60
	mirrorKept  = 30 * 24 * time.Hour
)

// BeginMirror makes the ready exercise for any meeting: a code, ten statements and
// guesses, no accounts. Whoever has the key leads it; it returns the key, which is
// kept nowhere. The room is open at once and the vote is on.
func (s *Service) BeginMirror(ctx context.Context, title, language, statements string) (key string, err error) {
	t := Terms{Title: title, Language: language}
	if err := t.Check(); err != nil {
		return "", err
	}
	key = NewKey()
	id, a := store.NewID(), store.NewID()
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM workshop WHERE programme IS NULL AND created_at > $1`, store.At(tx.Now().Add(-time.Hour)))
		if err != nil {
			return err
		}
		if n >= mostMirrors {
			return fault.Limited("workshop.mirror.many", "Max", mostMirrors)
		}
		w := Workshop{ID: id, Terms: t, KeyHash: keyHash(key)}
		if w.Code, err = freeCode(ctx, tx); err != nil {
			return err
		}
		return insertWorkshop(ctx, tx, w)
	})
	if err != nil {
		return "", err
	}
	settings := activity.Settings{"statements": statements, "mirror": "1"}
	if _, err := s.Add(ctx, id, a, Plan{Kind: mirrorKind, Title: title, Settings: settings}); err != nil {
		return "", err
	}
	if _, err := s.Open(ctx, id); err != nil {
		return "", err
	}
	_, err = s.Start(ctx, id, a)
	return key, err
}

// mirrorKind is the kind of which the ready exercise is made.
const mirrorKind = "statements"

// ForgetMirrors removes mirrors of visitors whose time is over.
func (s *Service) ForgetMirrors(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM workshop WHERE programme IS NULL AND place = '' AND created_at < $1`, store.At(tx.Now().Add(-mirrorKept)))
		return err
	})
}
