package paper

// Column is one column of a table. Width is in millimetres; 0 shares what is
// left.
type Column struct {
	Title string
	Width float64
}

// Table prints rows that go over pages, each page under the same heads. A row is
// at least so many millimetres high: room to sign. A row is never cut in two.
func (d *Document) Table(columns []Column, rows [][]string, height float64) {
	widths := d.widths(columns)
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.Title
	}
	d.font("B", smallSize)
	d.row(widths, heads, 6, true)
	d.font("", 10)
	for _, cells := range rows {
		if d.over(d.height(widths, cells, height)) {
			d.Page()
			d.font("B", smallSize)
			d.row(widths, heads, 6, true)
			d.font("", 10)
		}
		d.row(widths, cells, height, false)
	}
	d.font("", bodySize)
	d.Gap(3)
}

func (d *Document) widths(columns []Column) []float64 {
	page, _ := d.pdf.GetPageSize()
	left, open := page-2*margin, 0
	for _, c := range columns {
		left -= c.Width
		if c.Width == 0 {
			open++
		}
	}
	widths := make([]float64, len(columns))
	for i, c := range columns {
		if widths[i] = c.Width; c.Width == 0 {
			widths[i] = left / float64(open)
		}
	}
	return widths
}

const (
	cellLine = 4.6 // height of a line in a cell
	cellRoom = 1.2 // above and below it
)

// split breaks a cell into lines of its width. A word longer than the cell is
// broken too.
func (d *Document) split(text string, width float64) []string {
	return d.pdf.SplitText(Printable(text), width-2)
}

func (d *Document) height(widths []float64, cells []string, least float64) float64 {
	most := least
	for i, text := range cells {
		most = max(most, float64(len(d.split(text, widths[i])))*cellLine+2*cellRoom)
	}
	return most
}

// over reports whether so many millimetres go beyond the page.
func (d *Document) over(height float64) bool {
	_, page := d.pdf.GetPageSize()
	return d.pdf.GetY()+height > page-margin
}

func (d *Document) row(widths []float64, cells []string, least float64, head bool) {
	height := d.height(widths, cells, least)
	x, y := margin, d.pdf.GetY()
	for i, text := range cells {
		style := "D"
		if head {
			style = "FD"
			d.pdf.SetFillColor(236, 234, 228)
		}
		d.pdf.Rect(x, y, widths[i], height, style)
		for n, line := range d.split(text, widths[i]) {
			d.pdf.SetXY(x+1, y+cellRoom+float64(n)*cellLine)
			d.pdf.CellFormat(widths[i]-2, cellLine, line, "", 0, "L", false, 0, "")
		}
		x += widths[i]
	}
	d.pdf.SetXY(margin, y+height)
}
