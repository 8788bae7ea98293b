package morphology

import (
	"context"
	"fmt"
	"math/big"
)

// Remainder is what is left of a field once some values are chosen.
type Remainder struct {
	Consistent *big.Int     // configurations
	Values     [][]*big.Int // by parameter and value: how many of them have it
}

// Dead lists the values that no configuration of the remainder has.
func (r Remainder) Dead() []Cell {
	var dead []Cell
	for p, values := range r.Values {
		for v, n := range values {
			if n.Sign() == 0 {
				dead = append(dead, Cell{p, v})
			}
		}
	}
	return dead
}

// Given answers "if these values, what remains". A parameter with one chosen
// value is a driver; with several, any of them may hold; without any it is free.
// No choice at all describes the whole field. Errors are those of Count, and
// ErrField for a value that is not there.
func (f *Field) Given(ctx context.Context, chosen ...Cell) (Remainder, error) {
	domains, err := f.narrowed(chosen)
	if err != nil {
		return Remainder{}, err
	}
	c := f.counter(ctx)
	n, err := c.count(domains)
	if err != nil {
		return Remainder{}, err
	}
	r := Remainder{Consistent: new(big.Int).Set(n), Values: make([][]*big.Int, len(domains))}
	for p := range domains {
		for v := range f.parameters[p].Values {
			n := zero
			if domains[p].has(v) {
				if n, err = c.count(with(domains, p, v)); err != nil {
					return Remainder{}, err
				}
			}
			r.Values[p] = append(r.Values[p], new(big.Int).Set(n))
		}
	}
	return r, nil
}

func (f *Field) narrowed(chosen []Cell) ([]set, error) {
	domains := f.full()
	drivers := map[int]set{}
	for _, c := range chosen {
		if c.Parameter < 0 || c.Parameter >= len(domains) || c.Value < 0 || c.Value >= len(f.parameters[c.Parameter].Values) {
			return nil, fmt.Errorf("%w: there is no value %d of parameter %d", ErrField, c.Value, c.Parameter)
		}
		drivers[c.Parameter] |= 1 << c.Value
	}
	for p, s := range drivers {
		domains[p] = s
	}
	return domains, nil
}

// with narrows one parameter to one value and, by it, the others.
func with(domains []set, p, v int) []set {
	narrowed := append([]set(nil), domains...)
	narrowed[p] = 1 << v
	return narrowed
}

// Kill is what one inconsistent pair costs.
type Kill struct {
	Pair
	All   *big.Int // configurations that have the pair
	Alone *big.Int // those among them that nothing else forbids: they would come back
}

// Kills counts, for each inconsistent pair, what it kills: where Alone is large,
// the judgement is worth a second look. Errors are those of Count.
func (f *Field) Kills(ctx context.Context) ([]Kill, error) {
	kills := make([]Kill, 0, len(f.pairs))
	c := f.counter(ctx)
	for _, pair := range f.pairs {
		all := new(big.Int).Div(f.Total(), big.NewInt(int64(len(f.parameters[pair.A.Parameter].Values)*len(f.parameters[pair.B.Parameter].Values))))
		alone, err := c.alone(pair)
		if err != nil {
			return nil, err
		}
		kills = append(kills, Kill{Pair: pair, All: all, Alone: alone})
	}
	return kills, nil
}

// alone counts the rest of the field beside a pair that is let pass: the rest
// must be consistent with both values, and within itself.
func (c *counter) alone(pair Pair) (*big.Int, error) {
	domains := c.full()
	var rest []int
	for p := range domains {
		if p == pair.A.Parameter || p == pair.B.Parameter {
			continue
		}
		domains[p] &= c.allowed[pair.A.Parameter][pair.A.Value][p] & c.allowed[pair.B.Parameter][pair.B.Value][p]
		if domains[p] == 0 {
			return new(big.Int), nil
		}
		rest = append(rest, p)
	}
	n, err := c.product(rest, domains)
	if err != nil {
		return nil, err
	}
	return new(big.Int).Set(n), nil
}
