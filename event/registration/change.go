package registration

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Sees reports whether the actor may see and change a registration: their own,
// one of a group that they named and still act for, any as one of the team.
func Sees(ctx context.Context, r store.Reader, e event.Event, g Registration) (bool, error) {
	actor := access.From(ctx)
	switch {
	case !actor.SignedIn():
		return false, nil
	case g.Person == actor.Person, mayRun(ctx, e):
		return true, nil
	case g.Channel == Group && g.RegisteredBy == actor.Person:
		return actor.Is(access.Representative, string(g.Organisation)), nil
	case g.Person != "" || g.Email == "":
		return false, nil
	}
	own, err := store.One[int](ctx, r, `SELECT count(*) FROM person WHERE id = $1 AND email = $2`, actor.Person, g.Email)
	return own > 0, err
}

// find reads a registration of a locked event, if the actor may change it.
func (s *Service) find(ctx context.Context, tx *store.Tx, h *hall, id store.ID) (Registration, error) {
	g, err := ByID(ctx, tx, h.Event.ID, id)
	if err != nil {
		return g, err
	}
	seen, err := Sees(ctx, tx, h.Event, g)
	if err == nil && !seen {
		err = fault.NotFound("registration")
	}
	return g, err
}

// Confirm takes an offered seat. Whoever has it already keeps it.
func (s *Service) Confirm(ctx context.Context, e event.Event, id store.ID) error {
	var late error // an offer that is over lapses now, which has to stay
	err := s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		late = nil
		g, err := s.find(ctx, tx, h, id)
		if err != nil {
			return err
		}
		switch {
		case g.State == Confirmed:
			return nil
		case g.State == Lapsed:
			late = fault.Closed("event.registration.refused.lapsed", "When", moment(ctx, g.OfferedUntil.Time))
			return nil
		case g.State != Offered:
			return fault.Conflict("event.registration.refused.no_offer")
		case h.Event.State() == event.Cancelled:
			return fault.Closed("event.registration.refused.cancelled")
		}
		if err := s.turn(ctx, tx, h, g, Confirmed); err != nil {
			return err
		}
		return s.note(ctx, tx, didConfirm, h.Event, g)
	})
	if err == nil {
		err = late
	}
	return err
}

// Withdraw gives a seat, an offer or a place in the queue back. What is free then
// is offered in the same transaction. Whoever has withdrawn already stays so.
func (s *Service) Withdraw(ctx context.Context, e event.Event, id store.ID) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		g, err := s.find(ctx, tx, h, id)
		if err != nil || !g.State.Live() {
			return err
		}
		if err := h.letsGo(ctx); err != nil {
			return err
		}
		for _, object := range s.objects {
			if err := object(ctx, tx, g); err != nil {
				return err
			}
		}
		if err := s.turn(ctx, tx, h, g, Withdrawn); err != nil {
			return err
		}
		if err := s.note(ctx, tx, didWithdraw, h.Event, g); err != nil {
			return err
		}
		return s.settle(ctx, tx, h)
	})
}

// letsGo refuses a withdrawal that comes too late to fill the seat; the team may
// note one at any time.
func (h *hall) letsGo(ctx context.Context) error {
	until := h.lastWithdrawal(h.Event)
	if mayRun(ctx, h.Event) || h.now.Before(until) {
		return nil
	}
	return fault.Closed("event.registration.refused.withdrawal", "When", moment(ctx, until))
}

// Answer replaces the answers of a registration; version is the one that the
// form was filled from. People change theirs until the event begins.
func (s *Service) Answer(ctx context.Context, e event.Event, id store.ID, version int, typed map[store.ID]string) error {
	return s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		g, err := s.find(ctx, tx, h, id)
		if err != nil {
			return err
		}
		if !g.State.Live() {
			return fault.Closed("event.registration.refused.not_live")
		}
		if h.Begun(h.now) && !mayRun(ctx, h.Event) {
			return fault.Closed("event.registration.refused.begun", "When", moment(ctx, h.StartsAt.Time))
		}
		questions, err := Questions(ctx, tx, h.Event.ID)
		if err != nil {
			return err
		}
		plain, needs, err := answered(questions, typed, false)
		if err != nil {
			return err
		}
		if err := saveAnswers(ctx, tx, g, version, keepRetired(g.Answers, questions, plain)); err != nil {
			return err
		}
		if err := saveNeeds(ctx, tx, h.Event, g, needs); err != nil {
			return err
		}
		return s.note(ctx, tx, didAnswer, h.Event, g)
	})
}

// keepRetired keeps the answers to questions that are not asked any more.
func keepRetired(before Answers, asked []Question, after Answers) Answers {
	for _, a := range before {
		again := false
		for _, q := range asked {
			again = again || q.ID == a.Question
		}
		if !again {
			after = append(after, a)
		}
	}
	return after
}
