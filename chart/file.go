package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// FileWidth is a good width for a picture that is not asked to have another:
// it fills a printed page and a column of text alike.
const FileWidth = 800

// ErrNotDrawn says that a chart holds no SVG of a known height.
var ErrNotDrawn = errors.New("chart: there is no drawing to write into a file")

// WriteSVG writes the chart as a file that stands alone, width pixels wide and
// as high as it needs: its title, what it says, its legend and its note are
// drawn around it, and a style sheet of its own gives the colours and patterns
// of web/ui (light, dark where the reader prefers it, black on white in print).
//
// Any drawing of this package can be written, Track among them: put it into
// Chart.SVG. Widths under 320 are taken as 320. A chart without a drawing gives
// ErrNotDrawn before anything is written.
func (c Chart) WriteSVG(w io.Writer, width int) error {
	inner, height, err := inside(c.SVG)
	if err != nil {
		return err
	}
	p := &sheet{width: max(320, width)}
	p.y = margin
	p.lines("file-title", c.Title, titleLetter, 26)
	p.lines("file-text", c.Description, letter, lineHeight)
	p.signs(c.Legend)
	p.y += margin / 2
	p.add(`<svg x="%d" y="%d" width="%d" height="%d" overflow="visible">%s</svg>`, margin, p.y, p.width-2*margin, height, inner)
	p.y += height
	if c.Note != "" {
		p.y += margin / 2
		p.lines("file-text", c.Note, letter, lineHeight)
	}
	_, err = io.WriteString(w, p.close(c.Title, c.Description))
	return err
}

// sheet is the page around a drawing, filled from top to bottom.
type sheet struct {
	drawing
	width int
}

// Pixels: the free edge of a file, and how much of a line a letter takes on
// average, a little more than most fonts need.
const (
	margin      = 24
	letter      = 8.6
	titleLetter = 11.5
)

// lines writes a text over as many lines as it needs.
func (p *sheet) lines(class, s string, letter float64, height int) {
	for _, line := range wrap(s, int(float64(p.width-2*margin)/letter)) {
		p.y += height
		p.add(`<text class="%s" x="%d" y="%d">%s</text>`, class, margin, p.y-6, escape(line))
	}
}

// signs writes the legend, each sector with its shape and its colour.
func (p *sheet) signs(legend []Sign) {
	x := p.width // nothing fits any more: the first begins a line
	for _, s := range legend {
		need := 26 + int(letter*float64(len([]rune(s.Label)))) + margin
		if x+need > p.width {
			x = margin
			p.y += lineHeight + 4
		}
		p.add(`<g transform="translate(%d %d)"><g class="fill-%s">%s</g><text x="24" y="13">%s</text></g>`,
			x, p.y-17, escape(s.Sector), emblems[s.Sector], escape(s.Label))
		x += need
	}
}

// The signs of the sectors as web/ui draws them beside names, 16 pixels high.
var emblems = map[string]string{
	"administration": `<rect x="1" y="1" width="14" height="14" rx="1.5"/>`,
	"ngo":            `<circle cx="8" cy="8" r="7"/>`,
	"resident":       `<path d="M8 1 15.5 15H.5Z"/>`,
	"business":       `<path d="M8 0 16 8 8 16 0 8Z"/>`,
}

// close puts title, description, style and paper before what was drawn.
func (p *sheet) close(title, description string) string {
	height := p.y + margin
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="file-title file-desc" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d">
<title id="file-title">%[3]s</title>
<desc id="file-desc">%[4]s</desc>
<style>
%[5]s</style>
<rect class="paper" x="0" y="0" width="%[1]d" height="%[2]d"/>
%[6]s
</svg>
`, p.width, height, escape(title), escape(description), fileStyle(), p.String())
}

// inside takes a drawing out of its svg element, without the title and the
// description, which the file says itself, and tells how high it is.
func inside(svg string) (body string, height int, err error) {
	d := xml.NewDecoder(strings.NewReader(svg))
	root, err := nextStart(d)
	if err != nil || root.Name.Local != "svg" {
		return "", 0, ErrNotDrawn
	}
	height, err = strconv.Atoi(attribute(root, "height"))
	if err != nil {
		return "", 0, fmt.Errorf("%w: its height is %q, expected whole pixels", ErrNotDrawn, attribute(root, "height"))
	}
	from := d.InputOffset()
	for {
		element, err := nextStart(d)
		if name := element.Name.Local; err != nil || name != "title" && name != "desc" {
			break
		}
		if err := d.Skip(); err != nil {
			return "", 0, fmt.Errorf("%w: %w", ErrNotDrawn, err)
		}
		from = d.InputOffset()
	}
	end := strings.LastIndex(svg, "</svg>")
	if int64(end) < from {
		return "", 0, ErrNotDrawn
	}
	return svg[from:end], height, nil
}

// nextStart is the next opening tag; a closing one ends the search.
func nextStart(d *xml.Decoder) (xml.StartElement, error) {
	for {
		token, err := d.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			return token, nil
		case xml.EndElement:
			return xml.StartElement{}, io.EOF
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
