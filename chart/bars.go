package chart

// BarChart is one series: a name and a number per row.
type BarChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Bars               []Bar
	Max                float64  // length of the whole track; 0 takes the largest value
	Head               []string // of the table: what the rows are, what the number is
}

// Bar is one row. Sector gives it that sector's colour and pattern; "" is none.
type Bar struct {
	Label  string
	Value  Value
	Sector string
}

// Bars draws horizontal bars, each under its name and with its value beside it.
// Negative numbers are drawn as zero: this chart is for counts and shares.
func Bars(c BarChart) Chart {
	longest := c.Max
	for _, b := range c.Bars {
		if c.Max == 0 && !b.Value.Hidden {
			longest = max(longest, b.Value.Number)
		}
	}
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Table: Table{Caption: c.Title, Head: c.Head}}
	d.patterns(c.ID, sectorsOf(c.Bars))
	for i, b := range c.Bars {
		if i > 0 {
			d.y += gap
		}
		d.label(b.Label)
		d.bar(c.ID, b, longest)
		out.Table.Rows = append(out.Table.Rows, []string{b.Label, b.Value.Text})
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// valueRoom is the share of the width, in percent, kept free on the right for
// the value: "mniej niż 5" fits into it on the narrowest phone.
const valueRoom = 34.0

func (d *drawing) bar(id string, b Bar, longest float64) {
	width := 0.0
	if longest > 0 && !b.Value.Hidden {
		width = min(1, max(0, b.Value.Number/longest)) * (100 - valueRoom)
	}
	if b.Value.Hidden {
		d.add(`<rect class="hidden-value" x="1" y="%d" width="4%%" height="%d" rx="2"/>`, d.y+1, barHeight-2)
		width = 4
	} else if b.Sector == "" {
		d.add(`<rect class="bar" x="0" y="%d" width="%.2f%%" height="%d" rx="2"/>`, d.y, width, barHeight)
	} else {
		d.segment(id, b.Sector, 0, width)
	}
	d.add(`<text class="value" x="%.2f%%" dx="8" y="%d">%s</text>`, width, d.y+barHeight-5, escape(b.Value.Text))
	d.y += barHeight
}

func sectorsOf(bars []Bar) []string {
	var sectors []string
	for _, b := range bars {
		sectors = append(sectors, b.Sector)
	}
	return sectors
}
