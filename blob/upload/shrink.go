package upload

import (
	"image"
	"math"
)

// shrink scales a picture down to a size by the mean of the area under each new
// pixel. It holds one row of sums at a time, so that a photograph of 40 million
// pixels needs no second copy of itself (the kernels of x/image/draw would take
// 32 bytes for each pixel of an intermediate picture). Means are taken of
// premultiplied colours: what is transparent has no colour to give.
func shrink(source image.Image, size image.Point) *image.NRGBA {
	b := source.Bounds()
	out := image.NewNRGBA(image.Rectangle{Max: size})

	columns := spread(b.Dx(), size.X)
	rows := spread(b.Dy(), size.Y)
	line := make([]sum, size.X)
	for y, row := range rows {
		clear(line)
		for _, r := range row {
			addRow(line, source, columns, b.Min.X, b.Min.Y+r.at, r.weight)
		}
		for x := range line {
			line[x].put(out.Pix[y*out.Stride+4*x:])
		}
	}
	return out
}

// sum gathers weighted colours, each 0 to 65535, and the weight of them.
type sum struct{ r, g, b, a, weight float64 }

// addRow adds one row of the source to the sums of a new row.
func addRow(line []sum, source image.Image, columns [][]share, left, y int, weight float64) {
	fast, _ := source.(image.RGBA64Image)
	for x, column := range columns {
		s := &line[x]
		for _, c := range column {
			var r, g, b, a uint32
			if fast != nil { // every format of the standard library; no allocation per pixel
				p := fast.RGBA64At(left+c.at, y)
				r, g, b, a = uint32(p.R), uint32(p.G), uint32(p.B), uint32(p.A)
			} else {
				r, g, b, a = source.At(left+c.at, y).RGBA()
			}
			w := weight * c.weight
			s.r += w * float64(r)
			s.g += w * float64(g)
			s.b += w * float64(b)
			s.a += w * float64(a)
			s.weight += w
		}
	}
}

// put writes the mean as four bytes, no longer premultiplied.
func (s *sum) put(pixel []byte) {
	if s.a <= 0 {
		return
	}
	const full = 65535
	pixel[0] = eightBits(s.r / s.a * full)
	pixel[1] = eightBits(s.g / s.a * full)
	pixel[2] = eightBits(s.b / s.a * full)
	pixel[3] = eightBits(s.a / s.weight)
}

func eightBits(v float64) byte { return byte(min(255, math.Round(v/257))) }

// share says how much of an old row or column lies under a new one.
type share struct {
	at     int
	weight float64
}

// spread lays `from` old cells under `to` new ones (to ≤ from) and lists for
// each new one the old ones under it.
func spread(from, to int) [][]share {
	ratio := float64(from) / float64(to)
	cells := make([][]share, to)
	for i := range cells {
		begin, end := float64(i)*ratio, float64(i+1)*ratio
		for at := int(begin); at < from && float64(at) < end-1e-9; at++ {
			weight := math.Min(end, float64(at+1)) - math.Max(begin, float64(at))
			cells[i] = append(cells[i], share{at, weight})
		}
	}
	return cells
}
