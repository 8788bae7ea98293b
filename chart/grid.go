package chart

import "math"

// GridChart shows how strongly each of some things bears on each of them: a square
// grid, the row acting on the column. What is positive is a full square, what is
// negative an empty one, the larger the stronger, so that colour is not needed.
type GridChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Head               string      // of the first column of the table
	Signs              []string    // short signs of the things, such as "A1"; at most three letters
	Names              []string    // what the signs mean, in the same order
	Values             [][]float64 // by row and column; 0 stays empty
	Texts              [][]string  // the values as text, for the table
}

// gridRoom is the part of the width, in percent, that the signs of the rows take.
const gridRoom = 12.0

// Grid draws the squares, and below them what the signs mean.
func Grid(c GridChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note,
		Table: Table{Caption: c.Title, Head: append([]string{c.Head}, c.Names...)}}
	largest := 0.0
	for _, row := range c.Values {
		for _, v := range row {
			largest = max(largest, math.Abs(v))
		}
	}
	width := (100 - gridRoom) / float64(max(1, len(c.Signs)))
	d.gridHeads(c.Signs, width)
	for y, row := range c.Values {
		d.gridRow(c.Signs[y], row, width, largest)
		out.Table.Rows = append(out.Table.Rows, append([]string{c.Names[y]}, c.Texts[y]...))
	}
	d.y += gap
	for y, sign := range c.Signs {
		for i, line := range wrap(c.Names[y], letters-len(sign)-1) {
			if i == 0 {
				line = sign + " " + line
			}
			d.text("note", line)
		}
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// gridHeads writes the signs of the columns, only as many as have room.
func (d *drawing) gridHeads(signs []string, width float64) {
	d.y += lineHeight
	every := max(1, int(math.Ceil(3*letterShare/width)))
	for x := 0; x < len(signs); x += every {
		d.add(`<text class="note" text-anchor="middle" x="%.2f%%" y="%d">%s</text>`, gridRoom+(float64(x)+0.5)*width, d.y-6, escape(signs[x]))
	}
}

// phone is a hundredth of the width of the narrowest drawing, in pixels: squares
// side by side do not overlap there.
const phone = 2.72

// gridRow draws the squares of a row, each centred by its own nested picture: its
// side is in pixels and its place in percent.
func (d *drawing) gridRow(sign string, row []float64, width, largest float64) {
	const high = lineHeight
	d.add(`<text class="note" x="0" y="%d">%s</text>`, d.y+high-6, escape(sign))
	d.add(`<line class="axis" x1="%.2f%%" y1="%d" x2="100%%" y2="%d" stroke-opacity="0.35"/>`, gridRoom, d.y+high, d.y+high)
	for x, v := range row {
		if v == 0 {
			continue
		}
		side := 4 + math.Round((max(4, min(high-4, width*phone))-4)*math.Sqrt(math.Abs(v)/largest))
		at := gridRoom + (float64(x)+0.5)*width
		d.add(`<svg x="%.2f%%" y="%d" width="1" height="%d" overflow="visible">`, at, d.y, high)
		if v > 0 {
			d.add(`<rect class="bar" x="%g" y="%g" width="%g" height="%g"/>`, -side/2, (high-side)/2, side, side)
		} else {
			d.add(`<rect class="mark" fill="none" x="%g" y="%g" width="%g" height="%g"/>`, 1-side/2, 1+(high-side)/2, side-2, side-2)
		}
		d.WriteString(`</svg>`)
	}
	d.y += high
}
