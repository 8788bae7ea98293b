package barrier

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this room.
var Desk = []desk.Kind{
	{Name: waitsProposal, Key: "barrier.waits.proposal", Status: "desk.status.decide"},
	{Name: waitsEvidence, Key: "barrier.waits.evidence", Status: "desk.status.decide"},
	{Name: waitsRevision, Key: "barrier.waits.revision", Status: "desk.status.finish"},
	{Name: waitsResponse, Key: "barrier.waits.response", Status: "desk.status.finish"},
	{Name: waitsReview, Key: "barrier.waits.review", Status: "desk.status.soon"},
}

const (
	waitsProposal = "barrier.proposal"
	waitsEvidence = "barrier.evidence"
	waitsRevision = "barrier.revision"
	waitsResponse = "barrier.response"
	waitsReview   = "barrier.review"
)

const (
	// answerWithin is how long a proposal may wait before it is late.
	answerWithin = 14 * 24 * time.Hour
	// remindBefore is how long before its day something comes to a desk.
	remindBefore = 14 * 24 * time.Hour
)

// keepers are who decide about proposals, on whose desks they wait.
var keepers = []access.Role{access.Manager, access.Editor}

func (b Barrier) place() desk.Place { return desk.Place{ID: b.Programme, Title: b.ProgrammeTitle} }

func (b Barrier) item(kind string, to desk.To) desk.Item {
	return desk.Item{Kind: kind, Matter: string(b.ID), To: to, Place: b.place(), Title: first(b.Statement, 80), Path: b.Path()}
}

// wait puts onto desks what a barrier asks of people now.
func wait(ctx context.Context, tx *store.Tx, b Barrier, _ Act) error {
	for _, kind := range []string{waitsProposal, waitsRevision, waitsResponse, waitsReview} {
		if err := desk.Done(ctx, tx, kind, string(b.ID)); err != nil {
			return err
		}
	}
	for _, item := range b.waits() {
		if err := desk.Put(ctx, tx, item); err != nil {
			return err
		}
	}
	return nil
}

func (b Barrier) waits() (items []desk.Item) {
	switch {
	case b.State == Proposed:
		for _, role := range keepers {
			item := b.item(waitsProposal, desk.To{Role: role})
			item.Path, item.Due = b.Path()+"/ocena", b.ProposedAt.Add(answerWithin)
			items = append(items, item)
		}
		return items
	case b.State == Declined:
		item := b.item(waitsRevision, desk.To{Person: b.Author})
		item.Path = b.Path() + "/edycja"
		return []desk.Item{item}
	case b.State != Registered || !b.ClosedAt.IsZero():
		return nil
	}
	if !b.DueAt.IsZero() && b.DoneAt.IsZero() {
		items = append(items, b.waitsResponse())
	}
	if !b.ReviewAt.IsZero() {
		item := b.item(waitsReview, desk.To{Role: access.Manager})
		item.Path, item.From, item.Due = b.Path()+"/przeglad", b.ReviewAt.Add(-remindBefore), b.ReviewAt.Time
		items = append(items, item)
	}
	return items
}

// waitsResponse is for those who represent the organisation that answers for the
// response, else for the team.
func (b Barrier) waitsResponse() desk.Item {
	item := b.item(waitsResponse, desk.To{Role: access.Manager})
	if b.Owner != "" {
		item.To, item.Place = desk.To{Role: access.Representative}, desk.Place{ID: b.Owner, Title: b.OwnerName}
	}
	item.From, item.Due = b.DueAt.Add(-remindBefore), b.DueAt.Time
	return item
}

// waitEvidence lets evidence wait for the team until it is decided about.
func waitEvidence(ctx context.Context, tx *store.Tx, b Barrier, e Evidence) error {
	if e.State != Proposed {
		return desk.Done(ctx, tx, waitsEvidence, string(e.ID))
	}
	for _, role := range keepers {
		item := b.item(waitsEvidence, desk.To{Role: role})
		item.Matter, item.Path, item.Due = string(e.ID), b.Path()+"#dowody", tx.Now().Add(answerWithin)
		if err := desk.Put(ctx, tx, item); err != nil {
			return err
		}
	}
	return nil
}
