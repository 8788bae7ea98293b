package event

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
)

// Draft makes a draft in the transaction of another package of the room, whose
// own rule says who may: a pair of an exchange that both sides have accepted is
// hosted by whoever offered, whichever side spoke last.
func (s *Service) Draft(ctx context.Context, tx *store.Tx, d Draw) (Event, error) {
	if err := d.check(); err != nil {
		return Event{}, err
	}
	return s.draw(ctx, tx, d)
}
