package barrier

import (
	"context"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/programme"
)

// inBlock is how many barriers the page of a programme shows.
const inBlock = 3

// ProgrammeBlock shows on the page of a programme what stands between its
// sectors: the newest of the register and the way to all of it.
func (s *Service) ProgrammeBlock() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		newest, err := registered(ctx, s.db, p.ID, Filter{}, inBlock, 0)
		if err != nil || len(newest) == 0 {
			return nil, err
		}
		return block(newest), nil
	}}
}
