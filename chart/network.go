package chart

import "strconv"

// NetworkChart shows who of two sides is in contact with whom: one side on the
// left, the other on the right, a line for each contact. Lines are as thick as the
// contact is strong, and broken where it is not trusted.
type NetworkChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Left, Right        []string  // names of the parties, drawn as letters and numbers
	Signs              [2]string // sectors of the sides
	Ties               []Tie
	Head               []string // of the table
}

// Tie is a contact between two parties, by their places. Strength goes from 0 to
// 1. New says that it was not there before, Gone that it is there no more.
type Tie struct {
	Left, Right int
	Strength    float64
	Doubted     bool
	New, Gone   bool
	Cells       []string // of its row in the table, after both names
}

const (
	partyHeight = 56
	leftEnd     = 16.0 // percent of the width
	rightEnd    = 84.0
)

// Network draws the two sides and the ties between them. The names stand in the
// list beside the drawing and in the table: on a phone there is no room for them
// in it.
func Network(c NetworkChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Table: Table{Caption: c.Title, Head: c.Head}}
	height := max(len(c.Left), len(c.Right)) * partyHeight
	place := func(i, of int) int { return height*(2*i+1)/(2*max(of, 1)) + 4 }
	for _, t := range c.Ties {
		if t.Left < 0 || t.Left >= len(c.Left) || t.Right < 0 || t.Right >= len(c.Right) {
			continue
		}
		class := "tie"
		switch {
		case t.Gone:
			class = "tie gone"
		case t.Doubted:
			class = "tie doubted"
		case t.New:
			class = "tie new"
		}
		d.add(`<line class="%s" stroke-width="%.1f" x1="%.0f%%" y1="%d" x2="%.0f%%" y2="%d"/>`, class, 1.5+6.5*min(max(t.Strength, 0), 1),
			leftEnd, place(t.Left, len(c.Left)), rightEnd, place(t.Right, len(c.Right)))
		out.Table.Rows = append(out.Table.Rows, append([]string{c.Left[t.Left], c.Right[t.Right]}, t.Cells...))
	}
	for side, names := range [][]string{c.Left, c.Right} {
		x, text, anchor := leftEnd, 2, "start"
		if side == 1 {
			x, text, anchor = rightEnd, 98, "end"
		}
		for i := range names {
			y := place(i, len(names))
			d.mark(c.Signs[side], false, x, y)
			d.add(`<text class="value" x="%d%%" y="%d" text-anchor="%s">%s</text>`, text, y+5, anchor, escape(PartyMark(side, i)))
		}
	}
	d.y = height + 8
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// PartyMark is the sign of a party in the drawing: A, B, C on the left side, and
// 1, 2, 3 on the right one.
func PartyMark(side, i int) string {
	if side == 1 {
		return strconv.Itoa(i + 1)
	}
	mark := string(rune('A' + i%26))
	if i >= 26 {
		mark += strconv.Itoa(i / 26)
	}
	return mark
}
