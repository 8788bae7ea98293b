package micmac

import (
	"math"
	"slices"
)

// Kind is the part that a variable plays in the system.
type Kind string

const (
	// Driver: high influence, low dependence. It moves the system.
	Driver Kind = "driver"
	// Relay: both high. What is done to it comes back; also called a stake.
	Relay Kind = "relay"
	// Result: low influence, high dependence. It shows how the system does.
	Result Kind = "result"
	// Autonomous: both low. It goes its own way.
	Autonomous Kind = "autonomous"
)

// Place is where a variable stands on the map.
type Place struct {
	Kind Kind
	// Influence and Dependence in multiples of the mean: 1 is the middle line of
	// the map.
	Influence, Dependence float64
	// Strategic is how far the variable lies along the diagonal of the map, in
	// the same unit: variables that both act and are acted on come first.
	Strategic float64
	// Pack says that it lies near the centre, where its part is not certain.
	Pack bool
}

// packRadius is how near the centre the pack is, in multiples of the mean.
const packRadius = 0.1

// places puts the variables into the quadrants around the means. A variable at
// the mean counts as above it; shares are compared with room for rounding.
func (p Profile) places() []Place {
	n := float64(len(p.Influence))
	places := make([]Place, len(p.Influence))
	for i := range places {
		x, y := p.Dependence[i]*n, p.Influence[i]*n
		places[i] = Place{Kind: kind(y, x), Influence: y, Dependence: x, Strategic: (x + y) / math.Sqrt2,
			Pack: math.Hypot(x-1, y-1) <= packRadius}
	}
	return places
}

func kind(influence, dependence float64) Kind {
	const mean = 1 - 1e-9
	switch {
	case influence >= mean && dependence >= mean:
		return Relay
	case influence >= mean:
		return Driver
	case dependence >= mean:
		return Result
	}
	return Autonomous
}

// Move is how a variable is seen otherwise once indirect influences count.
type Move struct {
	// Gains in rank: positive where the variable stands higher by indirect than
	// by direct sums. A large gain in influence is a hidden driver.
	InfluenceGain, DependenceGain int
	// The arrow of the displacement map, in multiples of the mean.
	InfluenceShift, DependenceShift float64
	// From and To are its parts by direct and by indirect influences.
	From, To Kind
}

// Moves compares the direct with the indirect map, variable by variable.
func (a *Analysis) Moves() []Move {
	i1, i2 := ranks(a.Direct.ByInfluence), ranks(a.Indirect.ByInfluence)
	d1, d2 := ranks(a.Direct.ByDependence), ranks(a.Indirect.ByDependence)
	moves := make([]Move, len(a.Names))
	for v := range moves {
		before, after := a.DirectMap[v], a.IndirectMap[v]
		moves[v] = Move{InfluenceGain: i1[v] - i2[v], DependenceGain: d1[v] - d2[v],
			InfluenceShift: after.Influence - before.Influence, DependenceShift: after.Dependence - before.Dependence,
			From: before.Kind, To: after.Kind}
	}
	return moves
}

// ranks turns an order into the place of each variable, from 0.
func ranks(order []int) []int {
	places := make([]int, len(order))
	for place, v := range order {
		places[v] = place
	}
	return places
}

// descending orders variables by a value, the largest first, equal ones by
// number.
func descending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case values[i] > values[j]:
			return -1
		case values[i] < values[j]:
			return 1
		}
		return 0
	})
	return order
}
