package news_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/markdown"
)

func warsaw(year int, month time.Month, day, hour int) time.Time {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		panic(err)
	}
	return time.Date(year, month, day, hour, 0, 0, 0, zone)
}

func TestArticlePageSaysWhoWhenAndWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.DB.Clock().Set(warsaw(2014, time.June, 23, 12))
		earlier := w.published(w.full("Wcześniej"), warsaw(2014, time.June, 20, 9))
		c := w.full("Seminarium w Wiśle")
		c.Tags, c.Places, c.Goals = []string{"Seminarium", "foresight"}, []string{"2412013"}, []store.ID{w.goal}
		c.Body = "# Co dalej\n\nZapraszamy [tu](https://example.org)."
		a := w.published(c, warsaw(2014, time.June, 23, 9))
		later := w.published(w.full("Później"), warsaw(2014, time.June, 23, 11))

		page := w.Visitor().Get(a.Path())
		if page.Status != 200 {
			t.Fatalf("status %d", page.Status)
		}
		for selector, want := range map[string]string{
			"h1": "Seminarium w Wiśle", ".lead": "O czym to jest.", "article time[datetime='2014-06-23']": "23 czerwca 2014",
			".prose h2": "Co dalej", "nav.crumbs li:nth-child(2)": "Współpraca", "nav.crumbs li:nth-child(3)": "Aktualności",
			"nav.crumbs [aria-current=page]": "Seminarium w Wiśle", "a[rel=prev]": "Wcześniej", "a[rel=next]": "Później",
			"[aria-labelledby=thread-sources] li a[href*='#cel-']": "Wspólne standardy", "a[href='/aktualnosci?gmina=2412013']": "Czerwionka-Leszczyny",
			"a[href='/aktualnosci?tag=seminarium']": "Seminarium",
		} {
			if got := page.Text(selector); got != want {
				t.Errorf("%s: %q, want %q", selector, got, want)
			}
		}
		for selector, want := range map[string]string{
			"link[rel=canonical]|href": webtest.Public + a.Path(), "meta[property='og:url']|content": webtest.Public + a.Path(),
			"meta[property='og:type']|content": "article", "meta[property='article:published_time']|content": "2014-06-23T07:00:00Z",
			".prose|lang": "pl", "h1|lang": "pl", "a[rel=prev]|href": earlier.Path(), "a[rel=next]|href": later.Path(),
			"link[type='application/atom+xml']|href": "/programy/wspolpraca/aktualnosci.atom",
		} {
			element, attribute, _ := strings.Cut(selector, "|")
			if got := page.Doc().Find(element).First().AttrOr(attribute, ""); got != want {
				t.Errorf("%s: %q, want %q", selector, got, want)
			}
		}
		if !strings.Contains(page.Text("article"), "Forum Organizacji") {
			t.Error("the page does not say who announces it")
		}
		if english := w.Visitor().English().Get(a.Path()); english.Text("[aria-labelledby=thread-sources] h2") != "Where did it come from?" ||
			english.Doc().Find("html").AttrOr("lang", "") != "en" || english.Doc().Find(".prose").AttrOr("lang", "") != "pl" {
			t.Error("the English frame around a Polish article is not marked")
		}
	})
}

func TestPictureIsOfferedInItsWidths(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	a := w.publish(w.withFiles("Ze zdjęciem"))
	page := w.Visitor().Get(a.Path())
	img := page.Doc().Find("figure.picture img")
	if img.AttrOr("width", "") != "600" || img.AttrOr("height", "") != "400" || !strings.Contains(img.AttrOr("srcset", ""), " 480w") {
		t.Errorf("img %v", img.Nodes)
	}
	if og := page.Doc().Find("meta[property='og:image']").AttrOr("content", ""); !strings.HasPrefix(og, webtest.Public+a.Path()+"/obraz/") {
		t.Errorf("og:image %q", og)
	}
	if alt := page.Doc().Find("meta[property='og:image:alt']").AttrOr("content", ""); alt != "Ludzie przy stole" {
		t.Errorf("og:image:alt %q", alt)
	}
}

func TestListIsFilteredByWhatItsTitleSays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one := w.full("O standardach")
		one.Tags, one.Places, one.Organisation = []string{"Standardy"}, []string{"2412042"}, w.partner
		one.Body = "Łąka za urzędem"
		w.published(one, storetest.Start)
		w.published(w.full("O konkursie"), storetest.Start.Add(-time.Hour))
		w.draft(w.full("Szkic nie do listy"))
		for _, tt := range []struct{ query, title, want string }{
			{"", "Aktualności", "O standardach O konkursie"},
			{"?gmina=2412042", "Aktualności: Lyski", "O standardach"},
			{"?tag=standardy", "Aktualności: Standardy", "O standardach"},
			{"?organizacja=" + string(w.partner), "Aktualności: Związek Gmin", "O standardach"},
			{"?program=wspolpraca", "Aktualności: Współpraca", "O standardach O konkursie"},
			{"?program=inny", "Aktualności", ""},
			{"?szukaj=LAKA", "Aktualności: „LAKA”", "O standardach"},
			{"?szukaj=%25", "Aktualności: „%”", ""},
			{"?tag=standardy&gmina=2412042", "Aktualności: Lyski, Standardy", "O standardach"},
			{"?tag=nie-ma", "Aktualności", ""},
		} {
			page := w.Visitor().Get("/aktualnosci" + tt.query)
			if got := page.Text("h1"); got != tt.title {
				t.Errorf("%s: title %q, want %q", tt.query, got, tt.title)
			}
			var titles []string
			for _, n := range page.Doc().Find(".card-title").EachIter() {
				titles = append(titles, strings.TrimSpace(n.Text()))
			}
			if got := strings.Join(titles, " "); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.query, got, tt.want)
			}
			if tt.want == "" && page.Count(".empty") != 1 {
				t.Errorf("%s: no word about the empty list", tt.query)
			}
		}
	})
}

func TestLongListHasPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 31 {
			w.published(w.full(fmt.Sprintf("Nr %d", i)), storetest.Start.Add(-time.Duration(i)*time.Hour))
		}
		first, last := w.Visitor().Get("/aktualnosci"), w.Visitor().Get("/aktualnosci?strona=2")
		if first.Count(".card") != 30 || last.Count(".card") != 1 || last.Text(".card-title") != "Nr 30" {
			t.Errorf("%d and %d cards, the last %q", first.Count(".card"), last.Count(".card"), last.Text(".card-title"))
		}
		if got := first.Text(".count"); got != "31 aktualności" {
			t.Errorf("count %q", got)
		}
		if got := w.Visitor().Get("/aktualnosci?strona=3").Status; got != 404 {
			t.Errorf("a page behind the last: %d", got)
		}
		for _, page := range []string{"0", "-1", "x", "99999999999999999999"} { // no page at all is the first, as in every list
			if got := w.Visitor().Get("/aktualnosci?strona=" + page); got.Status != 200 || got.Count(".card") != 30 {
				t.Errorf("page %s: %d", page, got.Status)
			}
		}
	})
}

func TestArchiveGoesByTheMonthsOfWarsaw(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.DB.Clock().Set(warsaw(2015, time.March, 1, 12))
		w.published(w.full("Pierwsza chwila czerwca"), warsaw(2014, time.June, 1, 0)) // in UTC still May
		w.published(w.full("Ostatnia chwila maja"), warsaw(2014, time.June, 1, 0).Add(-time.Microsecond))
		w.published(w.full("Sylwester"), warsaw(2014, time.December, 31, 23))
		w.published(w.full("Nowy rok"), warsaw(2015, time.January, 1, 0))
		for path, want := range map[string]string{
			"/aktualnosci/2014/06": "Pierwsza chwila czerwca", "/aktualnosci/2014/05": "Ostatnia chwila maja",
			"/aktualnosci/2014/12": "Sylwester", "/aktualnosci/2015": "Nowy rok", "/aktualnosci/2013": "",
		} {
			if got := w.Visitor().Get(path).Text(".card-title"); got != want {
				t.Errorf("%s: %q, want %q", path, got, want)
			}
		}
		page := w.Visitor().Get("/aktualnosci/2014/06")
		if got := page.Text("h1"); got != "Aktualności: czerwiec 2014" {
			t.Errorf("title %q", got)
		}
		if got := page.Text("a[href='/aktualnosci/2014/06'][aria-current=page]"); got != "czerwiec 2014" {
			t.Errorf("the month is not marked in the archive: %q", got)
		}
		if got := page.Text("nav[aria-labelledby=archive] h3") + "|" + page.Text("nav[aria-labelledby=archive] summary"); got != "2014 (3)|2015 (1)" {
			t.Errorf("years %q", got)
		}
		for _, path := range []string{"/aktualnosci/14", "/aktualnosci/2014/6", "/aktualnosci/2014/13", "/aktualnosci/2014/00", "/aktualnosci/99999", "/aktualnosci/abcd"} {
			if got := w.Visitor().Get(path).Status; got != 404 {
				t.Errorf("%s: %d", path, got)
			}
		}
	})
}

func TestDraftProgrammeHidesItsNews(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.published(w.full("Za wcześnie"), storetest.Start)
		w.exec(`UPDATE programme SET state = 'draft' WHERE id = $1`, w.programme)
		b := w.Visitor()
		for _, path := range []string{a.Path(), a.List(), a.List() + ".rss", a.List() + ".atom"} {
			if got := b.Get(path).Status; got != 404 {
				t.Errorf("%s: %d", path, got)
			}
		}
		for _, path := range []string{"/aktualnosci", "/aktualnosci.rss", "/aktualnosci.atom"} {
			if strings.Contains(b.Get(path).Body, "Za wcześnie") {
				t.Errorf("%s tells of it", path)
			}
		}
		if got := w.editor().Follow(w.editor().Get(a.Path())).Text("h1"); got != "Za wcześnie" {
			t.Errorf("the team sees %q", got)
		}
	})
}

func TestWithdrawnArticleSaysSoAtItsAddress(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.published(w.full("Odwołane spotkanie"), storetest.Start)
		b := w.editor()
		page := b.Post(a.Path()+"/wycofanie", "version", "2", "reason", "")
		if page.Status != 422 || page.Count("#field-reason-mistake") != 1 {
			t.Errorf("without a reason: %d", page.Status)
		}
		if page = b.Post(a.Path()+"/wycofanie", "version", "2", "reason", "Spotkanie odwołano"); page.Status != 303 {
			t.Fatalf("withdraw: %d %s", page.Status, page.Text("main"))
		}
		page = w.Visitor().Get(a.Path())
		if page.Status != 410 || !strings.Contains(page.Text("main"), "Spotkanie odwołano") || strings.Contains(page.Body, "Odwołane spotkanie") {
			t.Errorf("status %d: %s", page.Status, page.Text("main"))
		}
		if strings.Contains(w.Visitor().Get("/aktualnosci").Body, "Odwołane") || strings.Contains(w.Visitor().Get("/aktualnosci.rss").Body, "Odwołane") {
			t.Error("it is still announced")
		}
		b.Post(a.Path()+"/przywrocenie", "version", "3")
		if got := w.Visitor().Get(a.Path()).Status; got != 200 {
			t.Errorf("returned: %d", got)
		}
	})
}

func TestSecondEditorSeesWhatChangedAndKeepsTheText(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.draft(w.full("Wspólny szkic"))
		first, second := w.editor(), w.As(w.adminID, true)
		theirs := w.form("Tytuł pierwszej osoby")
		theirs.Set("body", "Pierwszy akapit.\nWiersz pierwszej osoby.")
		theirs.Set("version", "1")
		if page := first.PostForm(a.Path()+"/edycja", theirs); page.Status != 303 {
			t.Fatalf("first: %d %s", page.Status, page.Text(".error-summary"))
		}
		yours := w.form("Tytuł drugiej osoby")
		yours.Set("body", "Pierwszy akapit.\nWiersz drugiej osoby.")
		yours.Set("version", "1")
		page := second.PostForm(a.Path()+"/edycja", yours)
		if page.Status != 409 {
			t.Fatalf("second: %d", page.Status)
		}
		box := page.Text(".conflict")
		for _, want := range []string{"Ewa Redaktor", "Tytuł pierwszej osoby", "Tytuł drugiej osoby"} {
			if !strings.Contains(box, want) {
				t.Errorf("the box does not say %q: %s", want, box)
			}
		}
		if !strings.Contains(page.Text(".diff del"), "Wiersz pierwszej osoby.") {
			t.Errorf("difference of the text: %s", page.Text(".diff"))
		}
		if page.Value("title") != "Tytuł drugiej osoby" || page.Value("body") != "Pierwszy akapit.\nWiersz drugiej osoby." || page.Value("version") != "2" {
			t.Errorf("kept %q, %q, version %s", page.Value("title"), page.Value("body"), page.Value("version"))
		}
		yours.Set("version", page.Value("version"))
		if page := second.PostForm(page.Doc().Find("form#article").AttrOr("action", ""), yours); page.Status != 303 {
			t.Errorf("sent once more: %d", page.Status)
		}
		if got := w.article(a.ID); got.Title != "Tytuł drugiej osoby" || got.Revision != 3 {
			t.Errorf("saved %q as %d", got.Title, got.Revision)
		}
	})
}

func TestFormSentAgainWithOtherWordsIsAConflictThatKeepsThem(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	b, f := w.editor(), w.form("Raz")
	f.Set("id", string(store.NewID()))
	if page := b.PostForm("/programy/wspolpraca/aktualnosci", f); page.Status != 303 {
		t.Fatal(page.Status)
	}
	f.Set("title", "Po powrocie w przeglądarce")
	page := b.PostForm("/programy/wspolpraca/aktualnosci", f)
	if page.Status != 409 || page.Value("title") != "Po powrocie w przeglądarce" {
		t.Fatalf("%d, %q", page.Status, page.Value("title"))
	}
	if action := page.Doc().Find("form#article").AttrOr("action", ""); action != "/programy/wspolpraca/aktualnosci/raz/edycja" {
		t.Errorf("the form goes to %q", action)
	}
}

func TestRevisionsAreListedComparedAndRestored(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		c := w.full("Pierwsza")
		c.Tags = []string{"stary"}
		a := w.draft(c)
		c.Title, c.Body, c.Tags, c.Goals = "Druga", "Pierwszy akapit.\n\nInny akapit.", []string{"nowy"}, []store.ID{w.goal}
		a = must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, c))
		b := w.editor()
		list := b.Get(a.Path() + "/wersje")
		if list.Count("table tbody tr") != 2 || !strings.Contains(list.Text("table"), "Ewa Redaktor") {
			t.Errorf("revisions: %s", list.Text("table"))
		}
		page := b.Get(a.Path() + "/roznice?od=2&do=1") // in either order
		for selector, want := range map[string]string{"h1": "Różnice między wersjami 1 i 2"} {
			if got := page.Text(selector); got != want {
				t.Errorf("%s: %q", selector, got)
			}
		}
		removed, added := page.Text(".diff del"), page.Text(".diff ins")
		for _, want := range []string{"Pierwsza", "stary", "Drugi akapit."} {
			if !strings.Contains(removed, want) {
				t.Errorf("%q is not shown as removed: %s", want, removed)
			}
		}
		for _, want := range []string{"Druga", "nowy", "Inny akapit.", "Wspólne standardy"} {
			if !strings.Contains(added, want) {
				t.Errorf("%q is not shown as added: %s", want, added)
			}
		}
		old := b.Get(a.Path() + "/wersje/1")
		if old.Text("main section h2") != "Pierwsza" || old.Count("#restore") != 1 {
			t.Errorf("old revision: %s", old.Text("main"))
		}
		if p := b.Post(a.Path()+"/wersje/1", "version", "2"); p.Status != 303 {
			t.Errorf("restore: %d", p.Status)
		}
		if got := w.article(a.ID); got.Title != "Pierwsza" || got.Revision != 3 {
			t.Errorf("restored %q as %d", got.Title, got.Revision)
		}
		for _, path := range []string{"/wersje/0", "/wersje/9", "/wersje/x", "/roznice", "/roznice?od=1&do=99"} {
			if got := b.Get(w.article(a.ID).Path() + path).Status; got != 404 {
				t.Errorf("%s: %d", path, got)
			}
		}
	})
}

func TestPublicationByForm(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.editor()
		empty := w.draft(news.Content{Title: "Niedokończony", Language: "pl"})
		page := b.Get(empty.Path() + "/publikacja")
		if page.Count("form#publish") != 0 || page.Count("a[href$='/edycja#field-body']") != 1 || page.Count(".off") != 1 {
			t.Errorf("an incomplete draft: %s", page.Text("main"))
		}
		if page = b.Post(empty.Path()+"/publikacja", "version", "1", "when", "now"); page.Status != 422 {
			t.Errorf("published an incomplete draft: %d", page.Status)
		}
		a := w.draft(w.full("Gotowy"))
		for at, want := range map[string]string{"": "Wypełnij to pole", "wczoraj": "Wpisz datę i godzinę", "01.06.2014 11:59": "już minął"} {
			page = b.Post(a.Path()+"/publikacja", "version", "1", "when", "later", "at", at)
			if page.Status != 422 || !strings.Contains(page.Text("#field-at-mistake"), want) || page.Value("at") != at {
				t.Errorf("%q: %d, %q", at, page.Status, page.Text("#field-at-mistake"))
			}
		}
		if page = b.Post(a.Path()+"/publikacja", "version", "1", "when", "later", "at", "02.06.2014 08:00"); page.Status != 303 {
			t.Fatalf("schedule: %d %s", page.Status, page.Text("main"))
		}
		if got := w.article(a.ID).PublishAt; !got.Equal(warsaw(2014, time.June, 2, 8)) {
			t.Errorf("scheduled for %v", got)
		}
		if desk := b.Get(a.List() + "/redakcja?stan=zaplanowane"); desk.Count("table tbody tr") != 1 || !strings.Contains(desk.Text("table"), "Gotowy") {
			t.Errorf("desk: %s", desk.Text("main"))
		}
		b.Post(a.Path()+"/do-szkicu", "version", "2")
		if !w.article(a.ID).PublishAt.IsZero() {
			t.Error("still scheduled")
		}
		if page = b.Post(a.Path()+"/publikacja", "version", "3", "when", "now"); page.Status != 303 {
			t.Fatalf("publish: %d", page.Status)
		}
		if got := w.Visitor().Get(a.Path()).Status; got != 200 {
			t.Errorf("published: %d", got)
		}
	})
}

func TestDraftIsDeletedAfterAQuestion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.draft(w.full("Niepotrzebny"))
		b := w.editor()
		page := b.Get(a.Path() + "/usuniecie")
		if page.Count("form.confirmation li") != 2 || w.count(`SELECT count(*) FROM news_article`) != 1 {
			t.Errorf("question: %s", page.Text("main"))
		}
		if page = b.Post(a.Path()+"/usuniecie", "version", page.Value("version")); page.Status != 303 {
			t.Fatalf("delete: %d", page.Status)
		}
		if w.count(`SELECT count(*) FROM news_article`) != 0 {
			t.Error("not deleted")
		}
	})
}

// Every route of the room, as each kind of person, with an article of the own
// and of another programme.
func TestWhoMayDoWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.draft(w.full("Szkic"))
		people := map[string]*webtest.Browser{"visitor": w.Visitor(), "resident": w.As(w.residentID, false), "observer": w.As(w.observerID, true),
			"foreign editor": w.As(w.foreignID, true), "editor": w.editor(), "administrator": w.As(w.adminID, true)}
		allowed := map[string][]string{
			"news.preview": {"observer", "editor", "administrator"},
			"news.edit":    {"editor", "administrator"},
		}
		for _, route := range w.news.Routes() {
			if route.Need.Public() {
				continue
			}
			method, pattern, _ := strings.Cut(route.Pattern, " ")
			path := strings.NewReplacer("{programme}", "wspolpraca", "{article}", a.Slug, "{revision}", "1").Replace(pattern)
			for name, b := range people {
				page := b.Get(path)
				if method == "POST" {
					page = b.Post(path, "version", "99") // a stale version changes nothing
				}
				passed := page.Status != 401 && page.Status != 403 && !strings.HasPrefix(page.Header.Get("Location"), "/wejscie")
				want := false
				for _, who := range allowed[route.Need.Name] {
					want = want || who == name
				}
				if passed != want {
					t.Errorf("%s as %s: %d, want passed %v", route.Pattern, name, page.Status, want)
				}
			}
		}
		// The own programme in the address does not open another's article.
		other := w.draftIn(w.programme, w.full("Cudzy szkic"))
		for _, path := range []string{"/podglad", "/edycja", "/publikacja", "/wersje"} {
			if got := w.As(w.foreignID, true).Get("/programy/inny/aktualnosci/" + other.Slug + path).Status; got != 404 {
				t.Errorf("%s through the own programme: %d", path, got)
			}
		}
		if w.article(a.ID).Version != 1 {
			t.Error("somebody changed the draft")
		}
	})
}

func TestFormSetsOnlyItsOwnFields(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.form("Masowe przypisanie")
		id := store.NewID()
		for _, column := range []string{"programme", "slug", "publish_at", "withdrawn_at", "withdrawn_reason", "revision", "created_at",
			"updated_at", "revised_at", "version", "folded", "state", "person", "html", "details", "used", "uploaded_by", "PublishAt"} {
			f.Set(column, "1")
		}
		f.Set("id", string(id))
		f.Set("programme", string(w.other))
		f.Set("slug", "przejety")
		if page := w.editor().PostForm("/programy/wspolpraca/aktualnosci", f); page.Status != 303 {
			t.Fatalf("%d %s", page.Status, page.Text(".error-summary"))
		}
		a := w.article(id)
		if a.Programme != w.programme || a.Slug != "masowe-przypisanie" || !a.PublishAt.IsZero() || !a.WithdrawnAt.IsZero() || a.Revision != 1 || a.Version != 1 {
			t.Errorf("article = %+v", a)
		}
		if n := w.count(`SELECT count(*) FROM news_revision WHERE article = $1 AND person = $2`, id, w.editorID); n != 1 {
			t.Error("the revision is not the editor's")
		}
	})
}

func TestPagesAskFewQueries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.full("Liczony")
		c.Goals, c.Tags, c.Places = []store.ID{w.goal}, []string{"jeden"}, []string{"2412042"}
		a := w.published(c, storetest.Start)
		for i := range 35 {
			w.published(w.full(fmt.Sprintf("Nr %d", i)), storetest.Start.Add(-time.Duration(i+1)*time.Hour))
		}
		handler := w.App.Handler()
		for path, want := range map[string]int{
			a.Path(): 5, "/aktualnosci": 1, "/aktualnosci?strona=2": 1, "/aktualnosci?tag=jeden&szukaj=licz": 1, a.List(): 2,
			"/aktualnosci/2014/06": 1, "/aktualnosci.rss": 2, "/aktualnosci.atom": 2, a.List() + ".atom": 3, "/gminy/2412042/aktualnosci.rss": 2,
		} {
			w.Visitor().Get("/aktualnosci") // what can be filtered by is known after the first page
			ctx, counter := store.WithCounter(context.Background())
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequest("GET", path, nil).WithContext(ctx))
			if answer.Code != 200 || counter.N() != want {
				t.Errorf("%s: status %d, %d queries, want %d", path, answer.Code, counter.N(), want)
			}
		}
	})
}

func TestBlocksAskOnceAndSayNothingWithoutNews(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := must[programme.Programme](t)(programme.ByID(context.Background(), w.DB, w.programme))
		ctx, counter := store.WithCounter(context.Background())
		block, err := w.news.ProgrammeBlock().Show(ctx, p)
		if home, errHome := w.news.HomeBlock(ctx); err != nil || errHome != nil || block != nil || home != nil || counter.N() != 2 {
			t.Errorf("without news: %v %v, %d queries", err, errHome, counter.N())
		}
		for i := range 5 {
			w.published(w.full(fmt.Sprintf("Nr %d", i)), storetest.Start.Add(-time.Duration(i)*time.Hour))
		}
		onPage := rendered(t)(w.news.ProgrammeBlock().Show(ctx, p))
		home := rendered(t)(w.news.HomeBlock(ctx))
		if strings.Count(onPage, "card-title") != 3 || strings.Count(home, "card-title") != 3 || !strings.Contains(home, "Współpraca") {
			t.Errorf("programme: %s\nhome: %s", onPage, home)
		}
	})
}

func TestFacetsKnowWhatWasPublishedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tagged := func(title, tag string) news.Content {
			c := w.full(title)
			c.Tags = []string{tag}
			return c
		}
		w.published(tagged("Teraz", "pierwszy"), storetest.Start)
		w.published(tagged("Za chwilę", "drugi"), storetest.Start.Add(time.Second))
		tags := func() string { return w.Visitor().Get("/aktualnosci").Text("select[name=tag]") }
		if got := tags(); !strings.Contains(got, "pierwszy (1)") || strings.Contains(got, "drugi") {
			t.Errorf("tags: %s", got)
		}
		w.DB.Clock().Advance(time.Second)
		if got := tags(); !strings.Contains(got, "drugi (1)") {
			t.Errorf("a second later: %s", got)
		}
		w.published(tagged("Jeszcze", "trzeci"), w.DB.Now())
		if got := tags(); !strings.Contains(got, "trzeci (1)") {
			t.Errorf("after a save: %s", got)
		}
	})
}

func TestEveryRouteDeclaresItsNeed(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for _, route := range w.news.Routes() {
		if !route.Need.Declared() {
			t.Errorf("%s needs nothing", route.Pattern)
		}
		if strings.HasPrefix(route.Pattern, "POST ") && route.Need.Name != "news.edit" {
			t.Errorf("%s may be sent by %v", route.Pattern, route.Need)
		}
		if route.Body != 0 && route.Body != web.UploadBody {
			t.Errorf("%s takes %d bytes", route.Pattern, route.Body)
		}
	}
	for _, p := range []access.Permission{news.Preview, news.Edit} {
		if !strings.Contains(fmt.Sprint(p.Roles), string(access.Administrator)) {
			t.Errorf("%s does not name administrators", p.Name)
		}
	}
}

func TestPreviewIsForTheTeamOnly(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	a := w.draft(w.full("Podgląd"))
	if got := w.Visitor().Get(a.Path()).Status; got != 404 {
		t.Errorf("a visitor sees a draft: %d", got)
	}
	b := w.As(w.observerID, true)
	page := b.Follow(b.Get(a.Path()))
	if page.Text("h1") != "Podgląd" || page.Count("meta[name=robots][content=noindex]") != 1 || !strings.Contains(page.Text(".person-state"), "To szkic") {
		t.Errorf("preview: %s", page.Text("main"))
	}
	if page.Count("a[href$='/edycja']") != 0 {
		t.Error("an observer is offered to edit")
	}
}

func TestEditorSavesADraftWithoutAnything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.editor()
		page := b.Get("/programy/wspolpraca/aktualnosci/nowa")
		f := url.Values{}
		for _, name := range []string{"id", "title", "lead", "body", "language", "organisation", "tags", "alt", "caption", "credit"} {
			f.Set(name, page.Value(name))
		}
		if f.Get("language") != "pl" || f.Get("organisation") != string(w.owner) {
			t.Errorf("offered language %q, organisation %q", f.Get("language"), f.Get("organisation"))
		}
		saved := b.PostForm("/programy/wspolpraca/aktualnosci", f)
		if saved.Status != 303 {
			t.Fatalf("%d %s", saved.Status, saved.Text(".error-summary"))
		}
		if edit := b.Follow(saved); edit.Text(".flash") != "Szkic zapisano." || edit.Value("version") != "1" {
			t.Errorf("flash %q, version %q", edit.Text(".flash"), edit.Value("version"))
		}
	})
}

// Two services on one database are two replicas: neither tells the other what it
// saved.
func TestAnotherReplicaShowsAtOnceAndCountsWithinAMinute(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.published(w.full("Pierwsza"), storetest.Start)
		other := news.New(w.DB, news.Options{Site: webtest.SiteInfo(), Blobs: w.blobs})
		site := webtest.New(t, w.DB, catalogue(t), w.people, other.Routes()...)
		if got := site.Visitor().Get("/aktualnosci").Text(".count"); got != "1 aktualność" {
			t.Errorf("count %q", got)
		}
		w.published(w.full("Druga"), storetest.Start)
		page := site.Visitor().Get("/aktualnosci")
		if page.Count(".card") != 2 {
			t.Errorf("%d cards", page.Count(".card"))
		}
		w.DB.Clock().Advance(time.Minute)
		if got := site.Visitor().Get("/aktualnosci").Text(".count"); got != "2 aktualności" {
			t.Errorf("a minute later: %q", got)
		}
	})
}

func TestTextOfAnOlderRendererIsRenderedAnewAndKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.published(w.full("Stary zapis"), storetest.Start)
		w.exec(`UPDATE news_revision SET html = '<p>dawny</p>', html_by = 0`)
		if strings.Contains(w.Visitor().Get("/aktualnosci.atom").Body, "dawny") {
			t.Error("the feed shows the old text")
		}
		if got := w.Visitor().Get(a.Path()).Text(".prose p"); got != "Pierwszy akapit.Drugi akapit." && got != "Pierwszy akapit. Drugi akapit." {
			t.Errorf("the page shows %q", got)
		}
		if n := w.count(`SELECT count(*) FROM news_revision WHERE html_by = $1 AND html LIKE '%Drugi akapit%'`, markdown.Version); n != 1 {
			t.Error("what was rendered is not kept")
		}
	})
}
