package chart

// MirrorChart shows what sectors believe about each other beside how it is.
type MirrorChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Sectors            []Sign // of the legend
	Rows               []MirrorRow
	Head               []string // of the table: what it is about, believed, real
	Ends               [2]Value // what stands at the ends of the scale, such as 0 % and 100 %
}

// MirrorRow is one belief: shares from 0 to 1.
type MirrorRow struct {
	Label       string // such as "Mieszkańcy o urzędach: warto konsultować"
	From, About string // sectors: who believes, of whom
	Believed    Value
	Real        Value
}

// Mirror draws each belief as a line from the hollow sign of those who believe
// to the full sign of those who are meant: its length is how wrong they are.
func Mirror(c MirrorChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Legend: c.Sectors, Table: Table{Caption: c.Title, Head: c.Head}}
	for i, row := range c.Rows {
		if i > 0 {
			d.y += gap
		}
		d.label(row.Label)
		d.belief(row)
		out.Table.Rows = append(out.Table.Rows, []string{row.Label, row.Believed.Text, row.Real.Text})
	}
	if len(c.Rows) > 0 {
		d.y += lineHeight
		d.add(`<text class="note" x="0" y="%d">%s</text>`, d.y-4, escape(c.Ends[0].Text))
		d.add(`<text class="note" x="100%%" y="%d" text-anchor="end">%s</text>`, d.y-4, escape(c.Ends[1].Text))
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// along keeps the signs at the ends of the scale inside the drawing.
func along(share float64) float64 { return 4 + 0.92*percent(share) }

func (d *drawing) belief(row MirrorRow) {
	middle := d.y + barHeight/2
	believed, real := along(row.Believed.Number), along(row.Real.Number)
	d.add(`<line class="axis" x1="4%%" x2="96%%" y1="%[1]d" y2="%[1]d"/>`, middle)
	for _, tick := range []float64{4, 27, 50, 73, 96} {
		d.add(`<line class="axis" x1="%.0[1]f%%" x2="%.0[1]f%%" y1="%[2]d" y2="%[3]d"/>`, tick, middle-4, middle+4)
	}
	d.add(`<line class="mark" x1="%.2f%%" x2="%.2f%%" y1="%[3]d" y2="%[3]d"/>`, believed, real, middle)
	d.mark(row.From, true, believed, middle)
	d.mark(row.About, false, real, middle)
	d.y += barHeight + lineHeight
	left, right := row.Believed, row.Real
	if believed > real {
		left, right = right, left
	}
	d.add(`<text class="value" x="0" y="%d">%s</text>`, d.y-4, escape(left.Text))
	d.add(`<text class="value" x="100%%" y="%d" text-anchor="end">%s</text>`, d.y-4, escape(right.Text))
}
