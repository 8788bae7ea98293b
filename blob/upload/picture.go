package upload

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif" // the formats we read
	"image/jpeg"
	"image/png"
	"io"
	"math"

	_ "golang.org/x/image/webp"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
)

const (
	mostPixels  = 40_000_000
	mostDecoded = 64 << 20 // bytes of memory for one decoded picture
	quality     = 82       // of JPEG; differences to the original are not seen in a page
	attachedMax = 2400     // width of a picture that is an attachment
)

// Widths are the widths in which a picture is kept for pages (srcset).
func Widths() []int { return []int{480, 960, 1600} }

// Drawing is a picture for pages: the same picture in each of Widths up to its
// own width, narrowest first.
type Drawing struct{ Variants []Variant }

// Variant is one width of a Drawing.
type Variant struct {
	*Upload
	Width, Height int
}

// Save keeps all widths and returns their files, narrowest first.
func (d *Drawing) Save(ctx context.Context, s blob.Store) ([]blob.File, error) {
	files := make([]blob.File, len(d.Variants))
	for i, v := range d.Variants {
		var err error
		if files[i], err = v.Upload.Save(ctx, s); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Picture takes a picture of at most limit bytes for showing in pages. It is
// decoded, turned upright, scaled and encoded anew: no position of a camera, no
// second file hidden behind the first and no animation is left. Pictures are drawn
// one at a time: ctx ends the wait for the turn.
func Picture(ctx context.Context, r io.Reader, name string, limit int64) (*Drawing, error) {
	content, err := read(r, limit)
	if err != nil {
		return nil, err
	}
	k, err := recognise(content, name)
	if err != nil {
		return nil, err
	}
	if !k.picture {
		return nil, fault.Invalid("blob.picture.kind")
	}
	return draw(ctx, content, name, Widths())
}

// attachedPicture draws a picture that is an attachment, such as a scan.
func attachedPicture(ctx context.Context, content []byte, name string) (*Upload, error) {
	d, err := draw(ctx, content, name, []int{attachedMax})
	if err != nil {
		return nil, err
	}
	return d.Variants[0].Upload, nil
}

// desk is where pictures are decoded: one at a time, so that the memory for one
// is the memory for all.
var desk = make(chan struct{}, 1)

func draw(ctx context.Context, content []byte, name string, widths []int) (*Drawing, error) {
	select {
	case desk <- struct{}{}:
	case <-ctx.Done(): // whoever sent it has left the queue
		return nil, fmt.Errorf("upload: wait for the desk: %w", ctx.Err())
	}
	defer func() { <-desk }()

	if err := affordable(content); err != nil {
		return nil, err
	}
	source, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, fault.Invalid("blob.broken")
	}
	turn := orientation(content)

	// From the widest down, each from the one before: the first pass over the
	// large source is the only costly one.
	d := &Drawing{}
	for _, size := range sizes(turn.size(source.Bounds()), widths) {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("upload: draw: %w", err)
		}
		source, turn = turn.apply(shrink(source, turn.swap(size))), upright
		u, err := encode(source.(*image.NRGBA), name)
		if err != nil {
			return nil, err
		}
		d.Variants = append([]Variant{{Upload: u, Width: size.X, Height: size.Y}}, d.Variants...)
	}
	return d, nil
}

// sizes lists what to draw, widest first: each wished width, but never larger
// than the picture is, never taller than three times the wish, and none twice.
func sizes(full image.Point, widths []int) []image.Point {
	var out []image.Point
	for _, width := range widths {
		scale := min(1, float64(width)/float64(full.X), 3*float64(width)/float64(full.Y))
		size := image.Pt(max(1, round(float64(full.X)*scale)), max(1, round(float64(full.Y)*scale)))
		if len(out) == 0 || out[0] != size {
			out = append([]image.Point{size}, out...)
		}
	}
	return out
}

func round(v float64) int { return int(math.Round(v)) }

// affordable reads only the header and refuses what would take too much memory,
// before any memory is taken.
func affordable(content []byte) error {
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return fault.Invalid("blob.broken")
	}
	pixels := int64(config.Width) * int64(config.Height)
	if pixels > mostPixels || int64(float64(pixels)*bytesPerPixel(content, config, format)) > mostDecoded {
		return fault.Invalid("blob.picture.pixels", "Width", config.Width, "Height", config.Height)
	}
	return nil
}

// encode draws the picture as PNG where that is smaller or needed (drawings,
// logos, transparency) and as JPEG where it is not (photographs).
func encode(m *image.NRGBA, name string) (*Upload, error) {
	var drawn, photo bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&drawn, m); err != nil {
		return nil, fmt.Errorf("upload: encode png: %w", err)
	}
	u := keep(displayName(name, ".png"), "image/png", drawn.Bytes())
	if m.Opaque() {
		if err := jpeg.Encode(&photo, m, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("upload: encode jpeg: %w", err)
		}
		if photo.Len() < drawn.Len() {
			u = keep(displayName(name, ".jpg"), "image/jpeg", photo.Bytes())
		}
	}
	u.Picture = true
	return u, nil
}
