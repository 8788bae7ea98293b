package opinion

import (
	"cmp"
	"fmt"
	"slices"
)

// cell is one vote in two bytes: the statement and, in the low two bits, the
// vote. It serves as its own index into tables of four entries per statement,
// so that the arithmetic over all votes is looking up and adding.
type cell uint16

// cells is the size of a table that every cell can index. It is as large as
// the type, so that the compiler leaves the check of the index away.
const cells = 1 << 16

func cellOf(statement int, v Vote) cell { return cell(statement<<2 | int(v+1)) }
func (c cell) statement() int           { return int(c >> 2) }
func (c cell) vote() Vote               { return Vote(c&3) - 1 }

// Votes is the vote matrix: a row per participant, a column per statement, and
// only the votes that were given. It keeps the last vote of each pair; the
// order in which votes came leaves no trace.
//
// The zero value is empty and ready; rows and columns appear as votes come.
// It is not safe for use by several goroutines at once.
type Votes struct {
	rows  [][]cell // ascending by statement
	tally []Tally
	out   []bool
	count int
}

// Participants is the number of rows.
func (v *Votes) Participants() int { return len(v.rows) }

// Statements is the number of columns, moderated ones included.
func (v *Votes) Statements() int { return len(v.tally) }

// Count is the number of votes.
func (v *Votes) Count() int { return v.count }

// CountOf is how many statements a participant voted on, passes and moderated
// statements included.
func (v *Votes) CountOf(participant int) int { return len(v.rows[participant]) }

// Tally counts all votes on a statement.
func (v *Votes) Tally(statement int) Tally { return v.tally[statement] }

// Grow makes room for at least that many participants and statements, so that
// those without a vote have their number too. It returns ErrSize above
// MaxParticipants and MaxStatements.
func (v *Votes) Grow(participants, statements int) error {
	if participants > MaxParticipants || statements > MaxStatements {
		return ErrSize
	}
	if n := participants - len(v.rows); n > 0 {
		v.rows = append(v.rows, make([][]cell, n)...)
	}
	if n := statements - len(v.tally); n > 0 {
		v.tally = append(v.tally, make([]Tally, n)...)
		v.out = append(v.out, make([]bool, n)...)
	}
	return nil
}

// Set records a vote in place of an earlier one of that participant on that
// statement, and makes room for both where they are new. It returns ErrRange,
// ErrSize or ErrVote and then changes nothing.
func (v *Votes) Set(participant, statement int, vote Vote) error {
	if participant < 0 || statement < 0 {
		return fmt.Errorf("%w: %d, %d", ErrRange, participant, statement)
	}
	if vote < Disagree || vote > Agree {
		return fmt.Errorf("%w: %d", ErrVote, vote)
	}
	if err := v.Grow(participant+1, statement+1); err != nil {
		return err
	}
	row := v.rows[participant]
	c := cellOf(statement, vote)
	if i, found := find(row, statement); found {
		v.add(row[i], -1)
		row[i] = c
	} else {
		v.rows[participant] = slices.Insert(row, i, c)
	}
	v.add(c, 1)
	return nil
}

// Withdraw takes a vote back. Where there is none nothing happens.
func (v *Votes) Withdraw(participant, statement int) {
	if participant < 0 || participant >= len(v.rows) {
		return
	}
	row := v.rows[participant]
	if i, found := find(row, statement); found {
		v.add(row[i], -1)
		v.rows[participant] = slices.Delete(row, i, i+1)
	}
}

// Of is the vote of a participant on a statement, if there is one.
func (v *Votes) Of(participant, statement int) (Vote, bool) {
	if participant < 0 || participant >= len(v.rows) {
		return 0, false
	}
	row := v.rows[participant]
	i, found := find(row, statement)
	if !found {
		return 0, false
	}
	return row[i].vote(), true
}

// Moderate takes a statement out of the map, or back into it. Its column then
// counts as if everybody had passed, as in Polis: it moves nobody. Its votes
// are kept, and still count towards who takes part.
func (v *Votes) Moderate(statement int, out bool) error {
	if statement < 0 || statement >= len(v.out) {
		return fmt.Errorf("%w: statement %d", ErrRange, statement)
	}
	v.out[statement] = out
	return nil
}

// Moderated says whether a statement is out of the map.
func (v *Votes) Moderated(statement int) bool { return v.out[statement] }

func find(row []cell, statement int) (int, bool) {
	return slices.BinarySearchFunc(row, statement, func(c cell, s int) int { return cmp.Compare(c.statement(), s) })
}

// add counts one vote more or, with -1, one less.
func (v *Votes) add(c cell, n int) {
	t := &v.tally[c.statement()]
	switch c.vote() {
	case Agree:
		t.Agree += n
	case Disagree:
		t.Disagree += n
	default:
		t.Pass += n
	}
	v.count += n
}

// fill takes rows as they are, each ascending by statement and without
// repetition, and counts them.
func (v *Votes) fill(rows [][]cell) {
	v.rows = rows
	var counts [cells]int
	for _, row := range rows {
		for _, c := range row {
			counts[c]++
		}
		v.count += len(row)
	}
	for s := range v.tally {
		v.tally[s] = tallyOf(counts[4*s:])
	}
}

// tallyOf reads the counts of one statement.
func tallyOf(counts []int) Tally { return Tally{counts[2], counts[1], counts[0]} }
