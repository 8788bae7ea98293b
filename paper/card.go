package paper

// Card is a name card to cut out: a large line, lines under it, and a mark in
// the corner, such as the number of a table.
type Card struct {
	Large string
	Lines []string
	Mark  string
	Code  *Code // nil: none
}

// Cards prints cards in two columns of four on each page, with lines to cut
// along. They begin on a page of their own.
func (d *Document) Cards(cards []Card) {
	const across, down = 2, 4
	page, tall := d.pdf.GetPageSize()
	width, height := (page-2*margin)/across, (tall-2*margin)/down
	d.pdf.SetAutoPageBreak(false, margin)
	for i, card := range cards {
		at := i % (across * down)
		if at == 0 && i > 0 {
			d.Page()
		}
		d.card(card, margin+float64(at%across)*width, margin+float64(at/across)*height, width, height)
	}
	d.pdf.SetAutoPageBreak(true, margin)
}

func (d *Document) card(card Card, x, y, width, height float64) {
	const room, codeWidth = 5.0, 26.0
	d.pdf.SetDrawColor(150, 150, 150)
	d.pdf.Rect(x, y, width, height, "D")
	d.pdf.SetDrawColor(0, 0, 0)
	words := width - 2*room
	if card.Code != nil {
		words -= codeWidth
		d.code(*card.Code, x+width-codeWidth-1, y+height-codeWidth-1, codeWidth)
	}
	if card.Mark != "" {
		d.font("", smallSize)
		d.pdf.SetXY(x+room, y+room)
		d.pdf.CellFormat(width-2*room, 4, d.cut(Printable(card.Mark), width-2*room), "", 0, "L", false, 0, "")
	}
	d.pdf.SetXY(x+room, y+room+7)
	d.inside(card.Large, "B", 17, x+room, width-2*room, 2)
	for _, line := range card.Lines {
		d.inside(line, "", 10, x+room, words, 2)
	}
	d.font("", bodySize)
}

// inside prints a text of at most so many lines at x, and goes under it.
func (d *Document) inside(text, style string, size, x, width float64, most int) {
	d.font(style, size)
	lines := d.pdf.SplitText(Printable(text), width)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = d.cut(lines[most-1]+"…", width)
	}
	for _, line := range lines {
		d.pdf.SetX(x)
		d.pdf.CellFormat(width, size*inPoint*lineRoom, line, "", 2, "L", false, 0, "")
	}
	d.pdf.Ln(1)
}

// cut shortens a line that is wider than its place and says so by three dots.
func (d *Document) cut(line string, width float64) string {
	if d.pdf.GetStringWidth(line) <= width {
		return line
	}
	letters := []rune(line)
	for len(letters) > 1 && d.pdf.GetStringWidth(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}
