package event

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// allPath is the address of the events of all programmes.
const allPath = "/wydarzenia"

// listView is a list of public events.
type listView struct {
	Title, Lead, Path string
	Filter            Filter
	Events            []Event
	Drafts            []Event // for the team of the programme
	Pages             ui.Pages
	Programme         *programme.Programme // whose events these are; nil for all
	Archive           bool                 // a year, which takes no filters
	Month             string               // address of the month that is on now
	Crumbs            []ui.Crumb
	MayEdit           bool
	Besides           []templ.Component // what other packages show under the events of a programme
}

func (s *Service) showAll(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	return s.showList(w, r, listView{Path: allPath, Filter: filterOf(r), Title: lang.T(ctx, "event.list.title"), Lead: lang.T(ctx, "event.list.lead")})
}

func (s *Service) showProgrammeEvents(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	f := filterOf(r)
	f.Programme = p.Slug
	actor := access.From(ctx)
	v := listView{Path: listPath(p.Slug), Filter: f, Programme: &p, Title: lang.T(ctx, "event.list.of", "Programme", p.Title),
		Lead: lang.T(ctx, "event.list.of_lead"), Crumbs: []ui.Crumb{{Title: p.Title, Href: p.Path()}}, MayEdit: actor.May(Edit, string(p.ID))}
	if actor.May(Preview, string(p.ID)) {
		if v.Drafts, err = drafts(ctx, s.db, p.ID); err != nil {
			return err
		}
	}
	for _, beside := range s.besides {
		part, err := beside(ctx, p)
		if err != nil {
			return err
		}
		if part != nil {
			v.Besides = append(v.Besides, part)
		}
	}
	return s.showList(w, r, v)
}

func (s *Service) showYear(w http.ResponseWriter, r *http.Request) error {
	year, err := web.Number(r.PathValue("year"), 4, 1900, 2100)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return s.showList(w, r, listView{Path: allPath + "/" + strconv.Itoa(year), Filter: ofYear(year), Archive: true,
		Title: lang.T(ctx, "event.list.year", "Year", strconv.Itoa(year)), Lead: lang.T(ctx, "event.list.year_lead"),
		Crumbs: []ui.Crumb{{Title: lang.T(ctx, "event.list.title"), Href: allPath}}})
}

// showList fills a list with the page that the address asks for.
func (s *Service) showList(w http.ResponseWriter, r *http.Request, v listView) error {
	page := web.Query(r).Page("strona")
	events, total, err := listed(r.Context(), s.db, v.Filter, pageSize, (page-1)*pageSize)
	if err != nil {
		return err
	}
	v.Events = events
	v.Month = monthPath(s.db.Now().In(lang.Warsaw).Date())
	if v.Pages, err = web.Pages(page, pageSize, total, v.Path, v.query()); err != nil {
		return err
	}
	return web.Render(w, r, listPage(v))
}

// query is the filter as the address of this list carries it.
func (v listView) query() string {
	if v.Archive {
		return ""
	}
	f := v.Filter
	if v.Programme != nil {
		f.Programme = ""
	}
	return f.query().Encode()
}

// address is that of the list under its filter.
func (v listView) address() string {
	if q := v.query(); q != "" {
		return v.Path + "?" + q
	}
	return v.Path
}

// filtered reports whether the address narrows this list.
func (v listView) filtered() bool { return v.query() != "" }

func (v listView) clear() string {
	if v.filtered() {
		return v.Path
	}
	return ""
}

func (v listView) actions(ctx context.Context) []ui.Link {
	if !v.MayEdit {
		return nil
	}
	return []ui.Link{{Href: v.Path + "/nowe", Text: lang.T(ctx, "event.new.link")}}
}

func overOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: string(Coming), Label: lang.T(ctx, "event.filter.coming")}, {Value: string(Past), Label: lang.T(ctx, "event.filter.past")},
		{Value: string(All), Label: lang.T(ctx, "event.filter.all")}}
}

// words say what the events are filtered by.
func (f Filter) words(ctx context.Context) string {
	var words []string
	if f.Kind != "" {
		words = append(words, f.Kind.Word(ctx))
	}
	if unit, ok := territory.ByTERC(f.Place); ok {
		words = append(words, unit.Name)
	}
	if f.Text != "" {
		words = append(words, "„"+f.Text+"”")
	}
	return strings.Join(words, ", ")
}
