package chart

import (
	"strconv"
	"strings"
)

// points draws the signs, then the marks where there is room beside them.
func (f *field) points(d *drawing, points []Point) {
	places := f.apart(points)
	for k, p := range points {
		x, y := places[k][0], places[k][1]
		f.taken = append(f.taken, around(x*planeWidth/100, y))
		if p.Sector == "" {
			d.add(`<circle class="dot" cx="%.2f%%" cy="%.1f" r="6"/>`, x, y)
			continue
		}
		d.add(`<svg x="%.2f%%" y="%.1f" overflow="visible"><g class="fill-%s" transform="translate(-8 -8)">%s</g></svg>`, x, y, escape(p.Sector), emblems[p.Sector])
	}
	for k, p := range points {
		f.mark(d, places[k][0], places[k][1], shortened(p.Mark, markLetters))
	}
}

// apart gives the places of the points. Those that would hide one another stand
// side by side, towards the middle.
func (f *field) apart(points []Point) [][2]float64 {
	const side = 100 * 15 / planeWidth
	places := make([][2]float64, len(points))
	taken := map[[2]int]int{}
	for k, p := range points {
		at := [2]float64{p.Across, p.Up}
		x, y := f.x(at), f.y(at)
		cell := [2]int{int(x * planeWidth / 100 / 5), int(y / 5)}
		shift := side * float64(taken[cell])
		taken[cell]++
		if x > 50 {
			shift = -shift
		}
		places[k] = [2]float64{min(99, max(1, x+shift)), y}
	}
	return places
}

func around(x, y float64) box { return box{x - 7, y - 7, x + 7, y + 7} }

// mark tries places around a point, near ones first, and takes the first that
// nothing covers, or else the first.
func (f *field) mark(d *drawing, x, y float64, s string) {
	if s == "" {
		return
	}
	wide := letter * float64(len([]rune(s)))
	type place struct {
		dx, dy float64
		anchor string
	}
	var places []place
	for _, down := range []float64{5, -11, 22, -24, 36, -38, 50, -52} {
		places = append(places, place{11, down, "start"}, place{-11, down, "end"})
	}
	best, found := places[0], box{}
	for k, p := range places {
		left := x*planeWidth/100 + p.dx
		if p.anchor == "end" {
			left -= wide
		}
		b := box{left, y + p.dy - 14, left + wide, y + p.dy + 4}
		if k == 0 {
			found = b
		}
		inside := b.left > 0 && b.right < planeWidth && b.top > float64(f.top) && b.bottom < float64(f.top+planeHeight)
		if inside && f.free(b) {
			best, found = p, b
			break
		}
	}
	f.taken = append(f.taken, found)
	d.add(`<text class="mark-text" x="%.2f%%" dx="%s" y="%.1f" text-anchor="%s">%s</text>`, x, strconv.FormatFloat(best.dx, 'f', -1, 64), y+best.dy, best.anchor, escape(s))
}

func (f *field) free(b box) bool {
	for _, t := range f.taken {
		if b.meets(t) {
			return false
		}
	}
	return true
}

// shortened cuts a long text and says so by three dots.
func shortened(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}
