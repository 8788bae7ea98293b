package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/search"
)

// TestHiddenOfferAndQuestionAreNowhere reports an offer of the exchange and a
// question to experts, hides them and shows them again.
func TestHiddenOfferAndQuestionAreNowhere(t *testing.T) {
	x := attack(t)
	x.DB.Clock().Set(time.Date(2015, time.June, 1, 12, 0, 0, 0, lang.Warsaw)) // after the panel
	const programme = "/programy/miedzysektorowa-wspolpraca"
	panel := programme + "/wydarzenia/" + x.one(`SELECT slug FROM event WHERE kind = 'panel' AND published_at IS NOT NULL ORDER BY starts_at DESC LIMIT 1`) + "/pytania"
	for _, kind := range []struct {
		slug, id, words string
		pages           []string
		gone            int
	}{
		{"wymiana", x.one(`SELECT id FROM event_exchange WHERE text LIKE 'Pokażemy jedno rozliczenie%'`), "Pokażemy jedno rozliczenie",
			[]string{programme + "/wymiana", programme + "/wymiana.csv"}, http.StatusGone},
		{"pytanie", x.one(`SELECT id FROM event_panel_question WHERE state = 'answered' AND text LIKE 'Jak udokumentować pracę wolontariuszy%'`), "Jak udokumentować pracę wolontariuszy",
			[]string{panel, panel + ".csv"}, 0},
	} {
		t.Run(kind.slug, func(t *testing.T) {
			everywhere := append(kind.pages, search.Path+"?szukaj="+url.QueryEscape(kind.words))
			says := func(want bool) {
				t.Helper()
				for _, path := range everywhere {
					page := x.Visitor().Get(path).Want(t, http.StatusOK)
					text := page.Body
					if strings.HasPrefix(path, search.Path) {
						text = page.Text("main ol, main ul.results, main article, main li")
					}
					if strings.Contains(text, kind.words) != want {
						t.Errorf("%s says it: %v, want %v", path, !want, want)
					}
				}
			}
			says(true)
			if kind.gone != 0 {
				x.Visitor().Get(programme+"/wymiana/"+kind.id).Want(t, http.StatusOK)
			}
			manager := x.part("kierowniczka")
			x.Visitor().Get("/zglos/"+kind.slug+"/"+kind.id).Want(t, http.StatusOK)
			manager.Post("/zglos/"+kind.slug+"/"+kind.id+"/sprawa").Want(t, http.StatusSeeOther)
			opened := programme + "/moderacja/sprawy/" + x.one(`SELECT id FROM moderation_case WHERE thing = $1 AND state = 'open'`, kind.id)
			manager.Post(opened, "version", "1", "decision", "hide", "reason", "Powód widoczny.").Want(t, http.StatusSeeOther)
			says(false)
			if kind.gone != 0 {
				if page := x.Visitor().Get(programme+"/wymiana/"+kind.id).Want(t, kind.gone); !strings.Contains(page.Text("main"), "Powód widoczny.") {
					t.Error("the address does not say why")
				}
			}
			manager.Post(opened, "version", "2", "decision", "restore", "reason", "Dobrze.").Want(t, http.StatusSeeOther)
			says(true)
		})
	}
}

// TestWordOfTheListKeepsAnOfferBack enters an offer with a word that the
// programme looks at first.
func TestWordOfTheListKeepsAnOfferBack(t *testing.T) {
	x := attack(t)
	const list = "/programy/miedzysektorowa-wspolpraca/wymiana"
	manager, member := x.part("kierowniczka"), x.part("prezes-klubu")
	manager.Post("/programy/miedzysektorowa-wspolpraca/moderacja/slowa", "words", "kasyno", "version", "0").Want(t, http.StatusSeeOther)
	club := x.one(`SELECT o.id FROM organisation o JOIN organisation_mandate m ON m.organisation = o.id JOIN person p ON p.id = m.person
		WHERE p.email = 'piotr.gawlikowicz@cztery-wiatry.example.net' ORDER BY o.id LIMIT 1`)
	page := member.Post(list+"/nowa", "side", "need", "organisation", club, "formats", "clinic", "topics", "language", "text", "Szukamy kasyna z dobrym szkoleniem.", "places", "1").
		Want(t, http.StatusSeeOther)
	if strings.Contains(x.Visitor().Get(list).Body, "kasyna") {
		t.Error("the list shows what waits to be looked at")
	}
	if own := member.Get(page.Header.Get("Location")).Want(t, http.StatusOK); !strings.Contains(own.Body, "kasyna") {
		t.Error("who wrote it does not read it")
	}
	x.Visitor().Get(page.Header.Get("Location")).Want(t, http.StatusNotFound)
}
