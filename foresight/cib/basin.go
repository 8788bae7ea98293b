package cib

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// MaxTable is the largest number of scenarios for which Basins keeps a table, at
// four bytes each.
const MaxTable = 1 << 29

// ErrTooLarge says that a space is too large for a table.
var ErrTooLarge = errors.New("too many scenarios for exact basins")

// Basins tells where every start leads. Descriptors that do not act upon one
// another, not even through others, stand in parts of their own under global
// succession: the whole is the product of the parts.
type Basins struct{ Parts []BasinPart }

// BasinPart holds all attractors of some of the descriptors.
type BasinPart struct {
	Descriptors []int // in ascending order
	Space       uint64
	Attractors  []Basin // by their first scenario
}

// Basin is one attractor and how many starts lead to it.
type Basin struct {
	First  Scenario // its lexicographically first scenario, of the descriptors of the part
	Length int      // 1 for a scenario that rests
	Starts uint64   // scenarios of the part that lead to it, itself included
}

// Basins follows the succession from every scenario, exactly. Each part may have
// up to MaxTable scenarios, more give ErrTooLarge; the memory is four bytes for
// each. When ctx ends first there is no answer, only an error that wraps the cause.
func (m *Matrix) Basins(ctx context.Context, s Succession, threads int) (Basins, error) {
	if err := m.checkSuccession(s); err != nil {
		return Basins{}, err
	}
	parts := [][]int{make([]int, m.Len())}
	for i := range parts[0] {
		parts[0][i] = i
	}
	if s.Rule == Global {
		parts = m.apart()
	}
	var b Basins
	for _, members := range parts {
		part, err := m.sub(members).basins(ctx, s, threads)
		if err != nil {
			return Basins{}, err
		}
		part.Descriptors = members
		b.Parts = append(b.Parts, part)
	}
	return b, nil
}

// apart groups the descriptors that are linked by influences.
func (m *Matrix) apart() [][]int {
	group := make([]int, m.Len())
	for i := range group {
		group[i] = i
	}
	for i := range m.Len() {
		for j := range m.Len() {
			if a, b := group[i], group[j]; a != b && m.influences(i, j) {
				for x := range group {
					if group[x] == max(a, b) {
						group[x] = min(a, b)
					}
				}
			}
		}
	}
	var parts [][]int
	for first := range group {
		var part []int
		for i, g := range group {
			if g == first {
				part = append(part, i)
			}
		}
		if part != nil {
			parts = append(parts, part)
		}
	}
	return parts
}

// sub is the matrix of some descriptors.
func (m *Matrix) sub(members []int) *Matrix {
	if len(members) == m.Len() {
		return m
	}
	s := &Matrix{first: []int{0}}
	var rows []int
	for _, i := range members {
		s.descriptors = append(s.descriptors, m.descriptors[i])
		s.first = append(s.first, s.States()+m.Domain(i))
		for r := m.first[i]; r < m.first[i+1]; r++ {
			rows = append(rows, r)
		}
	}
	for _, r := range rows {
		for _, c := range rows {
			s.cells = append(s.cells, m.cells[r*m.States()+c])
		}
	}
	return s
}

// basins of a matrix as a whole.
func (m *Matrix) basins(ctx context.Context, s Succession, threads int) (BasinPart, error) {
	space := m.Space()
	if space.Cmp(big.NewInt(MaxTable)) > 0 {
		return BasinPart{}, fmt.Errorf("%w: %s in one part, expected at most %d", ErrTooLarge, space, MaxTable)
	}
	t := &table{m: m, next: make([]uint32, space.Uint64())}
	if err := t.fill(ctx, s, threads); err != nil {
		return BasinPart{}, err
	}
	found, err := t.follow(ctx)
	if err != nil {
		return BasinPart{}, err
	}
	part := BasinPart{Space: space.Uint64()}
	slices.SortFunc(found, func(a, b basin) int { return int(int64(a.first) - int64(b.first)) })
	for _, f := range found {
		part.Attractors = append(part.Attractors, Basin{First: m.scenario(f.first), Length: f.length, Starts: f.starts})
	}
	return part, nil
}

// scenario is the one with this lexicographic number.
func (m *Matrix) scenario(number uint32) Scenario {
	z := make(Scenario, m.Len())
	for i := m.Len() - 1; i >= 0; i-- {
		z[i] = int(number) % m.Domain(i)
		number /= uint32(m.Domain(i))
	}
	return z
}

// Of is the number of starts that lead to a scenario that rests; 0 for others.
func (b Basins) Of(z Scenario) *big.Int {
	product := big.NewInt(1)
	for _, part := range b.Parts {
		own := make(Scenario, len(part.Descriptors))
		for x, i := range part.Descriptors {
			own[x] = z[i]
		}
		x, is := slices.BinarySearchFunc(part.Attractors, own, func(b Basin, z Scenario) int { return slices.Compare(b.First, z) })
		if !is || part.Attractors[x].Length > 1 {
			return new(big.Int)
		}
		product.Mul(product, new(big.Int).SetUint64(part.Attractors[x].Starts))
	}
	return product
}

// Cycles are how many attractors are cycles, and how many starts end in them.
func (b Basins) Cycles() (count, starts *big.Int) {
	lengths := map[int]*big.Int{1: big.NewInt(1)} // how many attractors of each length
	space, resting := big.NewInt(1), big.NewInt(1)
	for _, part := range b.Parts {
		next := map[int]*big.Int{}
		var rest uint64
		for _, a := range part.Attractors {
			if a.Length == 1 {
				rest += a.Starts
			}
			for length, n := range lengths {
				common := gcd(length, a.Length) // two cycles meet in as many phases
				both := length / common * a.Length
				if next[both] == nil {
					next[both] = new(big.Int)
				}
				next[both].Add(next[both], new(big.Int).Mul(n, big.NewInt(int64(common))))
			}
		}
		lengths = next
		space.Mul(space, new(big.Int).SetUint64(part.Space))
		resting.Mul(resting, new(big.Int).SetUint64(rest))
	}
	count = new(big.Int)
	for length, n := range lengths {
		if length > 1 {
			count.Add(count, n)
		}
	}
	return count, space.Sub(space, resting)
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
