package event

import (
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web"
)

func (s *Service) downloads(list string) []web.Route {
	return append(export.Routes(allPath, access.Anyone, func(r *http.Request) (export.Table, error) {
		return s.table(r, lang.T(r.Context(), "event.list.title"), filterOf(r))
	}), export.Routes(list, access.Anyone, func(r *http.Request) (export.Table, error) {
		p, err := s.programme(r)
		if err != nil {
			return export.Table{}, err
		}
		f := filterOf(r)
		f.Programme = p.Slug
		return s.table(r, lang.T(r.Context(), "event.list.of", "Programme", p.Title), f)
	})...)
}

// table is the public events of a filter, without their texts.
func (s *Service) table(r *http.Request, name string, f Filter) (export.Table, error) {
	ctx := r.Context()
	t := export.Table{Name: name, Head: export.Titles(ctx, "event.field.title", "event.field.kind", "event.table.programme", "event.field.host",
		"event.table.starts", "event.table.ends", "event.field.mode", "event.field.place", "event.field.address", "event.field.terc",
		"event.table.state", "event.field.language", "event.table.address")}
	all, total, err := listed(ctx, s.db, f, export.MostRows, 0)
	if err != nil {
		return t, err
	}
	for _, e := range all {
		t.Rows = append(t.Rows, []any{e.Title, e.Kind.Word(ctx), e.ProgrammeTitle, e.HostName, e.StartsAt.Time, e.EndsAt.Time, e.Mode.Word(ctx),
			e.Place.Name, e.Place.Address, territory.Name(e.Place.TERC), lang.T(ctx, "event.state."+string(e.State())), strings.ToUpper(e.Language), s.Site.URL(e.Path())})
	}
	return t, t.Fits(total)
}
