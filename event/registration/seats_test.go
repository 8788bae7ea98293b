package registration_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// naive is the rule as its seven sentences say it: a list of people in the order
// in which they came, and counting anew each time.
type naive struct {
	limits registration.Limits
	queue  []guest
}

type guest struct {
	class registration.Class
	state registration.State
}

func (n *naive) free(c registration.Class) bool {
	all, sector, gmina := 0, 0, 0
	for _, g := range n.queue {
		if !g.state.Holds() {
			continue
		}
		all++
		if g.class.Sector == c.Sector {
			sector++
		}
		if g.class.TERC == c.TERC {
			gmina++
		}
	}
	below := func(taken int, kind registration.LimitKind, value string) bool {
		most, limited := n.limits[registration.Limit{Kind: kind, Value: value}]
		return !limited || taken < most
	}
	if _, own := n.limits[registration.Limit{Kind: registration.OfGmina, Value: c.TERC}]; own {
		return below(all, registration.InAll, "") && below(sector, registration.OfSector, string(c.Sector)) &&
			below(gmina, registration.OfGmina, c.TERC)
	}
	return below(all, registration.InAll, "") && below(sector, registration.OfSector, string(c.Sector)) &&
		below(gmina, registration.OfEachGmina, "")
}

func (n *naive) arrive(c registration.Class) registration.State {
	state := registration.Waiting
	if n.free(c) && !slices.ContainsFunc(n.queue, func(g guest) bool { return g.state == registration.Waiting && n.free(g.class) }) {
		state = registration.Confirmed
	}
	n.queue = append(n.queue, guest{c, state})
	return state
}

// promote looks again for the first who could have a seat, until nobody could.
func (n *naive) promote() (offered []int) {
	for {
		i := slices.IndexFunc(n.queue, func(g guest) bool { return g.state == registration.Waiting && n.free(g.class) })
		if i < 0 {
			return offered
		}
		n.queue[i].state = registration.Offered
		offered = append(offered, i+1)
	}
}

// decision drives the decision core as the service does: from tallies alone.
type decision struct {
	limits registration.Limits
	queue  []guest
}

func (d *decision) seats() (*registration.Seats, []registration.Waiter, []registration.Class) {
	seats := registration.NewSeats(d.limits)
	var waiting []registration.Waiter
	var classes []registration.Class
	for i, g := range d.queue {
		switch {
		case g.state.Holds():
			seats.Take(g.class, 1)
		case g.state == registration.Waiting:
			waiting = append(waiting, registration.Waiter{ID: store.ID(rune('a' + i)), Number: i + 1, Class: g.class})
			if !slices.Contains(classes, g.class) {
				classes = append(classes, g.class)
			}
		}
	}
	return seats, waiting, classes
}

func (d *decision) arrive(c registration.Class) registration.State {
	seats, _, waiting := d.seats()
	state := seats.Arrive(c, waiting)
	d.queue = append(d.queue, guest{c, state})
	return state
}

func (d *decision) promote() (offered []int) {
	seats, waiting, _ := d.seats()
	for _, w := range seats.Promote(waiting) {
		d.queue[w.Number-1].state = registration.Offered
		offered = append(offered, w.Number)
	}
	return offered
}

var classes = []registration.Class{
	{Sector: organisation.Administration, TERC: "2412011"}, {Sector: organisation.NGO, TERC: "2412011"}, {Sector: organisation.NGO, TERC: "2473011"},
	{Sector: organisation.Resident, TERC: "2473011"}, {Sector: organisation.Resident, TERC: ""}, {Sector: organisation.Business, TERC: ""},
}

func limits(t *rapid.T) registration.Limits {
	l := registration.Limits{}
	set := func(kind registration.LimitKind, value string) {
		if rapid.Bool().Draw(t, string(kind)+value) {
			l[registration.Limit{Kind: kind, Value: value}] = rapid.IntRange(0, 6).Draw(t, "seats "+string(kind)+value)
		}
	}
	set(registration.InAll, "")
	set(registration.OfEachGmina, "")
	for _, s := range []organisation.Sector{organisation.NGO, organisation.Resident} {
		set(registration.OfSector, string(s))
	}
	for _, g := range []string{"2412011", ""} {
		set(registration.OfGmina, g)
	}
	return l
}

func TestDecisionIsThatOfTheNaiveModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := limits(t)
		model, real := &naive{limits: start}, &decision{limits: start}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"arrive", "arrive", "arrive", "leave", "confirm", "lapse", "limits"}).Draw(t, "step") {
			case "arrive":
				c := rapid.SampledFrom(classes).Draw(t, "class")
				if got, want := real.arrive(c), model.arrive(c); got != want {
					t.Fatalf("%v arrives: %s, want %s", c, got, want)
				}
			case "leave":
				end(t, model, real, registration.Withdrawn, registration.State.Live)
			case "confirm":
				end(t, model, real, registration.Confirmed, func(s registration.State) bool { return s == registration.Offered })
			case "lapse":
				end(t, model, real, registration.Lapsed, func(s registration.State) bool { return s == registration.Offered })
			case "limits":
				l := limits(t)
				model.limits, real.limits = l, l
			}
			if got, want := real.promote(), model.promote(); !slices.Equal(got, want) {
				t.Fatalf("promoted %v, want %v", got, want)
			}
			if !slices.Equal(real.queue, model.queue) {
				t.Fatalf("queue %v, want %v", real.queue, model.queue)
			}
			settled(t, model)
		}
	})
}

// end moves one registration on, if any can be moved.
func end(t *rapid.T, model *naive, real *decision, to registration.State, from func(registration.State) bool) {
	var some []int
	for i, g := range model.queue {
		if from(g.state) {
			some = append(some, i)
		}
	}
	if len(some) > 0 {
		i := rapid.SampledFrom(some).Draw(t, "who")
		model.queue[i].state, real.queue[i].state = to, to
	}
}

// settled says what residents are promised: nobody waits whose seat is free.
func settled(t *rapid.T, n *naive) {
	for i, g := range n.queue {
		if g.state == registration.Waiting && n.free(g.class) {
			t.Fatalf("number %d waits although a seat for %v is free", i+1, g.class)
		}
	}
}

func TestNobodyOvertakesWithinTheirClass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &decision{limits: limits(t)}
		for range rapid.IntRange(1, 40).Draw(t, "arrivals") {
			d.arrive(rapid.SampledFrom(classes).Draw(t, "class"))
		}
		for i, g := range d.queue {
			if i > 0 && rapid.IntRange(0, 3).Draw(t, "leaves") == 0 && g.state.Holds() {
				d.queue[i].state = registration.Withdrawn
			}
		}
		d.promote()
		first := map[registration.Class]int{}
		for i, g := range d.queue {
			if g.state == registration.Waiting && first[g.class] == 0 {
				first[g.class] = i + 1
			}
			if g.state.Holds() && first[g.class] != 0 {
				t.Fatalf("number %d has a seat and number %d of the same class %v waits", i+1, first[g.class], g.class)
			}
		}
	})
}

func TestSeatsNeverExceedTheirLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := limits(t)
		d := &decision{limits: l}
		for range rapid.IntRange(1, 60).Draw(t, "arrivals") {
			d.arrive(rapid.SampledFrom(classes).Draw(t, "class"))
		}
		taken := map[registration.Limit]int{}
		gminas := map[string]int{}
		for _, g := range d.queue {
			if g.state.Holds() {
				taken[registration.Limit{Kind: registration.InAll}]++
				taken[registration.Limit{Kind: registration.OfSector, Value: string(g.class.Sector)}]++
				taken[registration.Limit{Kind: registration.OfGmina, Value: g.class.TERC}]++
				gminas[g.class.TERC]++
			}
		}
		for limit, most := range l {
			if taken[limit] > most {
				t.Fatalf("%v: %d of %d", limit, taken[limit], most)
			}
		}
		for terc, n := range gminas {
			_, own := l[registration.Limit{Kind: registration.OfGmina, Value: terc}]
			if most, set := l[registration.Limit{Kind: registration.OfEachGmina}]; set && !own && n > most {
				t.Fatalf("gmina %q: %d of %d", terc, n, most)
			}
		}
	})
}
