package exchange

import (
	"cmp"
	"slices"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// Proposal is a pair that Match proposes.
type Proposal struct {
	Offer, Need store.ID
	Format      event.Kind // the first of the offer's formats that the need takes
}

// Match proposes pairs of offers and needs, none of which is in before, whatever
// became of it.
//
// A pair is of two organisations of different sectors that share a format and a
// topic. An offer takes as many needs as it has places, pairs of before that were
// not declined included; a need takes one. The order is fair: needs take turns by
// organisation, those that have least so far first and the one that waits longest
// first among them, so that nobody gets a second pair while somebody who fits the
// same offer has none. Of the offers that fit, the one with most topics in common
// is taken, then one of the same gmina, then the one that has fewest, then the
// oldest. Equal ones are told apart by id: the order of the lists never matters.
// Offers and needs that are not open are left out.
func Match(offers, needs []Entry, before []Pair) []Proposal {
	m := newMatching(offers, needs, before)
	var made []Proposal
	for {
		need, offer, found := m.next()
		if !found {
			return made
		}
		format := event.Kind(offer.Formats.common(need.Formats)[0])
		made = append(made, Proposal{Offer: offer.ID, Need: need.ID, Format: format})
		m.take(need, offer)
	}
}

// matching is what has been taken so far.
type matching struct {
	offers, needs []Entry
	known         map[[2]store.ID]bool // pairs that were proposed before
	taken         map[store.ID]int     // of an offer or a need
	has           map[store.ID]int     // of an organisation that needs
}

func newMatching(offers, needs []Entry, before []Pair) *matching {
	m := &matching{known: map[[2]store.ID]bool{}, taken: map[store.ID]int{}, has: map[store.ID]int{}}
	owner := map[store.ID]store.ID{}
	for _, e := range slices.Concat(offers, needs) {
		owner[e.ID] = e.Organisation
	}
	closed := func(e Entry) bool { return !e.Open }
	m.offers, m.needs = slices.DeleteFunc(slices.Clone(offers), closed), slices.DeleteFunc(slices.Clone(needs), closed)
	for _, p := range before {
		m.known[[2]store.ID{p.Offer, p.Need}] = true
		if p.State != Declined {
			m.taken[p.Offer]++
			m.taken[p.Need]++
			m.has[owner[p.Need]]++
		}
	}
	return m
}

// next is the need whose turn it is and the best offer for it.
func (m *matching) next() (need, offer Entry, found bool) {
	slices.SortFunc(m.needs, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(m.has[a.Organisation], m.has[b.Organisation]), a.CreatedAt.Compare(b.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
	})
	for _, n := range m.needs {
		if m.taken[n.ID] > 0 {
			continue
		}
		if o, fits := m.best(n); fits {
			return n, o, true
		}
	}
	return Entry{}, Entry{}, false
}

func (m *matching) best(need Entry) (Entry, bool) {
	var fitting []Entry
	for _, o := range m.offers {
		if fits(o, need) && m.taken[o.ID] < o.Places && !m.known[[2]store.ID{o.ID, need.ID}] {
			fitting = append(fitting, o)
		}
	}
	if len(fitting) == 0 {
		return Entry{}, false
	}
	near := func(o Entry) int {
		if o.TERC != "" && o.TERC == need.TERC {
			return 0
		}
		return 1
	}
	return slices.MinFunc(fitting, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(len(b.Topics.common(need.Topics)), len(a.Topics.common(need.Topics))), cmp.Compare(near(a), near(b)),
			cmp.Compare(m.taken[a.ID], m.taken[b.ID]), a.CreatedAt.Compare(b.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
	}), true
}

func (m *matching) take(need, offer Entry) {
	m.taken[offer.ID]++
	m.taken[need.ID]++
	m.has[need.Organisation]++
	m.known[[2]store.ID{offer.ID, need.ID}] = true
}

// fits reports whether an offer and a need can be a pair at all.
func fits(offer, need Entry) bool {
	return offer.Sector != need.Sector && offer.Organisation != need.Organisation &&
		len(offer.Formats.common(need.Formats)) > 0 && len(offer.Topics.common(need.Topics)) > 0
}
