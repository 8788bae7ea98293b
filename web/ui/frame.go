package ui

import (
	"context"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/lang"
)

// Frame is what every page shows around its own content. Web makes one for each
// request and puts it into the context; pages never touch it.
type Frame struct {
	Community string // name of the community, in the header and in every title
	Language  lang.Language
	Path      string // with its query: the language switch comes back here
	Person    string // name of the person signed in, "" for a visitor
	ActingFor string // organisation the person acts for now
	Demo      bool   // every page says that its data are invented
	DemoClock string // the moved clock in words, "" when it was not moved
	Flash     string // what the last act did, translated, shown once
	FlashTone Tone   // Good where it is empty

	Assisting string // whom a member of staff acts for and until when, "" for nobody

	// Refuses says why a form with this action would not be taken from the person
	// signed in, "" where it would be; nil: all are. Appeal is where they read more.
	Refuses      func(action string) string
	Appeal       Link
	refusalShown bool

	Desk    bool // there are desks: the name of the person leads to theirs
	Waiting int  // things on it

	Nav       []Link
	Search    string // address of the page that searches everything, "" for none
	PersonNav []Link
	Partners  []Link
	FooterNav []Link     // declaration of accessibility, privacy …
	Contact   string     // an e-mail address
	Feeds     []FeedLink // of the whole site, after those of the page

	Version     string
	Development bool
	Reference   string // of this request, to be quoted when something failed
}

type frameKey struct{}

var noFrame = &Frame{Language: lang.Polish}

// WithFrame gives the pages rendered under ctx their frame.
func WithFrame(ctx context.Context, f *Frame) context.Context {
	return context.WithValue(ctx, frameKey{}, f)
}

// FrameOf returns the frame of the context, an empty one where it has none.
func FrameOf(ctx context.Context) *Frame {
	if f, ok := ctx.Value(frameKey{}).(*Frame); ok && f != nil {
		return f
	}
	return noFrame
}

// refusal is said once a page, above its first form that would be refused.
func (f *Frame) refusal(action string) string {
	if f.Refuses == nil || f.refusalShown {
		return ""
	}
	why := f.Refuses(action)
	f.refusalShown = why != ""
	return why
}

// Page is one page as its room describes it to Layout.
type Page struct {
	Title    string // the one h1
	TitleID  string // id of the h1, where something outside looks for it
	Lead     string // one sentence: what this page is for
	Crumbs   []Crumb
	Actions  []Link // the first is the primary one
	Feeds    []FeedLink
	MainLang string // language of Title and Lead when it is not the frame's

	OpenGraph *OpenGraph
	Canonical string
	NoIndex   bool

	Wide     bool // lists and tables; texts keep their measure anyway
	Mistakes bool // a form came back with mistakes: the title says so first
	NoCrumbs bool
	NoSearch bool // the page has its own field for the same search
}

// SearchName is the name of the field in which people type what they look for,
// in the header and in every list.
const SearchName = "szukaj"

// Crumb is one step between the home page and this one; Layout adds both ends.
type Crumb struct{ Title, Href string }

// Types of feeds.
const (
	RSS  = "application/rss+xml"
	Atom = "application/atom+xml"
	ICS  = "text/calendar"
)

// FeedLink is a way to follow the page from outside.
type FeedLink struct{ Title, Href, Type string }

// OpenGraph is what other sites show when somebody passes the page on. URLs are
// absolute.
type OpenGraph struct {
	Title, Description string
	Image, ImageAlt    string
	Type               string // "article" or "website"
	URL                string
	Published          time.Time
}

func (p Page) windowTitle(ctx context.Context, f *Frame) string {
	title := p.Title
	if f.Community != "" && f.Community != title {
		title += " – " + f.Community
	}
	if p.Mistakes {
		title = lang.T(ctx, "ui.mistake_prefix") + " " + title
	}
	return title
}

// allFeeds lists those of the page and then those of the site.
func (p Page) allFeeds(f *Frame) []FeedLink {
	all := slices.Clone(p.Feeds)
	for _, feed := range f.Feeds {
		if !slices.ContainsFunc(p.Feeds, func(own FeedLink) bool { return own.Href == feed.Href }) {
			all = append(all, feed)
		}
	}
	return all
}

func (p Page) hasCrumbs(f *Frame) bool {
	return !p.NoCrumbs && (len(p.Crumbs) > 0 || f.Path != "/" && f.Path != "")
}

// otherLanguages lists what the switch offers.
func (f *Frame) otherLanguages() []lang.Language {
	others := make([]lang.Language, 0, len(lang.Languages))
	for _, l := range lang.Languages {
		if l != f.Language {
			others = append(others, l)
		}
	}
	return others
}
