package seating

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Wish is what the team asks of a proposal.
type Wish struct {
	Tables  int
	Seed    int
	Version int    // of the plan as the person saw it
	Word    string // before the number of a new table: "Stolik"
}

// Propose seats everybody who has a seat at the event at so many tables. Locked
// seats stay, unless their table goes; tables keep their names.
func (s *Service) Propose(ctx context.Context, e event.Event, w Wish) error {
	if w.Tables < 1 || w.Tables > MostTables {
		return fault.Mistake("tables", "form.out_of_range", "Min", 1, "Max", MostTables)
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		before, err := PlanOf(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if before.Version != w.Version {
			return fault.Conflict("event.seating.conflict")
		}
		tables, err := furnish(ctx, tx, e.ID, before.Tables, w)
		if err != nil {
			return err
		}
		if err := seatAll(ctx, tx, e.ID, before, tables, w.Seed); err != nil {
			return err
		}
		if err := saveProposal(ctx, tx, e.ID, w.Seed); err != nil {
			return err
		}
		return noteProposal(ctx, tx, e, len(tables), w.Seed)
	})
}

// seatAll writes the proposal down.
func seatAll(ctx context.Context, tx *store.Tx, id store.ID, before Plan, tables []Table, seed int) error {
	var guests []Guest
	for _, t := range before.Tables {
		guests = append(guests, t.Guests...)
	}
	guests = append(guests, before.Unseated...)
	people, locked := make([]Person, len(guests)), map[string]int{}
	for i, g := range guests {
		people[i] = Person{ID: string(g.ID), Sector: string(g.Sector), Organisation: organisationOf(g)}
		for n, t := range tables {
			if g.Locked && g.TableID == t.ID {
				locked[string(g.ID)] = n
			}
		}
	}
	if err := standUp(ctx, tx, id); err != nil {
		return err
	}
	for n, table := range Propose(people, len(tables), locked, uint64(seed)) {
		for _, i := range table {
			_, stays := locked[people[i].ID]
			if err := sit(ctx, tx, guests[i], tables[n].ID, stays); err != nil {
				return err
			}
		}
	}
	return nil
}

// organisationOf tells by whom people are kept apart; an organisation that is
// not on the platform is known by its name.
func organisationOf(g Guest) string {
	if g.Organisation != "" {
		return string(g.Organisation)
	}
	return g.OrganisationName
}

// Move seats somebody at a table, where they stay; table "" takes them from
// theirs. An old version of the plan does not matter: a move says whole where
// somebody is to sit, and two people at two screens do not undo one another's.
func (s *Service) Move(ctx context.Context, e event.Event, registration, table store.ID) error {
	return s.change(ctx, e, registration, func(tx *store.Tx, p Plan, g Guest) error {
		to := ""
		if table != "" {
			t, is := p.table(table)
			if !is {
				return fault.NotFound("table")
			}
			to = t.Name
		}
		if table == g.TableID {
			return nil
		}
		from, _ := p.table(g.TableID)
		if err := leave(ctx, tx, g.ID); err != nil {
			return err
		}
		if table != "" {
			if err := sit(ctx, tx, g, table, true); err != nil {
				return err
			}
		}
		return noteMove(ctx, tx, e, g, from.Name, to)
	})
}

// SetLocked decides whether somebody stays when tables are proposed anew.
func (s *Service) SetLocked(ctx context.Context, e event.Event, registration store.ID, locked bool) error {
	return s.change(ctx, e, registration, func(tx *store.Tx, p Plan, g Guest) error {
		if g.TableID == "" {
			return fault.Conflict("event.seating.not_seated")
		}
		if g.Locked == locked {
			return nil
		}
		if err := lock(ctx, tx, g.ID, locked); err != nil {
			return err
		}
		return noteLock(ctx, tx, e, g, locked)
	})
}

// change finds the guest under the lock of the event.
func (s *Service) change(ctx context.Context, e event.Event, registration store.ID, do func(*store.Tx, Plan, Guest) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		p, err := PlanOf(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		for _, guests := range append([][]Guest{p.Unseated}, atTables(p)...) {
			for _, g := range guests {
				if g.ID == registration {
					return do(tx, p, g)
				}
			}
		}
		return fault.NotFound("guest")
	})
}

func atTables(p Plan) (all [][]Guest) {
	for _, t := range p.Tables {
		all = append(all, t.Guests)
	}
	return all
}

// Rename gives a table another name.
func (s *Service) Rename(ctx context.Context, e event.Event, table store.ID, name string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		p, err := PlanOf(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		t, is := p.table(table)
		if !is {
			return fault.NotFound("table")
		}
		if t.Name == name {
			return nil
		}
		if err := rename(ctx, tx, table, name); err != nil {
			return err
		}
		return noteName(ctx, tx, e, t.Name, name)
	})
}
