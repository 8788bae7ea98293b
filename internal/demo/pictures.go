package demo

import (
	"image/color"
	"math"
)

// The illustrations show no person and no real sign: mountains, tables and
// paper, and the four sectors as the shapes they have everywhere on the site.

// mountains is the way to Wisła: the four sectors walk up the same path.
func mountains() canvas {
	c := newCanvas(pictureWidth, pictureHeight, hex(0xeaf1f6))
	c.circle(hex(0xf7dfb0), point{1230, 250}, 150)
	c.circle(hex(0xfbeccc), point{1230, 250}, 112)
	c.hills(hex(0xcfdeea), 470, 330, 430, 300, 420, 350, 470)
	c.hills(hex(0xaac6d3), 560, 500, 380, 520, 430, 560, 470)
	c.hills(hex(0x7fa9ab), 640, 560, 640, 520, 600, 500, 590)
	c.hills(hex(0x4f8580), 720, 700, 610, 690, 640, 660, 640)
	path := []float64{850, 800, 790, 740, 735, 690, 690}
	c.hills(hex(0x2f665f), path...)
	for i, x := range []float64{330, 610, 890, 1170} {
		size := 128.0
		y := smooth(path, x/pictureWidth)
		c.sector(i, point{x, y - 0.5*size}, size)
	}
	for _, tree := range []point{{90, 850}, {170, 880}, {1420, 730}, {1495, 750}, {1560, 725}} {
		fir(c, tree, 120)
	}
	return c
}

// fir is a tree of the Beskidy whose trunk stands at foot.
func fir(c canvas, foot point, height float64) {
	c.rectangle(hex(0x5a4632), foot.x-0.05*height, foot.y-0.15*height, 0.1*height, 0.2*height, 2)
	for i := range 3 {
		top := foot.y - height + 0.25*height*float64(i)
		half := 0.18*height + 0.08*height*float64(i)
		c.fill(hex(0x1f4d47), point{foot.x, top}, point{foot.x + half, top + 0.4*height}, point{foot.x - half, top + 0.4*height})
	}
}

// table is the seminar: all four sectors around one table, seen from above.
func table() canvas {
	c := newCanvas(pictureWidth, pictureHeight, hex(0xf1ece2))
	planks(c)
	centre := point{800, 450}
	c.circle(faded(ink, 0.10), point{812, 468}, 306)
	c.circle(hex(0xdcc5a1), centre, 300)
	c.circle(hex(0xe8d7b9), centre, 284)
	for i := range 8 {
		turn := 2 * math.Pi * (float64(i) + 0.5) / 8
		c.sector(i, toward(centre, turn, 372), 112)
		card(c, toward(centre, turn, 205), 78, 54, turn)
	}
	for i := range 4 { // what lies in the middle is made by all
		c.sector(i, toward(centre, math.Pi/2*float64(i)+math.Pi/4, 52), 74)
	}
	return c
}

func planks(c canvas) {
	for x := 0.0; x < pictureWidth; x += 200 {
		c.line(faded(hex(0xb9a98c), 0.35), point{x, 0}, point{x, pictureHeight}, 3)
	}
}

func toward(from point, turn, distance float64) point {
	return point{from.x + distance*math.Cos(turn), from.y + distance*math.Sin(turn)}
}

// card is a sheet of paper that lies turned, with a few lines written on it.
func card(c canvas, centre point, width, height, turn float64) {
	at := func(x, y float64) point {
		return point{centre.x + x*math.Cos(turn+math.Pi/2) - y*math.Sin(turn+math.Pi/2),
			centre.y + x*math.Sin(turn+math.Pi/2) + y*math.Cos(turn+math.Pi/2)}
	}
	c.fill(white, at(-width/2, -height/2), at(width/2, -height/2), at(width/2, height/2), at(-width/2, height/2))
	for i := range 3 {
		y := height * (float64(i) - 1) / 4
		c.line(hex(0xb0a893), at(-0.36*width, y), at((0.36-0.14*float64(i))*width, y), 4)
	}
}

// board is the workshop: cards of four colours, put in order and joined.
func board() canvas {
	c := newCanvas(pictureWidth, pictureHeight, hex(0xe6ece9))
	c.rectangle(faded(ink, 0.08), 168, 98, 1280, 720, 18)
	c.rectangle(white, 160, 86, 1280, 720, 18)
	columns := []struct {
		x     float64
		cards []int
	}{{300, []int{0, 2, 1}}, {640, []int{1, 3, 0, 2}}, {980, []int{2, 1}}, {1300, []int{0}}}
	tint := []color.NRGBA{hex(0xdbe6f7), hex(0xd3ece9), hex(0xf6e6cd), hex(0xf0deee)}
	row := func(n int) float64 { return 226 + 146*float64(n) }
	for _, join := range [][2]point{
		{{300, row(0)}, {640, row(1)}}, {{300, row(1)}, {640, row(1)}}, {{300, row(2)}, {640, row(2)}},
		{{640, row(0)}, {980, row(0)}}, {{640, row(1)}, {980, row(0)}}, {{640, row(2)}, {980, row(1)}},
		{{980, row(0)}, {1300, 299}}, {{980, row(1)}, {1300, 299}},
	} {
		c.line(hex(0xa9b4b1), join[0], join[1], 5)
	}
	for i, column := range columns {
		for n, sector := range column.cards {
			middle := point{column.x, row(n)}
			if i == len(columns)-1 {
				middle.y = 299
				c.rectangle(hex(0xfbf3dd), middle.x-118, middle.y-118, 236, 236, 14)
				for n := range 4 {
					c.sector(n, toward(middle, math.Pi/2*float64(n)+math.Pi/4, 52), 76)
				}
				continue
			}
			c.rectangle(tint[sector], middle.x-110, middle.y-58, 220, 116, 10)
			c.sector(sector, point{middle.x - 62, middle.y}, 58)
			for n := range 3 {
				y := middle.y - 24 + 24*float64(n)
				c.line(hex(0x9a9a92), point{middle.x - 12, y}, point{middle.x + 84 - 26*float64(n), y}, 7)
			}
		}
	}
	return c
}

// envelope is the call: ideas of residents go into one envelope.
func envelope() canvas {
	c := newCanvas(pictureWidth, pictureHeight, hex(0xf4eadf))
	c.hills(hex(0xead8c2), 760, 700, 740, 690, 730)
	c.hills(hex(0xdcc3a4), 830, 810, 790, 820, 800)
	for i, sector := range []int{0, 2, 1, 3} {
		idea(c, point{530 + 180*float64(i), 150 + 36*math.Abs(float64(i)-1.5)}, sector)
	}
	c.rectangle(faded(ink, 0.10), 412, 432, 800, 400, 16)
	c.rectangle(hex(0xc9a97e), 400, 420, 800, 400, 14)
	c.rectangle(white, 500, 330, 600, 330, 10)
	for i := range 4 {
		y := 390 + 44*float64(i)
		c.line(hex(0xc9c4b8), point{560, y}, point{1040 - 90*float64(i%2), y}, 9)
	}
	c.fill(hex(0xe8d2ae), point{400, 440}, point{800, 700}, point{400, 806})
	c.fill(hex(0xe8d2ae), point{1200, 440}, point{800, 700}, point{1200, 806})
	c.fill(hex(0xf3e3c7), point{404, 818}, point{800, 610}, point{1196, 818})
	c.circle(business, point{800, 706}, 50)
	c.circle(hex(0xa65aa2), point{800, 706}, 37)
	c.triangle(point{800, 704}, 38, hex(0xf3e3c7))
	return c
}

// idea is a sprout with two leaves and the shape of those who had it.
func idea(c canvas, at point, sector int) {
	c.line(hex(0x4f8580), point{at.x, at.y + 40}, point{at.x, at.y + 150}, 9)
	c.fill(hex(0x7fa98f), point{at.x, at.y + 112}, point{at.x + 30, at.y + 66}, point{at.x + 78, at.y + 66}, point{at.x + 48, at.y + 106})
	c.fill(hex(0x7fa98f), point{at.x, at.y + 112}, point{at.x - 30, at.y + 66}, point{at.x - 78, at.y + 66}, point{at.x - 48, at.y + 106})
	c.sector(sector, at, 110)
}

// calendar is the reminder: a month of squares, one of them marked.
func calendar() canvas {
	c := newCanvas(pictureWidth, pictureHeight, hex(0xe4ebf4))
	c.rectangle(faded(ink, 0.08), 420, 112, 780, 720, 22)
	c.rectangle(white, 410, 96, 780, 720, 22)
	c.rectangle(administration, 410, 96, 780, 116, 22)
	c.rectangle(administration, 410, 160, 780, 52, 0)
	for _, x := range []float64{590, 1010} {
		c.rectangle(hex(0x8c97a8), x-12, 60, 24, 84, 12)
	}
	// December 2014 began on a Monday.
	for day := range 31 {
		left, top := 460+100*float64(day%7), 246+110*float64(day/7)
		switch {
		case day+1 == 18:
			c.rectangle(hex(0xfbecd0), left-6, top-6, 92, 102, 12)
			c.triangle(point{left + 40, top + 44}, 66, resident)
		case day+1 < 11:
			c.rectangle(hex(0xdfe4ea), left, top, 80, 90, 8)
			c.line(hex(0x9aa5b4), point{left + 22, top + 27}, point{left + 58, top + 63}, 6)
		case day%7 > 4:
			c.rectangle(hex(0xeef0ec), left, top, 80, 90, 8)
		default:
			c.rectangle(hex(0xe3ecf7), left, top, 80, 90, 8)
		}
	}
	return c
}

// village is the neighbours' club: lit windows of one house among the others.
func village() canvas {
	c := newCanvas(pictureWidth, pictureHeight, hex(0xdfe6ee))
	c.circle(hex(0xf8f2dc), point{290, 190}, 70)
	c.hills(hex(0xbccbd3), 520, 460, 540, 450, 510, 470)
	c.hills(hex(0x93aeab), 640, 600, 560, 630, 580, 620)
	c.hills(hex(0x5f8a80), 740, 730, 720, 735, 715, 730)
	house(c, point{250, 740}, 190, hex(0xe6d9c6), hex(0x8c6a55), hex(0x6d7683))
	house(c, point{520, 745}, 170, hex(0xd9dfe2), hex(0x6f7f8f), hex(0x6d7683))
	house(c, point{850, 770}, 330, hex(0xf5ead6), hex(0xa15c00), hex(0xffd98a))
	house(c, point{1190, 745}, 180, hex(0xe3e2d4), hex(0x7a8371), hex(0x6d7683))
	house(c, point{1430, 740}, 200, hex(0xe9dcd0), hex(0x84655f), hex(0x6d7683))
	c.hills(hex(0x3d6b62), 800, 790, 782, 780, 790, 800)
	for i, x := range []float64{640, 730, 980, 1070} {
		c.sector(i, point{x, 770}, 74)
	}
	for _, tree := range []point{{100, 820}, {385, 800}, {1300, 800}, {1540, 820}} {
		fir(c, tree, 150)
	}
	return c
}

// house stands with the middle of its foot at the given point.
func house(c canvas, foot point, width float64, wall, roof, window color.NRGBA) {
	height := 0.7 * width
	c.rectangle(wall, foot.x-width/2, foot.y-height, width, height+20, 0)
	c.fill(roof, point{foot.x, foot.y - height - 0.5*width}, point{foot.x + 0.6*width, foot.y - height},
		point{foot.x - 0.6*width, foot.y - height})
	for _, x := range []float64{-0.27, 0.27} {
		c.rectangle(window, foot.x+x*width-0.1*width, foot.y-0.78*height, 0.2*width, 0.26*height, 4)
	}
	c.rectangle(roof, foot.x-0.09*width, foot.y-0.5*height, 0.18*width, 0.5*height+16, 4)
}

// mark is the sign of the invented funder: three steps and a disc.
func mark() canvas {
	c := newCanvas(640, 240, white)
	for i := range 3 {
		height := 56 + 52*float64(i)
		c.rectangle([]color.NRGBA{hex(0x9db8de), hex(0x6289c6), administration}[i], 64+92*float64(i), 200-height, 76, height, 8)
	}
	c.disc(point{420, 120}, 160, hex(0xcfe7e4))
	c.disc(point{420, 120}, 104, ngo)
	c.line(ink, point{530, 48}, point{530, 192}, 6)
	c.line(hex(0x7d818c), point{560, 96}, point{600, 96}, 12)
	c.line(hex(0x7d818c), point{560, 144}, point{600, 144}, 12)
	return c
}
