package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

type thing struct {
	Number int    `json:"number"`
	Who    string `json:"who"`
}

type listInput struct {
	api.Paging
	Colour string `query:"colour" enum:"red,blue"`
}

type oneInput struct {
	Number int `path:"number" minimum:"1"`
}

// owners know one person, who is staff as well.
type owners struct{}

func (owners) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	return &access.Actor{Person: s.Person, Name: "Anna", Grants: []access.Grant{
		{Role: access.Administrator, Scope: access.Installation}, {Role: access.Member, Scope: access.InOrganisation, ID: "o", Slug: "o"}}}, nil
}

type site struct {
	*webtest.Site
	keys *api.Keys
	ask  func(path string, header ...string) *httptest.ResponseRecorder
}

// secretThings need somebody who is signed in, ownThings an administrator.
func newSite(t *testing.T, db *store.DB) *site {
	t.Helper()
	words, err := lang.Load(web.Messages, ui.Messages, people.Messages, api.Messages)
	if err != nil {
		t.Fatal(err)
	}
	a := api.New(webtest.SiteInfo())
	api.List(a, api.Read{Path: "/things", ID: "list-things", Summary: "Things", Told: "api.title", Tag: "things", Need: access.Anyone},
		func(ctx context.Context, in *listInput) ([]thing, int, error) {
			var all []thing
			for n := in.Offset() + 1; n <= min(in.Offset()+in.Limit(), 75); n++ {
				all = append(all, thing{n, in.Colour})
			}
			return all, 75, nil
		})
	one := func(ctx context.Context, in *oneInput) (thing, error) {
		switch in.Number {
		case 404:
			return thing{}, fault.NotFound("thing")
		case 500:
			return thing{}, context.DeadlineExceeded
		}
		return thing{in.Number, access.From(ctx).Name}, nil
	}
	api.Get(a, api.Read{Path: "/things/{number}", ID: "get-thing", Summary: "A thing", Tag: "things", Need: access.Anyone}, one)
	api.Get(a, api.Read{Path: "/own/{number}", ID: "get-own", Summary: "An own thing", Tag: "things", Need: access.SignedIn}, one)
	api.Get(a, api.Read{Path: "/staff/{number}", ID: "get-staff", Summary: "A thing of staff", Tag: "things", Need: access.Administrators}, one)
	s := &site{keys: api.NewKeys(db, owners{})}
	s.Site = webtest.New(t, db, words, owners{}, append(a.Routes(), s.keys.Routes(a)...)...)
	s.App.Keys = s.keys.Actor
	handler := s.App.Handler()
	s.ask = func(path string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, webtest.Public+path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	return s
}

func decode[T any](t *testing.T, w *httptest.ResponseRecorder) (v T) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return v
}

func TestListComesInPagesWithLinksToTheNext(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	var met []int
	path := "/api/v1/things?colour=red&per_page=20"
	for path != "" {
		w := s.ask(path)
		page := decode[api.Page[thing]](t, w)
		if w.Code != 200 || page.Total != 75 || page.PerPage != 20 {
			t.Fatalf("%d %+v", w.Code, page)
		}
		for _, one := range page.Items {
			met = append(met, one.Number)
			if one.Who != "red" {
				t.Error("the filter is lost on the way to the next page")
			}
		}
		path = ""
		for _, link := range strings.Split(w.Header().Get("Link"), ", ") {
			if target, relation, _ := strings.Cut(link, "; "); relation == `rel="next"` {
				path = strings.Trim(target, "<>")
			}
		}
	}
	if len(met) != 75 || met[74] != 75 {
		t.Errorf("met %d things", len(met))
	}
	if page := decode[api.Page[thing]](t, s.ask("/api/v1/things?page=99")); page.Items == nil || len(page.Items) != 0 {
		t.Errorf("behind the last page: %+v", page)
	}
}

func TestUnchangedAnswerIsNotSentAgain(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	first := s.ask("/api/v1/things")
	tag := first.Header().Get("Etag")
	if again := s.ask("/api/v1/things", "If-None-Match", tag); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("%d with %d bytes", again.Code, again.Body.Len())
	}
	if other := s.ask("/api/v1/things?page=2", "If-None-Match", tag); other.Code != 200 {
		t.Errorf("another page: %d", other.Code)
	}
}

func TestErrorsAreProblems(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	for path, want := range map[string]int{"/api/v1/things/404": 404, "/api/v1/things/500": 500, "/api/v1/nothing": 404, "/api/v1/own/1": 401,
		"/api/v1/things?page=0": 422, "/api/v1/things?page=x": 422, "/api/v1/things?colour=green": 422, "/api/v1/things?strange=1": 422, "/api/v1/things/x": 422} {
		w := s.ask(path, "Accept-Language", "en")
		p := decode[struct {
			Status        int
			Title, Detail string
		}](t, w)
		if w.Code != want || p.Status != want || p.Title == "" || p.Detail == "" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %s", path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if w := s.ask("/api/v1/things/500"); strings.Contains(w.Body.String(), "deadline") {
		t.Error("an accident is told in its own words")
	}
}

func TestDescriptionNamesEveryRead(t *testing.T) {
	s := newSite(t, storetest.SQLite(t))
	d := decode[struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct{ Security []map[string][]string }
	}](t, s.ask("/api/v1/openapi.json"))
	if !strings.HasPrefix(d.OpenAPI, "3.1") || len(d.Paths) != 4 {
		t.Errorf("%s with %d paths", d.OpenAPI, len(d.Paths))
	}
	if len(d.Paths["/api/v1/own/{number}"]["get"].Security) != 1 || len(d.Paths["/api/v1/things"]["get"].Security) != 0 {
		t.Errorf("which reads need a key: %+v", d.Paths)
	}
}

func TestKeyReachesAsFarAsItsScope(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := newSite(t, db)
		person := store.NewID()
		exec(t, db, `INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, 'anna@example.org', 'Anna', 'anna', 'anna', 'pl', 1)`, person)
		ctx := access.With(t.Context(), &access.Actor{Person: person})
		key := func(scope api.Scope) string {
			secret, err := s.keys.Create(ctx, "mapa", scope, 24*time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			return "Bearer " + secret
		}
		public, own := key(api.Public), key(api.Own)
		for _, c := range []struct {
			key, path string
			want      int
		}{
			{public, "/api/v1/things/1", 200}, {public, "/api/v1/own/1", 401}, {public, "/api/v1/staff/1", 401},
			{own, "/api/v1/own/1", 200}, {own, "/api/v1/staff/1", 403}, {own + "x", "/api/v1/things/1", 401}, {"Bearer", "/api/v1/things/1", 401},
			{own, "/konto/klucze", 303}, // a key opens no page
		} {
			if w := s.ask(c.path, "Authorization", c.key); w.Code != c.want {
				t.Errorf("%s with %.20s…: %d, want %d", c.path, c.key, w.Code, c.want)
			}
		}
		if got := decode[thing](t, s.ask("/api/v1/own/1", "Authorization", own)); got.Who != "Anna" {
			t.Errorf("the key speaks for %q", got.Who)
		}
		if n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM api_key WHERE hash LIKE '%wspolnota%' OR used_at IS NULL`); err != nil || n != 0 {
			t.Errorf("%d keys kept in plain or never used (%v)", n, err)
		}
		db.Clock().Advance(25 * time.Hour)
		if w := s.ask("/api/v1/own/1", "Authorization", own); w.Code != 401 {
			t.Errorf("after its time: %d", w.Code)
		}
	})
}

func TestKeyIsShownOnceAndEndsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := newSite(t, db)
		person := store.NewID()
		exec(t, db, `INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, 'anna@example.org', 'Anna', 'anna', 'anna', 'pl', 1)`, person)
		browser := s.As(person, false)
		browser.Post("/konto/klucze", "name", "", "scope", "own", "months", "3").Want(t, http.StatusUnprocessableEntity)
		page := browser.Post("/konto/klucze", "name", "Mapa", "scope", "own", "months", "3").Want(t, http.StatusOK)
		secret := page.Text("#klucz")
		if w := s.ask("/api/v1/own/1", "Authorization", "Bearer "+secret); w.Code != 200 {
			t.Fatalf("the key that is shown: %d", w.Code)
		}
		if again := browser.Get("/konto/klucze").Want(t, http.StatusOK); strings.Contains(again.Body, secret) || !strings.Contains(again.Text("main"), "Mapa") {
			t.Error("the key is shown again, or is not in the list")
		}
		id, err := store.One[string](t.Context(), db, `SELECT id FROM api_key`)
		if err != nil {
			t.Fatal(err)
		}
		other := store.NewID()
		exec(t, db, `INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, 'jan@example.org', 'Jan', 'jan', 'jan', 'pl', 1)`, other)
		s.As(other, false).Post("/konto/klucze/"+id+"/uniewaznij").Want(t, http.StatusNotFound)
		browser.Post("/konto/klucze/"+id+"/uniewaznij").Want(t, http.StatusSeeOther)
		if w := s.ask("/api/v1/own/1", "Authorization", "Bearer "+secret); w.Code != 401 {
			t.Errorf("after it was revoked: %d", w.Code)
		}
	})
}

func exec(t *testing.T, db *store.DB, query string, args ...any) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
