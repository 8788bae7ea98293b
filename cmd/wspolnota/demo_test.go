package main

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
)

// Every page to which links lead from the home page of the demo opens, says that
// its data are examples, and shows words only: for whoever only looks around, a
// resident, an official, and the manager of the programme, in both languages.
func TestDemoHasNoDeadEnd(t *testing.T) {
	x := attack(t)
	x.DB.Clock().Set(time.Date(2015, time.May, 26, 10, 0, 0, 0, lang.Warsaw))
	for _, tt := range []struct {
		name    string
		browser *webtest.Browser
		mark    string
		least   int // pages
	}{
		{"visitor", x.Site.Visitor(), "Dane przykładowe.", 100},
		{"visitor in English", x.Site.Visitor().English(), "Example data.", 100},
		{"resident", x.part("mieszkaniec"), "Dane przykładowe.", 120},
		{"official", x.part("urzedniczka"), "Dane przykładowe.", 120},
		{"manager", x.part("kierowniczka"), "Dane przykładowe.", 150},
		{"manager in English", x.part("kierowniczka").English(), "Example data.", 150},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := crawl{t: t, browser: tt.browser, mark: tt.mark, seen: map[string]bool{}, shapes: map[string]int{}}
			c.follow("/")
			if c.opened < tt.least {
				t.Errorf("only %d pages were opened", c.opened)
			}
		})
	}
}

// crawl follows links as far as they lead on this site.
type crawl struct {
	t       *testing.T
	browser *webtest.Browser
	mark    string
	seen    map[string]bool
	shapes  map[string]int
	opened  int
}

// Many pages are alike: of each shape of address that differs in one part only,
// so many are opened.
const ofEachShape = 12

func (c *crawl) follow(first string) {
	for waiting := []string{first}; len(waiting) > 0; waiting = waiting[1:] {
		waiting = append(waiting, c.open(waiting[0])...)
	}
}

// open asks for a page and returns where its links lead that were not seen yet.
func (c *crawl) open(address string) []string {
	c.t.Helper()
	page := c.browser.Get(address)
	c.opened++
	for n := 0; page.Status == 303 && n < 3; n++ {
		address = page.Header.Get("Location")
		page = c.browser.Get(strings.TrimPrefix(address, webtest.Public))
	}
	if page.Status == 410 && strings.Contains(address, "/aktualnosci/") {
		return nil // withdrawn, and says so
	}
	if page.Status != 200 {
		c.t.Errorf("%s: status %d", address, page.Status)
		return nil
	}
	if !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	text := page.Text("body")
	if !strings.Contains(text, c.mark) {
		c.t.Errorf("%s does not say that its data are examples", address)
	}
	if key := unworded.FindString(text); key != "" {
		c.t.Errorf("%s shows %q", address, key)
	}
	var links []string
	page.Doc().Find("a[href]").Each(func(_ int, a *goquery.Selection) {
		if to, ok := c.fresh(address, a.AttrOr("href", "")); ok {
			links = append(links, to)
		}
	})
	return links
}

// unworded is a key that stands where words should, and what Go writes instead
// of a value.
var unworded = regexp.MustCompile(`%!|<nil>|<no value>|\b(access|audit|barrier|debate|demo|desk|event|export|feedback|live|mail|minutes|moderation|news|notice|organisation|people|privacy|programme|search|trace|ui|web)\.[a-z_]+\.[a-z_.]+`)

// month is a page of the calendar.
var month = regexp.MustCompile(`/wydarzenia/\d{4}/\d{2}$`)

// fresh reports where a link leads on this site, if it was not followed before.
func (c *crawl) fresh(from, href string) (string, bool) {
	base, err := url.Parse(from)
	if err != nil {
		c.t.Fatal(err)
	}
	to, err := base.Parse(strings.TrimPrefix(href, webtest.Public))
	if err != nil {
		c.t.Errorf("%s has a link to %q", from, href)
		return "", false
	}
	switch {
	case to.Host != "", to.Scheme != "", strings.HasPrefix(to.Path, "/demo/wejscie"), strings.HasPrefix(to.Path, "/demo/poczta"), strings.HasPrefix(to.Path, "/jezyk"),
		strings.HasPrefix(to.Path, "/d/"), strings.HasSuffix(to.Path, "/zaproszenie"), strings.HasSuffix(to.Path, "/zaswiadczenie"):
		return "", false // elsewhere, another person, letters to others, or another language
	case month.MatchString(to.Path) && !strings.Contains(to.Path, "/2014/") && !strings.Contains(to.Path, "/2015/"):
		return "", false // a calendar goes on for ever
	}
	to.Fragment = ""
	shape := path.Dir(to.Path)
	if to.RawQuery != "" {
		shape = to.Path + "?"
	}
	address := to.RequestURI()
	if c.seen[address] || c.shapes[shape] >= ofEachShape {
		return "", false
	}
	c.seen[address] = true
	c.shapes[shape]++
	return address, true
}
