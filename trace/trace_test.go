package trace_test

import (
	"context"
	"embed"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

var (
	team = access.Permission{Name: "test.team", Scope: access.InProgramme, Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Observer}}
	edit = access.Permission{Name: "test.edit", Scope: access.InProgramme, Roles: []access.Role{access.Administrator, access.Manager, access.Editor}}
)

const (
	here  = store.ID("0191a000-0000-7000-8000-00000000000a")
	there = store.ID("0191a000-0000-7000-8000-00000000000b")
)

// shelf is a room of one kind: its things lie in memory.
type shelf struct {
	things  map[store.ID]trace.Thing
	queries int
}

func (s *shelf) find(_ context.Context, _ store.Reader, ids []store.ID) ([]trace.Thing, error) {
	s.queries++
	var found []trace.Thing
	for _, id := range ids {
		if t, there := s.things[id]; there {
			found = append(found, t)
		}
	}
	return found, nil
}

// people are who may come to the site.
type people map[store.ID][]access.Grant

func (p people) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	grants, known := p[s.Person]
	if !known {
		return nil, fault.NotFound("person")
	}
	return &access.Actor{Person: s.Person, Name: "Ktoś", Session: s.ID, Grants: grants}, nil
}

type world struct {
	*webtest.Site
	t      testing.TB
	trace  *trace.Service
	notes  *shelf
	goals  *shelf
	editor store.ID
	other  store.ID // editor elsewhere
	viewer store.ID // observer
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{t: t, notes: &shelf{things: map[store.ID]trace.Thing{}}, goals: &shelf{things: map[store.ID]trace.Thing{}},
		editor: store.NewID(), other: store.NewID(), viewer: store.NewID()}
	finder := search.New(db, search.Options{})
	finder.Add(search.Kind{Name: "note", Title: "note"}, search.Kind{Name: "goal", Title: "goal"})
	w.trace = trace.New(db, finder)
	w.trace.Add(trace.Kind{Name: "note", Slug: "notatka", Title: "note", Find: w.notes.find, Team: team, Edit: edit},
		trace.Kind{Name: "goal", Slug: "cel", Title: "goal", Find: w.goals.find, Team: team, Edit: edit})
	w.trace.AddRelation(trace.Relation{Type: trace.Serves, Select: `SELECT kind, activity AS thing, 'goal' AS source_kind, goal AS source FROM programme_goal_activity`})
	catalogue, err := lang.Load([]embed.FS{web.Messages, ui.Messages, search.Messages, trace.Messages}...)
	if err != nil {
		t.Fatal(err)
	}
	in := func(role access.Role, place store.ID) []access.Grant {
		return []access.Grant{{Role: role, Scope: access.InProgramme, ID: place}}
	}
	w.Site = webtest.New(t, db, catalogue, people{w.editor: in(access.Editor, here), w.other: in(access.Editor, there),
		w.viewer: in(access.Observer, here)}, w.trace.Routes()...)
	return w
}

func each(t *testing.T, do func(*testing.T, *world)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { do(t, newWorld(t, db)) })
}

// note puts a thing on the shelf; it can be found by its title.
func (w *world) note(title string, state trace.State) trace.Ref {
	w.t.Helper()
	id := store.NewID()
	w.notes.things[id] = trace.Thing{ID: id, Title: title, Language: "pl", URL: "/notatki/" + string(id), Place: here,
		At: store.At(w.DB.Now()), State: state}
	err := w.DB.Write(context.Background(), func(tx *store.Tx) error {
		return search.Put(context.Background(), tx, search.Document{Kind: "note", ID: id, Language: "pl", Title: title, URL: "/notatki/" + string(id), At: store.At(tx.Now())})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return trace.Ref{Kind: "note", ID: id}
}

func (w *world) goal(title string) trace.Ref {
	id := store.NewID()
	w.goals.things[id] = trace.Thing{ID: id, Title: title, Language: "pl", URL: "/programy/x#cel-" + string(id), Place: here}
	return trace.Ref{Kind: "goal", ID: id}
}

func (w *world) as(role access.Role, place store.ID) context.Context {
	return access.With(w.t.Context(), &access.Actor{Person: w.editor, Grants: []access.Grant{{Role: role, Scope: access.InProgramme, ID: place}}})
}

func (w *world) link(at trace.Ref, tie trace.Tie, with trace.Ref) {
	w.t.Helper()
	if err := w.trace.Link(w.as(access.Editor, here), at, tie, with); err != nil {
		w.t.Fatal(err)
	}
}

// levels says which titles a reader meets, each with its distance.
func (w *world) levels(ctx context.Context, of trace.Ref, depth int) string {
	w.t.Helper()
	thread, err := w.trace.Walk(ctx, of, depth)
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for _, n := range thread.Nodes {
		all = append(all, fmt.Sprintf("%s%+d", n.Title, n.Level))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// says holds an answer to its status and to words in it.
func says(t *testing.T, page *webtest.Page, status int, words ...string) *webtest.Page {
	t.Helper()
	page.Want(t, status)
	for _, text := range words {
		if !strings.Contains(page.Body, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	return page
}

func address(ref trace.Ref) string {
	return trace.Path(map[string]string{"note": "notatka", "goal": "cel"}[ref.Kind], ref.ID)
}

func TestAThreadIsWalkedBothWays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b, c, d := w.note("a", trace.Shown), w.note("b", trace.Shown), w.note("c", trace.Shown), w.note("d", trace.Shown)
		w.link(b, trace.CameFrom, a)
		w.link(b, trace.LedTo, c)
		w.link(d, trace.Answer, c)
		if got, want := w.levels(t.Context(), b, 2), "a-1 b+0 c+1 d+2"; got != want {
			t.Errorf("from the middle: %s, want %s", got, want)
		}
		if got, want := w.levels(t.Context(), d, 3), "a-3 b-2 c-1 d+0"; got != want {
			t.Errorf("from the end: %s, want %s", got, want)
		}
		if got, want := w.levels(t.Context(), a, 1), "a+0 b+1"; got != want {
			t.Errorf("one step: %s, want %s", got, want)
		}
	})
}

func TestWhatARoomKeepsStandsInTheSameThread(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		article, goal, later := w.note("artykuł", trace.Shown), w.goal("cel"), w.note("dalszy", trace.Shown)
		// The table has foreign keys; a goal of the programme room stands behind it.
		w.exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ('p', 'p@example.org', 'P', 'p', 'p', 'pl', 1)`)
		w.exec(`INSERT INTO organisation (id, slug, name, name_key, folded, short_name, kind, sector, register, register_number, nip, regon, municipality, address,
			website, email, phone, contact, description, language, created_at, created_by, updated_at, updated_by)
			VALUES ('o', 'o', 'O', 'o', 'o', '', 'association', 'ngo', '', '', '', '', '', '', '', '', '', '', '', 'pl', 1, 'p', 1, 'p')`)
		w.exec(`INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager, admission, sectors, state, created_at, updated_at, updated_by)
			VALUES ('x', 'x', 'X', 'x', 'x', '', 'pl', 'o', 'p', 'open', 'ngo', 'published', 1, 1, 'p')`)
		w.exec(`INSERT INTO programme_goal (id, programme, position, title) VALUES ($1, 'x', 1, 'cel')`, goal.ID)
		w.exec(`INSERT INTO programme_goal_activity (goal, kind, activity, title, url, served_at) VALUES ($1, 'note', $2, 't', '/x', 1)`, goal.ID, article.ID)
		w.link(goal, trace.LedTo, later)
		if got, want := w.levels(t.Context(), article, 1), "artykuł+0 cel-1"; got != want {
			t.Errorf("from the article: %s, want %s", got, want)
		}
		if got, want := w.levels(t.Context(), goal, 1), "artykuł+1 cel+0 dalszy+1"; got != want {
			t.Errorf("from the goal: %s, want %s", got, want)
		}
	})
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	err := w.DB.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestACircleEnds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b, c := w.note("a", trace.Shown), w.note("b", trace.Shown), w.note("c", trace.Shown)
		w.link(b, trace.CameFrom, a)
		w.link(c, trace.CameFrom, b)
		w.link(a, trace.CameFrom, c)
		thread, err := w.trace.Walk(t.Context(), a, 9)
		if err != nil || len(thread.Nodes) != 3 || len(thread.Links) != 3 {
			t.Errorf("%d things, %d links, %v", len(thread.Nodes), len(thread.Links), err)
		}
	})
}

func TestAThingIsNotItsOwnSourceAndALinkIsMadeOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.note("a", trace.Shown), w.note("b", trace.Shown)
		ctx := w.as(access.Manager, here)
		if err := w.trace.Link(ctx, a, trace.CameFrom, a); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("its own source: %v", err)
		}
		w.link(b, trace.CameFrom, a)
		for at, tie := range map[trace.Ref]trace.Tie{b: trace.CameFrom, a: trace.LedTo} { // the same link, said from each end
			with := map[trace.Ref]trace.Ref{a: b, b: a}[at]
			if err := w.trace.Link(ctx, at, tie, with); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("a second time: %v", err)
			}
		}
		w.link(b, trace.Answer, a) // another relation of the same two
		if err := w.trace.Link(ctx, a, trace.CameFrom, trace.Ref{Kind: "note", ID: store.NewID()}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("with what is not there: %v", err)
		}
	})
}

func TestNobodyLearnsOfWhatTheyMayNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, draft, beyond, gone := w.note("a", trace.Shown), w.note("SZKIC", trace.Hidden), w.note("ZA-SZKICEM", trace.Shown), w.note("WYCOFANE", trace.Withdrawn)
		w.link(draft, trace.CameFrom, a)
		w.link(beyond, trace.CameFrom, draft)
		w.link(gone, trace.CameFrom, a)
		if got, want := w.levels(t.Context(), a, 3), "+1 a+0"; got != want { // the withdrawn one without its words
			t.Errorf("a visitor meets %q, want %q", got, want)
		}
		if got, want := w.levels(w.as(access.Observer, here), a, 3), "SZKIC+1 WYCOFANE+1 ZA-SZKICEM+2 a+0"; got != want {
			t.Errorf("the team meets %q, want %q", got, want)
		}
		if got := w.levels(w.as(access.Editor, there), a, 3); got != "+1 a+0" {
			t.Errorf("another team meets %q", got)
		}
		for _, path := range []string{address(a), address(gone)} {
			page := w.Visitor().Get(path)
			if page.Status != 200 || strings.Contains(page.Body, "SZKIC") || strings.Contains(page.Body, "WYCOFANE") {
				t.Errorf("%s: status %d, or it tells what was hidden or withdrawn", path, page.Status)
			}
		}
		if page := w.Visitor().Get(address(draft)); page.Status != 404 {
			t.Errorf("the thread of a draft: %d", page.Status)
		}
		says(t, w.Visitor().Get(address(a)), 200, "Treść wycofana")
	})
}

func TestOnlyItsEditorsChangeTheLinksOfAThing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.note("a", trace.Shown), w.note("b", trace.Shown)
		forms := []string{"tie", "came-from", "with", b.String()}
		w.Visitor().Post(address(a)+"/powiazania", forms...).Want(t, 401)
		w.As(w.viewer, true).Post(address(a)+"/powiazania", forms...).Want(t, 403)
		w.As(w.other, true).Post(address(a)+"/powiazania", forms...).Want(t, 403)
		w.As(w.other, true).Get(address(a)+"/powiazania").Want(t, 403)
		w.As(w.editor, true).Post(address(a)+"/powiazania", forms...).Want(t, 303)
		says(t, w.As(w.editor, true).Post(address(a)+"/powiazania", forms...), 422, "To powiązanie już jest.")
		link, err := store.One[store.ID](t.Context(), w.DB, `SELECT id FROM trace_link`)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := store.One[int](t.Context(), w.DB, `SELECT count(*) FROM audit_entry WHERE act = 'trace.linked' AND person = $1 AND programme = $2`,
			w.editor, here); err != nil || n != 1 {
			t.Errorf("%d acts are written down, %v", n, err)
		}
		remove := "/powiazania/" + string(link) + "/usun"
		w.As(w.viewer, true).Post(address(a)+remove).Want(t, 403)
		w.As(w.other, true).Post(address(b)+remove).Want(t, 403)
		c := w.note("c", trace.Shown)
		w.As(w.editor, true).Post(address(c)+remove).Want(t, 404) // a link of other things
		w.As(w.editor, true).Post(address(b)+remove).Want(t, 303) // from its other end
		if n, err := store.One[int](t.Context(), w.DB, `SELECT count(*) FROM trace_link`); err != nil || n != 0 {
			t.Errorf("%d links stay, %v", n, err)
		}
	})
}

func TestAnEditorFindsTheOtherEndByWords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.note("Seminarium w Wiśle", trace.Shown), w.note("Standardy współpracy", trace.Shown)
		e := w.As(w.editor, true)
		page := says(t, e.Get(address(a)+"/powiazania?szukaj=wspolpraca"), 200, "Standardy współpracy")
		if page.Doc().Find("input[name=with][value='"+b.String()+"']").Length() != 1 {
			t.Error("it cannot be chosen")
		}
		says(t, e.Get(address(a)+"/powiazania?szukaj=seminarium"), 200, "Niczego takiego nie ma.") // itself is not offered
		says(t, e.Post(address(a)+"/powiazania", "szukaj", "wspolpraca", "tie", "led-to"), 422, "Standardy współpracy")
		e.Post(address(a)+"/powiazania", "tie", "led-to", "with", b.String()).Want(t, 303)
		says(t, w.Visitor().Get(address(b)), 200, "Skąd się to wzięło?", "Seminarium w Wiśle", "Wynika z:")
		says(t, w.Visitor().English().Get(address(b)), 200, "Where did it come from?")
	})
}

func TestAThreadTakesAFixedNumberOfQueries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.note("a", trace.Shown)
		for i := range 12 {
			n := w.note(fmt.Sprint(i), trace.Shown)
			w.link(n, trace.CameFrom, a)
			w.link(w.note("x", trace.Shown), trace.CameFrom, n)
		}
		w.notes.queries = 0
		ctx, counter := store.WithCounter(context.Background())
		answer := httptest.NewRecorder()
		w.App.Handler().ServeHTTP(answer, httptest.NewRequest("GET", address(a), nil).WithContext(ctx))
		if answer.Code != 200 || counter.N() != 2 || w.notes.queries != 3 {
			t.Errorf("status %d, %d queries for links of two levels, %d for things", answer.Code, counter.N(), w.notes.queries)
		}
	})
}

func TestALargeThreadIsCutAndSaysSo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.note("a", trace.Shown)
		for range 50 {
			w.link(w.note("n", trace.Shown), trace.CameFrom, a)
		}
		says(t, w.Visitor().Get(address(a)), 200, "Powiązań jest więcej")
	})
}

func TestForgottenThingsHaveNoLinks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.note("a", trace.Shown), w.note("b", trace.Shown)
		w.link(b, trace.CameFrom, a)
		w.link(a, trace.Answer, b)
		if err := w.DB.Write(t.Context(), func(tx *store.Tx) error { return trace.Forget(t.Context(), tx, a) }); err != nil {
			t.Fatal(err)
		}
		if got := w.levels(t.Context(), b, 2); got != "b+0" {
			t.Errorf("%s", got)
		}
	})
}

func TestHostileTitlesStayText(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for i, text := range hostile.Payloads() {
		if i%4 != 0 && testing.Short() {
			continue
		}
		a, b := w.note(text, trace.Shown), w.note(text, trace.Shown)
		w.link(b, trace.CameFrom, a)
		for _, page := range []*webtest.Page{w.Visitor().Get(address(a)), w.As(w.editor, true).Get(address(a) + "/powiazania")} {
			if bad, err := hostile.Active(strings.NewReader(page.Body)); err != nil || len(bad) > 0 {
				t.Errorf("%q becomes %v, %v", text, bad, err)
			}
		}
	}
}

// TestEveryWalkEndsAndShowsOnlyWhatItFound makes threads of any shape.
func TestEveryWalkEndsAndShowsOnlyWhatItFound(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	rapid.Check(t, func(rt *rapid.T) {
		refs := make([]trace.Ref, rapid.IntRange(2, 7).Draw(rt, "things"))
		for i := range refs {
			refs[i] = w.note(fmt.Sprint(i), rapid.SampledFrom([]trace.State{trace.Shown, trace.Hidden, trace.Withdrawn}).Draw(rt, "state"))
		}
		w.notes.things[refs[0].ID] = trace.Thing{ID: refs[0].ID, Title: "0", Place: here}
		for range rapid.IntRange(0, 15).Draw(rt, "links") {
			at, with := rapid.SampledFrom(refs).Draw(rt, "at"), rapid.SampledFrom(refs).Draw(rt, "with")
			_ = w.trace.Link(w.as(access.Editor, here), at, rapid.SampledFrom(trace.Ties).Draw(rt, "tie"), with)
		}
		thread, err := w.trace.Walk(t.Context(), refs[0], 20)
		if err != nil {
			rt.Fatal(err)
		}
		seen := map[trace.Ref]bool{}
		for _, n := range thread.Nodes {
			if seen[n.Ref] || n.State == trace.Hidden || n.State == trace.Withdrawn && n.Title != "" {
				rt.Fatalf("%+v is shown twice, or is hidden, or tells what was withdrawn", n)
			}
			seen[n.Ref] = true
		}
		for _, l := range thread.Links {
			if !seen[l.Thing] || !seen[l.Source] {
				rt.Fatalf("a link %+v leads to what is not shown", l)
			}
		}
	})
}
