package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/search"
)

// alwaysOpen are the forms that people may send who are blocked from writing:
// what is their own, ways in and out, leaving, appealing. A new one is added
// here by somebody who has thought of it.
var alwaysOpen = []string{
	"POST /jezyk", "POST /konto", "POST /konto/adres", "POST /konto/adres/kod", "POST /konto/dane/usun", "POST /konto/dane/usun/cofnij",
	"POST /konto/drugi-skladnik", "POST /konto/drugi-skladnik/kody", "POST /konto/drugi-skladnik/potwierdz", "POST /konto/drugi-skladnik/wylacz",
	"POST /konto/dzialam-jako", "POST /konto/haslo", "POST /konto/haslo/usun", "POST /konto/klucze", "POST /konto/klucze/{key}/uniewaznij",
	"POST /konto/nowe", "POST /konto/sesje/zakoncz-inne", "POST /konto/sesje/{session}/zakoncz", "POST /moderacja/blokada/{block}/odwolanie",
	"POST /moderacja/{case}/odwolanie", "POST /obsluga/koniec", "POST /organizacje/{organisation}/dolacz/wycofaj",
	"POST /organizacje/{organisation}/opusc", "POST /powiadomienia/przeczytane", "POST /powiadomienia/ustawienia",
	"POST /programy/{programme}/nie-obserwuj", "POST /programy/{programme}/obserwuj", "POST /programy/{programme}/opusc",
	"POST /programy/{programme}/zaproszenie/{invitation}/odrzuc", "POST /programy/{programme}/zespoly/{group}/nazwisko",
	"POST /programy/{programme}/zespoly/{group}/odejscie", "POST /programy/{programme}/zespoly/{group}/zaproszenie/{invitation}/odmowa",
	"POST /wejscie", "POST /wejscie/drugi-skladnik", "POST /wejscie/haslo",
	"POST /wejscie/kod", "POST /wejscie/link", "POST /wyjscie", "POST /wypisz/{token}", "POST /zaproszenia/organizacja/{invitation}/odrzuc",
}

// TestBlockedPersonWritesNothingAnywhere sends every form of the program as
// somebody with every right who is blocked from writing.
func TestBlockedPersonWritesNothingAnywhere(t *testing.T) {
	x := attack(t)
	x.furnish()
	filled := x.everyForm()
	admin := x.part("administratorka")
	x.exec(`INSERT INTO moderation_block (id, person, reason, at, blocked_by)
		SELECT 'ffffffff-ffff-4fff-bfff-ffffffffff01', id, 'Reklamy w każdym tekście.', 1, id FROM person WHERE administrator`)
	before := x.tables()
	var open []string
	refused := 0
	for _, route := range x.program.app.Routes() {
		if !strings.HasPrefix(route.Pattern, "POST ") {
			continue
		}
		if route.Always {
			open = append(open, route.Pattern)
			continue
		}
		for _, path := range x.addresses(route.Pattern, 1, 0) {
			page := admin.PostForm(path, filled[path])
			if page.Status != http.StatusForbidden || !strings.Contains(page.Text("main"), "Reklamy w każdym tekście.") {
				t.Errorf("%s: %d %s", path, page.Status, page.Text("h1"))
			}
			refused++
		}
	}
	if changed := changedTables(before, x.tables()); len(changed) > 0 || refused < 60 {
		t.Errorf("%d forms were refused, and %v changed", refused, changed)
	}
	slices.Sort(open)
	if want := slices.Sorted(slices.Values(alwaysOpen)); !slices.Equal(open, want) {
		t.Errorf("open to those who are blocked:\n%s\nwant\n%s", strings.Join(open, "\n"), strings.Join(want, "\n"))
	}
	admin.Get("/konto").Want(t, http.StatusOK)
	admin.Post("/jezyk", "jezyk", "en", "powrot", "/").Want(t, http.StatusSeeOther)
}

// everyPublicAnswer opens whatever a visitor can open.
func (x *target) everyPublicAnswer(look func(path, kind, body string)) {
	x.t.Helper()
	visitor := x.Visitor()
	for _, pattern := range x.patterns("GET") {
		if strings.HasPrefix(pattern, "GET /demo/") {
			continue
		}
		for _, path := range x.addresses(pattern, 0, 0) {
			if path == search.Path {
				path += "?szukaj=kiermasz+reklamowy"
			}
			page := visitor.Get(path)
			look(path, page.Header.Get("Content-Type"), page.Body)
		}
	}
}

// TestUnverifiedOrganisationsGainNoLink puts links into the profile of an
// organisation that nobody has verified and opens every page, feed, file and
// answer of the API.
func TestUnverifiedOrganisationsGainNoLink(t *testing.T) {
	const profile = "Kiermasz reklamowy: [tu](https://spam.example/a), https://spam.example/b, <https://spam.example/c> ![d](https://spam.example/d)"
	x := attack(t)
	x.exec(`UPDATE organisation SET verified_at = NULL, website = 'https://spam.example/w', description = $1`, profile)
	x.DB.Clock().Advance(2 * 60e9) // longer than footers are remembered
	seen := 0
	x.everyPublicAnswer(func(path, kind, body string) {
		if strings.HasPrefix(kind, "application/json") && strings.Contains(body, `"website":"https://spam.example`) {
			t.Errorf("%s hands out the website", path)
		}
		if !strings.HasPrefix(kind, "text/html") {
			return
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(doc.Find("main").Text(), "Kiermasz reklamowy") {
			seen++
		}
		doc.Find("[href], [src], [action]").Each(func(_ int, e *goquery.Selection) {
			for _, attribute := range []string{"href", "src", "action"} {
				if strings.Contains(e.AttrOr(attribute, ""), "spam.example") {
					t.Errorf("%s has a link: %s", path, e.AttrOr(attribute, ""))
				}
			}
		})
	})
	if seen < 19 {
		t.Errorf("the profile was seen on %d pages only: nothing is tested", seen)
	}
}

// TestLinksOfVerifiedOrganisationsAreForeign: they work, and say whose they are.
func TestLinksOfVerifiedOrganisationsAreForeign(t *testing.T) {
	x := attack(t)
	x.exec(`UPDATE organisation SET verified_at = 1, website = 'https://strona.example/w', description = '[tu](https://strona.example/a)'`)
	x.DB.Clock().Advance(2 * 60e9)
	links := 0
	x.everyPublicAnswer(func(path, kind, body string) {
		if !strings.HasPrefix(kind, "text/html") {
			return
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find(`a[href*="strona.example"]`).Each(func(_ int, e *goquery.Selection) {
			links++
			if rel := e.AttrOr("rel", ""); rel != "nofollow ugc noopener" {
				t.Errorf("%s: rel=%q", path, rel)
			}
		})
	})
	if links < 38 {
		t.Errorf("only %d links", links)
	}
}

// TestHiddenTextIsNowhere looks for the words of a hidden article and of a hidden
// profile in everything that a visitor can open.
func TestHiddenTextIsNowhere(t *testing.T) {
	x := attack(t)
	x.exec(`UPDATE organisation SET description = 'Tajemnicze zawołanie KLEPSYDRA.' WHERE slug = 'grupa-podworko-przy-lipowej'`)
	id := x.one(`SELECT id FROM organisation WHERE slug = 'grupa-podworko-przy-lipowej'`)
	admin := x.part("administratorka")
	admin.Post("/zglos/organizacja/"+id+"/sprawa").Want(t, http.StatusSeeOther)
	queue := x.one(`SELECT id FROM moderation_case WHERE thing = $1`, id)
	admin.Post("/administracja/moderacja/sprawy/"+queue, "version", "1", "decision", "hide", "reason", "Powód widoczny.").Want(t, http.StatusSeeOther)
	x.everyPublicAnswer(func(path, _, body string) {
		for _, word := range []string{"GWIAZDKA", "KLEPSYDRA"} {
			if strings.Contains(body, word) {
				t.Errorf("%s still says %s", path, word)
			}
		}
	})
	page := x.Visitor().Get("/organizacje/grupa-podworko-przy-lipowej").Want(t, http.StatusGone)
	if text := page.Text("main"); !strings.Contains(text, "Ukryte przez moderację") || !strings.Contains(text, "Powód widoczny.") {
		t.Errorf("the address says %q", text)
	}
	admin.Post("/administracja/moderacja/sprawy/"+queue, "version", "2", "decision", "restore", "reason", "Dobrze.").Want(t, http.StatusSeeOther)
	if page := x.Visitor().Get("/organizacje/grupa-podworko-przy-lipowej").Want(t, http.StatusOK); !strings.Contains(page.Body, "KLEPSYDRA") {
		t.Error("the restored profile does not say what it said")
	}
	if page := x.Visitor().Get(search.Path+"?szukaj=podwórko").Want(t, http.StatusOK); !strings.Contains(page.Text("main"), "Podwórko przy Lipowej") {
		t.Error("the restored profile is not found")
	}
}
