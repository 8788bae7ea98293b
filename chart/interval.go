package chart

// IntervalChart shows, for each of several things, where the middle half of some
// groups lies on one axis, and how their middle moved.
type IntervalChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Low, High          float64 // ends of the axis
	Ticks              []Tick  // rising
	Sectors            []Sign
	Groups             []IntervalGroup
	Head               []string // of the table: what the groups are, then each cell of Cells
}

// Tick is a number on the axis with the text that says it.
type Tick struct {
	At   float64
	Text string
}

// IntervalGroup is one thing with its rows, all on one axis.
type IntervalGroup struct {
	Label string
	Rows  []Interval
}

// Interval is one row: from Low to High, with a mark at Middle.
type Interval struct {
	Label             string // above the row; "" continues the row before
	Sector            string // gives it that sector's colour and sign; "" is a bar with a line
	Low, Middle, High float64
	Before            *float64 // where the middle was: a ring there, and an arrow
	Own               *float64 // the reader's own answer: a pointer above the bar
	Text              string   // beside the row
	Hidden            bool     // known, but not shown
	Cells             []string // of its row in the table, after the name of the group
}

// Shares of the width in percent, and pixels.
const (
	axisBegins = 3.0
	axisEnds   = 60.0
	laneHeight = 28
	laneBar    = 8
	laneMoved  = 11 // from the bar down to the way the middle moved
)

// Intervals draws the groups one under the other.
func Intervals(c IntervalChart) Chart {
	d := &lanes{c: c}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Legend: c.Sectors,
		Table: Table{Caption: c.Title, Head: c.Head}}
	for i, g := range c.Groups {
		if i > 0 {
			d.y += gap
		}
		for _, line := range wrap(g.Label, letters) {
			d.text("value", line)
		}
		d.group(g)
		for _, row := range g.Rows {
			out.Table.Rows = append(out.Table.Rows, append([]string{g.Label}, row.Cells...))
		}
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// lanes draws rows on the axis of a chart.
type lanes struct {
	drawing
	c     IntervalChart
	arrow bool // its head is defined
}

// group draws the rows of one thing, the grid behind them and the axis below.
func (d *lanes) group(g IntervalGroup) {
	bottom := d.y
	for _, row := range g.Rows {
		bottom += laneHeight
		if row.Label != "" {
			bottom += lineHeight
		}
	}
	for _, t := range d.c.Ticks {
		d.add(`<line class="field" x1="%.2[1]f%%" x2="%.2[1]f%%" y1="%[2]d" y2="%[3]d"/>`, d.x(t.At), d.y, bottom+4)
	}
	for _, row := range g.Rows {
		if row.Label != "" {
			d.text("note", row.Label)
		}
		d.row(row)
	}
	d.y += lineHeight
	for _, t := range d.c.Ticks {
		d.add(`<text class="note" x="%.2f%%" y="%d" text-anchor="middle">%s</text>`, d.x(t.At), d.y-2, escape(t.Text))
	}
}

// x is the place of a number in percent of the width; what lies outside the
// axis is drawn at its end.
func (d *lanes) x(v float64) float64 {
	if d.c.High <= d.c.Low {
		return (axisBegins + axisEnds) / 2
	}
	return axisBegins + min(1, max(0, (v-d.c.Low)/(d.c.High-d.c.Low)))*(axisEnds-axisBegins)
}

func (d *lanes) row(r Interval) {
	middle := d.y + laneHeight/2 - 2
	if r.Hidden {
		d.add(`<rect class="hidden-value" x="%.2f%%" y="%d" width="4%%" height="%d" rx="2"/>`, axisBegins, middle-laneBar/2, laneBar)
	} else {
		d.before(r, middle)
		d.bar(r, middle)
		d.sign(r, middle)
	}
	if r.Own != nil { // it is the reader's, and no secret where the others are hidden
		d.add(`<svg x="%.2f%%" y="%d" overflow="visible"><path class="ring" d="M-6 -14H6L0 -5Z"/></svg>`, d.x(*r.Own), middle)
	}
	d.add(`<text class="value" x="100%%" y="%d" text-anchor="end">%s</text>`, middle+5, escape(r.Text))
	d.y += laneHeight
}

func (d *lanes) bar(r Interval, y int) {
	class := "bar"
	if r.Sector != "" {
		class = "fill-" + escape(r.Sector)
	}
	if width := d.x(r.High) - d.x(r.Low); width > 0 {
		d.add(`<rect class="%s" x="%.2f%%" y="%d" width="%.2f%%" height="%d" rx="%d"/>`, class, d.x(r.Low), y-laneBar/2, width, laneBar, laneBar/2)
	}
}

func (d *lanes) sign(r Interval, y int) {
	if emblem := emblems[r.Sector]; emblem != "" {
		d.add(`<svg x="%.2f%%" y="%d" overflow="visible"><g class="fill-%s" transform="translate(-8 -8)">%s</g></svg>`, d.x(r.Middle), y, escape(r.Sector), emblem)
		return
	}
	d.add(`<line class="mark" x1="%.2[1]f%%" x2="%.2[1]f%%" y1="%[2]d" y2="%[3]d"/>`, d.x(r.Middle), y-9, y+9)
}

// before draws the way from where the middle was, where it moved.
func (d *lanes) before(r Interval, y int) {
	y += laneMoved
	if r.Before == nil || *r.Before == r.Middle {
		return
	}
	if !d.arrow {
		d.add(`<defs><marker id="%s-moved" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="arrow-head" d="M0 0 8 4 0 8Z"/></marker></defs>`, escape(d.c.ID))
		d.arrow = true
	}
	d.add(`<line class="arrow" x1="%.2f%%" y1="%d" x2="%.2f%%" y2="%[2]d" marker-end="url(#%[4]s-moved)"/>`, d.x(*r.Before), y, d.x(r.Middle), escape(d.c.ID))
	d.add(`<circle class="ring" cx="%.2f%%" cy="%d" r="3.5"/>`, d.x(*r.Before), y)
}
