package people_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

func TestCommandMakesOrPromotesAnAdministrator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		p, made, err := h.people.AdminCreate(t.Context(), "Admin@Example.org")
		if err != nil || !made || p.Email != "admin@example.org" {
			t.Errorf("%+v %v %v", p, made, err)
		}
		h.person("Jan Kowalski", "jan@example.org")
		for range 2 {
			p, made, err = h.people.AdminCreate(t.Context(), "jan@example.org")
			if err != nil || made || !p.Administrator || p.Name != "Jan Kowalski" {
				t.Errorf("%+v %v %v", p, made, err)
			}
		}
		if _, _, err := h.people.AdminCreate(t.Context(), "jan"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("bad address: %v", err)
		}
		b := h.Visitor()
		h.signIn(b, "jan@example.org")
		b.Get("/administracja").Want(t, http.StatusOK)
	})
}

func TestOnlyAdministratorsSeeAdministration(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	h.administrator("admin@example.org")
	jan := h.person("Jan Kowalski", "jan@example.org")
	person := "/administracja/osoby/" + string(jan.ID)
	for _, path := range []string{"/administracja", "/administracja/osoby", person} {
		h.Visitor().Get(path).Want(t, http.StatusSeeOther)
		h.As(jan.ID, false).Get(path).Want(t, http.StatusForbidden)
	}
	h.As(jan.ID, false).Post(person, "act", "promote", "reason", "bo tak", "version", "1").Want(t, http.StatusForbidden)
	if p, err := people.ByID(t.Context(), h.DB, jan.ID); err != nil || p.Administrator {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestPeopleAreFoundByFoldedNameAndByAddress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		for _, name := range []string{"Łukasz Żółty", "Ćwik Anna", "Czesław Ąckowski", "Adam 100% Pewny", "Zenon Pod_kreślny"} {
			h.person(name, strings.ToLower(fmt.Sprintf("%x@example.org", name)))
		}
		b := h.As(admin.ID, true)
		for query, want := range map[string]string{
			"szukaj=zolty+lukasz": "Łukasz Żółty", "szukaj=%C4%86WIK": "Ćwik Anna", "szukaj=admin%40": "Administrator",
			"szukaj=100%25": "Adam 100% Pewny", "szukaj=_": "Zenon Pod_kreślny", "szukaj=%27": "", `szukaj=%5C`: "",
			"szukaj=nikt": "", "stan=administratorzy": "Administrator", "stan=zablokowane": "",
			"": "Adam 100% Pewny Administrator Czesław Ąckowski Ćwik Anna Łukasz Żółty Zenon Pod_kreślny",
		} {
			page := b.Get("/administracja/osoby?"+query).Want(t, http.StatusOK)
			if got := strings.Join(page.Doc().Find("tbody tr > :first-child").Map(text), " "); got != want {
				t.Errorf("%s finds %q, want %q", query, got, want)
			}
			if want == "" && page.Count(".empty a[href='/administracja/osoby']") != 1 {
				t.Errorf("%s: no empty state", query)
			}
		}
	})
}

func TestLongListsArePaged(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	admin := h.administrator("admin@example.org")
	for i := range 64 {
		h.person(fmt.Sprintf("Osoba %02d", i), fmt.Sprintf("osoba%d@example.org", i))
	}
	b := h.As(admin.ID, true)
	for path, want := range map[string]int{"?szukaj=osoba": 30, "?szukaj=osoba&strona=2": 30, "?szukaj=osoba&strona=3": 4, "?szukaj=osoba&strona=99": 0, "?strona=-1": 30, "?strona=x": 30} {
		page := b.Get("/administracja/osoby"+path).Want(t, http.StatusOK)
		if got := page.Count("tbody tr"); got != want {
			t.Errorf("%s lists %d", path, got)
		}
	}
	page := b.Get("/administracja/osoby?szukaj=osoba")
	if page.Text(".count") != "64 osoby" || page.Count(".pagination a[href*='szukaj=osoba'][href*='strona=3']") != 1 {
		t.Errorf("count %q, pages %q", page.Text(".count"), page.Text(".pagination"))
	}
}

func TestLastAdministratorStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		b := h.As(admin.ID, true)
		path := "/administracja/osoby/" + string(admin.ID)
		page := b.Get(path)
		if page.Count("input[name=act][value=block]") != 0 {
			t.Error("administrators are offered to block themselves")
		}
		page = b.Post(path, "act", "demote", "reason", "koniec", "version", page.Value("version"))
		mistake(t, page, "ostatni administrator")
		if page.Value("reason") != "koniec" {
			t.Error("the reason is lost")
		}
	})
}

func TestAdministratorsCannotRemoveEachOtherAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		var all []people.Person
		for i := range 8 {
			all = append(all, h.administrator(fmt.Sprintf("admin%d@example.org", i)))
		}
		done := make(chan error, len(all))
		for _, p := range all {
			go func() { done <- h.people.Administer(t.Context(), p.ID, p.Version, "demote", "wyścig") }()
		}
		for range all {
			if err := <-done; err != nil && !fault.Is(err, fault.KindInvalid) {
				t.Error(err)
			}
		}
		if n := count(t, db, "person WHERE administrator"); n != 1 {
			t.Errorf("%d administrators are left", n)
		}
	})
}

func TestActsNeedAReasonAndStayInTheHistory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		jan := h.person("Jan Kowalski", "jan@example.org")
		b := h.As(admin.ID, true)
		path := "/administracja/osoby/" + string(jan.ID)
		page := b.Get(path)
		version := page.Value("version")
		mistake(t, b.Post(path, "act", "block", "version", version), "Wypełnij to pole")
		mistake(t, b.Post(path, "act", "unblock", "reason", "x", "version", version), "z listy") // not offered now
		mistake(t, b.Post(path, "act", "delete", "reason", "x", "version", version), "z listy")
		b.Post(path, "act", "block", "reason", "Rozsyła reklamy", "version", version).Want(t, http.StatusSeeOther)
		page = b.Get(path)
		if words := page.Text("main"); !strings.Contains(words, "Rozsyła reklamy") || page.Count("table tbody tr") != 1 || !strings.Contains(page.Text("table"), "Administrator") {
			t.Errorf("the history does not tell: %s", words)
		}
		page = b.Post(path, "act", "unblock", "reason", "Pomyłka", "version", version).Want(t, http.StatusConflict)
		if page.Count("#conflict") != 1 || page.Value("reason") != "Pomyłka" {
			t.Error("a stale page is not answered with a conflict")
		}
		b.Post(path, "act", "unblock", "reason", "Pomyłka", "version", page.Value("version")).Want(t, http.StatusSeeOther)
		b.Get("/administracja/osoby/nie-ma").Want(t, http.StatusNotFound)
		b.Get("/administracja/osoby/"+string(store.NewID())).Want(t, http.StatusNotFound)
	})
}

func TestLostSecondFactorIsResetWithAReasonAndALetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		jan := h.person("Jan Kowalski", "jan@example.org")
		b := h.Visitor()
		h.signIn(b, "jan@example.org")
		h.enrol(b)
		a := h.As(admin.ID, true)
		path := "/administracja/osoby/" + string(jan.ID)
		a.Post(path, "act", "reset-second-factor", "reason", "Przyszedł z dowodem", "version", a.Get(path).Value("version")).Want(t, http.StatusSeeOther)
		b.Get("/konto").Want(t, http.StatusSeeOther)
		if l := h.letter("jan@example.org"); !strings.Contains(l.Text, "Administrator wyłączył") {
			t.Errorf("letter: %s", l.Text)
		}
		if to := h.signIn(h.Visitor(), "jan@example.org").Header.Get("Location"); to != "/konto" || count(t, db, "person_recovery_code") != 0 {
			t.Errorf("sent to %q", to)
		}
	})
}
