package trace

import (
	"context"
	"fmt"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// Service holds the thread.
type Service struct {
	db        *store.DB
	search    *search.Service
	kinds     []Kind
	relations []Relation
}

// New returns a thread that knows no kind yet. Editors look for the other end of
// a link with the search.
func New(db *store.DB, s *search.Service) *Service { return &Service{db: db, search: s} }

// Add lets things of these kinds take part.
func (s *Service) Add(kinds ...Kind) { s.kinds = append(s.kinds, kinds...) }

// AddRelation shows what a room keeps itself.
func (s *Service) AddRelation(r ...Relation) { s.relations = append(s.relations, r...) }

func (s *Service) kind(match func(Kind) bool) (Kind, bool) {
	if i := slices.IndexFunc(s.kinds, match); i >= 0 {
		return s.kinds[i], true
	}
	return Kind{}, false
}

// kindOf returns the kind of a thing.
func (s *Service) kindOf(ref Ref) (Kind, bool) {
	return s.kind(func(k Kind) bool { return k.Name == ref.Kind })
}

// one reads a thing that the actor may know of; any other is not there.
func (s *Service) one(ctx context.Context, r store.Reader, ref Ref) (Kind, Thing, error) {
	kind, known := s.kindOf(ref)
	if !known {
		return Kind{}, Thing{}, fault.NotFound("kind of a thing")
	}
	things, err := kind.Find(ctx, r, []store.ID{ref.ID})
	if err != nil {
		return kind, Thing{}, err
	}
	if len(things) == 0 || !kind.visible(access.From(ctx), things[0]) {
		return kind, Thing{}, fault.NotFound("thing of a thread")
	}
	return kind, things[0], nil
}

// Tie is how a person says from one thing's page what another is to it.
type Tie string

const (
	CameFrom Tie = "came-from" // this follows the other
	LedTo    Tie = "led-to"    // the other follows this
	Answer   Tie = "answers"
	Replace  Tie = "replaces"
)

// Ties lists them in the order of the form.
var Ties = []Tie{CameFrom, LedTo, Answer, Replace}

// link is the link that a tie means.
func (t Tie) link(at, with Ref) Link {
	switch t {
	case LedTo:
		return Link{Type: Follows, Thing: with, Source: at}
	case Answer:
		return Link{Type: Answers, Thing: at, Source: with}
	case Replace:
		return Link{Type: Replaces, Thing: at, Source: with}
	}
	return Link{Type: Follows, Thing: at, Source: with}
}

// Link ties a thing to another one. The actor must be of those who edit the
// thing and must know what the other one says.
func (s *Service) Link(ctx context.Context, at Ref, tie Tie, with Ref) error {
	if at == with {
		return fault.Mistake("with", "trace.itself")
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		thing, err := s.editable(ctx, tx, at)
		if err != nil {
			return err
		}
		kind, other, err := s.one(ctx, tx, with)
		if fault.Is(err, fault.KindNotFound) || err == nil && !kind.readable(access.From(ctx), other) {
			return fault.Mistake("with", "form.not_offered")
		}
		if err != nil {
			return err
		}
		link := tie.link(at, with)
		link.ID = store.NewID()
		fresh, err := insert(ctx, tx, link, access.From(ctx).Person)
		if err == nil && !fresh {
			err = fault.Mistake("with", "trace.twice")
		}
		if err != nil {
			return err
		}
		return s.note(ctx, tx, didLink, at, thing, link)
	})
	if err != nil {
		return fmt.Errorf("trace: link: %w", err)
	}
	return nil
}

// Source reads a thing of which something is about to be made, if the actor may
// know what it says; any other is not there.
func (s *Service) Source(ctx context.Context, r store.Reader, ref Ref) (Thing, error) {
	kind, thing, err := s.one(ctx, r, ref)
	if err == nil && !kind.readable(access.From(ctx), thing) {
		err = fault.NotFound("thing of a thread")
	}
	return thing, err
}

// Grow ties a thing to the source that it was made from, in the transaction that
// makes it. Whether the actor may make it is for its room to say; what the source
// says they must know.
func (s *Service) Grow(ctx context.Context, tx *store.Tx, made, from Ref) error {
	if _, err := s.Source(ctx, tx, from); err != nil {
		return err
	}
	_, err := insert(ctx, tx, Link{ID: store.NewID(), Type: Follows, Thing: made, Source: from}, access.From(ctx).Person)
	if err != nil {
		return fmt.Errorf("trace: grow: %w", err)
	}
	return nil
}

// Unlink removes a link of a thing. Editors of either end may.
func (s *Service) Unlink(ctx context.Context, at Ref, id store.ID) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		thing, err := s.editable(ctx, tx, at)
		if err != nil {
			return err
		}
		link, err := linkOf(ctx, tx, at, id)
		if err != nil {
			return err
		}
		if err := remove(ctx, tx, link.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, didUnlink, at, thing, link)
	})
	if err != nil {
		return fmt.Errorf("trace: unlink: %w", err)
	}
	return nil
}

// editable reads a thing whose links the actor may change.
func (s *Service) editable(ctx context.Context, r store.Reader, at Ref) (Thing, error) {
	kind, thing, err := s.one(ctx, r, at)
	if err == nil && !kind.mayEdit(access.From(ctx), thing) {
		err = fault.Forbidden()
	}
	return thing, err
}
