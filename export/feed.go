package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Feed is a public stream before it is written as RSS or Atom.
type Feed struct {
	ID       string // for ever the same (RFC 4151, RFC 4122)
	Title    string
	About    string
	Author   string
	Language lang.Language
	Self     string // full address of the feed
	Page     string // full address of the page that shows the same
	Base     string // full address of the site, for addresses in the texts
	Updated  time.Time
	Entries  []Entry
}

// Entry is one thing of a stream.
type Entry struct {
	ID        string // an UUID
	Title     string
	Lead      string // plain text
	HTML      string // safe to show
	Author    string // "" for none
	Language  string
	Path      string // from the root of the site
	Tags      []string
	Published time.Time
	Updated   time.Time
}

// RSS 2.0 (rssboard.org/rss-specification), with the self link of RFC 4287.

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Dublin  string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Built       string    `xml:"lastBuildDate,omitempty"`
	Self        atomLink  `xml:"atom:link"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Author      string   `xml:"dc:creator,omitempty"`
	Language    string   `xml:"dc:language"`
	Categories  []string `xml:"category"`
	ID          rssID    `xml:"guid"`
	Published   string   `xml:"pubDate"`
}

type rssID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

func (f Feed) rss() any {
	// Readers take a description for HTML, so what people wrote is escaped twice.
	channel := rssChannel{Title: clean(f.Title), Link: f.Page, Description: escaped(clean(f.About)), Language: string(f.Language),
		Self: atomLink{Rel: "self", Type: ui.RSS, Href: f.Self}}
	if !f.Updated.IsZero() {
		channel.Built = f.Updated.UTC().Format(time.RFC1123Z)
	}
	for _, e := range f.Entries {
		channel.Items = append(channel.Items, rssItem{
			Title: clean(e.Title), Link: f.Base + e.Path,
			Description: escaped(clean(e.Lead)),
			Author:      clean(e.Author), Language: e.Language, Categories: cleanAll(e.Tags),
			ID:        rssID{Value: "urn:uuid:" + e.ID},
			Published: e.Published.UTC().Format(time.RFC1123Z),
		})
	}
	return rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Dublin: "http://purl.org/dc/elements/1.1/", Channel: channel}
}

// Atom (RFC 4287).

type atom struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	Base     string      `xml:"xml:base,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Author   atomPerson  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	Language   string         `xml:"xml:lang,attr"`
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Author     *atomPerson    `xml:"author"`
	Link       atomLink       `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    atomText       `xml:"summary"`
	Content    atomText       `xml:"content"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

func (f Feed) atom() any {
	a := atom{Language: string(f.Language), Base: f.Base + "/", ID: f.ID, Title: clean(f.Title), Subtitle: clean(f.About),
		// A feed must say when it changed, also before its first entry.
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Author: atomPerson{clean(f.Author)},
		Links: []atomLink{{"self", ui.Atom, f.Self}, {"alternate", "text/html", f.Page}}}
	if !f.Updated.IsZero() {
		a.Updated = f.Updated.UTC().Format(time.RFC3339)
	}
	for _, e := range f.Entries {
		item := atomEntry{
			Language: e.Language, ID: "urn:uuid:" + e.ID, Title: atomText{"text", clean(e.Title)},
			Published: e.Published.UTC().Format(time.RFC3339), Updated: e.Updated.UTC().Format(time.RFC3339),
			Link:    atomLink{"alternate", "text/html", f.Base + e.Path},
			Summary: atomText{"text", clean(e.Lead)}, Content: atomText{"html", clean(e.HTML)},
		}
		if e.Author != "" {
			item.Author = &atomPerson{clean(e.Author)}
		}
		for _, tag := range e.Tags {
			item.Categories = append(item.Categories, atomCategory{lang.Slug(tag), clean(tag)})
		}
		a.Entries = append(a.Entries, item)
	}
	return a
}

// clean leaves out characters that XML 1.0 cannot hold; the encoder would put a
// mark in their place.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}

func cleanAll(all []string) []string {
	for i := range all {
		all[i] = clean(all[i])
	}
	return all
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// Send answers with the feed of a kind, ui.RSS or ui.Atom, or with "not modified" to a reader who has it.
func (f Feed) Send(w http.ResponseWriter, r *http.Request, kind string) error {
	document := f.atom()
	if kind == ui.RSS {
		document = f.rss()
	}
	text, err := xml.MarshalIndent(document, "", " ")
	if err != nil {
		return err
	}
	text = append([]byte(xml.Header), text...)
	sum := sha256.Sum256(text)
	h := w.Header()
	h.Set("Content-Type", kind+"; charset=utf-8")
	h.Set("Etag", `"`+hex.EncodeToString(sum[:12])+`"`)
	if h.Get("Cache-Control") == "" { // a signed-in person's answers are not stored
		h.Set("Cache-Control", "public, max-age=300")
	}
	h.Add("Vary", "Cookie, Accept-Language")
	http.ServeContent(w, r, "", f.Updated, bytes.NewReader(text))
	return nil
}
