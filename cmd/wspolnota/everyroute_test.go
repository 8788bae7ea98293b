package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// testProgram puts the program together on a fresh SQLite database.
func testProgram(t testing.TB) *program {
	t.Helper()
	return testProgramOn(t, storetest.SQLite(t), nil)
}

func testProgramOn(t testing.TB, db *store.DB, d *demoMode) *program {
	t.Helper()
	p, err := assemble(t.Context(), Config{Addr: "127.0.0.1:0", PublicURL: webtest.Public, Data: t.TempDir(),
		Community: "Wspólnota", LogFormat: "text", LogLevel: "error", CodesPerAddress: 3, CodesPerNetwork: 1000}, db, d)
	if err != nil {
		t.Fatal(err)
	}
	p.log = slog.New(slog.DiscardHandler)
	p.app.Logger = p.log
	return p
}

// each asks every route of the program, with handlers replaced by handle.
func each(t *testing.T, p *program, handle web.Handler, fn func(t *testing.T, route web.Route, ask func(*http.Request) *httptest.ResponseRecorder)) {
	t.Helper()
	app := web.New(web.Options{Site: p.site, DB: p.db, Catalogue: p.catalogue, Logger: slog.New(slog.DiscardHandler)})
	var routes []web.Route
	for _, route := range p.app.Routes() {
		route.Need, route.Handle = access.Anyone, handle
		routes = append(routes, route)
	}
	app.Add(routes...)
	handler := app.Handler()
	for _, route := range routes {
		t.Run(strings.ReplaceAll(route.Pattern, "/", "∕"), func(t *testing.T) {
			fn(t, route, func(r *http.Request) *httptest.ResponseRecorder {
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, r)
				return answer
			})
		})
	}
}

func ok(w http.ResponseWriter, _ *http.Request) error {
	_, err := io.WriteString(w, "ok")
	return err
}

// A request that another site makes a browser send is refused on every route
// that changes something.
func TestEveryPostRefusesForeignOrigins(t *testing.T) {
	each(t, testProgram(t), ok, func(t *testing.T, route web.Route, ask func(*http.Request) *httptest.ResponseRecorder) {
		method, path := address(route.Pattern)
		if method == http.MethodGet {
			return
		}
		for name, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
			r := httptest.NewRequest(method, webtest.Public+path, nil)
			r.Header.Set(name, value)
			if answer := ask(r); answer.Code != http.StatusForbidden {
				t.Errorf("%s: %s is answered with %d", name, value, answer.Code)
			}
		}
		if answer := ask(httptest.NewRequest(method, webtest.Public+path, nil)); answer.Code != http.StatusOK {
			t.Errorf("our own form is answered with %d", answer.Code)
		}
	})
}

// An accident in any handler is a calm page in Polish with a reference, and the
// program lives on.
func TestEveryRouteSurvivesAPanic(t *testing.T) {
	boom := func(http.ResponseWriter, *http.Request) error { panic("kettle boils over") }
	each(t, testProgram(t), boom, func(t *testing.T, route web.Route, ask func(*http.Request) *httptest.ResponseRecorder) {
		method, path := address(route.Pattern)
		answer := ask(httptest.NewRequest(method, webtest.Public+path, nil))
		body := answer.Body.String()
		if answer.Code != http.StatusInternalServerError || !strings.Contains(body, "Przepraszamy") ||
			!strings.Contains(body, answer.Header().Get("X-Request-Id")) || strings.Contains(body, "kettle") {
			t.Errorf("%d: %.300s", answer.Code, body)
		}
	})
}

// More than a route takes is refused before its handler can be confused by it.
func TestEveryPostHasALimit(t *testing.T) {
	read := func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		return err
	}
	each(t, testProgram(t), read, func(t *testing.T, route web.Route, ask func(*http.Request) *httptest.ResponseRecorder) {
		method, path := address(route.Pattern)
		if method == http.MethodGet {
			return
		}
		// An export of a large conversation is bigger than what people attach.
		most := int64(web.UploadBody)
		if strings.HasSuffix(path, "/polis") {
			most = 64 << 20
		}
		if route.Body > most {
			t.Errorf("takes %d bytes", route.Body)
		}
		body := bytes.NewReader(make([]byte, most+1))
		if answer := ask(httptest.NewRequest(method, webtest.Public+path, body)); answer.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%d", answer.Code)
		}
	})
}
