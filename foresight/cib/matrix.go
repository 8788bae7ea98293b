package cib

import (
	"errors"
	"fmt"
	"math/big"
)

// Limits of a matrix. They keep the memory of a hostile file bounded; the largest
// published matrix has 100 descriptors and 200 states.
const (
	MaxStates      = 2000   // of all descriptors together
	MaxDomain      = 64     // states of one descriptor
	MaxJudgement   = 10_000 // absolute value of one judgement
	maxNameLength  = 1000   // bytes of a name
	maxDescriptors = MaxStates
)

// ErrShape says that the parts of a matrix do not fit together or exceed a limit.
var ErrShape = errors.New("matrix does not fit its descriptors")

// Descriptor is one factor of the system, such as "Economy", with the states
// that exclude one another. Names may be blank or repeated, as they are in real
// files: descriptors and states are known by their index.
type Descriptor struct {
	Name, Short string
	States      []State
}

// State is one possible development of a descriptor.
type State struct{ Name, Short string }

// Matrix is a cross-impact matrix: for each state of each descriptor its direct
// influence on each state of each descriptor, as whole numbers. Positive promotes,
// negative hinders. Every row and every column is one state, in the order of
// the descriptors; the row acts upon the column.
type Matrix struct {
	title       string
	descriptors []Descriptor
	first       []int   // row of the first state of each descriptor; at the end the number of all
	cells       []int32 // row by row
	remarks     remarks // parts of a file that are not used here but written again
}

// New makes a matrix. judgements is square, one row and one column per state in
// the order of the descriptors; it is copied. Judgements of a descriptor upon
// itself are normally 0; others count like any judgement. Sections need not sum
// to zero. Fewer than one state in a descriptor, a row of another length, or a
// limit exceeded give ErrShape.
func New(title string, descriptors []Descriptor, judgements [][]int) (*Matrix, error) {
	m, err := blank(title, descriptors)
	if err != nil {
		return nil, err
	}
	if len(judgements) != m.States() {
		return nil, fmt.Errorf("%w: expected %d rows, one per state, found %d", ErrShape, m.States(), len(judgements))
	}
	for r, row := range judgements {
		if len(row) != m.States() {
			return nil, fmt.Errorf("%w: row %d: expected %d judgements, found %d", ErrShape, r+1, m.States(), len(row))
		}
		for c, v := range row {
			if v < -MaxJudgement || v > MaxJudgement {
				return nil, fmt.Errorf("%w: row %d, column %d: expected a judgement from -%d to %d, found %d", ErrShape, r+1, c+1, MaxJudgement, MaxJudgement, v)
			}
			m.cells[r*m.States()+c] = int32(v)
		}
	}
	return m, nil
}

// blank is a matrix of these descriptors with every judgement 0.
func blank(title string, descriptors []Descriptor) (*Matrix, error) {
	if len(descriptors) == 0 {
		return nil, fmt.Errorf("%w: expected at least one descriptor", ErrShape)
	}
	m := &Matrix{title: title, first: []int{0}}
	for i, d := range descriptors {
		if len(d.States) == 0 || len(d.States) > MaxDomain {
			return nil, fmt.Errorf("%w: descriptor %d: expected 1 to %d states, found %d", ErrShape, i+1, MaxDomain, len(d.States))
		}
		d.States = append([]State(nil), d.States...)
		m.descriptors = append(m.descriptors, d)
		m.first = append(m.first, m.first[i]+len(d.States))
		if m.States() > MaxStates {
			return nil, fmt.Errorf("%w: expected at most %d states in all", ErrShape, MaxStates)
		}
	}
	m.cells = make([]int32, m.States()*m.States())
	return m, nil
}

// Title is the name that the matrix had in its file.
func (m *Matrix) Title() string { return m.title }

// Len is the number of descriptors.
func (m *Matrix) Len() int { return len(m.descriptors) }

// States is the number of states of all descriptors together.
func (m *Matrix) States() int { return m.first[len(m.first)-1] }

// Domain is the number of states of descriptor i.
func (m *Matrix) Domain(i int) int { return m.first[i+1] - m.first[i] }

// Descriptor is the i-th descriptor. Its states must not be changed.
func (m *Matrix) Descriptor(i int) Descriptor { return m.descriptors[i] }

// At is the judgement of how state k of descriptor i acts upon state l of
// descriptor j.
func (m *Matrix) At(i, k, j, l int) int {
	return int(m.cells[(m.first[i]+k)*m.States()+m.first[j]+l])
}

// With is the matrix with one judgement changed; m stays as it is. A value
// outside of ±MaxJudgement gives ErrShape.
func (m *Matrix) With(i, k, j, l, value int) (*Matrix, error) {
	if value < -MaxJudgement || value > MaxJudgement {
		return nil, fmt.Errorf("%w: expected a judgement from -%d to %d, found %d", ErrShape, MaxJudgement, MaxJudgement, value)
	}
	c := m.clone()
	c.cells[(m.first[i]+k)*m.States()+m.first[j]+l] = int32(value)
	return c, nil
}

func (m *Matrix) clone() *Matrix {
	c := *m
	c.cells = append([]int32(nil), m.cells...)
	return &c
}

// Space is the number of scenarios: the product of the numbers of states.
func (m *Matrix) Space() *big.Int {
	space := big.NewInt(1)
	for i := range m.descriptors {
		space.Mul(space, big.NewInt(int64(m.Domain(i))))
	}
	return space
}

// influences says whether any judgement of descriptor i can change the balance
// of descriptor j: a section whose rows are each constant does not.
func (m *Matrix) influences(i, j int) bool {
	for k := range m.Domain(i) {
		for l := 1; l < m.Domain(j); l++ {
			if m.At(i, k, j, l) != m.At(i, k, j, 0) {
				return true
			}
		}
	}
	return false
}
