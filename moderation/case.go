package moderation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// State is where a case stands:
//
//	open ──leave──▶ left
//	  │
//	  └──hide──▶ hidden ──restore, or an appeal──▶ restored
type State string

const (
	Open     State = "open"
	Left     State = "left"
	Hidden   State = "hidden"
	Restored State = "restored"
)

// Cause is why a case was opened.
type Cause string

const (
	Reported Cause = "report" // somebody reported it
	Caught   Cause = "words"  // a word list has an entry that fits
	First    Cause = "first"  // the place shows nothing before it was looked at
	ByStaff  Cause = "staff"  // a moderator saw it
)

// Case is one text that is looked at.
type Case struct {
	ID         store.ID
	Kind       string
	Thing      store.ID
	Programme  store.ID
	Cause      Cause
	Terms      string
	State      State
	Veiled     bool
	Reason     string
	Answer     string
	OpenedAt   store.Time
	DecidedAt  store.Time
	DecidedBy  store.ID
	RestoredAt store.Time
	RestoredBy store.ID
	Version    int
}

const caseColumns = `id, kind, thing, programme, cause, terms, state, veiled, reason, answer, opened_at, decided_at, decided_by,
	restored_at, restored_by, version`

// appealWithin is how long an author, or somebody who was blocked, may appeal:
// fourteen days, as from decisions of offices (administrative procedure, art.
// 129 § 2), so that people of both sides know the term already.
const appealWithin = 14 * 24 * time.Hour

// keptYears is how long what people wrote to moderators is kept once it is
// settled: an author may complain of the decision elsewhere for three years, the
// term in which claims for a tort lapse (civil code, art. 442¹).
const keptYears = 3

// appealUntil is the end of the term; zero where nothing can be appealed.
func (c Case) appealUntil() time.Time {
	if c.State != Hidden {
		return time.Time{}
	}
	return c.DecidedAt.Add(appealWithin)
}

// closedAt is since when nothing follows from the case; zero: it goes on.
func (c Case) closedAt() store.Time {
	switch c.State {
	case Left:
		return c.DecidedAt
	case Restored:
		return c.RestoredAt
	}
	return store.Time{}
}

// terms are the entries of word lists that fit.
func (c Case) terms() []string {
	if c.Terms == "" {
		return nil
	}
	return strings.Split(c.Terms, "\n")
}

func caseByID(ctx context.Context, r store.Reader, id store.ID) (Case, error) {
	return store.One[Case](ctx, r, `SELECT `+caseColumns+` FROM moderation_case WHERE id = $1`, id)
}

// live is the case of a thing that is open or keeps it hidden.
func live(ctx context.Context, r store.Reader, kind string, thing store.ID) (Case, error) {
	return store.One[Case](ctx, r, `SELECT `+caseColumns+` FROM moderation_case WHERE kind = $1 AND thing = $2 AND state IN ('open', 'hidden')`, kind, thing)
}

// openCase begins a case; one that is live already is returned as it is.
func openCase(ctx context.Context, tx *store.Tx, c Case) (opened Case, fresh bool, err error) {
	c.ID, c.State, c.OpenedAt, c.Version = store.NewID(), Open, store.At(tx.Now()), 1
	fresh, err = store.Met(tx.Exec(ctx, `INSERT INTO moderation_case (id, kind, thing, programme, cause, terms, state, veiled, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (kind, thing) WHERE state IN ('open', 'hidden') DO NOTHING`,
		c.ID, c.Kind, c.Thing, c.Programme, c.Cause, c.Terms, c.State, c.Veiled, c.OpenedAt))
	if err != nil {
		return c, false, fmt.Errorf("moderation: open a case: %w", err)
	}
	if !fresh {
		c, err = live(ctx, tx, c.Kind, c.Thing)
	}
	return c, fresh, err
}

// decide writes a decision on the version that was seen; fault.Conflict where
// somebody was quicker.
func decide(ctx context.Context, tx *store.Tx, c Case, from State, version int) error {
	return store.Changed(tx.Exec(ctx, `UPDATE moderation_case SET state = $4, veiled = $5, reason = $6, answer = $7,
			decided_at = $8, decided_by = $9, restored_at = $10, restored_by = $11, closed_at = $12, version = version + 1
		WHERE id = $1 AND state = $2 AND version = $3`, c.ID, from, version, c.State, c.State == Hidden, c.Reason, c.Answer,
		c.DecidedAt, c.DecidedBy.OrNull(), c.RestoredAt, c.RestoredBy.OrNull(), c.closedAt()))
}
