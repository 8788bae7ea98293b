// Package paper writes what is printed: PDF documents with Polish letters, tables
// that go over pages, cards, and QR codes for paper and for screens.
//
// New begins a document, its methods put one thing under another, Send answers a
// request with it. The documents have no tags for screen readers: whatever stands
// in one is also on a page of the site, which is the accessible version.
package paper

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
)

// Sizes of letters in points, and of the sheet in millimetres.
const (
	bodySize  = 11
	smallSize = 9
	margin    = 18.0
	lineRoom  = 1.35 // of a line, in sizes of its letters
	inPoint   = 0.3528

	numberRoom = 22.0 // of the number of the page, beside the footer
	keptWith   = 30.0 // a heading does not stand alone at the foot of a page
	indent     = 6.0  // of each level of a list
)

// Document is a PDF that is being written, from top to bottom. Its methods do
// not fail; what went wrong is told by Write.
type Document struct {
	pdf *fpdf.Fpdf
}

// Options describe a document.
type Options struct {
	Title     string
	Language  lang.Language
	At        time.Time // of its making; the same content at the same time is the same file
	Landscape bool
	Footer    string // stands on every page beside the number of the page
}

// New begins a document with an empty page of A4.
func New(o Options) *Document {
	orientation := "P"
	if o.Landscape {
		orientation = "L"
	}
	pdf := fpdf.New(orientation, "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", regular)
	pdf.AddUTF8FontFromBytes(family, "B", bold)
	pdf.SetTitle(Printable(o.Title), true)
	pdf.SetLang(string(o.Language))
	pdf.SetProducer("Wspólnota", true)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(o.At.UTC())
	pdf.SetModificationDate(o.At.UTC())
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin)
	d := &Document{pdf: pdf}
	if o.Footer != "" {
		pdf.AliasNbPages("")
		pdf.SetFooterFunc(func() { d.footer(o.Footer) })
	}
	pdf.AddPage()
	d.font("", bodySize)
	return d
}

func (d *Document) footer(text string) {
	d.font("", smallSize)
	d.pdf.SetY(-margin + 4)
	width, _ := d.pdf.GetPageSize()
	d.pdf.CellFormat(0, 5, d.cut(Printable(text), width-2*margin-numberRoom), "", 0, "L", false, 0, "")
	d.pdf.SetX(margin)
	d.pdf.CellFormat(0, 5, fmt.Sprintf("%d/{nb}", d.pdf.PageNo()), "", 0, "R", false, 0, "")
}

func (d *Document) font(style string, size float64) { d.pdf.SetFont(family, style, size) }

// Page begins a new page.
func (d *Document) Page() { d.pdf.AddPage() }

// Gap leaves so many millimetres free.
func (d *Document) Gap(mm float64) { d.pdf.Ln(mm) }

// Align is where the lines of a text stand.
type Align string

const (
	Left   Align = "L"
	Centre Align = "C"
)

// Title is the largest line of a document.
func (d *Document) Title(text string, a Align) { d.lines(text, "B", 20, a) }

// Heading begins a part.
func (d *Document) Heading(text string) {
	if d.over(keptWith) {
		d.Page()
	}
	d.Gap(2)
	d.lines(text, "B", 14, Left)
	d.Gap(1)
}

// Text is a paragraph; Strong one that matters; Small one beside the matter.
func (d *Document) Text(text string, a Align)   { d.lines(text, "", bodySize, a) }
func (d *Document) Strong(text string, a Align) { d.lines(text, "B", 16, a) }
func (d *Document) Small(text string, a Align)  { d.lines(text, "", smallSize, a) }

// Bold is a paragraph in bold letters of the usual size.
func (d *Document) Bold(text string) { d.lines(text, "B", bodySize, Left) }

// Item is a paragraph of a list so many levels deep, after its mark; without one
// it goes on where the item before it stands.
func (d *Document) Item(depth int, mark, text string) {
	const line = bodySize * inPoint * lineRoom
	x := margin + indent*float64(min(depth, 6))
	d.font("", bodySize)
	if d.over(line) {
		d.Page()
	}
	if mark != "" {
		d.pdf.SetX(x - indent)
		d.pdf.CellFormat(indent, line, Printable(mark), "", 0, "L", false, 0, "")
	}
	d.pdf.SetX(x)
	d.pdf.SetLeftMargin(x) // lines after a break of the page begin here too
	d.pdf.MultiCell(0, line, Printable(text), "", string(Left), false)
	d.pdf.SetLeftMargin(margin)
	d.pdf.SetX(margin)
}

func (d *Document) lines(text, style string, size float64, a Align) {
	d.font(style, size)
	d.pdf.MultiCell(0, size*inPoint*lineRoom, Printable(text), "", string(a), false)
	d.font("", bodySize)
}

// Rule draws a line across the page.
func (d *Document) Rule() {
	width, _ := d.pdf.GetPageSize()
	d.pdf.Line(margin, d.pdf.GetY(), width-margin, d.pdf.GetY())
	d.Gap(2)
}

// QR draws a code of the given width in millimetres in the middle of the page.
func (d *Document) QR(code Code, width float64) {
	page, height := d.pdf.GetPageSize()
	if d.pdf.GetY()+width > height-margin {
		d.Page()
	}
	d.code(code, (page-width)/2, d.pdf.GetY(), width)
	d.Gap(width + 2)
}

// code draws black rectangles, one for each run of modules: small, sharp at any
// size, and no picture that a viewer would blur.
func (d *Document) code(code Code, x, y, width float64) {
	module := width / float64(code.Size()+2*quiet)
	d.pdf.SetFillColor(0, 0, 0)
	for _, run := range code.runs() {
		d.pdf.Rect(x+float64(run.x+quiet)*module, y+float64(run.y+quiet)*module, float64(run.length)*module, module, "F")
	}
}

// Write ends the document.
func (d *Document) Write(w io.Writer) error {
	if err := d.pdf.Output(w); err != nil {
		return fmt.Errorf("paper: %w", err)
	}
	return nil
}

// Send answers with the document; name is that of the file, in words.
func (d *Document) Send(w http.ResponseWriter, name string) error {
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return err
	}
	if name = lang.Slug(name); name == "" {
		name = "dokument"
	}
	web.Bare(w)
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s.pdf"`, name))
	_, err := w.Write(b.Bytes())
	return err
}
