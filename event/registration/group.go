package registration

import (
	"context"
	"fmt"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// Guest is somebody whom another names: a colleague of an organisation.
type Guest struct {
	Line  int // of the form, from 1
	Name  string
	Email string // "" for none: then letters go to whoever named them
}

// Party is what an organisation says that sends several people.
type Party struct {
	For    store.ID
	Guests []Guest
	Key    string   // of the link to an event that not everybody may come to
	Batch  store.ID // from the form: sent twice, it is one party
}

// RegisterGroup signs up the people whom a representative names, in that order,
// each by the same rule as anybody else; what they are asked they may answer
// later. A mistake in one line signs up nobody.
func (s *Service) RegisterGroup(ctx context.Context, e event.Event, p Party) ([]Registration, error) {
	actor := access.From(ctx)
	if !actor.Is(access.Representative, string(p.For)) {
		return nil, fault.Mistake("as", "event.registration.refused.representative")
	}
	var all []Registration
	err := s.within(ctx, e, func(tx *store.Tx, h *hall) error {
		var err error
		if all, err = ofBatch(ctx, tx, h.Event.ID, p.Batch); err != nil || len(all) > 0 {
			return err
		}
		if err := h.Refusal(ctx, h.Event, h.now); err != nil {
			return err
		}
		guests, err := h.party(ctx, tx, p)
		if err != nil {
			return err
		}
		for _, g := range guests {
			if err := s.add(ctx, tx, h, &g, nil, true); err != nil {
				return err
			}
			all = append(all, g)
		}
		return nil
	})
	return all, err
}

// party checks the people of a group, line by line.
func (h *hall) party(ctx context.Context, tx *store.Tx, p Party) ([]Registration, error) {
	actor := access.From(ctx)
	o, err := mandated(ctx, tx, actor.Person, p.For)
	if err != nil {
		return nil, err
	}
	person, err := people.ByID(ctx, tx, actor.Person)
	if err != nil {
		return nil, err
	}
	if err := h.admits(ctx, tx, person.Email, p.Key); err != nil {
		return nil, err
	}
	before, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_registration WHERE event = $1 AND organisation = $2
		AND channel = 'group' AND state IN ('confirmed', 'offered', 'waiting')`, h.Event.ID, p.For)
	if err != nil {
		return nil, err
	}
	var m fault.Mistakes
	m.Check(len(p.Guests) > 0, "name-1", "form.required")
	m.Check(before+len(p.Guests) <= h.GroupSize, "name-1", "event.registration.group.too_many", "Most", h.GroupSize, "Before", before)
	if m.Err() != nil {
		return nil, m.Err()
	}
	var all []Registration
	var typed []string
	for _, guest := range p.Guests {
		typed = append(typed, guest.Email)
	}
	known, err := addressesOf(ctx, tx, h.Event.ID, typed)
	if err != nil {
		return nil, err
	}
	for _, guest := range p.Guests {
		g := Registration{Name: guest.Name, Organisation: o.ID, Sector: o.Sector, TERC: o.Municipality, Channel: Group, Batch: p.Batch}
		m.Check(guest.Name != "", fmt.Sprintf("name-%d", guest.Line), "form.required")
		if f := fault.Of(known.reach(&g, guest.Email)); f != nil {
			m.Add(fmt.Sprintf("email-%d", guest.Line), f.Fields[0].Key, f.Fields[0].Args...)
		}
		all = append(all, g)
	}
	return all, m.Err()
}

// addresses are those of a list of people who are named by others.
type addresses struct {
	accounts map[string]store.ID // of those who have one
	taken    map[string]bool     // of those who have a live registration, or stand in the list already
}

// addressesOf looks up the well-formed addresses of a list, in few queries.
func addressesOf(ctx context.Context, r store.Reader, event store.ID, typed []string) (addresses, error) {
	a := addresses{accounts: map[string]store.ID{}, taken: map[string]bool{}}
	var emails []string
	for _, t := range typed {
		if email, err := people.ParseEmail(t); t != "" && err == nil {
			emails = append(emails, email)
		}
	}
	if len(emails) == 0 {
		return a, nil
	}
	live, err := store.All[string](ctx, r, `SELECT CASE WHEN g.person IS NULL THEN g.email ELSE p.email END
		FROM event_registration g LEFT JOIN person p ON p.id = g.person
		WHERE g.event = $1 AND g.state IN ('confirmed', 'offered', 'waiting')`, event)
	if err != nil {
		return a, err
	}
	for _, email := range live {
		a.taken[email] = true
	}
	for part := range slices.Chunk(emails, atOnce) {
		placeholders, args := store.In(1, part)
		known, err := store.All[people.Person](ctx, r, `SELECT id, email FROM person WHERE email IN (`+placeholders+`)`, args...)
		if err != nil {
			return a, err
		}
		for _, p := range known {
			a.accounts[p.Email] = p.ID
		}
	}
	return a, nil
}

// reach says how a named person is written to: by their account where the
// address has one. Nobody has two live registrations.
func (a addresses) reach(g *Registration, address string) error {
	if address == "" {
		return nil
	}
	email, err := people.ParseEmail(address)
	if err != nil {
		return err
	}
	if a.taken[email] {
		return fault.Mistake("email", "event.registration.row.registered")
	}
	a.taken[email] = true
	if g.Person = a.accounts[email]; g.Person == "" {
		g.Email = email
	}
	return nil
}

// ofBatch lists those who were entered together.
func ofBatch(ctx context.Context, r store.Reader, event, batch store.ID) ([]Registration, error) {
	return store.All[Registration](ctx, r, `SELECT `+Columns+Tables+`WHERE g.event = $1 AND g.batch = $2 AND g.batch <> '' ORDER BY g.number`, event, batch)
}
