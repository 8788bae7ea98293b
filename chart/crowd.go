package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// CrowdChart is people on a map of opinions: who votes alike stands close.
type CrowdChart struct {
	ID                 string // unique on the page
	Title, Description string
	Note               string
	Sectors            []Sign // in the order of the legend; none where sectors are not told
	Dots               []Dot
	Groups             []Cluster
	Own                *Dot     // where the reader stands, with OwnLabel beside it
	OwnLabel           string   // such as "Ty"
	Head               []string // of the table of groups: its columns
}

// Dot is one person. Sector is "" where it may not or cannot be told; Group is
// the index of Groups, -1 for none.
type Dot struct {
	X, Y   float64
	Sector string
	Group  int
}

// Cluster is a group with its name, drawn inside it, and its row of the table.
type Cluster struct {
	Name string
	Row  []string
}

// Pixels of the map, and the number of people above which they are drawn as
// circles that stand for several, each as large as they are many, and of no
// sector.
const (
	crowdHeight = 420
	mostDots    = 600
	gridColumns = 36
	gridRows    = 24
)

// Crowd draws the map. It fills the width it is given; distances are therefore
// to be read within one direction. Positive Y is up.
func Crowd(c CrowdChart) Chart {
	d := &drawing{}
	out := Chart{Title: c.Title, Description: c.Description, Note: c.Note, Table: Table{Caption: c.Title, Head: c.Head}}
	f := frameOf(c.Dots, c.Own)
	d.add(`<rect class="ground" x="0" y="0" width="100%%" height="%d" rx="4"/>`, crowdHeight)
	d.hulls(f, c.Dots, len(c.Groups))
	if len(c.Dots) > mostDots {
		d.crowds(f, c.Dots)
	} else {
		out.Legend = c.Sectors
		for _, dot := range c.Dots {
			x, y := f.place(dot.X, dot.Y)
			d.mark(dot.Sector, false, x, y)
		}
	}
	d.names(f, c)
	if c.Own != nil {
		x, y := f.place(c.Own.X, c.Own.Y)
		d.add(`<circle class="own" cx="%.2f%%" cy="%d" r="12"/>`, x, y)
		d.add(`<text class="value halo" x="%.2f%%" y="%d" text-anchor="%s">%s</text>`, x, y-18, anchor(x), escape(c.OwnLabel))
	}
	for _, g := range c.Groups {
		out.Table.Rows = append(out.Table.Rows, g.Row)
	}
	d.y = crowdHeight
	out.SVG = d.svg(c.ID, c.Title, c.Description)
	return out
}

// frame turns places of the map into percent and pixels.
type frame struct{ left, bottom, width, height float64 }

func frameOf(dots []Dot, own *Dot) frame {
	if own != nil {
		dots = append(slices.Clone(dots), *own)
	}
	if len(dots) == 0 {
		return frame{-1, -1, 2, 2}
	}
	x := func(a, b Dot) int { return cmp.Compare(a.X, b.X) }
	y := func(a, b Dot) int { return cmp.Compare(a.Y, b.Y) }
	f := frame{left: slices.MinFunc(dots, x).X, bottom: slices.MinFunc(dots, y).Y}
	f.width, f.height = slices.MaxFunc(dots, x).X-f.left, slices.MaxFunc(dots, y).Y-f.bottom
	if !(f.width > 0) {
		f.left, f.width = f.left-1, 2
	}
	if !(f.height > 0) {
		f.bottom, f.height = f.bottom-1, 2
	}
	return f
}

// share is the place within the frame, 0 to 1, from the left and from the top.
func (f frame) share(x, y float64) (float64, float64) {
	return (x - f.left) / f.width, 1 - (y-f.bottom)/f.height
}

func (f frame) place(x, y float64) (percent float64, pixels int) {
	across, down := f.share(x, y)
	return 5 + 90*across, int(math.Round(24 + (crowdHeight-48)*down))
}

// hulls draws the outline of each group. Their own coordinates are stretched to
// the width of the drawing, which polygons cannot do by themselves.
func (d *drawing) hulls(f frame, dots []Dot, groups int) {
	of := make([][]Dot, groups)
	for _, dot := range dots {
		if dot.Group >= 0 && dot.Group < groups {
			of[dot.Group] = append(of[dot.Group], dot)
		}
	}
	d.add(`<svg x="0" y="0" width="100%%" height="%[1]d" viewBox="0 0 1000 %[1]d" preserveAspectRatio="none">`, crowdHeight)
	for g, members := range of {
		var points []string
		for _, corner := range hull(members) {
			x, y := f.place(corner.X, corner.Y)
			points = append(points, fmt.Sprintf("%.1f,%d", 10*x, y))
		}
		if len(points) > 2 {
			d.add(`<polygon class="group group-%d" vector-effect="non-scaling-stroke" points="%s"/>`, g%4, strings.Join(points, " "))
		}
	}
	d.add(`</svg>`)
}

// hull is the convex hull, counter-clockwise (Andrew's monotone chain).
func hull(dots []Dot) []Dot {
	sorted := slices.Clone(dots)
	slices.SortFunc(sorted, func(a, b Dot) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	half := func(dots []Dot) []Dot {
		var chain []Dot
		for _, p := range dots {
			for len(chain) >= 2 {
				a, b := chain[len(chain)-2], chain[len(chain)-1]
				if (b.X-a.X)*(p.Y-a.Y)-(b.Y-a.Y)*(p.X-a.X) > 0 {
					break
				}
				chain = chain[:len(chain)-1]
			}
			chain = append(chain, p)
		}
		return chain
	}
	if len(sorted) < 3 {
		return sorted
	}
	lower := half(sorted)
	slices.Reverse(sorted)
	upper := half(sorted)
	return append(lower[:len(lower)-1], upper[:len(upper)-1]...)
}

// crowds draws circles whose area says how many people stand there.
func (d *drawing) crowds(f frame, dots []Dot) {
	var count [gridColumns * gridRows]int
	most := 0
	for _, dot := range dots {
		across, down := f.share(dot.X, dot.Y)
		cell := min(int(down*gridRows), gridRows-1)*gridColumns + min(int(across*gridColumns), gridColumns-1)
		count[cell]++
		most = max(most, count[cell])
	}
	for cell, n := range count {
		if n == 0 {
			continue
		}
		x := 5 + 90*(float64(cell%gridColumns)+0.5)/gridColumns
		y := 24 + (crowdHeight-48)*(float64(cell/gridColumns)+0.5)/gridRows
		d.add(`<circle class="crowd" cx="%.2f%%" cy="%.0f" r="%.1f"/>`, x, y, max(1, 9*math.Sqrt(float64(n)/float64(most))))
	}
}

// names writes each group's name in the middle of its people.
func (d *drawing) names(f frame, c CrowdChart) {
	for g, cluster := range c.Groups {
		x, y, n := 0.0, 0.0, 0.0
		for _, dot := range c.Dots {
			if dot.Group == g {
				x, y, n = x+dot.X, y+dot.Y, n+1
			}
		}
		if n > 0 {
			across, down := f.place(x/n, y/n)
			d.add(`<text class="group-name halo" x="%.2f%%" y="%d" text-anchor="middle">%s</text>`, across, down+8, escape(cluster.Name))
		}
	}
}

// anchor keeps a word beside a point inside the drawing.
func anchor(percent float64) string {
	switch {
	case percent < 15:
		return "start"
	case percent > 85:
		return "end"
	}
	return "middle"
}
