package moderation

import (
	"context"
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// Limit is how often one subject may do something in a room whose writers need
// no account: at a place of a debate, from a network.
type Limit struct {
	Name string // what is counted: "debate.statements"
	Most int
	Per  time.Duration
	Key  string // of the message; gets Most and When
}

// Count takes one of the times that a subject has, or says when the next is
// free. Who the subject is cannot be read from what is kept, and what is kept
// goes within a day.
func (s *Service) Count(ctx context.Context, tx *store.Tx, l Limit, subject string) error {
	if s == nil {
		return nil
	}
	return s.count(ctx, tx, limit{l.Name, l.Most, l.Per, l.Key}, subject)
}

// Network names where a request comes from, to count it.
func (s *Service) Network(r *http.Request) string {
	if s == nil {
		return ""
	}
	return s.network(r)
}

// Caught returns what the word lists of a programme and of the installation have
// against words whose writer is not known, so that the room lets them wait.
func (s *Service) Caught(ctx context.Context, r store.Reader, programme store.ID, words string) ([]string, error) {
	if s == nil {
		return nil, nil
	}
	return s.caught(ctx, r, Text{Programme: programme, Words: words})
}
