package event

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/programme"
)

// inBlock is how many events other pages show: one row of cards.
const inBlock = 3

// ProgrammeBlock shows the nearest events on the page of their programme, and
// those that were: who reads of a programme later looks for what came of them.
func (s *Service) ProgrammeBlock() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		past, _, err := listed(ctx, s.db, Filter{Programme: p.Slug, Over: Past}, inBlock, 0)
		if err != nil {
			return nil, err
		}
		past = slices.DeleteFunc(past, func(e Event) bool { return e.State() == Cancelled })
		return s.block(ctx, Filter{Programme: p.Slug}, past, listPath(p.Slug))
	}}
}

// HomeBlock shows the nearest events of all programmes.
func (s *Service) HomeBlock(ctx context.Context) (templ.Component, error) {
	return s.block(ctx, Filter{}, nil, allPath)
}

// block asks once; where nothing is to come and nothing was it is nothing.
func (s *Service) block(ctx context.Context, f Filter, past []Event, path string) (templ.Component, error) {
	coming, _, err := listed(ctx, s.db, f, inBlock, 0)
	if err != nil || len(coming)+len(past) == 0 {
		return nil, err
	}
	return eventsBlock(blockView{Coming: coming, Past: past, Named: f.Programme == "", Path: path}), nil
}

type blockView struct {
	Coming, Past []Event
	Named        bool // with the name of its programme
	Path         string
}
