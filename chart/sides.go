package chart

// SidesChart shows how each sector stands to one statement: agreeing, passing
// and rejecting as the parts of one bar.
type SidesChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Rows               []SidesRow
	Head               []string // of the table: sector, agree, pass, disagree
}

// SidesRow is one sector. Number is a share from 0 to 1 and Text says it, such
// as "za 80 %". Where Agree is Hidden the whole row is.
type SidesRow struct {
	Sector                string // "" is everybody
	Label                 string
	Agree, Pass, Disagree Value
}

// Sides draws the bars: agreement in the colour and pattern of the sector from
// the left, rejection hatched from the right, passes between them empty.
func Sides(c SidesChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Table: Table{Caption: c.Title, Head: c.Head}}
	var names []string
	for _, row := range c.Rows {
		names = append(names, row.Sector)
	}
	d.patterns(c.ID, names)
	d.add(`<defs><pattern id="%s" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="3" height="7"/></pattern></defs>`, escape(c.ID+"-against"))
	for i, row := range c.Rows {
		if i > 0 {
			d.y += gap
		}
		d.label(row.Label)
		d.sides(c.ID, row)
		out.Table.Rows = append(out.Table.Rows, []string{row.Label, row.Agree.Text, row.Pass.Text, row.Disagree.Text})
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

func (d *drawing) sides(id string, row SidesRow) {
	if row.Agree.Hidden {
		d.add(`<rect class="hidden-value" x="1" y="%d" width="4%%" height="%d" rx="2"/>`, d.y+1, barHeight-2)
		d.add(`<text class="value" x="4%%" dx="8" y="%d">%s</text>`, d.y+barHeight-5, escape(row.Agree.Text))
		d.y += barHeight
		return
	}
	yes, no := percent(row.Agree.Number), percent(row.Disagree.Number)
	d.add(`<rect class="track" x="0" y="%d" width="100%%" height="%d" rx="2"/>`, d.y, barHeight)
	if row.Sector == "" {
		d.add(`<rect class="bar" x="0" y="%d" width="%.2f%%" height="%d"/>`, d.y, yes, barHeight)
	} else if yes > 0 {
		d.segment(id, row.Sector, 0, yes)
	}
	d.add(`<rect fill="url(#%s)" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, escape(id+"-against"), 100-no, d.y, no, barHeight)
	d.y += barHeight + lineHeight
	d.add(`<text class="value" x="0" y="%d">%s</text>`, d.y-4, escape(row.Agree.Text))
	d.add(`<text class="value" x="100%%" y="%d" text-anchor="end">%s</text>`, d.y-4, escape(row.Disagree.Text))
}
