// Package micmac is structural analysis: from a square matrix that says how
// strongly each variable of a system influences each other one, it tells which
// variables drive the system, which follow, and which are hidden.
//
// Read takes the matrix from CSV, New from numbers. Analyse answers for both
// the direct and the indirect influences. Indirect ones are row and column sums
// of the powers of the matrix; how long to multiply is not left to the eye:
// Settle finds the power from which neither order ever changes again and proves
// it, or finds the period with which they alternate.
//
// Source of the method: Godet 1994, From Anticipation to Action, chapter 5.
// Nothing is damped, added to the diagonal or cut off.
package micmac

import (
	"errors"
	"fmt"
	"strings"
)

// Potential is the cell of an influence that does not act yet but may: P in a
// file. It counts as nothing unless Weigh is told what it is worth.
const Potential = -1

// Limits of a matrix. The strengths of the method are 0 (none), 1 (weak),
// 2 (medium) and 3 (strong); wider scales are in use and computed alike.
const (
	MaxVariables = 1000
	MaxStrength  = 100
)

// Matrix says how strongly each variable (row) influences each other one
// (column). It is never changed after New or Read.
type Matrix struct {
	names []string
	cells []int // by rows; Potential, or 0 to MaxStrength
}

// ErrMatrix is the error of every matrix that the method cannot take.
var ErrMatrix = errors.New("not a matrix of influences")

// New makes a matrix from the names of n variables and n rows of n strengths,
// each from 0 to MaxStrength or Potential. Names must be there and differ; the
// diagonal must be 0. Anything else gives ErrMatrix and says where.
func New(names []string, influence [][]int) (*Matrix, error) {
	if err := checkNames(names); err != nil {
		return nil, err
	}
	n := len(names)
	if len(influence) != n {
		return nil, fmt.Errorf("%w: %d rows for %d variables", ErrMatrix, len(influence), n)
	}
	m := &Matrix{names: append([]string(nil), names...), cells: make([]int, 0, n*n)}
	for i, row := range influence {
		if len(row) != n {
			return nil, fmt.Errorf("%w: row %d has %d cells, expected %d", ErrMatrix, i+1, len(row), n)
		}
		for j, s := range row {
			if s != Potential && (s < 0 || s > MaxStrength) || i == j && s != 0 {
				return nil, fmt.Errorf("%w: %s on %s is %d", ErrMatrix, names[i], names[j], s)
			}
		}
		m.cells = append(m.cells, row...)
	}
	return m, nil
}

func checkNames(names []string) error {
	if len(names) == 0 || len(names) > MaxVariables {
		return fmt.Errorf("%w: %d variables, expected 1 to %d", ErrMatrix, len(names), MaxVariables)
	}
	first := map[string]int{}
	for i, name := range names {
		if strings.TrimSpace(name) == "" {
			return fmt.Errorf("%w: variable %d has no name", ErrMatrix, i+1)
		}
		if before, twice := first[name]; twice {
			return fmt.Errorf("%w: variables %d and %d are both called %q", ErrMatrix, before+1, i+1, name)
		}
		first[name] = i
	}
	return nil
}

// Len is the number of variables.
func (m *Matrix) Len() int { return len(m.names) }

// Names lists the variables in the order of rows and columns.
func (m *Matrix) Names() []string { return append([]string(nil), m.names...) }

// At is the influence of variable i on variable j, both from 0.
func (m *Matrix) At(i, j int) int { return m.cells[i*len(m.names)+j] }

// HasPotential reports whether any influence is only potential.
func (m *Matrix) HasPotential() bool {
	for _, s := range m.cells {
		if s == Potential {
			return true
		}
	}
	return false
}

// Weigh returns the matrix in which a potential influence has the given
// strength: 0 gives the matrix of direct influences (MDI), 3 the usual matrix of
// potential direct influences (MPDI). A strength out of range gives ErrMatrix.
func (m *Matrix) Weigh(strength int) (*Matrix, error) {
	if strength < 0 || strength > MaxStrength {
		return nil, fmt.Errorf("%w: potential influences cannot weigh %d", ErrMatrix, strength)
	}
	weighed := &Matrix{names: m.names, cells: append([]int(nil), m.cells...)}
	for i, s := range weighed.cells {
		if s == Potential {
			weighed.cells[i] = strength
		}
	}
	return weighed, nil
}

// Fill is the share of all n×n cells that say an influence, potential ones
// included, from 0 to 1. Between 0.15 and 0.25 is usual; far above, the group
// judged what is indirect as direct.
func (m *Matrix) Fill() float64 {
	said := 0
	for _, s := range m.cells {
		if s != 0 {
			said++
		}
	}
	return float64(said) / float64(len(m.cells))
}
