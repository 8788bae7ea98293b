package barrier

import (
	"context"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// Origin is what a barrier was made from: a statement of a debate, the card of a
// table, minutes, an article. The zero Origin is none: it was written by hand.
//
// Another room leads people here with a link to the form of the register, whose
// query ?skad= carries Origin.String. A room that makes a barrier itself declares
// an interface with Raise, which cmd/wspolnota fills with Service:
//
//	type Barriers interface {
//		Raise(ctx context.Context, tx *store.Tx, programme store.ID, from trace.Ref, kind, language, statement string) (path string, err error)
//	}
type Origin struct{ trace.Ref }

// ParseOrigin reads what String writes; anything else is no origin.
func ParseOrigin(s string) Origin {
	kind, text, ok := strings.Cut(s, ":")
	id, err := store.ParseID(text)
	if !ok || kind == "" || err != nil {
		return Origin{}
	}
	return Origin{trace.Ref{Kind: kind, ID: id}}
}

// None reports whether there is no origin.
func (o Origin) None() bool { return o.ID == "" }

// String is the origin as addresses and forms carry it, "" for none.
func (o Origin) String() string {
	if o.None() {
		return ""
	}
	return o.Ref.String()
}

// grow ties a new barrier to its origin.
func (s *Service) grow(ctx context.Context, tx *store.Tx, b Barrier, o Origin) error {
	if o.None() || s.Trace == nil {
		return nil
	}
	err := s.Trace.Grow(ctx, tx, trace.Ref{Kind: found, ID: b.ID}, o.Ref)
	if fault.Is(err, fault.KindNotFound) {
		return fault.Invalid("barrier.origin.gone")
	}
	return err
}

// Raise makes a barrier of a thing of another room, in the transaction of that
// room, as the actor of the context: in the register at once when the actor keeps
// it, else before the team. It returns the address.
func (s *Service) Raise(ctx context.Context, tx *store.Tx, programmeID store.ID, from trace.Ref, kind, language, statement string) (string, error) {
	keeper, err := s.contributor(ctx, tx, programmeID)
	if err != nil {
		return "", err
	}
	b, err := s.propose(ctx, tx, programmeID, Proposal{From: Origin{from},
		Words: Words{Kind: Kind(kind), Language: language, Statement: statement}}, keeper)
	return b.Path(), err
}
