package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
)

// who are the columns of the table: a role in the place that the address names,
// or, with "other", the same role in another one.
var who = []struct {
	name  string
	grant *access.Grant // nil: no role
	gone  bool          // not signed in: a visitor, or somebody blocked
}{
	{name: "visitor", gone: true},
	{name: "blocked", gone: true},
	{name: "resident"},
	{name: "member", grant: &access.Grant{Role: access.Member, Scope: access.InOrganisation, ID: here}},
	{name: "representative", grant: &access.Grant{Role: access.Representative, Scope: access.InOrganisation, ID: here}},
	{name: "other's representative", grant: &access.Grant{Role: access.Representative, Scope: access.InOrganisation, ID: elsewhere}},
	{name: "observer", grant: &access.Grant{Role: access.Observer, Scope: access.InProgramme, ID: here}},
	{name: "assessor", grant: &access.Grant{Role: access.Assessor, Scope: access.InProgramme, ID: here}},
	{name: "facilitator", grant: &access.Grant{Role: access.Facilitator, Scope: access.InProgramme, ID: here}},
	{name: "editor", grant: &access.Grant{Role: access.Editor, Scope: access.InProgramme, ID: here}},
	{name: "manager", grant: &access.Grant{Role: access.Manager, Scope: access.InProgramme, ID: here}},
	{name: "other's manager", grant: &access.Grant{Role: access.Manager, Scope: access.InProgramme, ID: elsewhere}},
	{name: "administrator", grant: &access.Grant{Role: access.Administrator, Scope: access.Installation}},
}

const (
	here      = store.ID("0191a000-0000-7000-8000-00000000000a")
	elsewhere = store.ID("0191a000-0000-7000-8000-00000000000b")
)

// cast answers who sits behind a session of the table's people.
type cast struct{}

func (cast) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	for _, w := range who {
		if string(s.Person) != w.name {
			continue
		}
		if w.gone {
			return nil, fault.NotFound("person")
		}
		a := &access.Actor{Person: s.Person, Name: w.name, Session: s.ID}
		if w.grant != nil {
			a.Grants = []access.Grant{*w.grant}
		}
		return a, nil
	}
	return nil, fault.NotFound("person")
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// address fills the pattern of a route: its place is here, all else is some id.
func address(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.ReplaceAll(path, "{$}", "")
	path = strings.NewReplacer("{programme}", string(here), "{organisation}", string(here)).Replace(path)
	return method, parameter.ReplaceAllString(path, "2014")
}

// TestAuthorisationDocumentation asks every route as every kind of person
// through the real gate and compares the answers with docs/authorisation.md,
// which people read and approve. What a route does is not run here: whoever
// passes the gate gets an empty answer.
func TestAuthorisationDocumentation(t *testing.T) {
	p := testProgram(t)
	routes := slices.Clone(p.app.Routes())
	for i := range routes {
		routes[i].Handle = func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusNoContent)
			return nil
		}
	}
	db := storetest.SQLite(t)
	app := web.New(web.Options{Site: p.site, DB: db, Catalogue: p.catalogue, People: cast{}, Logger: slog.New(slog.DiscardHandler)})
	app.Add(routes...)
	handler := app.Handler()

	var b strings.Builder
	b.WriteString("# Who may open what\n\nEvery route, asked by every role through the program itself; `make generate` writes\n" +
		"this page and a test compares it. A dot means: refused. “Other's” roles hold in another\nprogramme or organisation than the one the address names. What is not listed does not exist.\n\n")
	b.WriteString("| route | permission |")
	for _, w := range who {
		fmt.Fprintf(&b, " %s |", w.name)
	}
	b.WriteString("\n|---|---|" + strings.Repeat(":-:|", len(who)) + "\n")
	slices.SortFunc(routes, func(x, y web.Route) int {
		xm, xp, _ := strings.Cut(x.Pattern, " ")
		ym, yp, _ := strings.Cut(y.Pattern, " ")
		return strings.Compare(xp+xm, yp+ym)
	})
	for _, route := range routes {
		fmt.Fprintf(&b, "| `%s` | %s |", route.Pattern, route.Need.Name)
		for _, w := range who {
			b.WriteString(" " + ask(t, app, handler, db, route, w.name) + " |")
		}
		b.WriteString("\n")
	}
	golden(t, "authorisation.md", b.String())
}

// ask says "yes" when the gate lets the person through, "·" when it refuses.
func ask(t *testing.T, app *web.App, handler http.Handler, db *store.DB, route web.Route, person string) string {
	t.Helper()
	method, path := address(route.Pattern)
	r := httptest.NewRequest(method, "http://wspolnota.test"+path, nil)
	if person != "visitor" {
		var token string
		err := db.Write(t.Context(), func(tx *store.Tx) (err error) {
			token, err = session.Start(t.Context(), tx, store.ID(person), false, "")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		cookies := httptest.NewRecorder()
		app.Cookies().StartSession(cookies, token)
		for _, c := range cookies.Result().Cookies() {
			r.AddCookie(c)
		}
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	switch {
	case answer.Code == http.StatusNoContent:
		return "yes"
	case answer.Code == http.StatusForbidden, answer.Code == http.StatusUnauthorized,
		answer.Code == http.StatusSeeOther && strings.HasPrefix(answer.Header().Get("Location"), "/wejscie?"):
		return "·"
	}
	t.Fatalf("%s as %s: %d at %s", route.Pattern, person, answer.Code, path)
	return ""
}
