package news

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages of the room.
//
// A resident on a phone opens the list or a link that somebody passed on, reads
// one article, takes its attachment and goes on to the programme. A councillor
// looks up what was announced in a month. A neighbour town's site follows a
// feed. An editor begins at "redakcja", where drafts and what is scheduled wait,
// writes, looks at the preview, and decides when the public sees it. The rest
// of the team reads previews and what changed between two saves.
func (s *Service) Routes() []web.Route {
	const list, one = "/programy/{programme}/aktualnosci", "/programy/{programme}/aktualnosci/{article}"
	return append(s.downloads(list), []web.Route{
		{Pattern: "GET /aktualnosci", Need: access.Anyone, Handle: s.showNews},
		{Pattern: "GET /aktualnosci/{year}", Need: access.Anyone, Handle: s.showYear},
		{Pattern: "GET /aktualnosci/{year}/{month}", Need: access.Anyone, Handle: s.showMonth},
		{Pattern: "GET /aktualnosci.rss", Need: access.Anyone, Handle: s.sendNews(ui.RSS)},
		{Pattern: "GET /aktualnosci.atom", Need: access.Anyone, Handle: s.sendNews(ui.Atom)},
		{Pattern: "GET /gminy/{terc}/aktualnosci.rss", Need: access.Anyone, Handle: s.sendPlaceNews(ui.RSS)},
		{Pattern: "GET /gminy/{terc}/aktualnosci.atom", Need: access.Anyone, Handle: s.sendPlaceNews(ui.Atom)},
		{Pattern: "GET " + list + ".rss", Need: access.Anyone, Handle: s.sendProgrammeNews(ui.RSS)},
		{Pattern: "GET " + list + ".atom", Need: access.Anyone, Handle: s.sendProgrammeNews(ui.Atom)},
		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showProgrammeNews},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showArticle},
		{Pattern: "GET " + one + "/pliki/{file}", Need: access.Anyone, Handle: s.sendAttachment},
		{Pattern: "GET " + one + "/obraz/{file}/{width}", Need: access.Anyone, Handle: s.sendPicture},

		{Pattern: "GET " + list + "/redakcja", Need: Preview, Handle: s.showDesk},
		{Pattern: "GET " + one + "/podglad", Need: Preview, Handle: s.showPreview},
		{Pattern: "GET " + one + "/wersje", Need: Preview, Handle: s.showRevisions},
		{Pattern: "GET " + one + "/wersje/{revision}", Need: Preview, Handle: s.showRevision},
		{Pattern: "GET " + one + "/roznice", Need: Preview, Handle: s.showDifferences},

		{Pattern: "GET " + list + "/nowa", Need: Edit, Handle: s.newArticle},
		{Pattern: "POST " + list, Need: Edit, Handle: s.begin, Body: web.UploadBody},
		{Pattern: "GET " + one + "/edycja", Need: Edit, Handle: s.editArticle},
		{Pattern: "POST " + one + "/edycja", Need: Edit, Handle: s.save, Body: web.UploadBody},
		{Pattern: "POST " + one + "/wersje/{revision}", Need: Edit, Handle: s.restore},
		{Pattern: "GET " + one + "/publikacja", Need: Edit, Handle: s.showPublication},
		{Pattern: "POST " + one + "/publikacja", Need: Edit, Handle: s.publish},
		{Pattern: "POST " + one + "/do-szkicu", Need: Edit, Handle: s.unschedule},
		{Pattern: "POST " + one + "/adres", Need: Edit, Handle: s.readdressPage},
		{Pattern: "GET " + one + "/wycofanie", Need: Edit, Handle: s.askWithdraw},
		{Pattern: "POST " + one + "/wycofanie", Need: Edit, Handle: s.withdraw},
		{Pattern: "POST " + one + "/przywrocenie", Need: Edit, Handle: s.returnToPublic},
		{Pattern: "GET " + one + "/usuniecie", Need: Edit, Handle: s.askDelete},
		{Pattern: "POST " + one + "/usuniecie", Need: Edit, Handle: s.delete},
	}...)
}

// listView is a list of public news.
type listView struct {
	Title, Lead, Path string
	Filter            Filter
	Articles          []Article
	Pages             ui.Pages
	Facets            *facets
	Programme         *programme.Programme // whose news these are; nil for all
	Archive           bool                 // a year or a month, which take no filters
	Crumbs            []ui.Crumb
	Feeds             []ui.FeedLink
	Team              bool
	MayEdit           bool
}

// filterOf reads the filters of an address. A value that nothing has finds
// nothing and is no mistake: links grow old.
func filterOf(r *http.Request) Filter {
	q := web.Query(r)
	return Filter{Programme: q.Text("program", 100), Place: q.Text("gmina", 10), Tag: q.Text("tag", 100),
		Organisation: q.Text("organizacja", 40), Text: cut(q.Text("szukaj", 100), 100)}
}

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}

func (s *Service) showNews(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	facets, err := s.facets.at(ctx, s.db)
	if err != nil {
		return err
	}
	v := listView{Path: "/aktualnosci", Filter: filterOf(r), Facets: facets,
		Title: lang.T(ctx, "news.list.title"), Lead: lang.T(ctx, "news.list.lead"), Feeds: Feeds(ctx)}
	if what := v.Filter.words(facets); what != "" {
		v.Title = lang.T(ctx, "news.list.filtered", "Filter", what)
		v.Crumbs = []ui.Crumb{{Title: lang.T(ctx, "news.list.title"), Href: "/aktualnosci"}}
	}
	if unit, ok := territory.ByTERC(v.Filter.Place); ok {
		v.Feeds = append(placeFeeds(ctx, unit), v.Feeds...)
	}
	return s.showList(w, r, v)
}

func (s *Service) showProgrammeNews(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	facets, err := s.facets.at(ctx, s.db)
	if err != nil {
		return err
	}
	f := filterOf(r)
	f.Programme = p.Slug
	actor := access.From(ctx)
	v := listView{Path: listPath(p.Slug), Filter: f, Facets: facets, Programme: &p,
		Title: lang.T(ctx, "news.programme.title", "Programme", p.Title), Lead: lang.T(ctx, "news.programme.lead"),
		Crumbs: []ui.Crumb{{Title: p.Title, Href: p.Path()}}, Feeds: programmeFeeds(ctx, p.Slug, p.Title),
		Team: actor.May(Preview, string(p.ID)), MayEdit: actor.May(Edit, string(p.ID))}
	return s.showList(w, r, v)
}

// programme returns the programme of the address, if this person may see it.
func (s *Service) programme(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err != nil {
		return p, err
	}
	if p.State == programme.Draft && !access.From(r.Context()).May(Preview, string(p.ID)) {
		return p, fault.NotFound("programme")
	}
	return p, nil
}

func (s *Service) showYear(w http.ResponseWriter, r *http.Request) error {
	year, err := web.Number(r.PathValue("year"), 4, 1900, 2100)
	if err != nil {
		return err
	}
	return s.showArchive(w, r, ofYear(year), strconv.Itoa(year), yearPath(year), nil)
}

func (s *Service) showMonth(w http.ResponseWriter, r *http.Request) error {
	year, err := web.Number(r.PathValue("year"), 4, 1900, 2100)
	if err != nil {
		return err
	}
	n, err := web.Number(r.PathValue("month"), 2, 1, 12)
	if err != nil {
		return err
	}
	crumb := ui.Crumb{Title: strconv.Itoa(year), Href: yearPath(year)}
	return s.showArchive(w, r, ofMonth(year, time.Month(n)), lang.Month(r.Context(), year, time.Month(n)),
		monthPath(year, time.Month(n)), []ui.Crumb{crumb})
}

func yearPath(year int) string { return "/aktualnosci/" + strconv.Itoa(year) }

func monthPath(year int, m time.Month) string {
	return "/aktualnosci/" + time.Date(year, m, 1, 0, 0, 0, 0, time.UTC).Format("2006/01")
}

func (s *Service) showArchive(w http.ResponseWriter, r *http.Request, f Filter, period, path string, crumbs []ui.Crumb) error {
	ctx := r.Context()
	facets, err := s.facets.at(ctx, s.db)
	if err != nil {
		return err
	}
	return s.showList(w, r, listView{Path: path, Filter: f, Facets: facets, Archive: true,
		Title: lang.T(ctx, "news.archive.title", "Period", period), Lead: lang.T(ctx, "news.archive.lead"), Feeds: Feeds(ctx),
		Crumbs: append([]ui.Crumb{{Title: lang.T(ctx, "news.list.title"), Href: "/aktualnosci"}}, crumbs...)})
}

// showList fills a list with the page that the address asks for.
func (s *Service) showList(w http.ResponseWriter, r *http.Request, v listView) error {
	page := web.Query(r).Page("strona")
	total, known := v.Facets.counts[v.Filter]
	articles, counted, err := published(r.Context(), s.db, v.Filter, pageSize, (page-1)*pageSize, !known)
	if err != nil {
		return err
	}
	v.Articles = articles
	if !known {
		total = counted
	}
	if v.Pages, err = web.Pages(page, pageSize, total, v.Path, v.query()); err != nil {
		return err
	}
	return web.Render(w, r, newsList(v))
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

// words say what the news are filtered by, for the title of the page.
func (f Filter) words(of *facets) string {
	var words []string
	add := func(text string) {
		if text != "" {
			words = append(words, text)
		}
	}
	add(of.label(of.programmes, f.Programme))
	if unit, ok := territory.ByTERC(f.Place); ok {
		add(unit.Name)
	}
	add(of.label(of.tags, f.Tag))
	add(of.label(of.organisations, f.Organisation))
	if f.Text != "" {
		add("„" + f.Text + "”")
	}
	return strings.Join(words, ", ")
}

// filtered reports whether the address narrows this list.
func (v listView) filtered() bool { return v.query() != "" }

func facetOptions(all string, of []facet) []ui.Option {
	options := []ui.Option{{Label: all}}
	for _, x := range of {
		options = append(options, ui.Option{Value: x.Value, Label: x.Label + " (" + strconv.Itoa(x.Count) + ")"})
	}
	return options
}
