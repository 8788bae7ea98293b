// Package mactor analyses the strategies of actors: who can act on whom, what
// each wants, and who is therefore an ally, an opponent, or both at once.
//
// Read takes the matrices from JSON; Analyse computes every matrix of the method.
//
// Source: Godet 1994, From Anticipation to Action, chapter 6. Rows and columns
// are actors in the order of the input, from 0; columns of positions are
// objectives.
package mactor

import (
	"errors"
	"fmt"
)

// Limits of the input, by the scales of the method.
const (
	MaxActors     = 200
	MaxObjectives = 500
	MaxInfluence  = 4 // 1 operating means, 2 projects, 3 missions, 4 existence
	MaxPosition   = 4 // importance for (+) or against (-): 1 processes … 4 existence
)

// Input is what a group has judged.
type Input struct {
	Actors     []string
	Sectors    []string // of each actor, for pictures; empty, or one per actor, "" for none
	Objectives []string
	Influence  [][]int // MDI, actors × actors: 0 to MaxInfluence, diagonal 0
	Positions  [][]int // 2MAO, actors × objectives: -MaxPosition to MaxPosition
}

// ErrInput is the error of every input that the method cannot take.
var ErrInput = errors.New("mactor: not an input")

// check makes sure of shapes and scales.
func (in Input) check() error {
	n, m := len(in.Actors), len(in.Objectives)
	switch {
	case n == 0 || n > MaxActors:
		return fmt.Errorf("%w: %d actors, expected 1 to %d", ErrInput, n, MaxActors)
	case m > MaxObjectives:
		return fmt.Errorf("%w: %d objectives, expected at most %d", ErrInput, m, MaxObjectives)
	case len(in.Sectors) != 0 && len(in.Sectors) != n:
		return fmt.Errorf("%w: %d sectors for %d actors", ErrInput, len(in.Sectors), n)
	case len(in.Influence) != n || len(in.Positions) != n:
		return fmt.Errorf("%w: %d rows of influence and %d of positions for %d actors", ErrInput, len(in.Influence), len(in.Positions), n)
	}
	for i := range in.Actors {
		if len(in.Influence[i]) != n || len(in.Positions[i]) != m {
			return fmt.Errorf("%w: actor %d has %d influences and %d positions, expected %d and %d", ErrInput, i+1, len(in.Influence[i]), len(in.Positions[i]), n, m)
		}
		for j, s := range in.Influence[i] {
			if s < 0 || s > MaxInfluence || i == j && s != 0 {
				return fmt.Errorf("%w: influence of actor %d on %d is %d", ErrInput, i+1, j+1, s)
			}
		}
		for j, p := range in.Positions[i] {
			if p < -MaxPosition || p > MaxPosition {
				return fmt.Errorf("%w: position of actor %d on objective %d is %d", ErrInput, i+1, j+1, p)
			}
		}
	}
	return nil
}

// Analysis holds every matrix of the method.
type Analysis struct {
	Input
	Powers
	// By rank: signs (1MAO), importance (2MAO), importance times strength (3MAO).
	Orders [3]Relations
}

// Analyse computes the powers of the actors and, from simple, valued and
// weighted positions, who converges with whom. Input out of shape or scale gives
// ErrInput.
func Analyse(in Input) (*Analysis, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	a := &Analysis{Input: in, Powers: powers(in.Influence)}
	for order := range a.Orders {
		a.Orders[order] = relations(a.positions(order + 1))
	}
	return a, nil
}

// positions is 1MAO, 2MAO or 3MAO.
func (a *Analysis) positions(order int) [][]float64 {
	values := make([][]float64, len(a.Actors))
	for i, row := range a.Positions {
		values[i] = make([]float64, len(row))
		for k, p := range row {
			switch order {
			case 1:
				values[i][k] = float64(sign(p))
			case 2:
				values[i][k] = float64(p)
			default:
				values[i][k] = float64(p) * a.RStar[i]
			}
		}
	}
	return values
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
