package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/wspolnota/wspolnota/store"
)

// Head is the end of the chain: the number and the seal of the last entry. Who
// keeps a copy of it elsewhere can prove later that nothing before it is gone.
type Head struct {
	Seq  int64
	Seal string
	At   store.Time // of the sealing, by the wall clock
}

// HeadOf returns the end of the chain.
func HeadOf(ctx context.Context, r store.Reader) (Head, error) {
	return store.One[Head](ctx, r, `SELECT seq, seal, at FROM audit_head WHERE id = 'head'`)
}

// batch is how many entries are sealed in one transaction: on SQLite others wait
// for it.
const batch = 500

// Seal puts every entry that is not yet in the chain behind its last one. Acts
// only add their row and never wait for one another; the one who seals locks the
// head, so that of several replicas each entry is sealed by one.
func Seal(ctx context.Context, db *store.DB) error {
	for {
		var sealed int
		err := db.Write(ctx, func(tx *store.Tx) (err error) {
			sealed, err = sealSome(ctx, tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("audit: seal: %w", err)
		}
		if sealed < batch {
			return nil
		}
	}
}

func sealSome(ctx context.Context, tx *store.Tx) (int, error) {
	waiting, err := unsealed(ctx, tx) // looks first, so that nobody locks for nothing
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	if err := store.Lock(ctx, tx, "audit_head", "head"); err != nil {
		return 0, err
	}
	head, err := HeadOf(ctx, tx)
	if err != nil {
		return 0, err
	}
	if waiting, err = unsealed(ctx, tx); err != nil { // another may have sealed them meanwhile
		return 0, err
	}
	for _, e := range waiting {
		head = Head{Seq: head.Seq + 1, Seal: e.seal(head.Seq+1, head.Seal)}
		if _, err := tx.Exec(ctx, `UPDATE audit_entry SET seq = $2, seal = $3 WHERE id = $1`, e.ID, head.Seq, head.Seal); err != nil {
			return 0, err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE audit_head SET seq = $1, seal = $2, at = $3 WHERE id = 'head'`, head.Seq, head.Seal, store.At(tx.Wall()))
	return len(waiting), err
}

func unsealed(ctx context.Context, r store.Reader) ([]entry, error) {
	return store.All[entry](ctx, r, `SELECT `+columns+` FROM audit_entry WHERE seq IS NULL ORDER BY at, id LIMIT $1`, batch)
}

// seal is the hash of an entry at its place in the chain. Details are in it by
// their digest alone, so that they can be erased. Each field comes with its
// length: no two different entries give the same text.
func (e entry) seal(seq int64, before string) string {
	h := sha256.New()
	for _, field := range []string{
		"wspolnota audit 1", before, strconv.FormatInt(seq, 10), string(e.ID), strconv.FormatInt(e.At.UnixMicro(), 10), e.Act,
		string(e.Person), string(e.OnBehalf), string(e.Role), string(e.ActingFor), e.ThingKind, string(e.Thing),
		string(e.Programme), string(e.Organisation), string(e.Subject), e.Digest,
	} {
		fmt.Fprintf(h, "%d:%s,", len(field), field)
	}
	return hex.EncodeToString(h.Sum(nil))
}
