package browser

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/go-rod/rod/lib/proto"
)

// Shot writes a picture of the whole page.
func (tab *Tab) Shot(path string) {
	tab.t.Helper()
	content, err := tab.page.Timeout(patience).Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	check(tab.t, err)
	tab.keep(path, content)
}

// ShotOf writes a picture of the upper part of the page, in few colours so that
// a repository can hold it.
func (tab *Tab) ShotOf(path string, height int) {
	tab.t.Helper()
	check(tab.t, proto.EmulationSetDeviceMetricsOverride{Width: tab.opts.Width, Height: height, DeviceScaleFactor: 1,
		Mobile: tab.opts.Width < 600}.Call(tab.page))
	check(tab.t, proto.EmulationSetScrollbarsHidden{Hidden: true}.Call(tab.page))
	check(tab.t, tab.rest())
	content, err := tab.page.Timeout(patience).Screenshot(false, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	check(tab.t, err)
	full, err := png.Decode(bytes.NewReader(content))
	check(tab.t, err)
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	check(tab.t, encoder.Encode(&small, fewColours(full)))
	tab.keep(path, small.Bytes())
}

func (tab *Tab) keep(path string, content []byte) {
	tab.t.Helper()
	check(tab.t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(tab.t, os.WriteFile(path, content, 0o644))
}

// fewColours paints a picture with 256 colours, those most frequent among all
// that look alike.
func fewColours(m image.Image) image.Image {
	few := image.NewPaletted(m.Bounds(), palette(m))
	draw.Draw(few, m.Bounds(), m, m.Bounds().Min, draw.Src)
	return few
}

func palette(m image.Image) color.Palette {
	often, alike := map[color.Color]int{}, map[color.Color]int{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			often[m.At(x, y)]++
			alike[shade(m.At(x, y))]++
		}
	}
	var p color.Palette
	taken := map[color.Color]bool{}
	for _, c := range slices.SortedFunc(maps.Keys(often), func(a, b color.Color) int {
		return cmp.Or(cmp.Compare(alike[shade(b)], alike[shade(a)]), cmp.Compare(often[b], often[a]))
	}) {
		if s := shade(c); !taken[s] && len(p) < 256 {
			taken[s] = true
			p = append(p, c)
		}
	}
	return p
}

// shade is the same for colours that look alike.
func shade(c color.Color) color.Color {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r>>12) << 4, uint8(g>>12) << 4, uint8(b>>12) << 4, 0xff}
}
