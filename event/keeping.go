package event

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Keeping is what another package keeps of an event. Whoever deletes a draft
// reads what goes with it, and is refused where something would have to go that
// people have said or decided.
type Keeping struct {
	Key   string // its plural form: "2 stoliki"
	Count func(ctx context.Context, r store.Reader, event store.ID) (int, error)
	Stays bool // a draft that has it is not deleted; otherwise it goes with the draft
}

// AddKeeping is called by the wiring, before the first request.
func (s *Service) AddKeeping(k ...Keeping) { s.keepings = append(s.keepings, k...) }

// kept says in words what there is of an event: what stands in the way of
// deleting it, and what would go.
func (s *Service) kept(ctx context.Context, r store.Reader, event store.ID) (stays, goes []string, err error) {
	for _, k := range s.keepings {
		n, err := k.Count(ctx, r, event)
		switch {
		case err != nil:
			return nil, nil, err
		case n > 0 && k.Stays:
			stays = append(stays, lang.N(ctx, k.Key, n))
		case n > 0:
			goes = append(goes, lang.N(ctx, k.Key, n))
		}
	}
	return stays, goes, nil
}

// mayGo refuses to delete an event of which something has to stay.
func (s *Service) mayGo(ctx context.Context, tx *store.Tx, e Event) error {
	stays, _, err := s.kept(ctx, tx, e.ID)
	if err == nil && len(stays) > 0 {
		err = fault.Invalid("event.delete.kept", "What", strings.Join(stays, ", "))
	}
	return err
}

// Opened refuses what is only for events that were published, in the transaction
// of another package of the room, which holds the lock of the event's row: a
// draft has no minutes and no evaluation, and may be deleted.
func Opened(ctx context.Context, tx *store.Tx, e Event, key string) error {
	now, err := ByID(ctx, tx, e.Programme, e.ID)
	if err == nil && now.State() == Draft {
		err = fault.Invalid(key)
	}
	return err
}
