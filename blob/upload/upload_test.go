package upload_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/fault"
)

// keyOf is the message of a refusal.
func keyOf(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	return ""
}

func TestHostileFilesAreRefusedWithTheirReason(t *testing.T) {
	small := photo(40, 30)
	script := "<script>alert(1)</script>"
	page := "<!DOCTYPE html><html><body>" + script + "</body></html>"
	svg := `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`
	zeros := strings.Repeat("\x00", 300)
	manyParts := make([]entry, 5000)
	for i := range manyParts {
		manyParts[i] = entry{name: "word/x" + strings.Repeat("y", i%100), text: ""}
	}
	exe := "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + zeros[:200] + "PE\x00\x00"
	zipped := string(archive(t, entry{name: "a.txt", text: "a"}))

	for _, test := range []struct{ name, file, content, want string }{
		{"empty file", "a.txt", "", "blob.empty"},
		{"SVG with a script", "logo.svg", svg, "blob.kind"},
		{"SVG named png", "logo.png", svg, "blob.mismatch"},
		{"SVG named jpg", "logo.jpg", svg, "blob.mismatch"},
		{"SVG named txt", "logo.txt", svg, "blob.mismatch"},
		{"SVG behind an XML line, named csv", "a.csv", `<?xml version="1.0"?>` + svg, "blob.mismatch"},
		{"page", "index.html", page, "blob.kind"},
		{"page named jpg", "photo.jpg", page, "blob.mismatch"},
		{"page named gif", "photo.gif", page, "blob.mismatch"},
		{"page named pdf", "a.pdf", page, "blob.mismatch"},
		{"page named txt", "a.txt", page, "blob.mismatch"},
		{"page behind 5 kB of text", "a.txt", strings.Repeat("spokojny tekst\n", 400) + page, "blob.mismatch"},
		{"page in capitals after a mark", "a.txt", "\xef\xbb\xbf<HTML><BODY>", "blob.mismatch"},
		{"XHTML", "a.xhtml", page, "blob.kind"},
		{"PHP named txt", "a.txt", "<?php system($_GET['c']); ?>", "blob.mismatch"},
		{"shell script named txt", "a.txt", "#!/bin/sh\nrm -rf /\n", "blob.mismatch"},
		{"script", "a.js", "alert(1)", "blob.kind"},
		{"program", "a.exe", exe, "blob.kind"},
		{"program named pdf", "a.pdf", exe, "blob.mismatch"},
		{"program named txt", "a.txt", exe, "blob.mismatch"},
		{"program with a double extension", "umowa.pdf.exe", exe, "blob.kind"},
		{"program by a turned name", "umowa\u202efdp.exe", exe, "blob.kind"},
		{"ELF program named csv", "a.csv", "\x7fELF\x02\x01\x01" + zeros[:60], "blob.mismatch"},
		{"shortcut", "a.lnk", "L\x00\x00\x00", "blob.kind"},
		{"no extension", "statut", "tekst", "blob.kind"},
		{"only an extension", ".htaccess", "Options +ExecCGI", "blob.kind"},
		{"archive", "a.zip", zipped, "blob.kind"},
		{"archive named docx", "a.docx", zipped, "blob.mismatch"},
		{"archive named pdf", "a.pdf", zipped, "blob.mismatch"},
		{"gzip named csv", "a.csv", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", "blob.mismatch"},
		{"RTF", "a.rtf", `{\rtf1 text}`, "blob.kind"},
		{"old Word", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "blob.kind"},
		{"Word with macros", "a.docm", string(office(t, "word", wordMacro, entry{name: "word/vbaProject.bin", text: "x"})), "blob.kind"},
		{"Word with macros named docx", "a.docx", string(office(t, "word", wordMacro, entry{name: "word/vbaProject.bin", text: "x"})), "blob.mismatch"},
		{"docx with a hidden vbaProject", "a.docx", string(office(t, "word", wordMain, entry{name: "word/vbaProject.bin", text: "x"})), "blob.macros"},
		{"docx with a renamed vba part", "a.docx", string(office(t, "word", wordMain, entry{name: `word\VBAdata.xml`, text: "x"})), "blob.macros"},
		{"xlsx with Excel 4 macros", "a.xlsx", string(office(t, "xl", sheetMain, entry{name: "xl/macrosheets/sheet1.xml", text: "x"})), "blob.macros"},
		{"pptx with ActiveX", "a.pptx", string(office(t, "ppt", slideMain, entry{name: "ppt/activeX/activeX1.xml", text: "x"})), "blob.macros"},
		{"docx with a program inside", "a.docx", string(office(t, "word", wordMain, entry{name: "word/embeddings/a.exe", text: exe})), "blob.macros"},
		{"odt with Basic", "a.odt", string(openDocument(t, "text", entry{name: "Basic/Standard/Module1.xml", text: "x"})), "blob.macros"},
		{"ods with a Python script", "a.ods", string(openDocument(t, "spreadsheet", entry{name: "Scripts/python/a.py", text: "x"})), "blob.macros"},
		{"xlsx named docx", "a.docx", string(office(t, "xl", sheetMain)), "blob.mismatch"},
		{"ods named odt", "a.odt", string(openDocument(t, "spreadsheet")), "blob.mismatch"},
		{"docx with a way out", "a.docx", string(office(t, "word", wordMain, entry{name: "word/../../etc/passwd", text: "x"})), "blob.broken"},
		{"docx with an absolute part", "a.docx", string(office(t, "word", wordMain, entry{name: "/etc/passwd", text: "x"})), "blob.broken"},
		{"zip bomb in a docx", "a.docx", bomb(t), "blob.bomb"},
		{"docx of 5000 parts", "a.docx", string(office(t, "word", wordMain, manyParts...)), "blob.bomb"},
		{"docx cut short", "a.docx", cutShort(office(t, "word", wordMain)), "blob.broken"},
		{"docx with a page behind", "a.docx", string(office(t, "word", wordMain)) + page, "blob.broken"},
		{"PDF behind a page", "a.pdf", page + pdf, "blob.pdf"},
		{"PDF with a page inside", "a.pdf", pdfBody + page + "\n%%EOF\n", "blob.active"},
		{"PDF with an archive behind", "a.pdf", pdf + strings.Repeat(zipped, 20), "blob.pdf"},
		{"PDF with a script", "a.pdf", pdfBody + "3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF\n", "blob.active"},
		{"PDF that starts a program", "a.pdf", pdfBody + "3 0 obj<</S/Launch/F(cmd.exe)>>endobj\n%%EOF\n", "blob.active"},
		{"PDF cut short", "a.pdf", pdfBody, "blob.pdf"},
		{"text with controls", "a.txt", "a\x1b[31mred", "blob.text"},
		{"UTF-16 text", "a.txt", "\xff\xfea\x00b\x00", "blob.text"},
		{"PNG of 30,000 × 30,000", "a.png", string(pngHeader(30_000, 30_000)), "blob.picture.pixels"},
		{"PNG of 4,294,967,295 × 1", "a.png", string(pngHeader(1<<32-1, 1)), "blob.broken"},
		{"PNG of 0 × 0", "a.png", string(pngHeader(0, 0)), "blob.broken"},
		{"PNG that needs 100 MB", "a.png", string(pngHeader(5000, 5000)), "blob.picture.pixels"},
		{"PNG without a picture", "a.png", string(pngHeader(10, 10)), "blob.broken"},
		{"JPEG cut short", "a.jpg", string(jpegOf(t, small)[:300]), "blob.broken"},
		{"JPEG of 65,535 × 65,535", "a.jpg", hugeJPEG(t), "blob.picture.pixels"},
		{"GIF header before a script", "a.gif", "GIF89a=1;" + script, "blob.picture.pixels"},
		{"PNG named jpg", "a.jpg", string(pngOf(t, small)), "blob.mismatch"},
		{"BMP", "a.bmp", "BM" + zeros[:100], "blob.kind"},
		{"calendar named txt", "a.txt", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "blob.mismatch"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u, err := upload.Document(t.Context(), strings.NewReader(test.content), test.file, upload.Largest)
			if keyOf(err) != test.want {
				t.Fatalf("err = %v (upload %v), want %s", err, u, test.want)
			}
		})
	}
}

func cutShort(content []byte) string { return string(content[:len(content)-10]) }

func hugeJPEG(t *testing.T) string {
	content := jpegOf(t, photo(16, 16))
	frame := bytes.Index(content, []byte{0xff, 0xc0})
	copy(content[frame+5:], []byte{0xff, 0xff, 0xff, 0xff})
	return string(content)
}

func TestOrdinaryFilesAreKeptAsTheyAre(t *testing.T) {
	for _, test := range []struct{ file, content, wantType string }{
		{"Statut.pdf", pdf, "application/pdf"},
		{"STATUT.PDF", pdf, "application/pdf"},
		{"a.docx", string(office(t, "word", wordMain)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"a.xlsx", string(office(t, "xl", sheetMain)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"a.pptx", string(office(t, "ppt", slideMain)), "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
		{"a.odt", string(openDocument(t, "text")), "application/vnd.oasis.opendocument.text"},
		{"a.ods", string(openDocument(t, "spreadsheet")), "application/vnd.oasis.opendocument.spreadsheet"},
		{"a.odp", string(openDocument(t, "presentation")), "application/vnd.oasis.opendocument.presentation"},
		{"a.csv", "gmina;liczba\nRybnik;140\n", "text/csv"},
		{"a.csv", "gmina,liczba\nRybnik,140\n", "text/csv"},
		{"windows-1250.csv", "gmina;\xbf\xf3\xb3w\n", "text/csv"},
		{"a.txt", "Zażółć gęślą jaźń.\r\n", "text/plain"},
		{"a.txt", "M", "text/plain"},
	} {
		u, err := upload.Document(t.Context(), strings.NewReader(test.content), test.file, upload.Largest)
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		if u.Type != test.wantType || string(u.Bytes()) != test.content || u.Size != int64(len(test.content)) || u.Picture {
			t.Errorf("%s kept as %+v", test.file, u.File)
		}
	}
}

func TestKeptFileIsServedBack(t *testing.T) {
	store, err := blob.Dir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	u, err := upload.Document(t.Context(), strings.NewReader(pdf), "a.pdf", upload.Largest)
	if err != nil {
		t.Fatal(err)
	}
	f, err := u.Save(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	r, err := store.Open(t.Context(), f.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if content, _ := io.ReadAll(r); string(content) != pdf {
		t.Fatalf("content = %q", content)
	}
}

// endless counts how far it is read.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestTooLargeFileIsNotReadToItsEnd(t *testing.T) {
	source := &endless{}
	_, err := upload.Document(t.Context(), source, "a.txt", 1<<20)
	if !fault.Is(err, fault.KindTooLarge) || keyOf(err) != "blob.too_large" {
		t.Fatalf("err = %v", err)
	}
	if source.read > 2<<20 {
		t.Fatalf("%d bytes were read", source.read)
	}
}

func TestBrokenConnectionIsAnAccidentAndNotAFault(t *testing.T) {
	_, err := upload.Document(t.Context(), iotest.ErrReader(errors.New("connection lost")), "a.txt", 1<<20)
	if err == nil || fault.Of(err) != nil {
		t.Fatalf("err = %v", err)
	}
}

func TestNames(t *testing.T) {
	for sent, want := range map[string]string{
		"statut.txt":                       "statut.txt",
		"Sprawozdanie – żółć 2014.TXT":     "Sprawozdanie – żółć 2014.txt",
		`C:\Dokumenty\Statut.txt`:          "Statut.txt",
		"../../etc/passwd.txt":             "passwd.txt",
		"..\\..\\boot.txt":                 "boot.txt",
		"a\r\nSet-Cookie: x=1.txt":         "a Set-Cookie x=1.txt",
		"a\x00b\u200b\u202ec.txt":          "abc.txt",
		`"cytat"<b>.txt`:                   "cytatb.txt",
		"   .. spacje  w   środku .. .txt": "spacje w środku.txt",
		"faktura.exe.txt":                  "faktura.exe_.txt",
		"protokół 12.06.2014.txt":          "protokół 12.06.2014.txt",
		"CON.txt":                          "plik.txt",
		"lpt1.txt":                         "plik.txt",
		"😀.txt":                            "😀.txt",
		"z\u0307o\u0301łw.txt":             "żółw.txt",
		strings.Repeat("ą", 300) + ".txt":  strings.Repeat("ą", 96) + ".txt",
		"\xff\xfezepsute.txt":              "zepsute.txt",
		"/.txt":                            "",
	} {
		u, err := upload.Document(t.Context(), strings.NewReader("tekst"), sent, upload.Largest)
		switch {
		case want == "" && keyOf(err) != "blob.kind":
			t.Errorf("%q: err = %v", sent, err)
		case want != "" && err != nil:
			t.Errorf("%q: %v", sent, err)
		case want != "" && u.Name != want:
			t.Errorf("%q is kept as %q, want %q", sent, u.Name, want)
		}
	}
}

func TestAnyNameBecomesASafeOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sent := rapid.String().Draw(rt, "name") + ".txt"
		u, err := upload.Document(t.Context(), strings.NewReader("tekst"), sent, upload.Largest)
		if err != nil {
			if keyOf(err) != "blob.kind" {
				rt.Fatalf("%q: %v", sent, err)
			}
			return
		}
		if strings.ContainsAny(u.Name, "/\\\r\n\x00:\"<>|*?") || len([]rune(u.Name)) > 100 || !strings.HasSuffix(u.Name, ".txt") || u.Name[0] == '.' {
			rt.Fatalf("%q is kept as %q", sent, u.Name)
		}
	})
}

func TestPictureIsKeptInItsWidthsAndNeverEnlarged(t *testing.T) {
	for _, test := range []struct {
		w, h int
		want [][2]int
	}{
		{2000, 100, [][2]int{{480, 24}, {960, 48}, {1600, 80}}},
		{1600, 90, [][2]int{{480, 27}, {960, 54}, {1600, 90}}},
		{700, 35, [][2]int{{480, 24}, {700, 35}}},
		{300, 200, [][2]int{{300, 200}}},
		{1, 1, [][2]int{{1, 1}}},
		{3000, 1, [][2]int{{480, 1}, {960, 1}, {1600, 1}}},
		{50, 4500, [][2]int{{16, 1440}, {32, 2880}, {50, 4500}}},
	} {
		d, err := upload.Picture(t.Context(), bytes.NewReader(pngOf(t, photo(test.w, test.h))), "zdjęcie.png", upload.Largest)
		if err != nil {
			t.Fatalf("%d × %d: %v", test.w, test.h, err)
		}
		var got [][2]int
		for _, v := range d.Variants {
			m, _, err := image.Decode(bytes.NewReader(v.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if m.Bounds().Dx() != v.Width || m.Bounds().Dy() != v.Height || !v.Picture {
				t.Errorf("%d × %d: variant %dx%d is %v", test.w, test.h, v.Width, v.Height, m.Bounds())
			}
			got = append(got, [2]int{v.Width, v.Height})
		}
		if len(got) != len(test.want) {
			t.Errorf("%d × %d: %v, want %v", test.w, test.h, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%d × %d: %v, want %v", test.w, test.h, got, test.want)
			}
		}
	}
}

// Corners of the upright picture, however the camera was held.
func TestPictureStandsUpright(t *testing.T) {
	upright := photo(64, 32)
	at := func(x, y int) color.NRGBA { return upright.NRGBAAt(x, y) }
	// What the camera writes for each orientation, by the definition of Exif:
	// where row 0 and column 0 of the stored picture belong.
	stored := map[uint16]func(x, y int) color.NRGBA{
		1: func(x, y int) color.NRGBA { return at(x, y) },
		2: func(x, y int) color.NRGBA { return at(63-x, y) },
		3: func(x, y int) color.NRGBA { return at(63-x, 31-y) },
		4: func(x, y int) color.NRGBA { return at(x, 31-y) },
		5: func(x, y int) color.NRGBA { return at(y, x) },
		6: func(x, y int) color.NRGBA { return at(63-y, x) },
		7: func(x, y int) color.NRGBA { return at(63-y, 31-x) },
		8: func(x, y int) color.NRGBA { return at(y, 31-x) },
	}
	for orientation, pixel := range stored {
		size := image.Rect(0, 0, 64, 32)
		if orientation >= 5 {
			size = image.Rect(0, 0, 32, 64)
		}
		m := image.NewNRGBA(size)
		for y := range size.Dy() {
			for x := range size.Dx() {
				m.SetNRGBA(x, y, pixel(x, y))
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 100}); err != nil {
			t.Fatal(err)
		}
		d, err := upload.Picture(t.Context(), bytes.NewReader(withExif(b.Bytes(), orientation, "")), "a.jpg", upload.Largest)
		if err != nil {
			t.Fatalf("orientation %d: %v", orientation, err)
		}
		got, _, err := image.Decode(bytes.NewReader(d.Variants[0].Bytes()))
		if err != nil || got.Bounds() != upright.Bounds() {
			t.Fatalf("orientation %d: %v, %v", orientation, got.Bounds(), err)
		}
		for _, p := range []image.Point{{8, 8}, {56, 8}, {8, 24}, {56, 24}} {
			if !alike(got.At(p.X, p.Y), upright.At(p.X, p.Y)) {
				t.Errorf("orientation %d: at %v is %v, want %v", orientation, p, got.At(p.X, p.Y), upright.At(p.X, p.Y))
			}
		}
	}
}

func alike(a, b color.Color) bool {
	ar, ag, ab, aa := a.RGBA()
	br, bg, bb, ba := b.RGBA()
	for _, pair := range [][2]uint32{{ar, br}, {ag, bg}, {ab, bb}, {aa, ba}} {
		if difference := int(pair[0]) - int(pair[1]); difference > 4000 || difference < -4000 {
			return false
		}
	}
	return true
}

func TestNothingHiddenInAPictureSurvives(t *testing.T) {
	secret := "50.0971N 18.5416E Jan Testowy"
	script := "/*<script>alert(1)</script>*/"
	zipped := string(archive(t, entry{name: "a.txt", text: "a"}))
	plain := jpegOf(t, photo(200, 100))
	for name, content := range map[string][]byte{
		"a.jpg":       withExif(plain, 1, secret),
		"comment.jpg": withSegment(plain, 0xfe, []byte(secret+script)),
		"behind.jpg":  append(bytes.Clone(plain), secret+script+zipped...),
		"behind.png":  append(pngOf(t, photo(200, 100)), secret+script+zipped...),
		"script.gif":  append(gifOf(t, photo(200, 100)), secret+script...),
		"text.png":    withText(pngOf(t, photo(200, 100)), secret+script),
	} {
		for _, take := range []func() ([]byte, error){
			func() ([]byte, error) {
				d, err := upload.Picture(t.Context(), bytes.NewReader(content), name, upload.Largest)
				if err != nil {
					return nil, err
				}
				return d.Variants[0].Bytes(), nil
			},
			func() ([]byte, error) {
				u, err := upload.Document(t.Context(), bytes.NewReader(content), name, upload.Largest)
				if err != nil {
					return nil, err
				}
				return u.Bytes(), nil
			},
		} {
			kept, err := take()
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, trace := range []string{"50.0971", "Jan", "<script", "PK\x03\x04", "Exif"} {
				if bytes.Contains(kept, []byte(trace)) {
					t.Errorf("%s still holds %q", name, trace)
				}
			}
		}
	}
}

func withText(picture []byte, text string) []byte {
	const afterHeader = 8 + 25
	return append(append(bytes.Clone(picture[:afterHeader]), chunk("tEXt", []byte("Author\x00"+text))...), picture[afterHeader:]...)
}

func TestPhotographBecomesJPEGAndDrawingStaysPNG(t *testing.T) {
	noise := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
		if i%4 == 3 {
			noise.Pix[i] = 255
		}
	}
	clear := photo(300, 200)
	clear.Pix[3] = 0
	for _, test := range []struct {
		name     string
		content  []byte
		wantType string
	}{
		{"photograph", pngOf(t, noise), "image/jpeg"},
		{"drawing", pngOf(t, photo(300, 200)), "image/png"},
		{"transparent", pngOf(t, clear), "image/png"},
	} {
		d, err := upload.Picture(t.Context(), bytes.NewReader(test.content), "a.png", upload.Largest)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Variants[0].Type; got != test.wantType {
			t.Errorf("%s is kept as %s", test.name, got)
		}
	}
}

func TestScalingKeepsTheMeanColour(t *testing.T) {
	// Fine stripes of black and white are grey from afar; a scaler that skips
	// rows would show either.
	stripes := image.NewGray(image.Rect(0, 0, 1920, 270))
	for i := range stripes.Pix {
		stripes.Pix[i] = byte(i%2) * 255
	}
	d, err := upload.Picture(t.Context(), bytes.NewReader(pngOf(t, stripes)), "a.png", upload.Largest)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(d.Variants[0].Bytes()))
	if err != nil {
		m, err = jpeg.Decode(bytes.NewReader(d.Variants[0].Bytes()))
	}
	if err != nil {
		t.Fatal(err)
	}
	if !alike(m.At(100, 40), color.Gray{Y: 128}) {
		t.Fatalf("colour = %v", m.At(100, 40))
	}
}

func TestDocumentIsNoPicture(t *testing.T) {
	if _, err := upload.Picture(t.Context(), strings.NewReader(pdf), "a.pdf", upload.Largest); keyOf(err) != "blob.picture.kind" {
		t.Fatalf("err = %v", err)
	}
}

func FuzzDocumentRefusesOrKeeps(f *testing.F) {
	f.Add([]byte(pdf), "a.pdf")
	f.Add(office(f, "word", wordMain), "a.docx")
	f.Add(openDocument(f, "text"), "a.odt")
	f.Add(withExif(jpegOf(f, photo(20, 10)), 6, "x"), "a.jpg")
	f.Add(pngOf(f, photo(20, 10)), "a.png")
	f.Add(gifOf(f, photo(20, 10)), "a.gif")
	f.Add([]byte("a;b\n"), "a.csv")
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		u, err := upload.Document(t.Context(), bytes.NewReader(content), name, 1<<20)
		if err != nil && fault.Of(err) == nil {
			t.Fatalf("an accident: %v", err)
		}
		if err == nil && (u.Name == "" || u.Type == "" || blob.CheckKey(u.Key) != nil) {
			t.Fatalf("kept as %+v", u.File)
		}
	})
}

// A camera's photograph of 24 million pixels, as a phone sends it.
func BenchmarkPicture(b *testing.B) {
	m := image.NewYCbCr(image.Rect(0, 0, 6000, 4000), image.YCbCrSubsampleRatio420)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range m.Y {
		m.Y[i] = byte(i/6000*255/4000) + byte(random.Uint32()&7)
	}
	var content bytes.Buffer
	if err := jpeg.Encode(&content, m, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := upload.Picture(b.Context(), bytes.NewReader(content.Bytes()), "a.jpg", 20<<20); err != nil {
			b.Fatal(err)
		}
	}
}
