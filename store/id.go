package store

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/wspolnota/wspolnota/fault"
)

// ID names one row for ever: a UUID in its usual small letters. The zero ID
// means "none". It is written as it is, an empty text, because a comparison
// with NULL is never true: `id <> $1` would silently keep every row. Columns
// that refer to a row or to none are written with OrNull.
type ID string

// NewID makes an ID that sorts by the time of its making (UUIDv7), which keeps
// new rows together in the index. It tells that time to everybody who sees it.
func NewID() ID { return ID(uuid.Must(uuid.NewV7()).String()) }

// NewRandomID makes an ID that tells nothing (UUIDv4): for ballots and other
// answers that were promised to be anonymous, where neither time nor order may
// join an answer with its person.
func NewRandomID() ID { return ID(uuid.Must(uuid.NewRandom()).String()) }

// ParseID reads an ID from a path or a form. Only the usual spelling is taken,
// so that one thing has one address; anything else is fault.NotFound.
func ParseID(s string) (ID, error) {
	u, err := uuid.Parse(s)
	if err != nil || u.String() != s || u == uuid.Nil {
		return "", fault.NotFound(fmt.Sprintf("id %.40q", s))
	}
	return ID(s), nil
}

// OrNull is the ID for a column that may be NULL: none is NULL.
func (id ID) OrNull() *ID {
	if id == "" {
		return nil
	}
	return &id
}

// Scan reads the ID; NULL is the zero ID.
func (id *ID) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*id = ""
	case string:
		*id = ID(v)
	case []byte:
		*id = ID(v)
	default:
		return fmt.Errorf("store: cannot read an ID from %T", value)
	}
	return nil
}
