package event

import (
	"context"
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/markdown"
	"github.com/wspolnota/wspolnota/web/ui"
)

// entry is one event as a feed carries it: its title says when.
type entry struct {
	Event
	Body string
}

func (e entry) export(ctx context.Context) export.Entry {
	title := e.Title
	if e.State() == Cancelled {
		title = lang.T(ctx, "event.feed.cancelled", "Title", e.Title)
	}
	lead := e.When(ctx) + ", " + e.Where(ctx) + ". " + e.Lead
	if e.CancelledReason != "" {
		lead = e.CancelledReason + " " + lead
	}
	return export.Entry{ID: string(e.ID), Title: title, Lead: lead, HTML: markdown.HTML(e.Body), Author: e.HostName, Language: e.Language,
		Path: e.Path(), Tags: []string{e.Kind.Word(ctx)}, Published: e.PublishedAt.Time, Updated: e.UpdatedAt.Time}
}

// entries reads the events of a filter that were announced last.
func entries(ctx context.Context, db *store.DB, f Filter) ([]export.Entry, time.Time, error) {
	where, args := f.where(db)
	rows, err := store.All[entry](ctx, db, `SELECT `+columns+`, e.body `+tables+where+`ORDER BY e.published_at DESC, e.id DESC LIMIT 30`, args...)
	all := make([]export.Entry, len(rows))
	var last time.Time
	for i, row := range rows {
		all[i] = row.export(ctx)
		if row.UpdatedAt.After(last) {
			last = row.UpdatedAt.Time
		}
	}
	return all, last, err
}

// sendFeed answers with what was announced last of the list that the address
// asks for.
func (s *Service) sendFeed(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		f, name, err := s.followed(r)
		if err != nil {
			return err
		}
		feed := export.Feed{Title: name, About: lang.T(ctx, "event.list.lead"), Author: s.Site.Community, Language: lang.From(ctx),
			Base: s.Site.URL(""), Self: s.Site.URL(r.URL.RequestURI())}
		page := allPath
		if f.Programme != "" && r.PathValue("programme") != "" {
			page = listPath(f.Programme)
		}
		feed.Page = s.Site.URL(page)
		feed.ID = "tag:" + s.Site.Public.Hostname() + ",2014:" + page + "?" + f.query().Encode()
		if feed.Entries, feed.Updated, err = entries(ctx, s.db, f); err != nil {
			return err
		}
		return feed.Send(w, r, kind)
	}
}

// feeds are the ways to follow a list from outside, under its filter.
func (v listView) feeds(ctx context.Context) []ui.FeedLink {
	f := v.Filter
	f.Over = Coming
	if v.Programme != nil {
		f.Programme = ""
	}
	query := f.query().Encode()
	if query != "" {
		query = "?" + query
	}
	path := v.Path
	if v.Archive {
		path, query = allPath, ""
	}
	title := lang.T(ctx, "event.list.title")
	if v.Programme != nil {
		title = v.Title
	}
	if words := v.Filter.words(ctx); words != "" {
		title += ": " + words
	}
	return []ui.FeedLink{{Title: title + " (" + lang.T(ctx, "event.feed.calendar") + ")", Href: path + ".ics" + query, Type: ui.ICS},
		{Title: title + " (RSS)", Href: path + ".rss" + query, Type: ui.RSS}, {Title: title + " (Atom)", Href: path + ".atom" + query, Type: ui.Atom}}
}
