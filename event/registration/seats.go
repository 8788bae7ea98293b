package registration

import (
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// Class is whose seat somebody takes: a sector, and a gmina by its TERC code, ""
// for elsewhere.
type Class struct {
	Sector organisation.Sector
	TERC   string `db:"terc"`
}

// LimitKind is what a limit counts.
type LimitKind string

const (
	InAll       LimitKind = "all"
	OfSector    LimitKind = "sector"
	OfGmina     LimitKind = "gmina"
	OfEachGmina LimitKind = "each_gmina" // of every gmina without a limit of its own
)

// Limit names one limit; Value is the sector or the TERC code, "" for the others.
type Limit struct {
	Kind  LimitKind
	Value string
}

// Limits are how many seats there are; what is not in it is not limited.
type Limits map[Limit]int

// All is how many seats there are in all, and whether that is limited.
func (l Limits) All() (int, bool) {
	n, limited := l[Limit{InAll, ""}]
	return n, limited
}

// of returns what the class counts to, and the most that each may reach.
func (l Limits) of(c Class) map[Limit]int {
	most := map[Limit]int{}
	for _, counted := range c.counted() {
		n, limited := l[counted]
		if !limited && counted.Kind == OfGmina {
			n, limited = l[Limit{OfEachGmina, ""}]
		}
		if limited {
			most[counted] = n
		}
	}
	return most
}

// Shut reports whether there is no seat for the class at all.
func (l Limits) Shut(c Class) bool {
	for _, most := range l.of(c) {
		if most == 0 {
			return true
		}
	}
	return false
}

func (c Class) counted() [3]Limit {
	return [3]Limit{{InAll, ""}, {OfSector, string(c.Sector)}, {OfGmina, c.TERC}}
}

// Seats is the state of an event's seats, as far as the rule needs it.
type Seats struct {
	limits Limits
	taken  map[Limit]int
}

// NewSeats are all free.
func NewSeats(l Limits) *Seats { return &Seats{limits: l, taken: map[Limit]int{}} }

// Take counts n confirmed or offered seats of a class.
func (s *Seats) Take(c Class, n int) {
	for _, counted := range c.counted() {
		s.taken[counted] += n
	}
}

// Free reports whether there is a seat for the class: rule 3.
func (s *Seats) Free(c Class) bool {
	for counted, most := range s.limits.of(c) {
		if s.taken[counted] >= most {
			return false
		}
	}
	return true
}

// Arrive decides about somebody who signs up after all who wait, and takes the
// seat if they get one: rule 4.
func (s *Seats) Arrive(c Class, waiting []Class) State {
	if !s.Free(c) {
		return Waiting
	}
	for _, before := range waiting {
		if s.Free(before) {
			return Waiting
		}
	}
	s.Take(c, 1)
	return Confirmed
}

// Waiter is somebody who waits.
type Waiter struct {
	ID     store.ID
	Number int
	Class
}

// Promote chooses who is offered a seat, and takes those seats: rule 5. waiting
// is in the order of the numbers. One pass is enough, since an offer leaves no
// class freer than it was.
func (s *Seats) Promote(waiting []Waiter) []Waiter {
	var offered []Waiter
	for _, w := range waiting {
		if s.Free(w.Class) {
			s.Take(w.Class, 1)
			offered = append(offered, w)
		}
	}
	return offered
}
