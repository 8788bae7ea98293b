package news

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
	"github.com/wspolnota/wspolnota/web/ui"
)

// feed is a stream of news before it is written as RSS or Atom.
type feed struct {
	id       string // for ever the same (RFC 4151, RFC 4122)
	title    string
	about    string
	author   string
	language lang.Language
	self     string // full address of the feed
	page     string // full address of the page that shows the same
	base     string // full address of the site, for addresses in the texts
	updated  time.Time
	entries  []entry
}

// entry is one article with its text.
type entry struct {
	Article
	HTML string `db:"html"`
	Body string // Markdown, read only where HTML is of another renderer
	Tags string
}

func (e entry) tags() []string {
	if e.Tags == "" {
		return nil
	}
	return strings.Split(e.Tags, "\n")
}

// changed is when the entry last became different for its readers.
func (e entry) changed() time.Time {
	if e.RevisedAt.After(e.PublishAt.Time) {
		return e.RevisedAt.Time
	}
	return e.PublishAt.Time
}

// entries reads the latest articles of a filter with their texts.
func entries(ctx context.Context, r store.Reader, f Filter) ([]entry, error) {
	ids, args := f.ids(r.Now(), pageSize, 0, false)
	args = append(args, markdown.Version)
	all, err := store.All[entry](ctx, r, `SELECT `+columns+`, v.html,
			CASE WHEN v.html_by = $`+strconv.Itoa(len(args))+` THEN '' ELSE v.body END AS body,
			COALESCE((SELECT string_agg(name, '`+"\n"+`') FROM
				(SELECT name FROM news_tag WHERE article = a.id ORDER BY slug) AS tag), '') AS tags
		FROM (`+ids+`) AS i JOIN news_article a ON a.id = i.id JOIN news_revision v ON v.article = a.id AND v.number = a.revision
		JOIN programme p ON p.id = a.programme LEFT JOIN organisation o ON o.id = a.organisation
		ORDER BY a.listed_at DESC, a.id DESC`, args...)
	for i := range all {
		if all[i].Body != "" {
			all[i].HTML = markdown.HTML(all[i].Body)
		}
	}
	return all, err
}

// lastChange is when anything that was ever in public news changed: what was
// withdrawn changes a feed too.
func lastChange(ctx context.Context, r store.Reader) (time.Time, error) {
	last, err := store.One[struct{ Published, Updated store.Time }](ctx, r, `SELECT max(publish_at) AS published,
		max(updated_at) AS updated FROM news_article
		WHERE publish_at <= $1 AND programme NOT IN (SELECT id FROM programme WHERE state = 'draft')`, store.At(r.Now()))
	if last.Updated.After(last.Published.Time) {
		return last.Updated.Time, err
	}
	return last.Published.Time, err
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

func (f feed) rss() any {
	// Readers take a description for HTML, so what people wrote is escaped twice.
	channel := rssChannel{Title: plain(f.title), Link: f.page, Description: escaped(plain(f.about)), Language: string(f.language),
		Self: atomLink{Rel: "self", Type: ui.RSS, Href: f.self}}
	if !f.updated.IsZero() {
		channel.Built = f.updated.UTC().Format(time.RFC1123Z)
	}
	for _, e := range f.entries {
		channel.Items = append(channel.Items, rssItem{
			Title: plain(e.Title), Link: f.base + e.Path(),
			Description: escaped(plain(e.Lead)),
			Author:      plain(e.Author), Language: e.Language, Categories: plainAll(e.tags()),
			ID:        rssID{Value: "urn:uuid:" + string(e.ID)},
			Published: e.PublishAt.UTC().Format(time.RFC1123Z),
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

func (f feed) atom() any {
	a := atom{Language: string(f.language), Base: f.base + "/", ID: f.id, Title: plain(f.title), Subtitle: plain(f.about),
		// A feed must say when it changed, also before its first entry.
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Author: atomPerson{plain(f.author)},
		Links: []atomLink{{"self", ui.Atom, f.self}, {"alternate", "text/html", f.page}}}
	if !f.updated.IsZero() {
		a.Updated = f.updated.UTC().Format(time.RFC3339)
	}
	for _, e := range f.entries {
		item := atomEntry{
			Language: e.Language, ID: "urn:uuid:" + string(e.ID), Title: atomText{"text", plain(e.Title)},
			Published: e.PublishAt.UTC().Format(time.RFC3339), Updated: e.changed().UTC().Format(time.RFC3339),
			Link:    atomLink{"alternate", "text/html", f.base + e.Path()},
			Summary: atomText{"text", plain(e.Lead)}, Content: atomText{"html", plain(e.HTML)},
		}
		if e.Author != "" {
			item.Author = &atomPerson{plain(e.Author)}
		}
		for _, tag := range e.tags() {
			item.Categories = append(item.Categories, atomCategory{tagSlug(tag), plain(tag)})
		}
		a.Entries = append(a.Entries, item)
	}
	return a
}

// plain leaves out characters that XML 1.0 cannot hold; the encoder would put a
// mark in their place.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}

func plainAll(all []string) []string {
	for i := range all {
		all[i] = plain(all[i])
	}
	return all
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// send answers with the feed, or with "not modified" to a reader who has it.
func (f feed) send(w http.ResponseWriter, r *http.Request, kind string) error {
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
	http.ServeContent(w, r, "", f.updated, bytes.NewReader(text))
	return nil
}
