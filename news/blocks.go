package news

import (
	"context"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/programme"
)

// inBlock is how many articles other pages show: one row of cards.
const inBlock = 3

// ProgrammeBlock shows the latest news on the page of their programme.
func (s *Service) ProgrammeBlock() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		return s.block(ctx, Filter{Programme: p.Slug}, listPath(p.Slug))
	}}
}

// HomeBlock shows the latest news of all programmes.
func (s *Service) HomeBlock(ctx context.Context) (templ.Component, error) {
	return s.block(ctx, Filter{}, "/aktualnosci")
}

// block asks once; where there is no news yet it is nothing.
func (s *Service) block(ctx context.Context, f Filter, path string) (templ.Component, error) {
	articles, _, err := published(ctx, s.db, f, inBlock, 0, false)
	if err != nil || len(articles) == 0 {
		return nil, err
	}
	return latest(articles, f.Programme == "", path), nil
}
