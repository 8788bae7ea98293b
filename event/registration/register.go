package registration

import (
	"context"
	"crypto/subtle"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Entry is what somebody says who signs up. Neither sector nor gmina is in it:
// they follow from who comes for whom (rule 2).
type Entry struct {
	For     store.ID // the organisation for which they come, "" for themselves
	TERC    string   // of a resident whose profile names no gmina; "" for elsewhere
	Key     string   // of the link to an event that not everybody may come to
	Answers map[store.ID]string
}

// Register signs the actor up. Signing up twice is signing up once: whoever has
// a live registration gets it back as it is.
func (s *Service) Register(ctx context.Context, e event.Event, in Entry) (Registration, error) {
	actor := access.From(ctx)
	var g Registration
	err := s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		var err error
		if g, err = Of(ctx, tx, h.Event.ID, actor.Person); err == nil && g.State.Live() {
			return nil
		}
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if err := h.Refusal(ctx, h.Event, h.now); err != nil {
			return err
		}
		person, err := people.ByID(ctx, tx, actor.Person)
		if err != nil {
			return err
		}
		if err := h.admits(ctx, tx, person.Email, in.Key); err != nil {
			return err
		}
		g = Registration{Person: person.ID, Name: person.Name, Channel: Self}
		if err := g.comeFor(ctx, tx, person, in); err != nil {
			return err
		}
		return s.add(ctx, tx, h, &g, in.Answers, false)
	})
	return g, err
}

// comeFor gives the registration its class: rule 2.
func (g *Registration) comeFor(ctx context.Context, tx *store.Tx, person people.Person, in Entry) error {
	if in.For == "" {
		g.Sector, g.TERC = organisation.Resident, person.Municipality
		if g.TERC == "" {
			g.TERC = in.TERC
		}
		if unit, known := territory.ByTERC(g.TERC); g.TERC != "" && !(known && unit.Gmina()) {
			return fault.Mistake("municipality", "form.not_offered")
		}
		return nil
	}
	o, err := mandated(ctx, tx, person.ID, in.For)
	if err != nil {
		return err
	}
	g.Organisation, g.Sector, g.TERC = o.ID, o.Sector, o.Municipality
	return nil
}

// mandated returns the organisation if the person may act for it now. A form
// that names another one was forged, or the mandate has just ended.
func mandated(ctx context.Context, tx *store.Tx, person, id store.ID) (organisation.Organisation, error) {
	own, err := organisation.OfPerson(ctx, tx, person)
	if err != nil {
		return organisation.Organisation{}, err
	}
	i := slices.IndexFunc(own, func(o organisation.Organisation) bool { return o.ID == id })
	if i < 0 {
		return organisation.Organisation{}, fault.Mistake("as", "event.registration.refused.mandate")
	}
	return own[i], nil
}

// admits refuses whom a closed event does not await.
func (h *hall) admits(ctx context.Context, r store.Reader, email, key string) error {
	if !h.Invited {
		return nil
	}
	if key != "" && subtle.ConstantTimeCompare([]byte(key), []byte(h.LinkKey)) == 1 {
		return nil
	}
	listed, err := invited(ctx, r, h.Event.ID, email)
	if err == nil && !listed {
		err = fault.Closed("event.registration.refused.uninvited")
	}
	return err
}

// add puts a registration at the end of the queue and decides about its seat.
// late says that answers may follow later.
func (s *Service) add(ctx context.Context, tx *store.Tx, h *hall, g *Registration, typed map[store.ID]string, late bool) error {
	if h.limits.Shut(g.Class()) {
		return fault.Invalid("event.registration.refused.class", "Class", className(ctx, g.Class()))
	}
	questions, err := Questions(ctx, tx, h.Event.ID)
	if err != nil {
		return err
	}
	plain, needs, err := answered(questions, typed, late)
	if err != nil {
		return err
	}
	last, err := lastNumber(ctx, tx, h.Event.ID)
	if err != nil {
		return err
	}
	h.arrive(ctx, g, last+1)
	g.Answers = plain
	if err := insert(ctx, tx, *g); err != nil {
		return err
	}
	if err := insertNeeds(ctx, tx, h.Event, *g, needs); err != nil {
		return err
	}
	if err := s.follow(ctx, tx, h, "", *g); err != nil {
		return err
	}
	return s.note(ctx, tx, didRegister, h.Event, *g)
}

// arrive numbers a registration and decides whether it gets a seat at once.
func (h *hall) arrive(ctx context.Context, g *Registration, number int) {
	waiting := h.waiting
	if !offers(h.Event, h.now) {
		waiting = nil // nobody is offered a seat any more: rule 7
	}
	g.State = h.seats.Arrive(g.Class(), waiting)
	if g.State == Waiting && !slices.Contains(h.waiting, g.Class()) {
		h.waiting = append(h.waiting, g.Class())
	}
	g.ID, g.Event, g.Number, g.Version = store.NewID(), h.Event.ID, number, 1
	g.RegisteredAt, g.StateAt, g.RegisteredBy = store.At(h.now), store.At(h.now), atKeyboard(ctx)
}

// atKeyboard is who types: an assistant where somebody is helped.
func atKeyboard(ctx context.Context) store.ID {
	actor := access.From(ctx)
	if actor.Assistant != "" {
		return actor.Assistant
	}
	return actor.Person
}
