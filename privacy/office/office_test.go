package office_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/privacy/office"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// desk is the pages on a site of their own, with an administrator, a manager of
// the programme "most", and a resident.
type desk struct {
	*webtest.Site
	t                        *testing.T
	keeper                   *privacy.Keeper
	admin, manager, resident store.ID
}

const most = store.ID("0191a000-0000-7000-8000-00000000000a")

func open(t *testing.T, db *store.DB) *desk {
	t.Helper()
	catalogue, err := lang.Load(web.Messages, ui.Messages, people.Messages, privacy.Messages)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, keeper: privacy.NewKeeper(db, nil, people.Privacy)}
	for into, name := range map[*store.ID]string{&d.admin: "Adam Admin", &d.manager: "Maria Menedżerka", &d.resident: "Ewa Ciekawa"} {
		*into = store.NewID()
		d.exec(db, `INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, $3, '', '', 'pl', 1)`,
			*into, strings.ToLower(strings.Fields(name)[0])+"@example.org", name)
	}
	place := func(_ context.Context, slug string) (privacy.Place, error) {
		if slug != "most" && slug != string(most) {
			return privacy.Place{}, fault.NotFound("programme")
		}
		return privacy.Place{Kind: privacy.OfProgramme, ID: most, Name: "Most", Path: "/programy/most",
			Controller: "Urząd Gminy Przykładowo", Contact: "urzad@example.org"}, nil
	}
	o := office.New(db, office.Options{Site: webtest.SiteInfo(), Keeper: d.keeper, Programme: place, Organisation: place,
		Names: people.Names, ByEmail: people.IDByEmail})
	d.Site = webtest.New(t, db, catalogue, d, o.Routes()...)
	return d
}

func (d *desk) exec(db *store.DB, query string, args ...any) {
	d.t.Helper()
	err := db.Write(d.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(d.t.Context(), query, args...)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// Actor answers who sits behind a session.
func (d *desk) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	a := &access.Actor{Person: s.Person, Session: s.ID}
	switch s.Person {
	case d.admin:
		a.Grants = []access.Grant{{Role: access.Administrator, Scope: access.Installation}}
	case d.manager:
		a.Grants = []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: most, Slug: "most"}}
	}
	return a, nil
}

func TestClauseIsProposedWrittenAndShown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		page := d.Visitor().Get("/programy/most/prywatnosc").Want(t, http.StatusOK)
		for _, want := range []string{"Urząd Gminy Przykładowo", "art. 5 i 5a", "B5", "ul. Moniuszki 1A"} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the proposal does not tell %q", want)
			}
		}
		b := d.As(d.manager, true)
		form := b.Get("/programy/most/prywatnosc/zmien").Want(t, http.StatusOK)
		values := []string{"version", form.Value("version")}
		for _, f := range privacy.ClauseFields {
			text := form.Text("textarea[name=" + f.Name + "]")
			if f.Name == "officer" {
				text = "Iga Inspektor\niod@example.org"
			}
			values = append(values, f.Name, text)
		}
		b.Post("/programy/most/prywatnosc/zmien", values...).Want(t, http.StatusSeeOther)
		if page = d.Visitor().Get("/programy/most/prywatnosc"); !strings.Contains(page.Body, "Iga Inspektor") || !strings.Contains(page.Body, "<br>") {
			t.Error("the officer is not shown")
		}
		// What was left as proposed still speaks the reader's language.
		if page = d.Visitor().English().Get("/programy/most/prywatnosc"); !strings.Contains(page.Body, "category B5") {
			t.Error("the proposal was frozen in one language")
		}
		b.Post("/programy/most/prywatnosc/zmien", values...).Want(t, http.StatusConflict)
		b.Post("/programy/most/prywatnosc/zmien", "version", "1", "contact", "x").Want(t, http.StatusUnprocessableEntity)
		d.As(d.resident, false).Get("/programy/most/prywatnosc/zmien").Want(t, http.StatusForbidden)
		b.Get("/administracja/prywatnosc/klauzula/zmien").Want(t, http.StatusForbidden)
		d.Visitor().Get("/programy/inny/prywatnosc").Want(t, http.StatusNotFound)
	})
}

func TestPolicyNamesTheInstallation(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	page := d.Visitor().Get("/prywatnosc").Want(t, http.StatusOK)
	if !strings.Contains(page.Body, webtest.SiteInfo().Community) || !strings.Contains(page.Body, "lit. b RODO") {
		t.Error("the policy names no controller or basis")
	}
}

func TestRegisterListsEveryRuleAboutPeople(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	page := d.As(d.admin, true).Get("/administracja/prywatnosc/rejestr").Want(t, http.StatusOK)
	want := 0
	for _, r := range people.Privacy {
		if r.AboutPeople() {
			want++
		}
	}
	if got := page.Count("tbody tr"); got != want || want == 0 {
		t.Errorf("%d records, want %d", got, want)
	}
}

func TestHoldIsSetShownAndLiftedByAdministrators(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.As(d.admin, true)
		const path = "/administracja/prywatnosc/wstrzymania"
		b.Post(path, "email", "nikt@example.org", "reason", "sprawa").Want(t, http.StatusUnprocessableEntity)
		b.Post(path, "email", "ewa@example.org").Want(t, http.StatusUnprocessableEntity)
		const email = "ewa@example.org"
		b.Post(path, "email", email, "reason", "sprawa I C 12/14").Want(t, http.StatusSeeOther)
		b.Post(path, "email", email, "reason", "drugi raz").Want(t, http.StatusUnprocessableEntity)
		page := b.Get(path).Want(t, http.StatusOK)
		if !strings.Contains(page.Body, "Ewa Ciekawa") || !strings.Contains(page.Body, "I C 12/14") {
			t.Fatal("the hold is not shown")
		}
		action, _ := page.Doc().Find("form[action$=zwolnij]").Attr("action")
		version, _ := page.Doc().Find("form[action$=zwolnij] input[name=version]").Attr("value")
		b.Post(action, "version", version).Want(t, http.StatusUnprocessableEntity)
		b.Post(action, "version", version, "why", "sprawa skończona").Want(t, http.StatusSeeOther)
		if page = b.Get(path); page.Count("form[action$=zwolnij]") != 0 || !strings.Contains(page.Body, "sprawa skończona") {
			t.Error("the lifting is not shown")
		}
		d.As(d.manager, true).Post(path, "email", email, "reason", "x").Want(t, http.StatusForbidden)
	})
}

func TestReportShowsNumbersAlone(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	b := d.As(d.admin, true)
	if page := b.Get("/administracja/prywatnosc/retencja").Want(t, http.StatusOK); page.Count("tbody tr") != 0 {
		t.Error("a report before the first run")
	}
	d.exec(d.DB, `INSERT INTO person_act (id, person, done_by, act, reason, at) VALUES ('a', $1, $1, 'block', 'tajny powód', 1)`, d.resident)
	if err := d.keeper.Retain(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := b.Get("/administracja/prywatnosc/retencja").Want(t, http.StatusOK)
	if page.Count("tbody tr") != 1 || !strings.Contains(page.Body, "usunięto") || strings.Contains(page.Body, "tajny") {
		t.Errorf("the report says %s", page.Text("tbody"))
	}
}

func TestLogOfLooksIsForAdministrators(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.keeper.Looked(access.With(t.Context(), &access.Actor{Person: d.manager}), privacy.Look{Page: "holds", Place: "most", People: []store.ID{d.resident}})
	page := d.As(d.admin, true).Get("/administracja/prywatnosc/wglady").Want(t, http.StatusOK)
	if page.Count("tbody tr") != 1 || !strings.Contains(page.Body, "Maria Menedżerka") {
		t.Error("the look is not in the log")
	}
	d.As(d.manager, true).Get("/administracja/prywatnosc/wglady").Want(t, http.StatusForbidden)
}

func TestPagesTakeAFixedNumberOfQueries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		b := d.As(d.admin, true)
		for path, want := range map[string]int{"/prywatnosc": 2, "/programy/most/prywatnosc": 2, "/administracja/prywatnosc/rejestr": 2,
			"/administracja/prywatnosc/retencja": 2, "/administracja/prywatnosc/wglady": 3, "/administracja/prywatnosc/wstrzymania": 2} {
			r := httptest.NewRequest(http.MethodGet, webtest.Public+path, nil)
			ctx, counter := store.WithCounter(r.Context())
			b.Do(r.WithContext(ctx)).Want(t, http.StatusOK)
			if got := counter.N(); got != want {
				t.Errorf("%s: %d queries, want %d", path, got, want)
			}
		}
	})
}
