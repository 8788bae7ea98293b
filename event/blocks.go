package event

import (
	"context"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/programme"
)

// inBlock is how many events other pages show: one row of cards.
const inBlock = 3

// ProgrammeBlock shows the nearest events on the page of their programme.
func (s *Service) ProgrammeBlock() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		return s.block(ctx, Filter{Programme: p.Slug}, listPath(p.Slug))
	}}
}

// HomeBlock shows the nearest events of all programmes.
func (s *Service) HomeBlock(ctx context.Context) (templ.Component, error) {
	return s.block(ctx, Filter{}, allPath)
}

// block asks once; where nothing is to come it is nothing.
func (s *Service) block(ctx context.Context, f Filter, path string) (templ.Component, error) {
	events, _, err := listed(ctx, s.db, f, inBlock, 0)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	return nearest(events, f.Programme == "", path), nil
}
