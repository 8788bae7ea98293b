package web_test

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

var catalogues = []embed.FS{web.Messages, ui.Messages}

// crew stands for the room people: whoever it names exists, with these grants.
type crew map[store.ID][]access.Grant

func (c crew) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	grants, ok := c[s.Person]
	if !ok {
		return nil, fault.NotFound("person")
	}
	return &access.Actor{Person: s.Person, Name: "Anna", Session: s.ID, Grants: grants}, nil
}

var edit = access.Permission{Name: "test.edit", Scope: access.InProgramme, Roles: []access.Role{access.Editor}}

const (
	editor   = store.ID("0191a000-0000-7000-8000-000000000001")
	stranger = store.ID("0191a000-0000-7000-8000-000000000002")
)

func site(t *testing.T, db *store.DB, routes ...web.Route) *webtest.Site {
	t.Helper()
	catalogue, err := lang.Load(catalogues...)
	if err != nil {
		t.Fatal(err)
	}
	people := crew{
		editor:   {{Role: access.Editor, Scope: access.InProgramme, ID: "p1", Slug: "wisla"}},
		stranger: nil,
	}
	return webtest.New(t, db, catalogue, people, routes...)
}

func say(text string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.Render(w, r, templ.Raw("<p>"+text+"</p>"))
	}
}

func fail(err error) web.Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func TestFaultBecomesAPage(t *testing.T) {
	db := storetest.SQLite(t)
	for _, tt := range []struct {
		name string
		err  error
		want int
	}{
		{"not found", fault.NotFound("article"), 404},
		{"invalid", fault.Invalid("fault.unreadable"), 422},
		{"conflict", fault.Conflict("fault.invalid"), 409},
		{"closed", fault.Closed("fault.invalid"), 409},
		{"forbidden", fault.Forbidden(), 403},
		{"limited", fault.Limited("fault.invalid"), 429},
		{"too large", fault.TooLarge("fault.too_many_fields"), 413},
		{"accident", errors.New("secret detail"), 500},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := site(t, db, web.Route{Pattern: "GET /x", Need: access.Anyone, Handle: fail(tt.err)})
			p := s.Visitor().Get("/x").Want(t, tt.want)
			if strings.Contains(p.Body, "secret") {
				t.Error("the page tells what belongs to the log")
			}
			if p.Text("h1") == "" || strings.Contains(p.Text("main"), "fault.") {
				t.Errorf("page says %q", p.Text("main"))
			}
			if !strings.Contains(p.Text("main"), p.Header.Get("X-Request-Id")) {
				t.Errorf("page does not give its reference %s", p.Header.Get("X-Request-Id"))
			}
		})
	}
}

func TestPanicIsAPageInPolishAndTheProcessLives(t *testing.T) {
	db := storetest.SQLite(t)
	s := site(t, db,
		web.Route{Pattern: "GET /boom", Need: access.Anyone, Handle: func(http.ResponseWriter, *http.Request) error {
			return db.Write(t.Context(), func(tx *store.Tx) error {
				_, err := session.Start(t.Context(), tx, editor, false, "")
				if err == nil {
					panic("kettle boils over")
				}
				return err
			})
		}},
		web.Route{Pattern: "GET /fine", Need: access.Anyone, Handle: say("fine")})
	p := s.Visitor().Get("/boom").Want(t, 500)
	if !strings.Contains(p.Text("h1"), "Przepraszamy") || strings.Contains(p.Body, "kettle") {
		t.Errorf("page says %q", p.Text("main"))
	}
	if !strings.Contains(s.Log.String(), "kettle") {
		t.Error("the log does not know why")
	}
	n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM session`)
	if err != nil || n != 0 {
		t.Errorf("%d sessions are left of the broken transaction (%v)", n, err)
	}
	s.Visitor().Get("/fine").Want(t, 200)
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	s := site(t, storetest.SQLite(t), web.Route{Pattern: "GET /fine", Need: access.Anyone, Handle: say("fine")},
		web.Route{Pattern: "GET /broken", Need: access.Anyone, Handle: fail(errors.New("x"))})
	for _, path := range []string{"/fine", "/broken", "/nowhere", "/healthz", "/readyz", ui.AssetPath("wspolnota.css"), "/zasoby/no.css"} {
		h := s.Visitor().Get(path).Header
		csp := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none'; script-src 'self'; style-src 'self'") ||
			strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if h.Get("Permissions-Policy") == "" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
		if h.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS over plain http", path)
		}
	}
}

func TestRightsAreChecked(t *testing.T) {
	s := site(t, storetest.SQLite(t),
		web.Route{Pattern: "GET /programy/{programme}/edycja", Need: edit, Handle: say("edit")},
		web.Route{Pattern: "POST /programy/{programme}", Need: edit, Handle: say("done")},
		web.Route{Pattern: "GET /moje", Need: access.SignedIn, Handle: say("mine")})

	visitor := s.Visitor().Get("/programy/wisla/edycja").Want(t, 303)
	if to := visitor.Header.Get("Location"); to != "/wejscie?dalej=%2Fprogramy%2Fwisla%2Fedycja" {
		t.Errorf("a visitor is sent to %q", to)
	}
	s.Visitor().Post("/programy/wisla").Want(t, 401)

	own := s.As(editor, true)
	own.Get("/programy/wisla/edycja").Want(t, 200)
	own.Get("/programy/p1/edycja").Want(t, 200)
	own.Get("/programy/other/edycja").Want(t, 403)
	own.Post("/programy/other").Want(t, 403)

	other := s.As(stranger, false)
	other.Get("/programy/wisla/edycja").Want(t, 403)
	other.Get("/moje").Want(t, 200)
	if got := other.Get("/moje").Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a signed-in page may be cached: %q", got)
	}
}

func TestRouteWithoutPermissionIsRefused(t *testing.T) {
	for name, route := range map[string]web.Route{
		"no permission":  {Pattern: "GET /x", Handle: say("x")},
		"empty one":      {Pattern: "GET /x", Need: access.Permission{Name: "x"}, Handle: say("x")},
		"no place named": {Pattern: "GET /x", Need: edit, Handle: say("x")},
		"no handler":     {Pattern: "GET /x", Need: access.Anyone},
		"no method":      {Pattern: "/x", Need: access.Anyone, Handle: say("x")},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("the route was taken")
				}
			}()
			site(t, storetest.SQLite(t), route)
		})
	}
}

func TestForeignOriginIsRefused(t *testing.T) {
	s := site(t, storetest.SQLite(t), web.Route{Pattern: "POST /x", Need: access.Anyone, Handle: say("done")})
	for name, headers := range map[string]map[string]string{
		"foreign origin":    {"Origin": "https://evil.example"},
		"cross-site fetch":  {"Sec-Fetch-Site": "cross-site"},
		"same-site sibling": {"Sec-Fetch-Site": "same-site"},
	} {
		r := httptest.NewRequest("POST", webtest.Public+"/x", nil)
		for k, v := range headers {
			r.Header.Set(k, v)
		}
		if p := s.Visitor().Do(r); p.Status != 403 {
			t.Errorf("%s: %d", name, p.Status)
		}
	}
	s.Visitor().Post("/x").Want(t, 200)
}

func TestMethodThatIsNotOffered(t *testing.T) {
	s := site(t, storetest.SQLite(t), web.Route{Pattern: "GET /x", Need: access.Anyone, Handle: say("x")})
	p := s.Visitor().Post("/x").Want(t, 405)
	if p.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("Allow is %q", p.Header.Get("Allow"))
	}
}

func TestBodyOverTheLimitIsRefused(t *testing.T) {
	read := func(w http.ResponseWriter, r *http.Request) error {
		f, err := web.ReadForm(r)
		if err != nil {
			return err
		}
		return web.Render(w, r, templ.Raw(f.Get("a")))
	}
	s := site(t, storetest.SQLite(t), web.Route{Pattern: "POST /x", Need: access.Anyone, Handle: read})
	p := s.Visitor().Post("/x", "a", strings.Repeat("x", web.DefaultBody)).Want(t, 413)
	if !strings.Contains(p.Text("main"), "1 MB") {
		t.Errorf("page says %q", p.Text("main"))
	}
	many := url.Values{}
	for i := range 10_000 {
		many.Add("f", string(rune('a'+i%26)))
	}
	s.Visitor().PostForm("/x", many).Want(t, 413)
	r := httptest.NewRequest("POST", webtest.Public+"/x", strings.NewReader("%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.Visitor().Do(r).Want(t, 422)
	r = httptest.NewRequest("POST", webtest.Public+"/x", strings.NewReader("--x\r\nbroken"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	s.Visitor().Do(r).Want(t, 422)
}

func TestLanguageByChoiceThenByBrowser(t *testing.T) {
	s := site(t, storetest.SQLite(t))
	polish, english := s.Visitor(), s.Visitor().English()
	if got := polish.Get("/nowhere"); got.Doc().Find("html").AttrOr("lang", "") != "pl" {
		t.Error("a Polish browser gets no Polish page")
	}
	if got := english.Get("/nowhere"); got.Doc().Find("html").AttrOr("lang", "") != "en" || !strings.Contains(got.Text("h1"), "not found") {
		t.Errorf("an English browser reads %q", got.Text("h1"))
	}
	english.SetCookie("jezyk", "pl")
	if got := english.Get("/nowhere"); got.Doc().Find("html").AttrOr("lang", "") != "pl" {
		t.Error("the choice does not count before the browser")
	}
}

func TestFlashIsShownOnceAndOnlyFromTheCatalogue(t *testing.T) {
	s := site(t, storetest.SQLite(t),
		web.Route{Pattern: "POST /x", Need: access.Anyone, Handle: func(w http.ResponseWriter, r *http.Request) error {
			return web.SeeOther(w, r, "/nowhere", "fault.sign_in")
		}})
	b := s.Visitor()
	first := b.Follow(b.Post("/x").Want(t, 303))
	if !strings.Contains(first.Text("[role=status]"), "Zaloguj się") {
		t.Errorf("first page says %q", first.Text("[role=status]"))
	}
	if second := b.Get("/nowhere"); strings.Contains(second.Text("[role=status]"), "Zaloguj się") {
		t.Error("the message is shown twice")
	}
	b.SetCookie("komunikat", "Send me your password")
	if p := b.Get("/nowhere"); strings.Contains(p.Body, "password") {
		t.Error("a planted cookie speaks")
	}
}

func TestFlashWaitsForAPageToShowIt(t *testing.T) {
	on := func(path, flash string) web.Handler {
		return func(w http.ResponseWriter, r *http.Request) error { return web.SeeOther(w, r, path, flash) }
	}
	s := site(t, storetest.SQLite(t),
		web.Route{Pattern: "POST /x", Need: access.Anyone, Handle: on("/moved", "fault.sign_in")},
		web.Route{Pattern: "GET /moved", Need: access.Anyone, Handle: on("/nowhere", "")})
	b := s.Visitor()
	page := b.Follow(b.Follow(b.Post("/x").Want(t, 303)).Want(t, 303))
	if !strings.Contains(page.Text("[role=status]"), "Zaloguj się") {
		t.Errorf("after two redirects the page says %q", page.Text("[role=status]"))
	}
}

func TestLocalPath(t *testing.T) {
	for address, want := range map[string]string{
		"/programy?gmina=2412013": "/programy?gmina=2412013", "": "/", "https://evil.example": "/", "//evil.example/x": "/",
		"/\\evil.example": "/", "javascript:alert(1)": "/", "programy": "/", "/a\r\nSet-Cookie: x": "/", "/\t/evil.example": "/",
	} {
		if got := web.LocalPath(address, "/"); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func FuzzLocalPathStaysHere(f *testing.F) {
	f.Add("/programy")
	f.Add("//evil.example")
	base, err := url.Parse("https://wspolnota.example/")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, address string) {
		to, err := base.Parse(web.LocalPath(address, "/"))
		if err != nil || to.Host != base.Host || to.Scheme != "https" {
			t.Errorf("%q leads to %v (%v)", address, to, err)
		}
	})
}

func TestLogHoldsNoPersonalData(t *testing.T) {
	s := site(t, storetest.SQLite(t), web.Route{Pattern: "GET /osoby/{name}", Need: access.Anyone, Handle: say("x")})
	r := httptest.NewRequest("GET", webtest.Public+"/osoby/Jan-Kowalski?email=jan@example.org", nil)
	r.Header.Set("User-Agent", "MarkedAgent")
	r.RemoteAddr = "198.51.100.77:1234"
	s.Visitor().Do(r).Want(t, 200)
	for _, mark := range []string{"Kowalski", "jan@example.org", "MarkedAgent", "198.51.100.77"} {
		if strings.Contains(s.Log.String(), mark) {
			t.Errorf("the log holds %q: %s", mark, s.Log)
		}
	}
	if !strings.Contains(s.Log.String(), "GET /osoby/{name}") {
		t.Errorf("the log does not name the route: %s", s.Log)
	}
}

func TestPagesAreCompressedForThoseWhoAsk(t *testing.T) {
	s := site(t, storetest.SQLite(t), web.Route{Pattern: "GET /long", Need: access.Anyone, Handle: say(strings.Repeat("Żory ", 2000))})
	r := httptest.NewRequest("GET", webtest.Public+"/long", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	p := s.Visitor().Do(r).Want(t, 200)
	if p.Header.Get("Content-Encoding") != "gzip" || len(p.Body) > 2000 {
		t.Errorf("encoding %q, %d bytes", p.Header.Get("Content-Encoding"), len(p.Body))
	}
	if !strings.Contains(strings.Join(p.Header.Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("Vary is %v", p.Header.Values("Vary"))
	}
}
