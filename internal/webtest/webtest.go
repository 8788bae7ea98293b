// Package webtest asks the real site, in memory, as a person would: it opens
// pages, posts forms and reads answers by selector.
//
// Call New with the routes of the rooms under test, then Get and Post; As signs
// a person in through a real session.
package webtest

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
)

// Public is the address under which the site under test believes to be reached.
const Public = "http://wspolnota.test"

// SiteInfo is the installation that tests run in.
func SiteInfo() web.Site {
	public, err := url.Parse(Public)
	if err != nil {
		panic(err)
	}
	return web.Site{Public: public, Community: "Wspólnota testowa", Contact: "kontakt@example.org", Version: "test"}
}

// Site is a site under test.
type Site struct {
	t       testing.TB
	App     *web.App
	DB      *store.DB
	Log     *bytes.Buffer // what was logged, for tests of what must not be
	handler http.Handler
}

// New makes a site of these routes. people may be nil when nobody signs in.
func New(t testing.TB, db *store.DB, catalogue *lang.Catalogue, people web.People, routes ...web.Route) *Site {
	t.Helper()
	log := &bytes.Buffer{}
	app := web.New(web.Options{Site: SiteInfo(), DB: db, Catalogue: catalogue, People: people,
		Logger: slog.New(slog.NewTextHandler(log, nil))})
	app.Add(routes...)
	return Over(t, db, app, log)
}

// Over asks an App that was made elsewhere.
func Over(t testing.TB, db *store.DB, app *web.App, log *bytes.Buffer) *Site {
	return &Site{t: t, App: app, DB: db, Log: log, handler: app.Handler()}
}

// Browser is one person's browser: it keeps cookies and a language.
type Browser struct {
	site    *Site
	cookies map[string]string
	Header  http.Header // sent with each request
	Last    *http.Request
}

// Visitor returns a fresh browser of somebody who is not signed in.
func (s *Site) Visitor() *Browser {
	return &Browser{site: s, cookies: map[string]string{}, Header: http.Header{"Accept-Language": {"pl"}}}
}

// As returns a browser in which the person is signed in; staff says whether the
// session is one of staff.
func (s *Site) As(person store.ID, staff bool) *Browser {
	s.t.Helper()
	var token string
	err := s.DB.Write(context.Background(), func(tx *store.Tx) (err error) {
		token, err = session.Start(context.Background(), tx, person, staff, "webtest")
		return err
	})
	if err != nil {
		s.t.Fatalf("webtest: sign in: %v", err)
	}
	b := s.Visitor()
	answer := httptest.NewRecorder()
	s.App.Cookies().StartSession(answer, token)
	b.keep(answer.Result())
	return b
}

// English makes the browser ask for English and returns it.
func (b *Browser) English() *Browser {
	b.Header.Set("Accept-Language", "en")
	return b
}

// Page is an answer.
type Page struct {
	Status int
	Header http.Header
	Body   string
	doc    *goquery.Document
}

// Get opens a path.
func (b *Browser) Get(path string) *Page {
	b.site.t.Helper()
	return b.do(httptest.NewRequest(http.MethodGet, Public+path, nil))
}

// Post sends a form: names and values in turn.
func (b *Browser) Post(path string, pairs ...string) *Page {
	b.site.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return b.PostForm(path, values)
}

// PostForm sends a form.
func (b *Browser) PostForm(path string, values url.Values) *Page {
	b.site.t.Helper()
	r := httptest.NewRequest(http.MethodPost, Public+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// Upload is a file of a form.
type Upload struct {
	Field, Name string
	Content     []byte
}

// PostFiles sends a form with files.
func (b *Browser) PostFiles(path string, values url.Values, files ...Upload) *Page {
	b.site.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, all := range values {
		for _, v := range all {
			must(b.site.t, w.WriteField(name, v))
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Field, f.Name)
		must(b.site.t, err)
		_, err = part.Write(f.Content)
		must(b.site.t, err)
	}
	must(b.site.t, w.Close())
	r := httptest.NewRequest(http.MethodPost, Public+path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(r)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Do sends any request with the browser's cookies.
func (b *Browser) Do(r *http.Request) *Page { return b.do(r) }

// Follow opens the page to which the answer sends the browser.
func (b *Browser) Follow(p *Page) *Page {
	b.site.t.Helper()
	to := p.Header.Get("Location")
	if to == "" {
		b.site.t.Fatalf("webtest: answer %d leads nowhere:\n%s", p.Status, p.Body)
	}
	to, _, _ = strings.Cut(to, "#") // browsers keep it to themselves
	return b.Get(strings.TrimPrefix(to, Public))
}

func (b *Browser) do(r *http.Request) *Page {
	b.site.t.Helper()
	for name, values := range b.Header {
		r.Header[name] = values
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	b.Last = r
	answer := httptest.NewRecorder()
	b.site.handler.ServeHTTP(answer, r)
	result := answer.Result()
	b.keep(result)
	body, err := io.ReadAll(result.Body)
	must(b.site.t, err)
	return &Page{Status: result.StatusCode, Header: result.Header, Body: string(body)}
}

func (b *Browser) keep(answer *http.Response) {
	for _, c := range answer.Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
			continue
		}
		b.cookies[c.Name] = c.Value
	}
}

// Cookie returns the value of a cookie, "" when the browser has none.
func (b *Browser) Cookie(name string) string { return b.cookies[name] }

// SetCookie plants a cookie.
func (b *Browser) SetCookie(name, value string) { b.cookies[name] = value }

// Doc parses the page.
func (p *Page) Doc() *goquery.Document {
	if p.doc == nil {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.Body))
		if err != nil {
			panic(err) // the parser takes any text
		}
		p.doc = doc
	}
	return p.doc
}

// Text returns the words under a selector, spaces folded.
func (p *Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.Doc().Find(selector).Text()), " ")
}

// Count says how many elements match.
func (p *Page) Count(selector string) int { return p.Doc().Find(selector).Length() }

// Value returns the value of the field of that name, of whatever kind it is.
func (p *Page) Value(name string) string {
	field := p.Doc().Find(`[name="` + name + `"]`)
	if field.Is("textarea") {
		return strings.TrimPrefix(field.Text(), "\n")
	}
	if field.Is("select") {
		return field.Find("option[selected]").AttrOr("value", "")
	}
	if field.Is("[type=radio],[type=checkbox]") {
		return field.Filter("[checked]").AttrOr("value", "")
	}
	return field.AttrOr("value", "")
}

// Want fails the test unless the answer has this status.
func (p *Page) Want(t testing.TB, status int) *Page {
	t.Helper()
	if p.Status != status {
		t.Fatalf("status %d, want %d\n%s", p.Status, status, shorten(p.Text("main")+p.Header.Get("Location")))
	}
	return p
}

func shorten(s string) string {
	if len(s) > 2000 {
		return s[:2000] + "…"
	}
	return s
}
