package browser_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// pages are those that no journey opens, by the part of the demo that sees them;
// "" is a visitor.
var pages = map[string][]string{
	"": {"/api", "/kontakt", "/deklaracja-dostepnosci", "/szukaj?szukaj=seminarium", "/prywatnosc", mainProgramme + "/dziennik",
		mainProgramme + "/prywatnosc"},
	"mieszkaniec": {"/pulpit", "/powiadomienia", "/powiadomienia/ustawienia", "/konto/dane", "/konto/dane/wykaz", "/konto/klucze",
		"/konto/haslo", "/konto/drugi-skladnik", "/konto/adres"},
	"kierowniczka": {"/pulpit", mainProgramme + "/pulpit", mainProgramme + "/edycja", mainProgramme + "/edycja/zespol",
		mainProgramme + "/edycja/uczestnicy", mainProgramme + "/edycja/etapy", mainProgramme + "/edycja/cele",
		mainProgramme + "/edycja/partnerzy", mainProgramme + "/edycja/publikacja", mainProgramme + "/prywatnosc/zmien",
		mainProgramme + "/wczytane-organizacje", mainProgramme + "/obsluga"},
	"administratorka": {"/administracja", "/administracja/osoby", "/administracja/dziennik", "/administracja/deklaracja",
		"/administracja/poczta", "/administracja/prywatnosc", "/administracja/prywatnosc/rejestr",
		"/administracja/prywatnosc/retencja", "/administracja/prywatnosc/wglady", "/administracja/prywatnosc/wstrzymania",
		"/administracja/prywatnosc/klauzula/zmien"},
}

// Every page stands at both widths and in both colours without a violation and
// without scrolling sideways: opening it checks that. WSPOLNOTA_SHOTS names the
// directory for pictures of them.
func TestPagesOfEachPartAreAccessible(t *testing.T) {
	dir := os.Getenv("WSPOLNOTA_SHOTS")
	journey(t, []browser.Options{phone, phoneAbroad, desk, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		for role, paths := range pages {
			tab := site.Open(t, named(o, role))
			if role != "" {
				tab.As(role)
			}
			for _, path := range paths {
				at(t, tab.Go(path), path)
				tab.SeeNot(tab.Say("fault.title.403"), tab.Say("fault.title.404"))
				if dir != "" {
					tab.Shot(filepath.Join(dir, o.String(), role+strings.ReplaceAll(path, "/", "-")+".png"))
				}
			}
		}
	})
}
