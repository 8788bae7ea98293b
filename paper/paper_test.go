package paper_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rsc.io/qr"

	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
)

var at = time.Date(2014, time.June, 13, 16, 0, 0, 0, time.UTC)

// text is what pdftotext of poppler reads in a document.
func text(t testing.TB, d *paper.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("skipped: no pdftotext; on Debian it is in poppler-utils")
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v\n%s", err, out)
	}
	return string(out)
}

const pangram = "Zażółć gęślą jaźń, PCHNĄĆ W TĘ ŁÓDŹ JEŻA LUB OŚM SKRZYŃ FIG – „tak”"

func TestPolishLettersAreReadBack(t *testing.T) {
	d := paper.New(paper.Options{Title: "Próba", Language: lang.Polish, At: at})
	d.Title(pangram[:40], paper.Centre)
	d.Text(pangram, paper.Left)
	d.Strong("Żaneta Śladowska-Łącz", paper.Left)
	got := text(t, d)
	for _, want := range []string{pangram, "Żaneta Śladowska-Łącz"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestTableGoesOverPagesUnderTheSameHeads(t *testing.T) {
	d := paper.New(paper.Options{Title: "Lista", Language: lang.Polish, At: at, Footer: "Seminarium"})
	var rows [][]string
	for i := range 60 {
		rows = append(rows, []string{fmt.Sprint(i + 1), fmt.Sprintf("Osoba %d", i+1), ""})
	}
	d.Table([]paper.Column{{Title: "Lp.", Width: 12}, {Title: "Imię i nazwisko"}, {Title: "Podpis", Width: 50}}, rows, 10)
	got := text(t, d)
	pages := strings.Split(strings.TrimRight(got, "\f"), "\f")
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if !strings.Contains(page, "Imię i nazwisko") || !strings.Contains(page, fmt.Sprintf("%d/3", i+1)) {
			t.Errorf("page %d has no head or no number:\n%s", i+1, page)
		}
	}
	for i := range rows {
		if !strings.Contains(got, fmt.Sprintf("Osoba %d\n", i+1)) && !strings.Contains(got, fmt.Sprintf("Osoba %d ", i+1)) {
			t.Errorf("row %d is lost", i+1)
		}
	}
}

func TestLongWordStaysInItsCell(t *testing.T) {
	d := paper.New(paper.Options{At: at})
	d.Table([]paper.Column{{Title: "A", Width: 20}, {Title: "B"}}, [][]string{{strings.Repeat("ż", 200), "dalej"}}, 8)
	if got := text(t, d); strings.Count(got, "ż") != 200 || !strings.Contains(got, "dalej") {
		t.Errorf("%s", got)
	}
}

func TestWhatTheFontLacksIsShownAsMissing(t *testing.T) {
	for in, want := range map[string]string{"Anna 漢": "Anna �", "😀": "�", "a\u202eb\x00": "ab", "Łódź": "Łódź"} {
		if got := paper.Printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestHostileTextsArePrinted(t *testing.T) {
	d := paper.New(paper.Options{Title: hostile.Payloads()[0], At: at})
	for _, p := range hostile.Payloads() {
		d.Text(p, paper.Left)
		d.Table([]paper.Column{{Title: p, Width: 30}, {Title: "b"}}, [][]string{{p, p}}, 5)
	}
	d.Page()
	var cards []paper.Card
	for _, p := range hostile.Payloads() {
		cards = append(cards, paper.Card{Large: p, Lines: []string{p}, Mark: p})
	}
	d.Cards(cards)
	_ = text(t, d)
}

func TestSameDocumentIsTheSameFile(t *testing.T) {
	var files [2]bytes.Buffer
	for i := range files {
		d := paper.New(paper.Options{Title: "Zaświadczenie", Language: lang.Polish, At: at})
		d.Text(pangram, paper.Left)
		if err := d.Write(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("two files differ")
	}
}

func TestCodeIsTheMatrixOfItsText(t *testing.T) {
	const address = "https://wspolnota.example.org/bilet/ABC"
	code, err := paper.QR(address)
	if err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode(address, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	if code.Size() != want.Size {
		t.Fatalf("%d modules, want %d", code.Size(), want.Size)
	}
	for y := range want.Size {
		for x := range want.Size {
			if code.Black(x, y) != want.Black(x, y) {
				t.Fatalf("module %d, %d differs", x, y)
			}
		}
	}
	var svg strings.Builder
	if err := code.SVG(`"<kod>"`, 200).Render(t.Context(), &svg); err != nil || strings.Contains(svg.String(), "<kod>") {
		t.Errorf("%v %s", err, svg.String())
	}
	d := paper.New(paper.Options{At: at})
	d.QR(code, 40)
	_ = text(t, d)
}

func FuzzPrintable(f *testing.F) {
	for _, p := range hostile.Payloads() {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := paper.New(paper.Options{Title: s, At: at})
		d.Text(s, paper.Left)
		d.Cards([]paper.Card{{Large: s, Lines: []string{s}}})
		var b bytes.Buffer
		if err := d.Write(&b); err != nil {
			t.Fatal(err)
		}
	})
}
