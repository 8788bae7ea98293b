package morphology

import (
	"context"
	"encoding/binary"
	"errors"
	"math/big"
)

// ErrTooEntangled says that a field is too large and too entangled to be counted
// exactly in bounded memory.
var ErrTooEntangled = errors.New("morphology: too many different remainders to count exactly")

// mostRemainders bounds the memory of one counter, to some hundred MB.
const mostRemainders = 1_000_000

// counter counts the consistent configurations of what is left of a field. A
// remainder is a set of parameters that depend on one another, with the values
// that are still possible; each is counted once, however often it is met: a
// decision diagram that shares equal parts, and multiplies independent ones.
type counter struct {
	*Field
	ctx   context.Context
	known map[string]*big.Int
	steps int
}

func (f *Field) counter(ctx context.Context) *counter {
	return &counter{Field: f, ctx: ctx, known: map[string]*big.Int{}}
}

var (
	zero = new(big.Int)
	one  = big.NewInt(1)
)

// count gives the number for the given sets of values, one per parameter.
func (c *counter) count(domains []set) (*big.Int, error) {
	parameters := make([]int, len(domains))
	for p := range parameters {
		parameters[p] = p
		if domains[p] == 0 {
			return zero, nil
		}
	}
	return c.product(parameters, domains)
}

// product parts parameters that no longer depend on one another, and multiplies.
func (c *counter) product(parameters []int, domains []set) (*big.Int, error) {
	result := one
	left := append([]int(nil), parameters...)
	for len(left) > 0 {
		part := []int{left[0]}
		left = left[1:]
		for at := 0; at < len(part); at++ {
			rest := left[:0]
			for _, q := range left {
				if c.clash(part[at], q, domains) {
					part = append(part, q)
				} else {
					rest = append(rest, q)
				}
			}
			left = rest
		}
		n, err := c.remainder(part, domains)
		if err != nil {
			return nil, err
		}
		if n.Sign() == 0 {
			return zero, nil
		}
		result = new(big.Int).Mul(result, n)
	}
	return result, nil
}

// clash reports whether some possible values of two parameters are inconsistent.
func (c *counter) clash(p, q int, domains []set) bool {
	if !c.linked[p][q] {
		return false
	}
	for s := domains[p]; s != 0; s = s.without(s.first()) {
		if domains[q]&^c.allowed[p][s.first()][q] != 0 {
			return true
		}
	}
	return false
}

// remainder counts parameters that depend on one another.
func (c *counter) remainder(part []int, domains []set) (*big.Int, error) {
	if len(part) == 1 {
		return big.NewInt(int64(domains[part[0]].size())), nil
	}
	part = ascending(part)
	key := remainderKey(part, domains)
	if n, ok := c.known[key]; ok {
		return n, nil
	}
	if c.steps++; c.steps%256 == 0 && c.ctx.Err() != nil {
		return nil, c.ctx.Err()
	}
	n, err := c.branch(part, domains)
	if err != nil {
		return nil, err
	}
	if len(c.known) >= mostRemainders {
		return nil, ErrTooEntangled
	}
	c.known[key] = n
	return n, nil
}

// branch tries each value of the parameter that is entangled most.
func (c *counter) branch(part []int, domains []set) (*big.Int, error) {
	at := c.most(part, domains)
	rest := make([]int, 0, len(part)-1)
	for _, p := range part {
		if p != at {
			rest = append(rest, p)
		}
	}
	sum := new(big.Int)
	narrowed := append([]set(nil), domains...)
	for s := domains[at]; s != 0; s = s.without(s.first()) {
		possible := true
		for _, q := range rest {
			narrowed[q] = domains[q] & c.allowed[at][s.first()][q]
			possible = possible && narrowed[q] != 0
		}
		if !possible {
			continue
		}
		n, err := c.product(rest, narrowed)
		if err != nil {
			return nil, err
		}
		sum.Add(sum, n)
	}
	return sum, nil
}

// most finds the parameter that depends on most others, for the fewest values.
func (c *counter) most(part []int, domains []set) int {
	best, score := part[0], -1.0
	for _, p := range part {
		links := 0
		for _, q := range part {
			if q != p && c.clash(p, q, domains) {
				links++
			}
		}
		if s := float64(links) / float64(domains[p].size()); s > score {
			best, score = p, s
		}
	}
	return best
}

func ascending(part []int) []int {
	sorted := append([]int(nil), part...)
	for i := 1; i < len(sorted); i++ {
		for j := i; j > 0 && sorted[j] < sorted[j-1]; j-- {
			sorted[j], sorted[j-1] = sorted[j-1], sorted[j]
		}
	}
	return sorted
}

func remainderKey(part []int, domains []set) string {
	key := make([]byte, 0, 9*len(part))
	for _, p := range part {
		key = append(key, byte(p))
		key = binary.LittleEndian.AppendUint64(key, uint64(domains[p]))
	}
	return string(key)
}

// full is every value of every parameter.
func (f *Field) full() []set {
	domains := make([]set, len(f.parameters))
	for p := range domains {
		domains[p] = f.all(p)
	}
	return domains
}

// Count is the exact number of consistent configurations. It returns the error
// of ctx when that ends first, and ErrTooEntangled where memory would not do.
func (f *Field) Count(ctx context.Context) (*big.Int, error) {
	n, err := f.counter(ctx).count(f.full())
	if err != nil {
		return nil, err
	}
	return new(big.Int).Set(n), nil
}
