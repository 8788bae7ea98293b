package chart

import (
	"html"
	"slices"
)

// BalanceChart shows how the sectors share something: one bar per row, all of
// one length, cut into the shares. One row is the whole; several compare, for
// example, gminas.
type BalanceChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Sectors            []Sign // in the order of the shares
	Rows               []BalanceRow
	Head               string // of the first column of the table: what the rows are
}

// BalanceRow holds one value per sector, in the order of Sectors.
type BalanceRow struct {
	Label  string // "" where there is one row
	Values []Value
	Total  string // said beside the name, such as "38 osób"
}

// Balance draws the shares. A share is a number of the row divided by the sum
// of those that may be shown; hidden ones get a narrow dashed place, and a row
// in which nothing may be shown says so in its table only.
func Balance(c BalanceChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Legend: c.Sectors,
		Table: Table{Caption: c.Title, Head: []string{c.Head}}}
	var names []string
	for _, s := range c.Sectors {
		names = append(names, s.Sector)
		out.Table.Head = append(out.Table.Head, s.Label)
	}
	d.patterns(c.ID, names)
	for i, row := range c.Rows {
		if i > 0 {
			d.y += gap
		}
		d.label(joined(row.Label, row.Total))
		d.shares(c.ID, names, row.Values)
		cells := []string{row.Label}
		if row.Label == "" {
			cells[0] = c.Title
		}
		for _, v := range row.Values {
			cells = append(cells, v.Text)
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// hiddenShare is the width, in percent, of a share that may not be shown.
const hiddenShare = 3.0

// shares draws one bar with, under it, the value of each share that has room.
func (d *drawing) shares(id string, sectors []string, values []Value) {
	sum, open := 0.0, 100.0
	for _, v := range values {
		if v.Hidden {
			open -= hiddenShare
		} else {
			sum += max(0, v.Number)
		}
	}
	d.add(`<rect class="track" x="0" y="%d" width="100%%" height="%d" rx="2"/>`, d.y, barHeight)
	x := 0.0
	for i, v := range values[:min(len(values), len(sectors))] {
		width := hiddenShare
		if !v.Hidden {
			width = 0
			if sum > 0 {
				width = max(0, v.Number) / sum * open
			}
		}
		d.share(id, sectors[i], v, x, width)
		x += width
	}
	d.y += barHeight + lineHeight
}

func (d *drawing) share(id, sector string, v Value, x, width float64) {
	if width == 0 {
		return
	}
	if v.Hidden {
		d.add(`<rect class="hidden-value" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, x, d.y+1, width, barHeight-2)
		return
	}
	d.segment(id, sector, x, width)
	if enough := 3.2 * float64(len([]rune(v.Text))); width >= enough {
		d.add(`<text class="value" x="%.2f%%" y="%d">%s</text>`, x, d.y+barHeight+lineHeight-4, escape(v.Text))
	}
}

// segment is a piece of a bar in the colour of a sector, filled with its shape.
func (d *drawing) segment(id, sector string, x, width float64) {
	for _, layer := range []string{`class="fill-` + escape(sector) + `"`, `fill="url(#` + patternID(id, sector) + `)"`, `class="edge"`} {
		d.add(`<rect %s x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, layer, x, d.y, width, barHeight)
	}
}

// The four shapes of the sectors, small enough to repeat inside a bar.
var shapes = map[string]string{
	"administration": `<rect class="pattern" x="3" y="3" width="5" height="5"/>`,
	"ngo":            `<circle class="pattern" cx="5.5" cy="5.5" r="3"/>`,
	"resident":       `<path class="pattern" d="M5.5 2 9 8.5H2Z"/>`,
	"business":       `<path class="pattern" d="M5.5 1.5 9.5 5.5 5.5 9.5 1.5 5.5Z"/>`,
}

// patterns defines the fillings that a chart uses, each once.
func (d *drawing) patterns(id string, sectors []string) {
	var done []string
	for _, s := range sectors {
		if shapes[s] == "" || slices.Contains(done, s) {
			continue
		}
		if len(done) == 0 {
			d.WriteString("<defs>")
		}
		d.add(`<pattern id="%s" width="11" height="11" patternUnits="userSpaceOnUse">%s</pattern>`, patternID(id, s), shapes[s])
		done = append(done, s)
	}
	if len(done) > 0 {
		d.WriteString("</defs>")
	}
}

func patternID(id, sector string) string { return escape(id + "-" + sector) }

func escape(s string) string { return html.EscapeString(s) }

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}
