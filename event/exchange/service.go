package exchange

import (
	"context"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site web.Site
	// Draft makes the draft of an event in a transaction: event.Service.Draft.
	Draft func(ctx context.Context, tx *store.Tx, d event.Draw) (event.Event, error)
	// Moderation looks at what is written; nil: nobody does.
	Moderation *moderation.Service
	Trace      *trace.Service // nil: entries show no thread
}

// Service holds the verbs.
type Service struct {
	Options
	db *store.DB
}

// New returns mutual education.
func New(db *store.DB, o Options) *Service { return &Service{Options: o, db: db} }

// speaksFor lists the organisations for which the actor may enter something.
func speaksFor(a *access.Actor) []store.ID {
	return a.Places(access.InOrganisation, access.OrganisationRoles...)
}

// Enter publishes an offer or a need of an organisation to which the actor
// belongs. Its id comes from the form: sent twice it is one.
func (s *Service) Enter(ctx context.Context, e Entry) error {
	if err := e.check(); err != nil {
		return err
	}
	actor := access.From(ctx)
	if !slices.Contains(speaksFor(actor), e.Organisation) {
		return fault.Mistake("organisation", "form.not_offered")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := programme.ByID(ctx, tx, e.Programme)
		if err != nil {
			return err
		}
		if p.State != programme.Published {
			return fault.Closed("event.exchange.closed")
		}
		made, err := insert(ctx, tx, e, actor.Person)
		if err != nil || !made {
			return err
		}
		if e, err = byID(ctx, tx, e.Programme, e.ID); err != nil {
			return err
		}
		if err := s.acceptWords(ctx, tx, e, false); err != nil {
			return err
		}
		return note(ctx, tx, didEnter, e)
	})
}

// MayChange reports whether the actor may change an entry: whoever belongs to its
// organisation, and the team.
func MayChange(a *access.Actor, e Entry) bool {
	return slices.Contains(speaksFor(a), e.Organisation) || a.May(event.Run, string(e.Programme))
}

// Change mends an entry, or closes and opens it.
func (s *Service) Change(ctx context.Context, e Entry) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		before, err := byID(ctx, tx, e.Programme, e.ID)
		if err != nil {
			return err
		}
		if !MayChange(access.From(ctx), before) {
			return fault.Forbidden()
		}
		unchanged := before.Text == e.Text && before.Terms == e.Terms
		before.Formats, before.Topics, before.Text, before.Terms = e.Formats, e.Topics, e.Text, e.Terms
		before.Places, before.TERC, before.Open, before.Version = e.Places, e.TERC, e.Open, e.Version
		if err := before.check(); err != nil {
			return err
		}
		if err := update(ctx, tx, before); err != nil {
			return err
		}
		if err := s.acceptWords(ctx, tx, before, unchanged); err != nil {
			return err
		}
		return note(ctx, tx, didChange, before)
	})
}

// Propose brings together what fits, tells both sides, and returns how many pairs
// it has proposed.
func (s *Service) Propose(ctx context.Context, in programme.Programme) (n int, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		n = 0
		if err := store.Lock(ctx, tx, "programme", in.ID); err != nil { // one proposal at a time
			return err
		}
		all, err := list(ctx, tx, in.ID, Filter{Closed: true})
		if err != nil {
			return err
		}
		before, err := pairs(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		of := map[Side][]Entry{}
		for _, e := range all {
			of[e.Side] = append(of[e.Side], e)
		}
		for _, proposal := range Match(of[Offer], of[Need], before) {
			id := store.NewID()
			made, err := insertPair(ctx, tx, id, in.ID, proposal)
			if err != nil {
				return err
			}
			if !made {
				continue
			}
			n++
			p, err := pairByID(ctx, tx, in.ID, id)
			if err != nil {
				return err
			}
			if err := waitForSides(ctx, tx, in, p); err != nil {
				return err
			}
			if err := notePair(ctx, tx, didPropose, in, p, ""); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// sides are those for which the actor may answer: they represent the organisation.
func (p Pair) sides(a *access.Actor) (sides []Side) {
	if a.Is(access.Representative, string(p.OfferOrganisation)) {
		sides = append(sides, Offer)
	}
	if a.Is(access.Representative, string(p.NeedOrganisation)) {
		sides = append(sides, Need)
	}
	return sides
}

// Accept says yes for the side that the actor represents. The second yes makes
// the draft of an event, once however they come.
func (s *Service) Accept(ctx context.Context, in programme.Programme, id store.ID) (Pair, error) {
	return s.answer(ctx, in, id, func(tx *store.Tx, p *Pair, sides []Side) error {
		by := access.From(ctx).Person
		if slices.Contains(sides, Offer) && p.OfferBy == "" {
			p.OfferBy = by
		}
		if slices.Contains(sides, Need) && p.NeedBy == "" {
			p.NeedBy = by
		}
		if !p.accepted(Offer) || !p.accepted(Need) {
			return notePair(ctx, tx, didAccept, in, *p, "")
		}
		p.State = Agreed
		if err := s.draft(ctx, tx, in, p); err != nil {
			return err
		}
		return notePair(ctx, tx, didAgree, in, *p, "")
	})
}

// Decline says no for the side that the actor represents, and why. The offer and
// the need are free for others.
func (s *Service) Decline(ctx context.Context, in programme.Programme, id store.ID, reason string) (Pair, error) {
	var m fault.Mistakes
	m.Check(reason != "", "reason", "form.required")
	m.Check(len([]rune(reason)) <= longestReason, "reason", "form.too_long", "Max", longestReason)
	if err := m.Err(); err != nil {
		return Pair{}, err
	}
	return s.answer(ctx, in, id, func(tx *store.Tx, p *Pair, _ []Side) error {
		p.State, p.Reason = Declined, reason
		return notePair(ctx, tx, didDecline, in, *p, reason)
	})
}

func (s *Service) answer(ctx context.Context, in programme.Programme, id store.ID, do func(*store.Tx, *Pair, []Side) error) (Pair, error) {
	var p Pair
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event_exchange_pair", id); err != nil {
			return err
		}
		var err error
		if p, err = pairByID(ctx, tx, in.ID, id); err != nil {
			return err
		}
		sides := p.sides(access.From(ctx))
		switch {
		case len(sides) == 0:
			return fault.Forbidden()
		case p.State != Proposed:
			return fault.Closed("event.exchange.answered")
		}
		if err := do(tx, &p, sides); err != nil {
			return err
		}
		if err := updatePair(ctx, tx, p, access.From(ctx).Person); err != nil {
			return err
		}
		return waitForSides(ctx, tx, in, p)
	})
	return p, err
}

// draft makes the event of a pair: hosted by who offers, two weeks ahead, at an
// hour that its team will settle with both.
func (s *Service) draft(ctx context.Context, tx *store.Tx, in programme.Programme, p *Pair) error {
	offer, err := byID(ctx, tx, in.ID, p.Offer)
	if err != nil {
		return err
	}
	need, err := byID(ctx, tx, in.ID, p.Need)
	if err != nil {
		return err
	}
	format := formatName(ctx, string(p.Format))
	day := tx.Now().In(lang.Warsaw).AddDate(0, 0, 14)
	begins := time.Date(day.Year(), day.Month(), day.Day(), 10, 0, 0, 0, lang.Warsaw)
	title := lang.T(ctx, "event.exchange.draft.title", "Format", format, "Offer", p.OfferName, "Need", p.NeedName)
	if runes := []rune(title); len(runes) > 200 {
		title = string(runes[:200])
	}
	e, err := s.Draft(ctx, tx, event.Draw{
		Event: event.Event{ID: store.NewID(), Programme: in.ID, Kind: p.Format, Host: offer.Organisation, Title: title,
			Lead: lang.T(ctx, "event.exchange.draft.lead"), Language: string(in.Language), Mode: event.OnSite, Place: event.Place{TERC: offer.TERC}},
		Body: lang.T(ctx, "event.exchange.draft.offer") + "\n\n" + offer.Text + "\n\n" + offer.Terms + "\n\n" +
			lang.T(ctx, "event.exchange.draft.need") + "\n\n" + need.Text,
		Sessions: []event.Session{{StartsAt: store.At(begins), Minutes: 180, Title: format}},
	})
	if err != nil {
		return err
	}
	p.Event, p.EventPath = e.ID, e.Path()
	return waitForTeam(ctx, tx, in, *p, e)
}
