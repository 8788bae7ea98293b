package news_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/news"
)

// What a reader of feeds takes from the text, written down apart from the types
// that the room writes with.

type readRSS struct {
	Version string `xml:"version,attr"`
	Channel struct {
		Title    string `xml:"title"`
		Language string `xml:"language"`
		Links    []struct {
			XMLName xml.Name
			Rel     string `xml:"rel,attr"`
			Href    string `xml:"href,attr"`
			Text    string `xml:",chardata"`
		} `xml:"link"`
		Built string `xml:"lastBuildDate"`
		Items []struct {
			Title       string   `xml:"title"`
			Link        string   `xml:"link"`
			Description string   `xml:"description"`
			GUID        string   `xml:"guid"`
			Published   string   `xml:"pubDate"`
			Creator     string   `xml:"http://purl.org/dc/elements/1.1/ creator"`
			Categories  []string `xml:"category"`
		} `xml:"item"`
	} `xml:"channel"`
}

type readAtom struct {
	XMLName  xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	Language string    `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Base     string    `xml:"http://www.w3.org/XML/1998/namespace base,attr"`
	ID       string    `xml:"http://www.w3.org/2005/Atom id"`
	Title    string    `xml:"http://www.w3.org/2005/Atom title"`
	Updated  time.Time `xml:"http://www.w3.org/2005/Atom updated"`
	Author   string    `xml:"http://www.w3.org/2005/Atom author>name"`
	Links    []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		Language  string    `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID        string    `xml:"id"`
		Title     string    `xml:"title"`
		Updated   time.Time `xml:"updated"`
		Published time.Time `xml:"published"`
		Author    string    `xml:"author>name"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Summary string `xml:"summary"`
		Content struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"content"`
		Categories []struct {
			Term string `xml:"term,attr"`
		} `xml:"category"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

// strictly reads a feed as an unforgiving parser does, to its end.
func strictly(t testing.TB, text string, into any) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = true
	if err := d.Decode(into); err != nil {
		t.Fatalf("feed: %v\n%s", err, text)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		t.Fatalf("something stands behind the feed: %v", err)
	}
}

func feeds(a news.Article) []string {
	return []string{"/aktualnosci", a.List(), "/gminy/2412042/aktualnosci"}
}

func TestFeedsSayTheSameAsThePages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.full(`Tytuł & "znaki" <b>`)
		c.Lead, c.Body = "Zajawka & <i>więcej</i>", "Treść z [odnośnikiem](/programy/wspolpraca)."
		c.Language, c.Tags, c.Places = "uk", []string{"Jeden", "Dwa & pół"}, []string{"2412042"}
		a := w.published(c, storetest.Start)
		w.DB.Clock().Advance(time.Hour)
		for _, path := range feeds(a) {
			var rss readRSS
			page := w.Visitor().Get(path + ".rss")
			strictly(t, page.Body, &rss)
			if !strings.HasPrefix(page.Header.Get("Content-Type"), "application/rss+xml") || rss.Version != "2.0" || len(rss.Channel.Items) != 1 {
				t.Fatalf("%s.rss: %s, %+v", path, page.Header.Get("Content-Type"), rss)
			}
			item := rss.Channel.Items[0]
			if item.Title != c.Title || item.Link != webtest.Public+a.Path() || item.GUID != "urn:uuid:"+string(a.ID) ||
				item.Published != "Sun, 01 Jun 2014 10:00:00 +0000" || item.Creator != "Forum Organizacji" ||
				item.Description != "Zajawka &amp; &lt;i&gt;więcej&lt;/i&gt;" || len(item.Categories) != 2 {
				t.Errorf("%s.rss: %+v", path, item)
			}
			var atom readAtom
			strictly(t, w.Visitor().Get(path+".atom").Body, &atom)
			if atom.Language != "pl" || atom.Base != webtest.Public+"/" || atom.Author == "" || len(atom.Entries) != 1 {
				t.Fatalf("%s.atom: %+v", path, atom)
			}
			self := map[string]string{}
			for _, l := range atom.Links {
				self[l.Rel] = l.Href
			}
			if self["self"] != webtest.Public+path+".atom" || !strings.HasPrefix(self["alternate"], webtest.Public+"/") {
				t.Errorf("%s.atom: links %v", path, self)
			}
			entry := atom.Entries[0]
			if entry.Title != c.Title || entry.Summary != c.Lead || entry.Language != "uk" || entry.ID != item.GUID ||
				!entry.Published.Equal(storetest.Start) || entry.Link.Href != item.Link || entry.Content.Type != "html" ||
				!strings.Contains(entry.Content.Text, `<a href="/programy/wspolpraca"`) || entry.Categories[0].Term != "dwa-pol" {
				t.Errorf("%s.atom: %+v", path, entry)
			}
		}
	})
}

func TestIDsOfFeedsAreStableAndDifferent(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	a := w.published(w.full("Jeden"), storetest.Start)
	seen := map[string]string{}
	for _, path := range feeds(a) {
		var atom readAtom
		strictly(t, w.Visitor().Get(path+".atom").Body, &atom)
		if other := seen[atom.ID]; other != "" {
			t.Errorf("%s and %s have the id %s", other, path, atom.ID)
		}
		if !regexp.MustCompile(`^(tag:[^,]+,\d{4}:|urn:uuid:)`).MatchString(atom.ID) {
			t.Errorf("%s: id %s", path, atom.ID)
		}
		seen[atom.ID] = path
	}
}

func TestReaderWhoHasTheFeedGetsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.published(w.full("Jeden"), storetest.Start)
		for _, path := range []string{"/aktualnosci.rss", "/aktualnosci.atom"} {
			first := w.Visitor().Get(path)
			tag, modified := first.Header.Get("Etag"), first.Header.Get("Last-Modified")
			if tag == "" || modified != "Sun, 01 Jun 2014 10:00:00 GMT" {
				t.Fatalf("%s: %q, %q", path, tag, modified)
			}
			ask := func(name, value string) int {
				b := w.Visitor()
				b.Header.Set(name, value)
				page := b.Get(path)
				if page.Status == 304 && page.Body != "" {
					t.Errorf("%s: 304 with a body", path)
				}
				return page.Status
			}
			if got := ask("If-None-Match", tag); got != 304 {
				t.Errorf("%s: same tag: %d", path, got)
			}
			if got := ask("If-Modified-Since", modified); got != 304 {
				t.Errorf("%s: not modified since: %d", path, got)
			}
			w.DB.Clock().Advance(time.Minute)
			w.published(w.full("Następny"), w.DB.Now())
			if got := ask("If-None-Match", tag); got != 200 {
				t.Errorf("%s: something new, same tag: %d", path, got)
			}
			if got := ask("If-Modified-Since", modified); got != 200 {
				t.Errorf("%s: something new: %d", path, got)
			}
			w.DB.Clock().Set(storetest.Start)
			w.exec(`DELETE FROM news_article WHERE title = 'Następny'`)
		}
	})
}

func TestWithdrawalChangesTheFeed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.published(w.full("Zostaje"), storetest.Start)
		a := w.published(w.full("Znika"), storetest.Start)
		modified := w.Visitor().Get("/aktualnosci.atom").Header.Get("Last-Modified")
		w.DB.Clock().Advance(time.Hour)
		must[news.Article](t)(w.news.Withdraw(w.as(w.editorID), a.Programme, a.ID, a.Version, "Pomyłka"))
		b := w.Visitor()
		b.Header.Set("If-Modified-Since", modified)
		if page := b.Get("/aktualnosci.atom"); page.Status != 200 || strings.Contains(page.Body, "Znika") {
			t.Errorf("status %d", page.Status)
		}
	})
}

func TestEmptyFeedIsValid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var atom readAtom
		strictly(t, w.Visitor().Get("/gminy/2473011/aktualnosci.atom").Body, &atom)
		var rss readRSS
		strictly(t, w.Visitor().Get("/gminy/2473011/aktualnosci.rss").Body, &rss)
		if atom.Updated.IsZero() || atom.ID == "" || len(atom.Entries) != 0 || rss.Channel.Title != "Aktualności: Rybnik" {
			t.Errorf("atom %+v, rss %+v", atom, rss)
		}
		for _, terc := range []string{"9999999", "x", "24"} {
			if got := w.Visitor().Get("/gminy/" + terc + "/aktualnosci.rss").Status; got != 404 {
				t.Errorf("%s: %d", terc, got)
			}
		}
	})
}

func TestFeedHoldsTheLatestThirty(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 32 {
			w.published(w.full(fmt.Sprintf("Nr %d", i)), storetest.Start.Add(-time.Duration(i)*time.Hour))
		}
		var atom readAtom
		strictly(t, w.Visitor().Get("/aktualnosci.atom").Body, &atom)
		if len(atom.Entries) != 30 || atom.Entries[0].Title != "Nr 0" || atom.Entries[29].Title != "Nr 29" {
			t.Errorf("%d entries", len(atom.Entries))
		}
	})
}

func TestPagesOfferTheirFeeds(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	a := w.published(w.full("Jeden"), storetest.Start)
	for page, want := range map[string]string{
		"/aktualnosci": "/aktualnosci.rss", "/aktualnosci?gmina=2412042": "/gminy/2412042/aktualnosci.rss",
		a.List(): "/programy/wspolpraca/aktualnosci.rss", a.Path(): "/programy/wspolpraca/aktualnosci.rss",
	} {
		p := w.Visitor().Get(page)
		got := p.Doc().Find("link[rel=alternate][type='application/rss+xml']").First().AttrOr("href", "")
		if got != want || p.Count("footer a[href='"+want+"']") != 1 {
			t.Errorf("%s offers %q", page, got)
		}
		if u, err := url.Parse(got); err != nil || w.Visitor().Get(u.Path).Status != 200 {
			t.Errorf("%s leads nowhere", got)
		}
	}
}
