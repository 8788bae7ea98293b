package search

import (
	"context"
	"net/http"
	"net/url"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Path is the address of the page, to which the header of every page sends what
// people ask.
const Path = "/szukaj"

// Routes lists the page. A resident types two words on a phone and opens the
// first line; a councillor narrows what was found to one programme and sends the
// address on.
func (s *Service) Routes() []web.Route {
	return []web.Route{{Pattern: "GET " + Path, Need: access.Anyone, Handle: s.show}}
}

const (
	pageSize = 20
	inGroup  = 5 // results of each kind while no kind is chosen
)

// resultsView is the page.
type resultsView struct {
	Query
	Filter Filter
	Found
	Groups []group
	Pages  ui.Pages
}

// group is what was found of one kind.
type group struct {
	Count
	Results []Result
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	v := resultsView{Query: Parse(q.Get(ui.SearchName)), Filter: Filter{Kind: q.Get("rodzaj")}}
	if _, known := s.kind(v.Filter.Kind); !known {
		v.Filter.Kind = "" // links grow old
	}
	if id, err := store.ParseID(q.Get("program")); err == nil {
		v.Filter.Programme = id
	}
	number := q.Page("strona")
	limit, whole := pageSize, v.Filter.Kind != ""
	if !whole {
		number, limit = 1, inGroup
	}
	var err error
	if v.Found, err = s.Find(r.Context(), v.Query, v.Filter, !whole, (number-1)*pageSize, limit); err != nil {
		return err
	}
	v.Pages = ui.Pages{Page: number, Size: pageSize, Total: v.Total, Path: v.address(v.Filter)}
	if whole && number > v.Pages.Last() {
		return fault.NotFound("page of results")
	}
	v.group()
	return web.Render(w, r, resultsPage(v))
}

// group puts results of one kind together, in the order of the kinds.
func (v *resultsView) group() {
	for _, k := range v.Kinds {
		g := group{Count: k}
		for _, r := range v.Results {
			if r.Kind == k.Value {
				g.Results = append(g.Results, r)
			}
		}
		if len(g.Results) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
}

// address is the address of the page with this question under a filter.
func (v resultsView) address(f Filter) string {
	q := url.Values{ui.SearchName: {v.Text}}
	if f.Kind != "" {
		q.Set("rodzaj", f.Kind)
	}
	if f.Programme != "" {
		q.Set("program", string(f.Programme))
	}
	return Path + "?" + q.Encode()
}

func (v resultsView) filtered() bool { return v.Filter != Filter{} }

// count says how much was found.
func (v resultsView) count(ctx context.Context) string {
	switch {
	case v.Empty():
		return ""
	case v.More:
		return lang.T(ctx, "search.more", "Most", lang.Number(ctx, mostRanked))
	}
	return lang.N(ctx, "search.count", v.Total)
}

func (v resultsView) kindOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "search.any_kind")}}
	for _, k := range v.Kinds {
		options = append(options, ui.Option{Value: k.Value, Label: counted(ctx, lang.T(ctx, k.Label), k.N)})
	}
	return options
}

func (v resultsView) programmeOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "search.any_programme")}}
	for _, p := range v.Programmes {
		options = append(options, ui.Option{Value: p.Value, Label: counted(ctx, p.Label, p.N)})
	}
	return options
}

func counted(ctx context.Context, label string, n int) string {
	return label + " (" + lang.Number(ctx, int64(n)) + ")"
}
