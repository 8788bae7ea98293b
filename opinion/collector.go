package opinion

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Statement is one column of a conversation.
type Statement struct {
	ID   string
	Text string // "" when no file of statements was read
	Meta bool   // about the debate itself; kept out of the map
}

// Conversation is votes with the names of those who gave them and of what they
// are about. Participants and statements stand in the order of their ids,
// numbers first, so that the order of the file leaves no trace.
type Conversation struct {
	Participants []string
	Statements   []Statement
	Votes        *Votes
	Events       int // votes read, those changed later included
}

// Collector turns a log of votes, in any order, into a conversation: of the
// votes of one participant on one statement the one with the largest time
// stands and, of equal times, the one added last. The zero value is ready.
type Collector struct {
	participant, statement directory
	rows                   []history
	events                 int
}

// history is the votes of one participant, ascending by statement, with times.
type history struct {
	cells []cell
	times []int64
}

// withdrawn is a vote taken back, as a cell with the fourth value.
const withdrawn Vote = 2

// Add records a vote. It returns ErrVote for another value and ErrSize beyond
// MaxParticipants, MaxStatements and MaxEvents.
func (c *Collector) Add(participant, statement string, vote Vote, at int64) error {
	if vote < Disagree || vote > Agree {
		return fmt.Errorf("%w: %d", ErrVote, vote)
	}
	return c.add(participant, statement, vote, at)
}

// Withdraw records that a vote was taken back.
func (c *Collector) Withdraw(participant, statement string, at int64) error {
	return c.add(participant, statement, withdrawn, at)
}

func (c *Collector) add(participant, statement string, vote Vote, at int64) error {
	p, s := c.participant.number(participant), c.statement.number(statement)
	if p >= MaxParticipants || s >= MaxStatements || c.events >= MaxEvents {
		return ErrSize
	}
	c.events++
	if p == len(c.rows) {
		c.rows = append(c.rows, history{})
	}
	h := &c.rows[p]
	i, found := find(h.cells, s)
	switch {
	case !found:
		h.cells = slices.Insert(h.cells, i, cellOf(s, vote))
		h.times = slices.Insert(h.times, i, at)
	case at >= h.times[i]:
		h.cells[i], h.times[i] = cellOf(s, vote), at
	}
	return nil
}

// Conversation is what was collected so far. Participants and statements whose
// votes were all taken back are still there, without votes.
func (c *Collector) Conversation() *Conversation {
	people, placeOfPerson := c.participant.inOrder()
	names, place := c.statement.inOrder()
	out := &Conversation{Participants: people, Votes: &Votes{}, Events: c.events}
	for _, id := range names {
		out.Statements = append(out.Statements, Statement{ID: id})
	}
	_ = out.Votes.Grow(0, len(names)) // Add has kept the limit
	rows := make([][]cell, len(people))
	for p, h := range c.rows {
		rows[placeOfPerson[p]] = h.settled(place)
	}
	out.Votes.fill(rows)
	return out
}

// settled leaves out what was taken back and renumbers the statements.
func (h history) settled(place []int) []cell {
	row := make([]cell, 0, len(h.cells))
	for _, c := range h.cells {
		if c.vote() != withdrawn {
			row = append(row, cellOf(place[c.statement()], c.vote()))
		}
	}
	slices.Sort(row)
	return row
}

// directory numbers names in the order in which they come.
type directory struct {
	known map[string]int
	names []string
}

func (d *directory) number(name string) int {
	if n, ok := d.known[name]; ok {
		return n
	}
	if d.known == nil {
		d.known = map[string]int{}
	}
	name = string([]byte(name)) // not a piece of a whole line
	d.known[name] = len(d.names)
	d.names = append(d.names, name)
	return len(d.names) - 1
}

// inOrder returns the names in their natural order and the new place of each.
func (d *directory) inOrder() (names []string, place []int) {
	order := make([]int, len(d.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return natural(d.names[a], d.names[b]) })
	names, place = make([]string, len(order)), make([]int, len(order))
	for to, from := range order {
		names[to], place[from] = d.names[from], to
	}
	return names, place
}

// natural puts numbers before words and 9 before 10.
func natural(a, b string) int {
	rank := func(s string) int64 {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n
		}
		return math.MaxInt64
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
}
