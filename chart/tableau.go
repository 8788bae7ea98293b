package chart

// TableauChart compares a few things, such as scenarios, property by property: one
// band per property, cut into one cell per thing. Neighbours that agree share a
// cell, so that the eye sees families.
type TableauChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Head               string   // of the first column of the table: what the rows are
	Columns            []string // short names of the things, such as "1", "2"
	Rows               []TableauRow
}

// TableauRow is one property.
type TableauRow struct {
	Label string
	Key   string        // what the marks mean; written where some cell shows only its mark
	Cells []TableauCell // one per column
}

// TableauCell is what one thing has. The cell shows Text where it has room, else
// Mark, which should be a sign or two. Shade from 0 to 1 tells values apart for
// the eye; the text tells them to everybody.
type TableauCell struct {
	Text, Mark string
	Shade      float64
}

// Tableau draws the bands one below the other, each under the name of its row.
func Tableau(c TableauChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note,
		Table: Table{Caption: c.Title, Head: append([]string{c.Head}, c.Columns...)}}
	d.columnHeads(c.Columns)
	for _, row := range c.Rows {
		d.label(row.Label)
		if marked := d.band(row.Cells); marked {
			for _, line := range wrap(row.Key, letters) {
				d.text("note", line)
			}
		}
		d.y += gap / 2
		cells := []string{row.Label}
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		out.Table.Rows = append(out.Table.Rows, cells)
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// columnHeads names the columns, each over the middle of its own.
func (d *drawing) columnHeads(names []string) {
	width := 100 / float64(max(1, len(names)))
	d.y += lineHeight
	for x, name := range names {
		d.add(`<text class="note" text-anchor="middle" x="%.2f%%" y="%d">%s</text>`, (float64(x)+0.5)*width, d.y-6, escape(name))
	}
}

// letterShare is how much of the width one letter takes on the narrowest phone, in
// percent.
const letterShare = 3.2

// band draws the cells of a row and says whether some had no room for their text.
func (d *drawing) band(cells []TableauCell) (marked bool) {
	width := 100 / float64(max(1, len(cells)))
	for from := 0; from < len(cells); {
		to := from + 1
		for to < len(cells) && cells[to] == cells[from] {
			to++
		}
		whole := d.cell(cells[from], float64(from)*width, float64(to-from)*width)
		marked = marked || !whole
		from = to
	}
	d.y += barHeight + 6
	return marked
}

// cell is one run of equal cells; the shade stays light enough for its letters.
func (d *drawing) cell(cell TableauCell, x, width float64) (whole bool) {
	const high = barHeight + 6
	d.add(`<rect class="track" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, x, d.y, width, high)
	d.add(`<rect class="bar" fill-opacity="%.2f" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, 0.3*min(1, max(0, cell.Shade)), x, d.y, width, high)
	d.add(`<rect class="edge" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, x, d.y, width, high)
	text, whole := cell.Text, width >= letterShare*float64(len([]rune(cell.Text))+1) || cell.Text == cell.Mark
	if !whole {
		text = cell.Mark
	}
	d.add(`<text text-anchor="middle" x="%.2f%%" y="%d">%s</text>`, x+width/2, d.y+high-9, escape(text))
	return whole
}
