package upload

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// What the decoders of the standard library do not tell: how much memory a JPEG
// will take, and how its camera was held.

// segments walks over the header segments of a JPEG, up to the picture itself.
func segments(content []byte, visit func(marker byte, body []byte)) {
	if !bytes.HasPrefix(content, []byte{0xff, 0xd8}) {
		return
	}
	for rest := content[2:]; len(rest) >= 4 && rest[0] == 0xff; {
		if rest[1] == 0xff { // padding
			rest = rest[1:]
			continue
		}
		marker, length := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		const startOfScan = 0xda
		if marker == startOfScan || length < 2 || len(rest) < 2+length {
			return
		}
		visit(marker, rest[4:2+length])
		rest = rest[2+length:]
	}
}

// bytesPerPixel is what decoding takes. A progressive JPEG is gathered as whole
// coefficients of four bytes before it becomes a picture.
func bytesPerPixel(content []byte, config image.Config, format string) float64 {
	switch format {
	case "jpeg":
		samples, progressive := samplesPerPixel(content)
		if progressive {
			return 5 * samples
		}
		return samples
	case "webp":
		return 4
	}
	switch config.ColorModel {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, palette := config.ColorModel.(color.Palette); palette {
		return 1
	}
	return 4
}

// samplesPerPixel reads the frame header (ITU T.81, B.2.2): 3 for full colour,
// 1.5 where the camera kept every fourth colour, 1 for grey.
func samplesPerPixel(content []byte) (samples float64, progressive bool) {
	segments(content, func(marker byte, body []byte) {
		const baseline, extended, progressiveFrame, fixed = 0xc0, 0xc1, 0xc2, 6
		if marker != baseline && marker != extended && marker != progressiveFrame || len(body) < fixed {
			return
		}
		progressive = marker == progressiveFrame
		samples = sampled(body[fixed:])
	})
	if samples == 0 {
		samples = 4
	}
	return samples, progressive
}

// sampled adds the components of a frame, three bytes each, in relation to the
// most finely sampled one.
func sampled(components []byte) float64 {
	total, finest := 0, 0
	for ; len(components) >= 3; components = components[3:] {
		area := int(components[1]>>4) * int(components[1]&15)
		total += area
		finest = max(finest, area)
	}
	if finest == 0 {
		return 0
	}
	return float64(total) / float64(finest)
}

// position says how a picture has to be turned to stand upright: the eight
// values of the Orientation tag of Exif (CIPA DC-008, 4.6.4).
type position uint16

const upright position = 1

// orientation finds the tag in a JPEG. Other formats do not come from cameras.
func orientation(content []byte) position {
	found := upright
	segments(content, func(marker byte, body []byte) {
		const app1 = 0xe1
		if marker == app1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			found = orientationTag(body[6:])
		}
	})
	return found
}

// orientationTag reads the first directory of a TIFF header.
func orientationTag(tiff []byte) position {
	var order binary.ByteOrder = binary.LittleEndian
	if len(tiff) < 8 {
		return upright
	}
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	start := int64(order.Uint32(tiff[4:]))
	if start+2 > int64(len(tiff)) {
		return upright
	}
	directory := tiff[start:]
	entries := directory[2:]
	for range order.Uint16(directory) {
		const entry, tag = 12, 0x0112
		if len(entries) < entry {
			break
		}
		if order.Uint16(entries) == tag {
			if p := position(order.Uint16(entries[8:])); p >= 1 && p <= 8 {
				return p
			}
		}
		entries = entries[entry:]
	}
	return upright
}

// size is the size of the picture once it stands upright.
func (p position) size(b image.Rectangle) image.Point { return p.swap(b.Size()) }

// swap changes width and height where the turn does.
func (p position) swap(size image.Point) image.Point {
	if p >= 5 {
		return image.Pt(size.Y, size.X)
	}
	return size
}

// apply turns and mirrors.
func (p position) apply(m *image.NRGBA) *image.NRGBA {
	if p == upright {
		return m
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	out := image.NewNRGBA(image.Rectangle{Max: p.swap(m.Bounds().Size())})
	for y := range h {
		for x := range w {
			toX, toY := p.place(x, y, w, h)
			copy(out.Pix[out.PixOffset(toX, toY):][:4], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return out
}

// place says where a pixel goes.
func (p position) place(x, y, w, h int) (int, int) {
	switch p {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
