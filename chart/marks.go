package chart

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// points draws the signs, then the marks where there is room beside them.
func (f *field) points(d *drawing, points []Point) {
	places := f.apart(points)
	for k, p := range points {
		x, y := places[k][0], places[k][1]
		f.cover(func(width float64) box { return around(x*width/100, y) })
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

// spot is where a mark may stand beside its point.
type spot struct {
	dx, dy float64
	anchor string
}

// box is what a mark of wide pixels covers beside a point in a field of width.
func (p spot) box(x, y, wide, width float64) box {
	left := x*width/100 + p.dx
	switch p.anchor {
	case "end":
		left -= wide
	case "middle":
		left -= wide / 2
	}
	return box{left, y + p.dy - 14, left + wide, y + p.dy + 4}
}

// spots lists where a mark may stand, near places first, those towards the middle
// of the field before others: on a phone there is no room at its edge.
func spots(x float64) []spot {
	var all []spot
	for _, down := range []float64{5, -11, 22, -24, 36, -38, 50, -52} {
		near, other := spot{11, down, "start"}, spot{-11, down, "end"}
		if x > 50 {
			near, other = other, near
		}
		all = append(all, near, other)
	}
	return append(all, spot{0, -13, "middle"}, spot{0, 24, "middle"}, spot{0, 38, "middle"}, spot{0, -27, "middle"})
}

// mark takes the place around a point where it hides least.
func (f *field) mark(d *drawing, x, y float64, s string) {
	if s == "" {
		return
	}
	wide := letter * float64(len([]rune(s)))
	best := slices.MinFunc(spots(x), func(p, q spot) int { return cmp.Compare(f.harm(p, x, y, wide), f.harm(q, x, y, wide)) })
	f.cover(func(width float64) box { return best.box(x, y, wide, width) })
	d.add(`<text class="mark-text" x="%.2f%%" dx="%s" y="%.1f" text-anchor="%s">%s</text>`, x, strconv.FormatFloat(best.dx, 'f', -1, 64), y+best.dy, best.anchor, escape(s))
}

// harm is how bad a place is: to leave the field is worse than to cover
// something, and either is worse on a page than on a phone.
func (f *field) harm(p spot, x, y, wide float64) int {
	harm := 0
	for k, width := range widths {
		b := p.box(x, y, wide, width)
		harm *= 2
		if b.left < 0 || b.right > width || b.top < float64(f.top) || b.bottom > float64(f.top+planeHeight) {
			harm += 4
		}
		if slices.ContainsFunc(f.taken[k], b.meets) {
			harm++
		}
	}
	return harm
}

// shortened cuts a long text and says so by three dots.
func shortened(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}
