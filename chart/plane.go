package chart

import "strings"

// PlaneChart shows where things stand by two numbers, and where they move.
type PlaneChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Across, Up         string // what the two numbers are, and to which side they grow
	// Quarters names the four parts of the plane around Middle, from the upper
	// left one clockwise; "" leaves one without a name.
	Quarters [4]string
	Middle   [2]float64 // across, up
	Points   []Point
	Legend   []Sign   // where points have sectors
	Head     []string // of the table: what the points are, then each cell of Cells
}

// Point is one thing on a plane.
type Point struct {
	Name       string // in the table
	Mark       string // beside the point: the name where few are drawn, else a number
	Sector     string // gives it that sector's colour and sign; "" is a dot
	Across, Up float64
	From       *[2]float64 // where it was: a ring there, and an arrow
	Span       *[4]float64 // how far it may lie: from and to across, from and to up
	Of         *[2]float64 // the point that it is a part of: a line there
	Cells      []string    // of its row in the table, after its name
}

// planeHeight is the height of the field in pixels. Its width is that of the
// page; marks are kept apart as if it were planeWidth.
const (
	planeHeight = 440
	planeWidth  = 700.0
	planeEdge   = 34 // between the field and its outermost points
	markLetters = 26
)

// Plane draws the points in a field whose middle lines part it into quarters.
// Points are placed in proportion; the field reaches from the smallest to the
// largest number, the middle among them. Marks stand where they hide least.
func Plane(c PlaneChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Legend: c.Legend,
		Table: Table{Caption: c.Title, Head: c.Head}}
	f := newField(c)
	d.text("note", c.Up)
	f.top = d.y + 4
	d.y = f.top + planeHeight
	f.frame(d, c)
	for _, p := range c.Points {
		if p.From != nil {
			f.arrow(d, c.ID, *p.From, [2]float64{p.Across, p.Up})
		}
		f.span(d, p)
	}
	f.points(d, c.Points)
	d.y += 2
	d.text("note", c.Across)
	for _, p := range c.Points {
		out.Table.Rows = append(out.Table.Rows, append([]string{p.Name}, p.Cells...))
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// field turns numbers into places: percent across, pixels down.
type field struct {
	low, high [2]float64
	top       int
	taken     [len(widths)][]box
}

// widths of the field, in pixels, in which no mark may hide another: that of a
// page and that of a phone.
var widths = [...]float64{planeWidth, 100 * phone}

// box is a piece of the field that something covers, in pixels of one width.
type box struct{ left, top, right, bottom float64 }

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

func newField(c PlaneChart) *field {
	f := &field{low: c.Middle, high: c.Middle}
	reach := func(p [2]float64) {
		for k := range p {
			f.low[k], f.high[k] = min(f.low[k], p[k]), max(f.high[k], p[k])
		}
	}
	for _, p := range c.Points {
		reach([2]float64{p.Across, p.Up})
		if p.From != nil {
			reach(*p.From)
		}
		if p.Span != nil {
			reach([2]float64{p.Span[0], p.Span[2]})
			reach([2]float64{p.Span[1], p.Span[3]})
		}
	}
	for k := range f.low {
		if f.low[k] == f.high[k] {
			f.low[k], f.high[k] = f.low[k]-1, f.high[k]+1
		}
	}
	return f
}

// share is how far a number lies between the lowest and the highest.
func (f *field) share(p [2]float64, k int) float64 {
	return (p[k] - f.low[k]) / (f.high[k] - f.low[k])
}

// x is in percent of the width, y in pixels from the top.
func (f *field) x(p [2]float64) float64 {
	edge := 100 * planeEdge / planeWidth
	return edge + f.share(p, 0)*(100-2*edge)
}

func (f *field) y(p [2]float64) float64 {
	return float64(f.top) + planeEdge + (1-f.share(p, 1))*(planeHeight-2*planeEdge)
}

// frame draws the field, its middle lines and the names of its quarters.
func (f *field) frame(d *drawing, c PlaneChart) {
	x, y := f.x(c.Middle), f.y(c.Middle)
	d.add(`<rect class="field" x="0" y="%d" width="100%%" height="%d" rx="2"/>`, f.top, planeHeight)
	d.add(`<line class="axis" x1="%.2[1]f%%" x2="%.2[1]f%%" y1="%[2]d" y2="%[3]d"/>`, x, f.top, f.top+planeHeight)
	d.add(`<line class="axis" x1="0" x2="100%%" y1="%.1[1]f" y2="%.1[1]f"/>`, y)
	for k, name := range c.Quarters {
		down, right := k > 1, k == 1 || k == 2
		at, anchor, line := "6", "start", f.top+lineHeight-3
		if right {
			at, anchor = "99%", "end"
		}
		if down {
			line = f.top + planeHeight - 8
		}
		if name != "" {
			d.add(`<text class="note" x="%s" y="%d" text-anchor="%s">%s</text>`, at, line, anchor, escape(name))
			f.take(float64(line), name, right)
		}
	}
}

// take keeps the marks away from the name of a quarter.
func (f *field) take(line float64, name string, right bool) {
	wide := letter * float64(len([]rune(name)))
	f.cover(func(width float64) box {
		left := 4.0
		if right {
			left = width - wide - 8
		}
		return box{left, line - 16, left + wide, line + 4}
	})
}

// cover remembers what is covered in each width.
func (f *field) cover(in func(width float64) box) {
	for k, width := range widths {
		f.taken[k] = append(f.taken[k], in(width))
	}
}

// arrow draws a ring where a point was and a line from there.
func (f *field) arrow(d *drawing, id string, from, to [2]float64) {
	if !strings.Contains(d.String(), "<marker") {
		d.add(`<defs><marker id="%s-arrow" viewBox="0 0 8 8" refX="13" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="arrow-head" d="M0 0 8 4 0 8Z"/></marker></defs>`, escape(id))
	}
	d.add(`<line class="arrow" x1="%.2f%%" y1="%.1f" x2="%.2f%%" y2="%.1f" marker-end="url(#%s-arrow)"/>`, f.x(from), f.y(from), f.x(to), f.y(to), escape(id))
	d.add(`<circle class="ring" cx="%.2f%%" cy="%.1f" r="4"/>`, f.x(from), f.y(from))
	f.along(from, to)
}

// along keeps the marks away from a line.
func (f *field) along(from, to [2]float64) {
	for step := range 20 {
		part := float64(step) / 20
		x, y := f.x(from)+part*(f.x(to)-f.x(from)), f.y(from)+part*(f.y(to)-f.y(from))
		f.cover(func(width float64) box { return box{x*width/100 - 3, y - 3, x*width/100 + 3, y + 3} })
	}
}

// span draws how far a point may lie, and the line to what it is a part of.
func (f *field) span(d *drawing, p Point) {
	at := [2]float64{p.Across, p.Up}
	line := func(from, to [2]float64) {
		d.add(`<line class="axis" x1="%.2f%%" y1="%.1f" x2="%.2f%%" y2="%.1f"/>`, f.x(from), f.y(from), f.x(to), f.y(to))
		f.along(from, to)
	}
	if p.Span != nil {
		line([2]float64{p.Span[0], p.Up}, [2]float64{p.Span[1], p.Up})
		line([2]float64{p.Across, p.Span[2]}, [2]float64{p.Across, p.Span[3]})
	}
	if p.Of != nil {
		line(*p.Of, at)
	}
}
