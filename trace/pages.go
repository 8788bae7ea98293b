package trace

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// depth is how many steps a page shows in each direction.
const depth = 2

// Routes lists the pages. A councillor comes from an article, sees which goal it
// serves and what else came of that, and walks on. An editor adds what the
// article came from: looks for it, chooses it, says how the two are related.
// Who may edit is decided by the thing, which the address names by its kind.
func (s *Service) Routes() []web.Route {
	const one = "/watek/{kind}/{thing}"
	return []web.Route{
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.show},
		{Pattern: "GET " + one + "/powiazania", Need: access.SignedIn, Handle: s.showTies},
		{Pattern: "POST " + one + "/powiazania", Need: access.SignedIn, Handle: s.tie},
		{Pattern: "POST " + one + "/powiazania/{link}/usun", Need: access.SignedIn, Handle: s.untie},
	}
}

// ref is the thing that the address names.
func (s *Service) ref(r *http.Request) (Ref, error) {
	kind, known := s.kind(func(k Kind) bool { return k.Slug == r.PathValue("kind") })
	if !known {
		return Ref{}, fault.NotFound("kind of a thing")
	}
	id, err := store.ParseID(r.PathValue("thing"))
	if err != nil {
		return Ref{}, fault.NotFound("thing of a thread")
	}
	return Ref{kind.Name, id}, nil
}

// threadView is a thread as a page shows it.
type threadView struct {
	Thread
	MayEdit bool
}

func (s *Service) view(ctx context.Context, of Ref, depth int) (threadView, error) {
	t, err := s.Walk(ctx, of, depth)
	if err != nil {
		return threadView{}, err
	}
	here := t.Here()
	return threadView{t, here.Of.mayEdit(access.From(ctx), here.Thing)}, nil
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	ref, err := s.ref(r)
	if err != nil {
		return err
	}
	v, err := s.view(r.Context(), ref, depth)
	if err != nil {
		return err
	}
	return web.Render(w, r, threadPage(v))
}

// Block is what the page of a thing shows of its thread: where it came from and
// what came of it, one step each way, and the way to the rest. It is nil where
// there is nothing to show and the actor may add nothing.
func (s *Service) Block(ctx context.Context, of Ref) (templ.Component, error) {
	if s == nil {
		return nil, nil
	}
	v, err := s.view(ctx, of, 1)
	if err != nil || len(v.Links) == 0 && !v.MayEdit {
		return nil, err
	}
	return block(v), nil
}

// path is the address of a node's thread.
func (n Node) path() string { return Path(n.Of.Slug, n.Thing.ID) }

// name is the title, or words for what may not be told or has no title.
func (n Node) name(ctx context.Context) string {
	switch {
	case n.State == Withdrawn && n.Title == "":
		return lang.T(ctx, "trace.withdrawn")
	case n.Title == "":
		return lang.T(ctx, "trace.untitled")
	}
	return n.Title
}

// kicker says what sort of thing it is and of when.
func (n Node) kicker(ctx context.Context) string {
	said := []string{lang.T(ctx, n.Of.Title)}
	if !n.At.IsZero() {
		said = append(said, lang.Date(ctx, n.At.Time))
	}
	return strings.Join(said, ", ")
}

// drawing is the thread as a chart.
func (v threadView) drawing(ctx context.Context) chart.Chart {
	order := slices.Clone(v.Nodes)
	slices.SortStableFunc(order, func(a, b Node) int { return a.Level - b.Level })
	place := map[Ref]int{}
	c := chart.ThreadChart{ID: "thread", Title: lang.T(ctx, "trace.chart"), Description: lang.T(ctx, "trace.chart.text")}
	for i, n := range order {
		place[n.Ref] = i
		t := chart.ThreadThing{Kicker: n.kicker(ctx), Title: n.name(ctx), Lang: n.Language, Here: n.Level == 0, Gone: n.State == Withdrawn}
		if !t.Here {
			t.Href = n.path()
		}
		c.Things = append(c.Things, t)
	}
	for _, l := range v.Links {
		c.Arcs = append(c.Arcs, chart.ThreadArc{From: place[l.Source], To: place[l.Thing]})
	}
	return chart.Thread(c)
}

// Editing.

// tiesView is the page on which editors add and remove links.
type tiesView struct {
	threadView
	Form   *form.Form
	Asked  string
	Found  []ui.Option
	Looked bool
}

// mostOffered is how many things a search offers for a link.
const mostOffered = 12

func (s *Service) tiesView(r *http.Request, f *form.Form) (tiesView, error) {
	ctx := r.Context()
	ref, err := s.ref(r)
	if err != nil {
		return tiesView{}, err
	}
	v := tiesView{Form: f, Asked: f.Text(ui.SearchName, 200)}
	if v.threadView, err = s.view(ctx, ref, 1); err != nil {
		return v, err
	}
	if !v.MayEdit {
		return v, fault.Forbidden()
	}
	v.Looked = v.Asked != ""
	v.Found, err = s.offer(ctx, ref, v.Asked)
	return v, err
}

func (s *Service) showTies(w http.ResponseWriter, r *http.Request) error {
	f := web.Query(r)
	f.Set("tie", string(CameFrom))
	v, err := s.tiesView(r, f)
	if err != nil {
		return err
	}
	return web.Render(w, r, tiesPage(v))
}

func (s *Service) tie(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.tiesView(r, f)
	if err != nil {
		return err
	}
	ties := make([]string, len(Ties))
	for i, t := range Ties {
		ties[i] = string(t)
	}
	tie := Tie(f.Choice("tie", ties...))
	with, ok := parseRef(f.Get("with"))
	f.Check(ok, "with", "form.choose")
	if !f.Any() {
		if err = s.Link(r.Context(), v.Here().Ref, tie, with); err == nil {
			return web.SeeOther(w, r, v.Here().path()+"/powiazania", "trace.added")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, tiesPage(v))
}

func (s *Service) untie(w http.ResponseWriter, r *http.Request) error {
	ref, err := s.ref(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(r.PathValue("link"))
	if err != nil {
		return fault.NotFound("link")
	}
	if err := s.Unlink(r.Context(), ref, id); err != nil {
		return err
	}
	return web.SeeOther(w, r, strings.TrimSuffix(r.URL.Path, "/"+r.PathValue("link")+"/usun"), "trace.removed")
}

// parseRef reads what a choice of the form carries: "news:id".
func parseRef(s string) (Ref, bool) {
	kind, text, _ := strings.Cut(s, ":")
	id, err := store.ParseID(text)
	return Ref{kind, id}, err == nil
}

func (r Ref) String() string { return r.Kind + ":" + string(r.ID) }
