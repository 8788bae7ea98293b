package barrier

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// pageSize is how many barriers a page of the register has.
const pageSize = 50

// Filter narrows the register. Empty fields do not.
type Filter struct {
	Kind   Kind
	HeldBy string // sector
	About  string
	State  string // a verdict, or one of those below
	Text   string
	Sort   string
}

const (
	stateOverdue  = "overdue"
	stateUnjudged = "unjudged"
	stateClosed   = "closed"
	sortReview    = "review"
)

// stateWords are the values of the filter ?stan=.
var stateWords = []struct{ query, state, key string }{
	{"po-terminie", stateOverdue, "barrier.filter.overdue"},
	{"bez-werdyktu", stateUnjudged, "barrier.verdict.none"},
	{"potwierdzone", string(Confirmed), "barrier.verdict.confirmed"},
	{"czesciowo", string(Partly), "barrier.verdict.partly"},
	{"obalone", string(Refuted), "barrier.verdict.refuted"},
	{"zamkniete", stateClosed, "barrier.filter.closed"},
}

// filterOf reads the filters of an address. A value that nothing has finds
// nothing and is no mistake: links grow old.
func filterOf(r *http.Request) Filter {
	q := web.Query(r)
	f := Filter{Kind: Kind(q.Text("rodzaj", 100)), HeldBy: q.Text("kto", 20), About: q.Text("o-kim", 20), Text: cut(q.Text("szukaj", 100), 100)}
	for _, w := range stateWords {
		if w.query == q.Get("stan") {
			f.State = w.state
		}
	}
	if q.Get("kolejnosc") == "przeglad" {
		f.Sort = sortReview
	}
	return f
}

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}

func (f Filter) folded() string { return lang.Fold(f.Text) }

// query is a filter as the address of the register carries it.
func (f Filter) query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("rodzaj", string(f.Kind))
	set("kto", f.HeldBy)
	set("o-kim", f.About)
	set("szukaj", f.Text)
	for _, w := range stateWords {
		if w.state == f.State {
			set("stan", w.query)
		}
	}
	if f.Sort == sortReview {
		set("kolejnosc", "przeglad")
	}
	return q
}

// narrowed reports whether the filter leaves something out.
func (f Filter) narrowed() bool { f.Sort = ""; return f != Filter{} }

// listView is the register.
type listView struct {
	Programme programme.Programme
	Filter    Filter
	Kinds     kinds
	Barriers  []Barrier
	Figures   map[store.ID][]Figure
	Pages     ui.Pages
	Now       time.Time
	Own       int // proposals of the person who looks
	Waiting   int // for the team that looks
	Late      int // reviews
	Team      bool
	Keeper    bool
	Member    bool
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	actor := access.From(ctx)
	v := listView{Programme: p, Filter: filterOf(r), Now: s.db.Now(), Team: actor.May(Preview, string(p.ID)), Keeper: actor.May(Keep, string(p.ID))}
	if v.Kinds, err = addedKinds(ctx, s.db, p.ID); err != nil {
		return err
	}
	total, err := countRegistered(ctx, s.db, p.ID, v.Filter)
	if err != nil {
		return err
	}
	path := listPath(p.Slug)
	if q := v.Filter.query().Encode(); q != "" {
		path += "?" + q
	}
	v.Pages = ui.Pages{Page: web.Query(r).Page("strona"), Size: pageSize, Total: total, Path: path}
	if v.Pages.Page > v.Pages.Last() {
		return fault.NotFound("page of the register")
	}
	if v.Barriers, err = registered(ctx, s.db, p.ID, v.Filter, pageSize, (v.Pages.Page-1)*pageSize); err != nil {
		return err
	}
	if v.Figures, err = figures(ctx, s.db, store.At(v.Now), v.Barriers); err != nil {
		return err
	}
	if err := s.standing(ctx, &v); err != nil {
		return err
	}
	return web.Render(w, r, listPage(v))
}

// standing reads what the page says first: what is the person's own, and what
// waits for the team.
func (s *Service) standing(ctx context.Context, v *listView) error {
	actor := access.From(ctx)
	if !actor.SignedIn() {
		return nil
	}
	n, err := store.One[struct {
		Own, Waiting, Late int
		Member             bool
	}](ctx, s.db, `SELECT (SELECT count(*) FROM barrier WHERE programme = $1 AND author = $2) AS own,
			(SELECT count(*) FROM barrier WHERE programme = $1 AND state = 'proposed') +
			(SELECT count(*) FROM barrier_evidence e JOIN barrier b ON b.id = e.barrier WHERE b.programme = $1 AND e.state = 'proposed') AS waiting,
			(SELECT count(*) FROM barrier WHERE programme = $1 AND state = 'registered' AND closed_at IS NULL AND review_at <= $3) AS late,
			EXISTS (SELECT 1 FROM programme_member WHERE programme = $1 AND person = $2 AND state = 'active') AS member`,
		v.Programme.ID, actor.Person, store.At(v.Now))
	v.Own, v.Waiting, v.Late, v.Member = n.Own, n.Waiting, n.Late, n.Member
	return err
}

// actions offers the form to everybody: visitors are asked at the door who they
// are, others on the form's page whether they take part.
func (v listView) actions(ctx context.Context) []ui.Link {
	path := listPath(v.Programme.Slug)
	var links []ui.Link
	if v.Programme.State != programme.Archived {
		links = append(links, ui.Link{Href: path + "/zglos", Text: lang.T(ctx, "barrier.new.act")})
	}
	return append(links, ui.Link{Href: path + "/karty", Text: lang.T(ctx, "barrier.cards.act")},
		ui.Link{Href: path + "/obraz", Text: lang.T(ctx, "barrier.picture.act")})
}

func (v listView) clear() string {
	if v.Filter.narrowed() {
		return listPath(v.Programme.Slug)
	}
	return ""
}

func stateOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "barrier.filter.any_state")}}
	for _, w := range stateWords {
		options = append(options, ui.Option{Value: w.query, Label: lang.T(ctx, w.key)})
	}
	return options
}

// stateQuery is the filter of the state as the form has it.
func (f Filter) stateQuery() string { return f.query().Get("stan") }

func anySector(ctx context.Context) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "barrier.filter.any_sector")}}, sectorOptions(ctx)...)
}

// decimal writes a number with one digit after the comma, or point.
func decimal(ctx context.Context, n float64) string {
	text := strconv.FormatFloat(n, 'f', 1, 64)
	if lang.From(ctx) == lang.Polish {
		return text[:len(text)-2] + "," + text[len(text)-1:]
	}
	return text
}

// votesWord is what the shown sectors together say of a barrier.
func (v listView) votesWord(ctx context.Context, b Barrier) string {
	return meanWord(ctx, v.Figures[b.ID])
}

func meanWord(ctx context.Context, shown []Figure) string {
	frequency, harm, ok := mean(shown)
	if !ok {
		return lang.T(ctx, "barrier.votes.few")
	}
	return lang.T(ctx, "barrier.votes.mean", "Frequency", decimal(ctx, frequency), "Harm", decimal(ctx, harm))
}
