package organisation

import (
	"context"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// blockView is what a person's own page shows of their organisations.
type blockView struct {
	Mine        []access.Grant
	Invitations []ownMatter
	Requests    []ownMatter // to be answered by the person
	Asked       []ownMatter // by the person
}

// block is what a person's own page shows of their organisations.
func (s *Service) block(ctx context.Context, person store.ID) (templ.Component, error) {
	var v blockView
	p, err := people.ByID(ctx, s.db, person)
	if err != nil {
		return nil, err
	}
	if v.Mine, err = Grants(ctx, s.db, person); err != nil {
		return nil, err
	}
	if v.Invitations, err = invitationsTo(ctx, s.db, p.Email); err != nil {
		return nil, err
	}
	if v.Requests, err = requestsFor(ctx, s.db, person); err != nil {
		return nil, err
	}
	if v.Asked, err = requestsOf(ctx, s.db, person); err != nil {
		return nil, err
	}
	return blockPart(v), nil
}
