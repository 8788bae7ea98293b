package browser_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A file may be called anything; what is offered to others is not a path.
func TestFileNameThatIsAPath(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		content, err := os.ReadFile("../../demo/files/karta-inicjatywy.pdf")
		if err != nil {
			t.Fatal(err)
		}
		tab := site.Open(t, named(o, "editor")).As("redaktor")
		tab.Click(tab.Say("news.new.act"))
		article{unique("Szkic z plikiem "), "", ""}.fill(tab)
		tab.Attach(tab.Say("news.files.choose"), file(t, `..\..\..\raport.pdf`, content))
		tab.Click(tab.Say("news.save.draft")).See(tab.Say("news.flash.draft"), "raport.pdf").SeeNot("..")
	})
}

// A request that is larger than the page takes is answered in words, and what
// was typed is one step back.
func TestTooLargeFile(t *testing.T) {
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "editor")).As("redaktor")
		tab.Click(tab.Say("news.new.act"))
		a := article{unique("Bardzo duży plik "), "Zajawka", "Treść, której szkoda."}
		a.fill(tab)
		tab.Attach(tab.Say("news.files.choose"), file(t, "nagranie.pdf", bytes.Repeat([]byte("%PDF-1.4\n"), 20<<20/9)))
		tab.Click(tab.Say("news.save.draft")).See(tab.Say("fault.title.413"), tab.Say("fault.too_large", "Megabytes", 12))
		tab.Back().Keep(tab.Say("news.field.title"), a.title).Keep(tab.Say("news.field.body"), a.body)
	})
}

// A newer code takes the place of the older one.
func TestCodeThatWasReplaced(t *testing.T) {
	journey(t, []browser.Options{phoneAbroad, deskOff}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab, email := site.Open(t, o), unique("roztargniony")+"@poczta.example.com"
		tab.Go("/wejscie")
		askForCode(tab, email)
		older := site.Code(t, email)
		tab.Click(tab.Say("people.code.missing")).Click(tab.Say("people.code.send_again"))
		newer := site.Code(t, email)
		if newer.Code == older.Code {
			t.Skip("skipped: by chance both codes are the same")
		}
		tab.Fill(tab.Say("people.code.label"), older.Code).Click(tab.Say("people.code.submit"))
		tab.SeeMistake(tab.Say("people.code.label"), tab.Say("people.code.wrong"))
		tab.Fill(tab.Say("people.code.label"), newer.Code).Click(tab.Say("people.code.submit"))
		tab.See(tab.Say("people.new.lead", "Email", email))
	})
}

// file writes a file with this very name.
func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	if strings.ContainsRune(name, filepath.Separator) {
		t.Fatalf("%q is no name on this system", name)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
