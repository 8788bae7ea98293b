package browser_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
	"github.com/wspolnota/wspolnota/lang"
)

// A visitor wants to know what the programme is and what it has done lately.
func TestVisitorReadsProgrammeAndNews(t *testing.T) {
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, o)
		tab.Go("/").See(tab.Say("programme.home.now"), tab.Say("news.block.title"))
		tab.Click("Międzysektorowa współpraca czyli wspólnota samorządowa w innym wymiarze")
		at(t, tab, mainProgramme)
		tab.See(tab.Say("programme.phases"), "Seminarium partycypacyjne w Wiśle", tab.Say("ui.phase.done"),
			"Konkurs inicjatyw mieszkańców", tab.Say("ui.phase.now"), tab.Say("programme.goals"), "Wypracować standardy współpracy")

		tab.Click(tab.Say("news.list.title")).See("Trzy razy 10 000 zł", "Jak założyć klub w swojej wsi")
		tab.Choose(tab.Say("news.filter.tag"), "konkurs").Click(tab.Say("ui.filter.show"))
		tab.See("Trzy razy 10 000 zł").SeeNot("Jak założyć klub w swojej wsi")
		tab.Click("Trzy razy 10 000 zł na inicjatywy mieszkańców. Wnioski do 18 grudnia, do 15.00")
		tab.See(tab.Say("news.article.attachments"), "karta-inicjatywy.pdf")
		offered(t, tab.Href("karta-inicjatywy.pdf"))

		tab.Click(tab.Say("news.list.title"))
		tab.Click(month(tab, 2014, time.June))
		at(t, tab, "/aktualnosci/2014/06")
		tab.See("Kartki na dwóch ścianach").SeeNot("Trzy razy 10 000 zł")
		feed(t, tab.Go("/aktualnosci").Href(tab.Say("news.feed.all")))
	})
}

// Somebody who reads the other language changes it and stays where they are.
func TestVisitorChangesLanguageAndStays(t *testing.T) {
	journey(t, []browser.Options{phoneBoth, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, o)
		there, back := lang.English, lang.Polish
		if o.English {
			there, back = back, there
		}
		path := "/aktualnosci?tag=konkurs"
		tab.Go(path).See(tab.Say("news.list.lead"))
		lead := tab.Say("news.list.lead")
		tab.Click(tab.Say("lang." + string(there))).SeeNot(lead)
		at(t, tab, path)
		tab.Click(tab.Say("lang." + string(back))).See(lead)
		at(t, tab, path)
	})
}

func month(tab *browser.Tab, year int, m time.Month) string {
	return browser.Voice(tab.Language()).Month(year, m)
}

// offered fails the test unless the address gives a file to keep.
func offered(t *testing.T, address string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	start := make([]byte, 5)
	if _, err := io.ReadFull(response.Body, start); err != nil || string(start) != "%PDF-" {
		t.Errorf("%s begins with %q: %v", address, start, err)
	}
	if got := response.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("%s is given with Content-Disposition %q", address, got)
	}
}

func feed(t *testing.T, address string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(text), "Kartki na dwóch ścianach") {
		t.Errorf("the feed answers %s, error %v: %s", response.Status, err, text)
	}
}
