package search_test

import (
	"context"
	"embed"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

type nobody struct{}

func (nobody) Actor(context.Context, session.Session) (*access.Actor, error) {
	return nil, fault.NotFound("person")
}

func site(t testing.TB, db *store.DB) *webtest.Site {
	t.Helper()
	catalogue, err := lang.Load([]embed.FS{web.Messages, ui.Messages, search.Messages}...)
	if err != nil {
		t.Fatal(err)
	}
	return webtest.New(t, db, catalogue, nobody{}, service(db).Routes()...)
}

func TestThePageGroupsCountsAndMarks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		put(t, db, search.Document{Kind: "programme", ID: here, Programme: here, Title: "Rozmowy", Text: "O współpracy.", URL: "/programy/rozmowy", At: now(db)})
		for i := range 27 {
			put(t, db, search.Document{ID: store.NewID(), Programme: here, Title: fmt.Sprintf("Notatka %d", i), Text: "Współpraca trwa.", At: now(db)})
		}
		visitor := site(t, db).Visitor()
		page := visitor.Get("/szukaj?szukaj=wspolpraca").Want(t, 200)
		if page.Count("section") != 2 || page.Count(".results > li") != 1+5 || page.Text(".count") != "28 wyników" {
			t.Errorf("%d groups, %d results, %q", page.Count("section"), page.Count(".results > li"), page.Text(".count"))
		}
		if got := page.Doc().Find("mark").First().Text(); got != "współpracy" {
			t.Errorf("%q is marked", got)
		}
		if href := page.Doc().Find("a:contains('Wszystkie: note')").AttrOr("href", ""); href != "/szukaj?rodzaj=note&szukaj=wspolpraca" {
			t.Errorf("all notes are at %q", href)
		}
		page = visitor.Get("/szukaj?szukaj=wspolpraca&rodzaj=note&strona=2&program="+string(here)).Want(t, 200)
		if page.Count(".results > li") != 7 || page.Value("rodzaj") != "note" || page.Value("program") != string(here) {
			t.Errorf("the second page has %d results", page.Count(".results > li"))
		}
		visitor.Get("/szukaj?szukaj=wspolpraca&rodzaj=note&strona=3").Want(t, 404)
		visitor.Get("/szukaj?szukaj=wspolpraca&rodzaj=xyz&program=xyz&strona=abc").Want(t, 200) // links grow old
		if page = visitor.Get("/szukaj"); !strings.Contains(page.Body, "Wpisz, czego szukasz") || page.Count("form[role=search]") != 1 {
			t.Error("the empty page does not ask, or asks twice")
		}
		if page = visitor.English().Get("/szukaj?szukaj=xyzzy"); !strings.Contains(page.Body, "Nothing was found") {
			t.Error("nothing is not said to be nothing")
		}
	})
}

func TestThePageTakesAFixedNumberOfQueries(t *testing.T) {
	for _, c := range []struct {
		open func(testing.TB) *store.DB
		want int
	}{{storetest.SQLite, 4}, {storetest.Postgres, 8}} { // PostgreSQL: one setting and the latest number before each of the first two
		t.Run("", func(t *testing.T) {
			db := c.open(t)
			put(t, db, search.Document{Kind: "programme", ID: here, Programme: here, Title: "Rozmowy", At: now(db)})
			for range 40 {
				put(t, db, search.Document{ID: store.NewID(), Programme: here, Title: "Rozmowa", Text: "Rozmowa.", At: now(db)})
			}
			ctx, counter := store.WithCounter(context.Background())
			answer := httptest.NewRecorder()
			site(t, db).App.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/szukaj?szukaj=rozmowa", nil).WithContext(ctx))
			if answer.Code != 200 || counter.N() != c.want {
				t.Errorf("status %d, %d queries, want %d", answer.Code, counter.N(), c.want)
			}
		})
	}
}

func TestHostileWordsStayTextInResults(t *testing.T) {
	db := storetest.SQLite(t)
	visitor := site(t, db).Visitor()
	for _, text := range hostile.Payloads() {
		put(t, db, search.Document{ID: one, Title: "haczyk " + text, Text: text + " haczyk " + text, URL: "/x", At: now(db)})
		page := visitor.Get("/szukaj?szukaj=haczyk")
		if page.Count("mark") == 0 {
			t.Fatalf("%q is not found", text)
		}
		if bad, err := hostile.Active(strings.NewReader(page.Body)); err != nil || len(bad) > 0 {
			t.Errorf("%q becomes %v, %v", text, bad, err)
		}
		asked := visitor.Do(httptest.NewRequest("GET", webtest.Public+"/szukaj?"+strings.ReplaceAll("szukaj="+escape(text), "+", "%20"), nil))
		if bad, err := hostile.Active(strings.NewReader(asked.Body)); asked.Status != 200 || err != nil || len(bad) > 0 {
			t.Errorf("asked, %q becomes %v, %v, status %d", text, bad, err, asked.Status)
		}
	}
}

func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02x", s[i])
	}
	return b.String()
}

// FuzzQuestion: any question gets an answer on SQLite, whose FTS5 has a language
// of its own for questions.
func FuzzQuestion(f *testing.F) {
	for _, text := range append([]string{`"`, `a" OR "b`, "title:x", "x*", "^x", "NEAR(a b, 3)", "ą\u0301", "𞤀𞤁x", "\x00", "a_b"}, hostile.Payloads()[:40]...) {
		f.Add(text, "pl")
	}
	db := storetest.SQLite(f)
	s := service(db)
	f.Fuzz(func(t *testing.T, text, language string) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return search.Put(t.Context(), tx, search.Document{Kind: "note", ID: one, Language: language, Title: text, Text: text, URL: "/x", At: store.At(tx.Now())})
		})
		if err != nil {
			t.Fatal(err)
		}
		q := search.Parse(text)
		found, err := s.Find(t.Context(), q, search.Filter{}, true, 0, 5)
		if err != nil || !q.Empty() && len([]rune(text)) < 80 && found.Total != 1 {
			t.Errorf("%q does not find itself: %+v, %v", text, found, err)
		}
		said := ""
		for _, p := range q.Highlight(language, text) {
			said += p.Text
		}
		if said != text {
			t.Errorf("the pieces of %q are %q", text, said)
		}
		q.Excerpt(language, text)
	})
}
