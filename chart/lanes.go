package chart

// LanesChart shows what lasts from when to when, in lanes: a roadmap, a
// programme of days.
type LanesChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Ticks              []Tick // on the line of time
	Lanes              []Lane
	Legend             []Sign   // where spans have sectors
	Head               []string // of the table: what spans are, then each cell of Cells
}

// Lane is a row of spans under one name; "" has none.
type Lane struct {
	Name  string
	Spans []Span
}

// Span lasts from From to To and may last until Until without harm. One that
// takes no time is a dot.
type Span struct {
	Label, Text     string // the name, and what is said after it
	From, To, Until float64
	Sector          string // gives it that sector's colour and pattern; "" is none
	Strong          bool   // it must not wait: a line under it says so
	Cells           []string
}

// Lanes draws one bar per span under its name, on a common line of time; a
// dashed frame reaches to Until.
func Lanes(c LanesChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Legend: c.Legend, Table: Table{Caption: c.Title, Head: c.Head}}
	var sectors []string
	for _, l := range c.Lanes {
		for _, s := range l.Spans {
			sectors = append(sectors, s.Sector)
			out.Table.Rows = append(out.Table.Rows, append([]string{s.Label}, s.Cells...))
		}
	}
	d.patterns(c.ID, sectors)
	t := newTimeline(c)
	t.axis(d, c.Ticks)
	for _, l := range c.Lanes {
		d.y += gap / 2
		if l.Name != "" {
			d.text("kicker", l.Name)
		}
		for _, s := range l.Spans {
			t.span(d, c.ID, s)
		}
	}
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// timeline turns moments into percent of the width.
type timeline struct{ from, to float64 }

func newTimeline(c LanesChart) timeline {
	t := timeline{}
	first := true
	reach := func(at float64) {
		if first {
			t, first = timeline{at, at}, false
		}
		t = timeline{min(t.from, at), max(t.to, at)}
	}
	for _, tick := range c.Ticks {
		reach(tick.At)
	}
	for _, l := range c.Lanes {
		for _, s := range l.Spans {
			reach(s.From)
			reach(max(s.To, s.Until))
		}
	}
	if t.to == t.from {
		t.to = t.from + 1
	}
	return t
}

// x keeps a little room at both ends, for dots.
func (t timeline) x(at float64) float64 { return 2 + 96*(at-t.from)/(t.to-t.from) }

// axis draws the line of time with its moments.
func (t timeline) axis(d *drawing, ticks []Tick) {
	d.y += lineHeight
	for _, tick := range ticks {
		x, anchor := t.x(tick.At), "middle"
		if x < 6 {
			anchor = "start"
		} else if x > 94 {
			anchor = "end"
		}
		d.add(`<text class="note" x="%.2f%%" y="%d" text-anchor="%s">%s</text>`, x, d.y-6, anchor, escape(tick.Text))
		d.add(`<line class="axis" x1="%.2[1]f%%" x2="%.2[1]f%%" y1="%[2]d" y2="%[3]d"/>`, x, d.y, d.y+6)
	}
	d.add(`<line class="axis" x1="2%%" x2="98%%" y1="%[1]d" y2="%[1]d"/>`, d.y)
	d.y += 6
}

const spanHeight = 16

// span draws a name and, under it, the bar.
func (t timeline) span(d *drawing, id string, s Span) {
	d.label(joined(s.Label, s.Text))
	from, to := t.x(s.From), t.x(s.To)
	if until := t.x(max(s.To, s.Until)); until > to {
		d.add(`<rect class="hidden-value" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, to, d.y+2, until-to, spanHeight-4)
	}
	switch {
	case s.From == s.To:
		d.add(`<circle class="dot" cx="%.2f%%" cy="%d" r="7"/>`, from, d.y+spanHeight/2)
	case s.Sector == "":
		d.add(`<rect class="bar" x="%.2f%%" y="%d" width="%.2f%%" height="%d" rx="2"/>`, from, d.y, to-from, spanHeight)
	default:
		for _, layer := range []string{`class="fill-` + escape(s.Sector) + `"`, `fill="url(#` + patternID(id, s.Sector) + `)"`} {
			d.add(`<rect %s x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, layer, from, d.y, to-from, spanHeight)
		}
	}
	if s.Strong {
		d.add(`<line class="mark" x1="%.2f%%" x2="%.2f%%" y1="%[3]d" y2="%[3]d"/>`, from, max(to, from+1), d.y+spanHeight+3)
	}
	d.y += spanHeight + 8
}
