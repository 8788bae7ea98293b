package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// noTime keeps http.ServeContent from speaking of a time of change.
var noTime time.Time

// Scope is how far a key reaches.
type Scope string

const (
	// Public reads what everybody may read; it only tells who asks.
	Public Scope = "public"
	// Own reads what its owner may read, without the rights of staff, which need
	// a session of their own.
	Own Scope = "own"
)

var scopes = []string{string(Public), string(Own)}

// Key lets a program ask in the name of its owner.
type Key struct {
	ID        store.ID
	Person    store.ID
	Name      string
	Scope     Scope
	CreatedAt store.Time
	ExpiresAt store.Time
	UsedAt    store.Time // to the hour; zero: never
}

const (
	keyPrefix  = "wspolnota_" // so that a scanner of secrets knows one that leaked
	mostKeys   = 20
	longestKey = 366 * 24 * time.Hour
)

// Privacy says what the table of the package has to do with people.
var Privacy = []privacy.Rule{{
	Table: "api_key", Records: "api.privacy.keys", Basis: privacy.Contract,
	Links: []privacy.Link{privacy.About("person")},
	Columns: []privacy.Column{
		privacy.Told("name", "api.key.name"), privacy.Fact("scope", "api.key.scope").In("api.scope."),
		privacy.Proof("hash", "api.key"), privacy.When("created_at", "privacy.column.at"),
		privacy.When("expires_at", "api.key.expires"), privacy.When("used_at", "api.key.used"),
	},
	Plain: []string{"id"},
}}

func newSecret() string {
	var b [32]byte
	rand.Read(b[:])
	return keyPrefix + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// hash is what is kept of a key. It has 256 bits of chance, so that no slow
// hash is needed.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Owners is what the API needs of the room of people.
type Owners interface {
	Actor(ctx context.Context, s session.Session) (*access.Actor, error)
}

// Keys makes and knows keys.
type Keys struct {
	db     *store.DB
	owners Owners
}

// NewKeys returns the keys of a database.
func NewKeys(db *store.DB, owners Owners) *Keys { return &Keys{db, owners} }

// Actor returns whoever a key speaks for, fault.NotFound for one that is not
// good (any more).
func (k *Keys) Actor(ctx context.Context, secret string) (*access.Actor, error) {
	key, err := byHash(ctx, k.db, hash(secret))
	if err != nil {
		return nil, err
	}
	if !k.db.Wall().Before(key.ExpiresAt.Time) {
		return nil, fault.NotFound("key")
	}
	actor, err := k.owners.Actor(ctx, session.Session{ID: key.ID, Person: key.Person})
	if err != nil {
		return nil, err
	}
	if err := k.note(ctx, key); err != nil && ctx.Err() == nil && !store.IsUnavailable(err) {
		return nil, err
	}
	if key.Scope == Public {
		return &access.Actor{}, nil
	}
	actor.Grants = withoutStaff(actor.Grants)
	return actor, nil
}

func withoutStaff(grants []access.Grant) (rest []access.Grant) {
	for _, g := range grants {
		if !g.Role.Staff() {
			rest = append(rest, g)
		}
	}
	return rest
}

// note remembers that a key is in use, at most once an hour: a write for every
// read would be slow.
func (k *Keys) note(ctx context.Context, key Key) error {
	if k.db.Wall().Sub(key.UsedAt.Time) < time.Hour {
		return nil
	}
	return k.db.Write(ctx, func(tx *store.Tx) error { return setUsed(ctx, tx, key.ID) })
}

// Create makes a key of the actor and returns its secret, which is never shown
// again.
func (k *Keys) Create(ctx context.Context, name string, scope Scope, lasts time.Duration) (secret string, err error) {
	secret = newSecret()
	person := access.From(ctx).Person
	err = k.db.Write(ctx, func(tx *store.Tx) error {
		n, err := count(ctx, tx, person)
		if err != nil {
			return err
		}
		if n >= mostKeys {
			return fault.Limited("api.key.too_many", "Most", mostKeys)
		}
		return insert(ctx, tx, Key{ID: store.NewID(), Person: person, Name: name, Scope: scope,
			CreatedAt: store.At(tx.Wall()), ExpiresAt: store.At(tx.Wall().Add(min(lasts, longestKey)))}, hash(secret))
	})
	return secret, err
}

// Revoke ends a key of the actor at once.
func (k *Keys) Revoke(ctx context.Context, id store.ID) error {
	return k.db.Write(ctx, func(tx *store.Tx) error { return remove(ctx, tx, access.From(ctx).Person, id) })
}
