package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"
)

// The colours of the site (web/ui tokens, light) and the paler ones that the
// illustrations put behind them.
var (
	ink            = hex(0x1b1d22)
	administration = hex(0x2f5fb3)
	ngo            = hex(0x0b7a75)
	resident       = hex(0xa15c00)
	business       = hex(0x8a3a86)
	white          = hex(0xffffff)
)

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff}
}

// faded is the colour with some of what lies under it shining through.
func faded(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(math.Round(255 * share))
	return c
}

// Size of every illustration: the widest that a page asks for, 16 to 9.
const (
	pictureWidth  = 1600
	pictureHeight = 900
)

// canvas is a picture on which shapes are laid one over another. The same calls
// always give the same bytes. RGBA is what vector and png know a short way for.
type canvas struct{ *image.RGBA }

func newCanvas(width, height int, background color.NRGBA) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, width, height))}
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	return c
}

// png encodes the picture.
func (c canvas) png() []byte {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, c.RGBA); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// point is a place on the canvas in pixels from its upper left corner.
type point struct{ x, y float64 }

// fill paints a polygon. Only the part of the canvas around it is touched.
func (c canvas) fill(with color.NRGBA, corners ...point) {
	box := around(corners).Intersect(c.Bounds())
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for i, p := range corners {
		x, y := float32(p.x)-float32(box.Min.X), float32(p.y)-float32(box.Min.Y)
		if i == 0 {
			r.MoveTo(x, y)
			continue
		}
		r.LineTo(x, y)
	}
	r.ClosePath()
	r.Draw(c.RGBA, box, image.NewUniform(with), image.Point{})
}

func around(corners []point) image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range corners {
		left, right = min(left, p.x), max(right, p.x)
		top, bottom = min(top, p.y), max(bottom, p.y)
	}
	return image.Rect(int(math.Floor(left)), int(math.Floor(top)), int(math.Ceil(right)), int(math.Ceil(bottom)))
}

// rectangle paints one with rounded corners.
func (c canvas) rectangle(with color.NRGBA, left, top, width, height, radius float64) {
	var corners []point
	for i, centre := range []point{
		{left + width - radius, top + radius}, {left + width - radius, top + height - radius},
		{left + radius, top + height - radius}, {left + radius, top + radius},
	} {
		corners = append(corners, arc(centre, radius, float64(i-1)*math.Pi/2, float64(i)*math.Pi/2)...)
	}
	c.fill(with, corners...)
}

// circle paints a disc.
func (c canvas) circle(with color.NRGBA, centre point, radius float64) {
	c.fill(with, arc(centre, radius, 0, 2*math.Pi)...)
}

// arc lists points on a circle, near enough to one another to look round.
func arc(centre point, radius, from, to float64) []point {
	const parts = 48
	points := make([]point, parts+1)
	for i := range points {
		turn := from + (to-from)*float64(i)/parts
		points[i] = point{centre.x + radius*math.Cos(turn), centre.y + radius*math.Sin(turn)}
	}
	return points
}

// line paints a straight stroke with round ends.
func (c canvas) line(with color.NRGBA, from, to point, width float64) {
	turn := math.Atan2(to.y-from.y, to.x-from.x)
	corners := arc(from, width/2, turn+math.Pi/2, turn+3*math.Pi/2)
	c.fill(with, append(corners, arc(to, width/2, turn-math.Pi/2, turn+math.Pi/2)...)...)
}

// hills paint everything below a smooth line through these heights, which stand
// at equal distances from the left edge to the right.
func (c canvas) hills(with color.NRGBA, heights ...float64) {
	width, height := float64(c.Bounds().Dx()), float64(c.Bounds().Dy())
	corners := []point{{width, height}, {0, height}}
	const step = 4
	for x := 0.0; x <= width; x += step {
		corners = append(corners, point{x, smooth(heights, x/width)})
	}
	c.fill(with, corners...)
}

// smooth reads the height at a share of the way, on a curve that goes through
// every given height (Catmull and Rom).
func smooth(heights []float64, share float64) float64 {
	at := share * float64(len(heights)-1)
	i := min(int(at), len(heights)-2)
	t := at - float64(i)
	before, from, to, after := heights[max(i-1, 0)], heights[i], heights[i+1], heights[min(i+2, len(heights)-1)]
	return 0.5 * (2*from + (to-before)*t + (2*before-5*from+4*to-after)*t*t + (3*from-before-3*to+after)*t*t*t)
}

// The four sector shapes, each as wide as size.

func (c canvas) square(centre point, size float64, with color.NRGBA) {
	c.rectangle(with, centre.x-0.45*size, centre.y-0.45*size, 0.9*size, 0.9*size, 0.08*size)
}

func (c canvas) disc(centre point, size float64, with color.NRGBA) {
	c.circle(with, centre, size/2)
}

func (c canvas) triangle(centre point, size float64, with color.NRGBA) {
	c.fill(with, point{centre.x, centre.y - 0.5*size}, point{centre.x + 0.55*size, centre.y + 0.45*size},
		point{centre.x - 0.55*size, centre.y + 0.45*size})
}

func (c canvas) diamond(centre point, size float64, with color.NRGBA) {
	half := 0.56 * size
	c.fill(with, point{centre.x, centre.y - half}, point{centre.x + half, centre.y},
		point{centre.x, centre.y + half}, point{centre.x - half, centre.y})
}

// sector paints the shape of the n-th sector in its colour.
func (c canvas) sector(n int, centre point, size float64) {
	switch n % 4 {
	case 0:
		c.square(centre, size, administration)
	case 1:
		c.disc(centre, size, ngo)
	case 2:
		c.triangle(centre, size, resident)
	case 3:
		c.diamond(centre, size, business)
	}
}
