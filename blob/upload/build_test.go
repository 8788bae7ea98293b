package upload_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
)

// The hostile files are built here, so that no scanner stumbles over them in
// the repository and everybody can read what is wrong with each.

// photo is a picture whose four quarters differ, so that a turn shows:
// red, green above; blue, white below.
func photo(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{A: 255}
			switch {
			case x < w/2 && y < h/2:
				c.R = 255
			case y < h/2:
				c.G = 255
			case x < w/2:
				c.B = 255
			default:
				c.R, c.G, c.B = 255, 255, 255
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withExif puts an Exif segment before the picture: an orientation, and text
// that stands for the position and the owner of the camera.
func withExif(photo []byte, orientation uint16, secret string) []byte {
	var tiff bytes.Buffer
	tiff.WriteString("II*\x00")
	binary.Write(&tiff, binary.LittleEndian, uint32(8)) // where the directory begins
	binary.Write(&tiff, binary.LittleEndian, uint16(1)) // entries
	binary.Write(&tiff, binary.LittleEndian, []uint16{0x0112, 3})
	binary.Write(&tiff, binary.LittleEndian, uint32(1))
	binary.Write(&tiff, binary.LittleEndian, []uint16{orientation, 0})
	binary.Write(&tiff, binary.LittleEndian, uint32(0))
	tiff.WriteString(secret)
	return withSegment(photo, 0xe1, append([]byte("Exif\x00\x00"), tiff.Bytes()...))
}

func withSegment(photo []byte, marker byte, body []byte) []byte {
	segment := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(append(append([]byte{}, photo[:2]...), append(segment, body...)...), photo[2:]...)
}

// pngHeader is a PNG that promises a size and holds nothing.
func pngHeader(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(nil, w)
	body = binary.BigEndian.AppendUint32(body, h)
	body = append(body, 8, 6, 0, 0, 0) // eight bits, colour with transparency
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", body)...)
	var empty bytes.Buffer
	zlib.NewWriter(&empty).Close()
	return append(append(out, chunk("IDAT", empty.Bytes())...), chunk("IEND", nil)...)
}

func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	named := append([]byte(name), body...)
	out = append(out, named...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(named))
}

// entry is one part of an archive.
type entry struct {
	name, text string
	stored     bool
}

func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.stored {
			header.Method = zip.Store
		}
		part, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const typesXML = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="MAIN"/></Types>`

// office is a small docx, xlsx or pptx with more parts added.
func office(t testing.TB, folder, mainType string, more ...entry) []byte {
	t.Helper()
	main := map[string]string{"word": "word/document.xml", "xl": "xl/workbook.xml", "ppt": "ppt/presentation.xml"}[folder]
	return archive(t, append([]entry{
		{name: "[Content_Types].xml", text: strings.ReplaceAll(typesXML, "MAIN", mainType)},
		{name: "_rels/.rels", text: `<?xml version="1.0"?><Relationships/>`},
		{name: main, text: "<document>Porozumienie</document>"},
	}, more...)...)
}

const (
	wordMain  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	sheetMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	slideMain = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
	wordMacro = "application/vnd.ms-word.document.macroEnabled.main+xml"
)

// openDocument is a small odt, ods or odp with more parts added.
func openDocument(t testing.TB, kind string, more ...entry) []byte {
	t.Helper()
	return archive(t, append([]entry{
		{name: "mimetype", text: "application/vnd.oasis.opendocument." + kind, stored: true},
		{name: "content.xml", text: "<office:document-content/>"},
		{name: "META-INF/manifest.xml", text: "<manifest:manifest/>"},
	}, more...)...)
}

const pdfBody = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"

const pdf = pdfBody + "%%EOF\n"

// bomb is a docx of some 230 KB that unpacks to 220 MB: one part packed once and put
// in many times.
func bomb(t testing.TB) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	if _, err := w.Write(zeros); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range []entry{
		{name: "[Content_Types].xml", text: strings.ReplaceAll(typesXML, "MAIN", wordMain)},
		{name: "word/document.xml", text: "<document/>"},
	} {
		part, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, e.text); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 220 {
		part, err := z.CreateRaw(&zip.FileHeader{
			Name: fmt.Sprintf("word/media/%d.bin", i), Method: zip.Deflate,
			CRC32: crc32.ChecksumIEEE(zeros), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(zeros)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(packed.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
