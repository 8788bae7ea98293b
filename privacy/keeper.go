package privacy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

// Keeper carries out the rules.
type Keeper struct {
	db         *store.DB
	rules      []Rule
	objections []Objection
	after      []func(ctx context.Context, tx *store.Tx, g Gone) error

	// Note writes an act into the log of acts, inside its transaction; nil where
	// there is none. Set it before the first request.
	Note func(ctx context.Context, tx *store.Tx, d Deed) error

	journal Journal
	queue   *jobs.Queue // nil where no journal is kept

	mu    sync.Mutex
	looks []seen // not written yet
}

// Deed is what was done about a person's data. Reason is as it was given.
type Deed struct {
	Name   string // HoldSet, HoldLifted, …
	Person store.ID
	Reason string
}

// The deeds that are noted.
const (
	HoldSet          = "privacy.hold_set"
	HoldLifted       = "privacy.hold_lifted"
	ErasureAsked     = "privacy.erasure_asked"
	ErasureTakenBack = "privacy.erasure_taken_back"
	Erased           = "privacy.erased"
)

func (k *Keeper) note(ctx context.Context, tx *store.Tx, d Deed) error {
	if k.Note == nil {
		return nil
	}
	return k.Note(ctx, tx, d)
}

// Objection says why a person cannot be erased now (a fault whose key is shown
// to them), or nil: somebody has to take over first.
type Objection func(ctx context.Context, r store.Reader, person store.ID) error

// NewKeeper takes over the rules and their daily work: what is kept too long is
// removed, and a report is written.
func NewKeeper(db *store.DB, q *jobs.Queue, rules []Rule) *Keeper {
	k := &Keeper{db: db, rules: slices.Clone(rules)}
	// The account comes last: the others are found by the address in it.
	slices.SortStableFunc(k.rules, func(a, b Rule) int { return last(a) - last(b) })
	if q != nil {
		jobs.Every(q, "privacy.retain", 24*time.Hour, k.Retain)
	}
	return k
}

func last(r Rule) int {
	if r.Table == person {
		return 1
	}
	return 0
}

// Rules lists the rules, for the register.
func (k *Keeper) Rules() []Rule { return k.rules }

// Say lets a column be said by a function that is known only when the program is
// put together. Naming a column that no rule has stops the program.
func (k *Keeper) Say(table, column string, say Say) {
	for i, r := range k.rules {
		for n, c := range r.Columns {
			if r.Table == table && c.Name == column {
				k.rules[i].Columns = slices.Clone(r.Columns)
				k.rules[i].Columns[n].Say = say
				return
			}
		}
	}
	panic("privacy: no rule tells of " + table + "." + column)
}

// Object registers a reason why somebody cannot be erased now.
func (k *Keeper) Object(o Objection) { k.objections = append(k.objections, o) }

// Gone is somebody who was erased a moment ago, by what they were known.
type Gone struct {
	ID    store.ID
	Marks []string // their name, unless it is one word, and their address
}

// AfterErasure registers what another package does when a person was erased:
// what was made of texts about them is made anew.
func (k *Keeper) AfterErasure(f func(ctx context.Context, tx *store.Tx, g Gone) error) {
	k.after = append(k.after, f)
}

// who is the person whom a statement is about.
type who struct {
	ID    store.ID
	Name  string
	Email string
}

func find(ctx context.Context, r store.Reader, id store.ID) (who, error) {
	return store.One[who](ctx, r, `SELECT id, name, email FROM person WHERE id = $1 AND erased_at IS NULL`, id)
}

// mine is the condition for the rows that are about a person; the table is
// called t, the arguments are their id and address. "" where no row can be.
func (r Rule) mine() string {
	var either []string
	for _, l := range r.Links {
		switch l.Kind {
		case Subject:
			either = append(either, "t."+l.Column+" = $1")
		case Address:
			either = append(either, "t."+l.Column+" = $2")
		}
	}
	return strings.Join(either, " OR ")
}

// aboutArgs are the arguments of mine. PostgreSQL refuses an argument that no
// statement uses, so both are always used.
const bothUsed = ` AND $1 <> '' AND $2 <> ''`

func (r Rule) where() string { return "(" + r.mine() + ")" + bothUsed }

// emptied lists what becomes of the columns of a row that is emptied.
func (r Rule) emptied(now time.Time) []string {
	var sets []string
	for _, c := range r.Columns {
		if c.Fate == Stay {
			continue
		}
		value := c.Becomes
		if value == "" {
			value = "''"
		}
		sets = append(sets, c.Name+" = "+strings.ReplaceAll(value, "{now}", fmt.Sprint(now.UnixMicro())))
	}
	return sets
}
