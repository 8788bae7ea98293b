package mail_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// staff are people of whom one is the administrator.
type staff struct{ administrator store.ID }

func (s staff) Actor(_ context.Context, current session.Session) (*access.Actor, error) {
	a := &access.Actor{Person: current.Person, Name: "Testowa Osoba"}
	if current.Person == s.administrator {
		a.Grants = []access.Grant{{Role: access.Administrator, Scope: access.Installation}}
	}
	return a, nil
}

func site(t *testing.T, o *office) (*webtest.Site, staff) {
	t.Helper()
	catalogue, err := lang.Load(mail.Messages, web.Messages, ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	people := staff{store.NewID()}
	return webtest.New(t, o.db, catalogue, people, o.Routes()...), people
}

func TestAdministratorSeesWhereLettersStandAndNeverTheirWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		refusing := refuse{mail.Refusal{Code: 550, Enhanced: "5.1.1"}}
		o := open(t, db, refusing)
		o.post(t, "zofia@example.org")
		o.work(t)
		s, people := site(t, o)
		page := s.As(people.administrator, true).Get("/administracja/poczta")
		if page.Status != http.StatusOK {
			t.Fatalf("status %d: %s", page.Status, page.Body)
		}
		row := page.Text("tbody tr")
		for _, want := range []string{"test.code", "zofia@example.org", "nieudany", "550 5.1.1"} {
			if !strings.Contains(row, want) {
				t.Errorf("row %q lacks %q", row, want)
			}
		}
		for _, word := range []string{"000001", "Twój kod", "/wejscie/kod"} {
			if strings.Contains(page.Body, word) {
				t.Errorf("the page tells %q of the letter", word)
			}
		}
	})
}

type refuse struct{ mail.Refusal }

func (r refuse) Send(context.Context, string, string, mail.Letter) error { return r.Refusal }

func TestOnlyAdministratorsSeeTheOutbox(t *testing.T) {
	o := open(t, storetest.SQLite(t), nil)
	s, _ := site(t, o)
	o.post(t, "zofia@example.org")
	again := "/administracja/poczta/" + string(o.letter(t).ID) + "/ponow"
	for name, b := range map[string]*webtest.Browser{"visitor": s.Visitor(), "resident": s.As(store.NewID(), false)} {
		for _, page := range []*webtest.Page{b.Get("/administracja/poczta"), b.Post(again, "version", "1")} {
			if page.Status == http.StatusOK || strings.Contains(page.Body, "zofia@example.org") || page.Header.Get("Location") == "/administracja/poczta" {
				t.Errorf("%s: status %d, to %s", name, page.Status, page.Header.Get("Location"))
			}
		}
	}
}

func TestAdministratorSendsAFailedLetterAgain(t *testing.T) {
	db := storetest.SQLite(t)
	o := open(t, db, refuse{mail.Refusal{Code: 550}})
	o.post(t, "zofia@example.org")
	o.work(t)
	s, people := site(t, o)
	b := s.As(people.administrator, true)
	page := b.Get("/administracja/poczta?stan=nieudany")
	action, _ := page.Doc().Find("tbody form").Attr("action")
	stale := b.Post(action, "version", "1")
	if stale.Status != http.StatusConflict {
		t.Errorf("stale version: %d", stale.Status)
	}
	done := b.Follow(b.Post(action, "version", page.Value("version")))
	if !strings.Contains(done.Body, "List zostanie wysłany ponownie.") || o.letter(t).State != mail.Waiting {
		t.Fatalf("letter %+v, page %s", o.letter(t), done.Text("main"))
	}
	if other := b.Post("/administracja/poczta/nie-ma/ponow", "version", "1"); other.Status != http.StatusNotFound {
		t.Errorf("unknown letter: %d", other.Status)
	}
}

func TestOutboxIsFilteredAndCutIntoPages(t *testing.T) {
	db := storetest.SQLite(t)
	o := open(t, db, nil)
	for i := range 60 {
		o.post(t, fmt.Sprintf("p%d@example.org", i))
	}
	s, people := site(t, o)
	b := s.As(people.administrator, true)
	first, second := b.Get("/administracja/poczta?stan=czeka"), b.Get("/administracja/poczta?stan=czeka&strona=2")
	if first.Count("tbody tr") != 50 || second.Count("tbody tr") != 10 || first.Value("stan") != "czeka" {
		t.Errorf("%d and %d rows, filter %q", first.Count("tbody tr"), second.Count("tbody tr"), first.Value("stan"))
	}
	if !strings.Contains(first.Text("main"), "czeka 60 listów") {
		t.Errorf("nothing about the missing mail server: %s", first.Text(".message"))
	}
	if sent := b.Get("/administracja/poczta?stan=wyslany"); sent.Count("tbody tr") != 0 || !strings.Contains(sent.Body, "Nie ma takich listów") {
		t.Errorf("%d sent letters", sent.Count("tbody tr"))
	}
	for _, query := range []string{"?stan=%27%3B", "?strona=-1", "?strona=99999999999999999999", "?strona=x", "?stan=czeka&stan=wyslany"} {
		if page := b.Get("/administracja/poczta" + query); page.Status != http.StatusOK {
			t.Errorf("%s: %d", query, page.Status)
		}
	}
	english := b.English().Get("/administracja/poczta")
	if !strings.Contains(english.Text("h1"), "Outgoing mail") {
		t.Errorf("heading %q", english.Text("h1"))
	}
}

func TestOutboxPageAsksLittleOfTheDatabase(t *testing.T) {
	for _, letters := range []int{1, 40} {
		db := storetest.SQLite(t)
		o := open(t, db, nil)
		for i := range letters {
			o.post(t, fmt.Sprintf("p%d@example.org", i))
		}
		s, people := site(t, o)
		b := s.As(people.administrator, true)
		ctx, counter := store.WithCounter(t.Context())
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, webtest.Public+"/administracja/poczta", nil)
		if err != nil {
			t.Fatal(err)
		}
		if page := b.Do(r); page.Status != http.StatusOK {
			t.Fatal(page.Status)
		}
		if n := counter.N(); n > 4 { // the session, its touch, the counts, the rows
			t.Errorf("%d queries for %d letters", n, letters)
		}
	}
}

func TestDemoMailboxShowsLettersWithTheirLinks(t *testing.T) {
	memory := mail.NewMemory(10)
	o := open(t, storetest.SQLite(t), memory)
	catalogue, err := lang.Load(mail.Messages, web.Messages, ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	b := webtest.New(t, o.db, catalogue, nil, memory.Routes()...).Visitor()
	if empty := b.Get("/demo/poczta"); !strings.Contains(empty.Body, "Skrzynka jest pusta") {
		t.Errorf("empty mailbox: %s", empty.Text("main"))
	}
	o.post(t, "zofia@example.org")
	o.work(t)
	link, _ := b.Get("/demo/poczta").Doc().Find("tbody a").Attr("href")
	letter := b.Get(link)
	if href, _ := letter.Doc().Find("main p a").Attr("href"); href != "/wejscie/kod" {
		t.Errorf("link %q in %s", href, letter.Text("main"))
	}
	if !strings.Contains(letter.Text("main"), "000001") || letter.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("letter: %s", letter.Text("main"))
	}
	if missing := b.Get("/demo/poczta/99"); missing.Status != http.StatusNotFound {
		t.Errorf("missing letter: %d", missing.Status)
	}
}

func TestDemoLetterLeadsNowhereElse(t *testing.T) {
	memory := mail.NewMemory(10)
	err := memory.Send(t.Context(), "a@example.org", "b@example.org", mail.Letter{
		Subject: "<script>alert(1)</script>",
		Text:    "javascript:alert(1)\nhttps://zly.example.org//zly.example.org/x\n<img src=x onerror=alert(1)>\n\nhttps://zly.example.org/strona?a=1",
	})
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := lang.Load(mail.Messages, web.Messages, ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	db := storetest.SQLite(t)
	page := webtest.New(t, db, catalogue, nil, memory.Routes()...).Visitor().Get("/demo/poczta/1")
	if page.Count("main script")+page.Count("main img") != 0 {
		t.Error("markup of a letter became markup of the page")
	}
	page.Doc().Find("main p a").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); !strings.HasPrefix(href, "/") || strings.HasPrefix(href, "//") {
			t.Errorf("the letter leads to %s", href)
		}
	})
}
