package news

import (
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
)

func (s *Service) downloads(list string) []web.Route {
	return append(export.Routes("/aktualnosci", access.Anyone, func(r *http.Request) (export.Table, error) {
		return s.table(r, lang.T(r.Context(), "news.list.title"), filterOf(r))
	}), export.Routes(list, access.Anyone, s.programmeTable)...)
}

func (s *Service) programmeTable(r *http.Request) (export.Table, error) {
	p, err := s.programme(r)
	if err != nil {
		return export.Table{}, err
	}
	f := filterOf(r)
	f.Programme = p.Slug
	return s.table(r, lang.T(r.Context(), "news.programme.title", "Programme", p.Title), f)
}

// table is the public news of a filter, the newest first, without their texts:
// those are in the feeds and on their pages.
func (s *Service) table(r *http.Request, name string, f Filter) (export.Table, error) {
	ctx := r.Context()
	t := export.Table{Name: name, Head: export.Titles(ctx, "news.table.title", "news.table.lead", "news.filter.programme",
		"news.filter.organisation", "news.table.published", "news.table.language", "news.table.address")}
	all, total, err := published(ctx, s.db, f, export.MostRows, 0, true)
	if err != nil {
		return t, err
	}
	for _, a := range all {
		t.Rows = append(t.Rows, []any{a.Title, a.Lead, a.ProgrammeTitle, a.Author, a.PublishAt.Time, strings.ToUpper(a.Language), s.Site.URL(a.Path())})
	}
	return t, t.Fits(total)
}
