package chart

import (
	"html"
	"strings"
)

// ThreadChart shows things one below the other and, beside them, arcs that lead
// from each to what came of it. Time runs downwards; an arc that leads up closes
// a circle.
type ThreadChart struct {
	ID                 string // unique on the page
	Title, Description string
	Things             []ThreadThing
	Arcs               []ThreadArc
}

// ThreadThing is one line of the drawing. A Here thing is the one the reader
// stands on; a Gone one is withdrawn and drawn hollow.
type ThreadThing struct {
	Kicker, Title string
	Href          string // on this site; "" for no link
	Lang          string
	Here, Gone    bool
}

// ThreadArc leads from a thing to another, by their places.
type ThreadArc struct{ From, To int }

const (
	gutter        = 60 // pixels left of the things, for the arcs
	threadLetters = 25 // in a line of a title on the narrowest phone
	mostLines     = 4  // of a title; the list beside the drawing has it whole
	dotDown       = 15 // from the top of a thing to its dot
)

// Thread draws the things and the arcs. Its links are in the order of the
// things, so that a keyboard walks down the drawing.
func Thread(c ThreadChart) Chart {
	things, arcs := &drawing{}, &drawing{}
	dots := make([]int, len(c.Things))
	for i, t := range c.Things {
		dots[i] = things.y + dotDown
		things.thing(t)
		things.y += gap
	}
	for _, a := range c.Arcs {
		if a.From != a.To && min(a.From, a.To) >= 0 && max(a.From, a.To) < len(dots) {
			arcs.arc(dots[a.From], dots[a.To], a.To-a.From)
		}
	}
	arcs.WriteString(things.String())
	arcs.y = things.y
	// A picture hides its links from those who do not see it; a group does not.
	svg := strings.Replace(arcs.svg(c.ID, c.Title, c.Description), `role="img"`, `role="group"`, 1)
	return Chart{Title: c.Title, Description: c.Description, SVG: svg}
}

func (d *drawing) thing(t ThreadThing) {
	class := ""
	if t.Here {
		class += " here"
	}
	dot := "dot" + class
	if t.Gone {
		dot += " gone"
	}
	if t.Href != "" {
		d.add(`<a href="%s">`, html.EscapeString(t.Href))
	}
	d.add(`<circle class="%s" cx="%d" cy="%d" r="7"/><text>`, dot, gutter-14, d.y+dotDown)
	d.line("kicker", "", t.Kicker)
	lines := wrap(t.Title, threadLetters)
	if len(lines) > mostLines {
		lines = append(lines[:mostLines-1:mostLines-1], lines[mostLines-1]+" …")
	}
	for _, line := range lines {
		d.line("label"+class, t.Lang, line)
	}
	d.WriteString(`</text>`)
	if t.Href != "" {
		d.WriteString(`</a>`)
	}
}

// line writes one line of a text right of the arcs and moves below it. The space
// after it keeps the words of two lines apart where they are read aloud.
func (d *drawing) line(class, lang, s string) {
	d.y += lineHeight
	if lang != "" {
		lang = ` lang="` + html.EscapeString(lang) + `"`
	}
	d.add(`<tspan class="%s"%s x="%d" y="%d">%s</tspan> `, class, lang, gutter, d.y-1, html.EscapeString(s))
}

// arc leads from one dot to another; the further, the wider. Its head says where
// it leads.
func (d *drawing) arc(from, to, steps int) {
	wide := min(gutter-20, 10+8*max(steps, -steps))
	x, down := gutter-14, 1
	if to < from {
		down = -1
	}
	end := to - down*9
	d.add(`<path class="arc" d="M%d %dC%d %d %d %d %d %d"/>`, x, from+down*7, x-wide, from+down*14, x-wide, end-down*14, x-3, end)
	d.add(`<path class="arc-head" d="M%d %dl-8 %dl9 %dZ"/>`, x-1, end+down*2, -down*3, -down*5)
}
