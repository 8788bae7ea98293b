// Package chart draws charts as SVG on the server: titled, described, printable
// and readable without colour. It knows no language: every text comes from the
// caller, and every chart brings the table of its numbers.
//
// Colours, sizes and patterns are classes of the style sheet of web/ui. Widths
// are percentages and heights are pixels, so that letters keep their size from
// a phone to a poster.
//
// Start with Bars for one series and Balance for shares of the sectors; Crowd,
// Sides and Mirror draw opinions: who stands where, who is for what, and who
// believes what of whom.
// Chart.WriteSVG makes a file that stands alone of any of them.
package chart

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Chart is a drawing with everything that has to stand beside it.
type Chart struct {
	Title       string
	Description string // what the chart says, in a sentence
	SVG         string
	Legend      []Sign
	Table       Table
	Note        string // such as why small numbers are not shown
}

// Table holds the numbers of a chart as text. The first cell of a row names it.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// Sign explains one sector in the legend.
type Sign struct{ Sector, Label string }

// Value is a number with the text that says it. A Hidden value is known to be
// small but not shown (fewer than five people could be recognised): its text
// says so and its bar has no length.
type Value struct {
	Number float64
	Text   string
	Hidden bool
}

// Heights in pixels, matching letters of 16 px.
const (
	lineHeight = 21
	barHeight  = 22
	gap        = 18
	letters    = 26 // in a line of a label on the narrowest phone
)

// drawing collects SVG from top to bottom.
type drawing struct {
	strings.Builder
	y int
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(d, format, args...) }

// text writes one line and moves below it.
func (d *drawing) text(class, s string) {
	d.y += lineHeight
	d.add(`<text class="%s" x="0" y="%d">%s</text>`, class, d.y-6, html.EscapeString(s))
}

// label writes a name over as many lines as it needs.
func (d *drawing) label(s string) {
	for _, line := range wrap(s, letters) {
		d.text("label", line)
	}
}

// svg closes the drawing. id must be unique on the page.
func (d *drawing) svg(id, title, description string) string {
	return fmt.Sprintf(`<svg class="chart" role="img" aria-labelledby="%[1]s-title %[1]s-desc" width="100%%" height="%[2]d" xmlns="http://www.w3.org/2000/svg"><title id="%[1]s-title">%[3]s</title><desc id="%[1]s-desc">%[4]s</desc>%[5]s</svg>`,
		html.EscapeString(id), d.y, html.EscapeString(title), html.EscapeString(description), d.String())
}

// wrap breaks a text between words into lines of at most max letters; a longer
// word stands alone.
func wrap(s string, max int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= max:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
