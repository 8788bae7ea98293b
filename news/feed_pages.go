package news

import (
	"context"
	"net/http"
	"net/url"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// The ways to follow a list from outside, as pages offer them.

// Feeds are those of all programmes.
func Feeds(ctx context.Context) []ui.FeedLink {
	return feedLinks(lang.T(ctx, "news.feed.all"), "/aktualnosci")
}

func placeFeeds(ctx context.Context, u territory.Unit) []ui.FeedLink {
	return feedLinks(lang.T(ctx, "news.feed.place", "Place", u.Name), "/gminy/"+u.TERC+"/aktualnosci")
}

func programmeFeeds(ctx context.Context, slug, title string) []ui.FeedLink {
	return feedLinks(lang.T(ctx, "news.feed.programme", "Programme", title), listPath(slug))
}

func feedLinks(title, path string) []ui.FeedLink {
	return []ui.FeedLink{{Title: title + " (RSS)", Href: path + ".rss", Type: ui.RSS},
		{Title: title + " (Atom)", Href: path + ".atom", Type: ui.Atom}}
}

func extension(kind string) string {
	if kind == ui.RSS {
		return ".rss"
	}
	return ".atom"
}

func (s *Service) sendNews(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		return s.sendFeed(w, r, kind, Filter{}, export.Feed{ID: s.tagURI("/aktualnosci"), Title: lang.T(ctx, "news.feed.all"),
			About: lang.T(ctx, "news.list.lead"), Self: "/aktualnosci", Page: "/aktualnosci"})
	}
}

func (s *Service) sendPlaceNews(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		unit, ok := territory.ByTERC(r.PathValue("terc"))
		if !ok {
			return fault.NotFound("place of a feed")
		}
		self := "/gminy/" + unit.TERC + "/aktualnosci"
		return s.sendFeed(w, r, kind, Filter{Place: unit.TERC}, export.Feed{ID: s.tagURI(self),
			Title: lang.T(ctx, "news.feed.place", "Place", unit.Name), About: lang.T(ctx, "news.list.lead"),
			Self: self, Page: "/aktualnosci?" + url.Values{"gmina": {unit.TERC}}.Encode()})
	}
}

func (s *Service) sendProgrammeNews(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := s.programme(r)
		if err != nil {
			return err
		}
		return s.sendFeed(w, r, kind, Filter{Programme: p.Slug}, export.Feed{ID: "urn:uuid:" + string(p.ID),
			Title: lang.T(r.Context(), "news.feed.programme", "Programme", p.Title), About: p.Summary,
			Self: listPath(p.Slug), Page: listPath(p.Slug)})
	}
}

// tagURI names a stream of this site for ever (RFC 4151).
func (s *Service) tagURI(path string) string {
	return "tag:" + s.Site.Public.Hostname() + ",2014:" + path
}

// sendFeed fills in what all feeds have and sends it.
func (s *Service) sendFeed(w http.ResponseWriter, r *http.Request, kind string, filter Filter, f export.Feed) error {
	ctx := r.Context()
	var err error
	if f.Entries, err = entries(ctx, s.db, filter); err != nil {
		return err
	}
	if f.Updated, err = lastChange(ctx, s.db); err != nil {
		return err
	}
	f.Author, f.Language, f.Base = s.Site.Community, lang.From(ctx), s.Site.URL("")
	f.Self, f.Page = s.Site.URL(f.Self+extension(kind)), s.Site.URL(f.Page)
	return f.Send(w, r, kind)
}
