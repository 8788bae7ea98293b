// Package opinion maps what people think: from votes on statements (agree,
// pass, disagree) to a plane on which people who vote alike stand close, to
// groups, to what each group says and what all have in common. It knows
// sectors: where offices, NGOs and residents really differ, what bridges them,
// and what each believes about the other.
//
// Read a conversation with Read (exports of Polis) or fill Votes yourself, and
// call Compute. While people are voting keep a Live instead: it takes a vote in
// microseconds and refreshes the whole map without reading all votes again.
// Compare computes the sectors, Mirror the beliefs about each other.
//
// Agree is +1 and Disagree is -1, in memory as in the exports of Polis. (The
// database of Polis itself holds the opposite; Read notices it where the file
// lets it.) Participants and statements are numbered from 0.
//
// Nothing here reads a clock or draws random numbers of its own: the same
// votes, options and memory give the same map.
package opinion

import (
	"errors"
	"fmt"
)

// Vote is what a participant says about a statement. Not having voted is no
// vote at all, and not a Pass.
type Vote int8

// The three votes.
const (
	Disagree Vote = -1
	Pass     Vote = 0
	Agree    Vote = 1
)

func (v Vote) String() string {
	switch v {
	case Disagree:
		return "disagree"
	case Pass:
		return "pass"
	case Agree:
		return "agree"
	}
	return fmt.Sprintf("Vote(%d)", int8(v))
}

// Tally counts the votes on one statement.
type Tally struct{ Agree, Pass, Disagree int }

// Votes is how many people said anything about the statement.
func (t Tally) Votes() int { return t.Agree + t.Pass + t.Disagree }

func (t Tally) plus(o Tally) Tally {
	return Tally{t.Agree + o.Agree, t.Pass + o.Pass, t.Disagree + o.Disagree}
}

// mirrored swaps the sides, so that what is said about agreement can be asked
// about disagreement.
func (t Tally) mirrored() Tally { return Tally{t.Disagree, t.Pass, t.Agree} }

// Point is a place on the map.
type Point struct{ X, Y float64 }

// Limits of one conversation. Beyond them a file is refused: a debate of a
// whole country has stayed below.
const (
	MaxParticipants = 250_000
	MaxStatements   = 10_000
	MaxEvents       = 25_000_000 // votes read from a file, changed ones included
)

// Errors of filling in votes.
var (
	ErrRange = errors.New("opinion: no such participant or statement")
	ErrSize  = fmt.Errorf("opinion: too many, expected at most %d participants, %d statements and %d votes", MaxParticipants, MaxStatements, MaxEvents)
	ErrVote  = errors.New("opinion: a vote is 1 (agree), 0 (pass) or -1 (disagree)")
)
