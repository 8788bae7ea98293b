package people_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

func TestEveryPageOpens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		anna := h.person("Anna Nowak", "anna@example.org")
		coded := h.Visitor()
		coded.Post("/wejscie", "email", "nowa@example.org")
		for _, b := range []*webtest.Browser{h.As(admin.ID, true), h.As(admin.ID, true).English()} {
			b.SetCookie("wejscie", coded.Cookie("wejscie"))
			for _, path := range []string{"/wejscie", "/wejscie/kod", "/wejscie/drugi-skladnik", "/konto/adres/kod", "/wejscie/haslo", "/wejscie/link/x", "/konto", "/konto/adres", "/konto/haslo",
				"/konto/drugi-skladnik", "/konto/sesje", "/administracja", "/administracja/osoby", "/administracja/osoby?szukaj=NOWAK&stan=aktywne",
				"/administracja/osoby/" + string(anna.ID)} {
				page := b.Get(path).Want(t, http.StatusOK)
				if page.Count("h1") != 1 || page.Text(".lead") == "" {
					t.Errorf("%s: not one h1 and a lead", path)
				}
				if words := page.Text("body"); strings.Contains(words, "people.") || strings.Contains(words, "no value") {
					t.Errorf("%s: a key or a gap is shown: %s", path, words)
				}
			}
		}
	})
}

func TestPagesAreReadWhileUseOfASessionCannotBeNoted(t *testing.T) {
	db := storetest.SQLite(t)
	h := open(t, db)
	b := h.As(h.person("Jan Kowalski", "jan@example.org").ID, false)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `CREATE TRIGGER full_disk BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'full'); END`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Clock().Advance(2 * time.Minute)
	b.Get("/konto").Want(t, http.StatusOK)
}

func TestSessionIsNewAtSignInAndDiesWhenItShould(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		jan := h.person("Jan Kowalski", "jan@example.org")
		alive := func(b *webtest.Browser) bool { return b.Get("/konto").Status == http.StatusOK }

		b := h.Visitor()
		h.signIn(b, "jan@example.org")
		first := b.Cookie("wspolnota")
		h.signIn(b, "jan@example.org")
		old := h.Visitor()
		old.SetCookie("wspolnota", first)
		if b.Cookie("wspolnota") == first || alive(old) || !alive(b) {
			t.Error("signing in again keeps the old session")
		}

		token := b.Cookie("wspolnota")
		b.Post("/wyjscie").Want(t, http.StatusSeeOther)
		old.SetCookie("wspolnota", token)
		if b.Cookie("wspolnota") != "" || alive(old) {
			t.Error("signing out left the session in the database")
		}

		b, other := h.As(jan.ID, false), h.As(jan.ID, false)
		page := b.Get("/konto/sesje").Want(t, http.StatusOK)
		if page.Count("tbody tr") != 2 || page.Count("form[action$='/zakoncz']") != 1 {
			t.Errorf("sessions are not listed: %s", page.Text("main"))
		}
		action := page.Doc().Find("form[action$='/zakoncz']").AttrOr("action", "")
		h.As(admin.ID, true).Post(action) // somebody else's session is not theirs to end
		if !alive(other) {
			t.Error("a stranger ended the session")
		}
		b.Post(action).Want(t, http.StatusSeeOther)
		if alive(other) || !alive(b) {
			t.Error("the wrong session ended")
		}
		other = h.As(jan.ID, false)
		b.Post("/konto/sesje/zakoncz-inne").Want(t, http.StatusSeeOther)
		if alive(other) || !alive(b) {
			t.Error("the others did not end, or all did")
		}

		a := h.As(admin.ID, true)
		person := "/administracja/osoby/" + string(jan.ID)
		act := func(what string) {
			t.Helper()
			version := a.Get(person).Value("version")
			a.Post(person, "act", what, "reason", "próba", "version", version).Want(t, http.StatusSeeOther)
		}
		for _, what := range []string{"promote", "demote", "end-sessions", "block"} {
			b = h.As(jan.ID, false)
			act(what)
			if alive(b) {
				t.Errorf("the session outlived %s", what)
			}
		}
		if alive(h.As(jan.ID, false)) {
			t.Error("a blocked person is in")
		}
		act("unblock")
		if !alive(h.As(jan.ID, false)) {
			t.Error("the unblocked person is still out")
		}
	})
}

func TestRolesGivenByOtherRoomsCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		granted := []access.Grant{
			{Role: access.Representative, Scope: access.InOrganisation, ID: "klub", Name: "Klub Sportowy"},
			{Role: access.Manager, Scope: access.InProgramme, ID: "program", Name: "Program"},
		}
		h.people.AddGranter(func(_ context.Context, _ store.Reader, person store.ID) ([]access.Grant, error) {
			if person != jan.ID {
				return nil, nil
			}
			return granted, nil
		})
		b := h.Visitor()
		h.signIn(b, "jan@example.org")
		staff, err := store.One[bool](t.Context(), db, `SELECT staff FROM session`)
		if err != nil || !staff {
			t.Errorf("the session of a manager is staff: %v, %v", staff, err)
		}
		b.Post("/konto/dzialam-jako", "organisation", "klub").Want(t, http.StatusSeeOther)
		if page := b.Get("/konto"); !strings.Contains(page.Text(".person-state"), "Klub Sportowy") || page.Value("organisation") != "klub" {
			t.Errorf("not acting for the club: %s", page.Text(".person-state"))
		}
		b.Post("/konto/dzialam-jako", "organisation", "program").Want(t, http.StatusForbidden)
		b.Post("/konto/dzialam-jako", "organisation", "obca").Want(t, http.StatusForbidden)
		granted = granted[1:] // the mandate ends
		if page := b.Get("/konto"); strings.Contains(page.Text("header"), "Klub") || !strings.Contains(page.Text(".person-state"), "we własnym imieniu") {
			t.Error("acts on for the club")
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error { return h.people.RolesChanged(t.Context(), tx, jan.ID) })
		if err != nil {
			t.Fatal(err)
		}
		b.Get("/konto").Want(t, http.StatusSeeOther)
	})
}

func TestBlocksOfOtherRoomsStandOnTheOwnPage(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	jan := h.person("Jan Kowalski", "jan@example.org")
	h.people.AddBlock(func(_ context.Context, person store.ID) (templ.Component, error) {
		return templ.Raw(`<p id="block">` + string(person) + `</p>`), nil
	})
	h.people.AddBlock(func(context.Context, store.ID) (templ.Component, error) { return nil, nil })
	if got := h.As(jan.ID, false).Get("/konto").Text("#block"); got != string(jan.ID) {
		t.Errorf("block says %q", got)
	}
}

func TestSecondWindowSeesWhatTheFirstHasSaved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		b := h.As(jan.ID, false)
		version := b.Get("/konto").Value("version")
		b.Post("/konto", "name", "Jan Maria Kowalski", "municipality", czerwionka, "language", "pl", "version", version).Want(t, http.StatusSeeOther)
		page := b.Post("/konto", "name", "Janusz Kowalski", "municipality", "", "language", "en", "version", version).Want(t, http.StatusConflict)
		if page.Count("#conflict .versions") != 3 || !strings.Contains(page.Text("#conflict"), "Jan Maria Kowalski") || page.Value("name") != "Janusz Kowalski" {
			t.Errorf("differences are not shown, or the text is lost: %s", page.Text("#conflict"))
		}
		p, err := people.ByID(t.Context(), db, jan.ID)
		if err != nil || p.Name != "Jan Maria Kowalski" || p.Language != lang.Polish {
			t.Errorf("half of it was written: %+v, %v", p, err)
		}
		answer := b.Post("/konto", "name", "Janusz Kowalski", "language", "en", "version", page.Value("version")).Want(t, http.StatusSeeOther)
		if page := b.Follow(answer); page.Text("h1") != "My account" {
			t.Errorf("the chosen language is not used: %s", page.Text("h1"))
		}
	})
}

func TestAddressChangesWithACodeAndTheOldOneIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		h.person("Anna Nowak", "anna@example.org")
		b, other := h.As(jan.ID, false), h.As(jan.ID, false)
		mistake(t, b.Post("/konto/adres", "email", "JAN@example.org"), "obecny adres")
		mistake(t, b.Post("/konto/adres", "email", "jan"), "nie wygląda")

		// An address that somebody has is refused only to who reads its mail.
		b.Post("/konto/adres", "email", "anna@example.org").Want(t, http.StatusSeeOther)
		mistake(t, b.Post("/konto/adres/kod", "code", h.code("anna@example.org")), "do innego konta")
		if to := b.Get("/konto/nowe").Header.Get("Location"); to != "/wejscie" {
			t.Error("the code for an address opens the door too")
		}

		b.Post("/konto/adres", "email", "Jan.Nowy@example.org").Want(t, http.StatusSeeOther)
		code := h.code("jan.nowy@example.org")
		if entryLink.MatchString(h.letter("jan.nowy@example.org").Text) {
			t.Error("the letter holds a link to sign in")
		}
		thief := h.Visitor()
		thief.SetCookie("wejscie", b.Cookie("wejscie"))
		mistake(t, thief.Post("/wejscie/kod", "code", code), "nie zgadza") // no way in
		b.Post("/konto/adres/kod", "code", code).Want(t, http.StatusSeeOther)
		p, err := people.ByID(t.Context(), db, jan.ID)
		if err != nil || p.Email != "jan.nowy@example.org" {
			t.Errorf("address %q, %v", p.Email, err)
		}
		if l := h.letter("jan@example.org"); !strings.Contains(l.Text, "zmieniony na inny") || strings.Contains(l.Text, "nowy@") {
			t.Errorf("the old address is told: %s", l.Text)
		}
		other.Get("/konto").Want(t, http.StatusSeeOther)
		b.Get("/konto").Want(t, http.StatusOK)
	})
}

func TestLanguageIsRememberedAndLeadsBackToOurOwnPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		b := h.As(jan.ID, false)
		version := b.Get("/konto").Value("version")
		answer := b.Post("/jezyk", "jezyk", "en", "powrot", "/konto").Want(t, http.StatusSeeOther)
		if page := b.Follow(answer); page.Text("h1") != "My account" || page.Value("version") != version {
			t.Error("not English, or an open form went stale")
		}
		if p, err := people.ByID(t.Context(), db, jan.ID); err != nil || p.Language != lang.English {
			t.Errorf("language %q, %v", p.Language, err)
		}
		if to := h.Visitor().Post("/jezyk", "jezyk", "en", "powrot", "https://evil.example").Header.Get("Location"); to != "/" {
			t.Errorf("sent to %q", to)
		}
		h.Visitor().Post("/jezyk", "jezyk", "de", "powrot", "/").Want(t, http.StatusUnprocessableEntity)
	})
}

// Every form takes its own fields and nothing else, whatever is added to it.
func TestNoFormTakesColumnsThatItDoesNotShow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		stranger := h.person("Obca Osoba", "obca@example.org")
		columns := []string{"id", string(stranger.ID), "person", string(stranger.ID), "administrator", "true", "blocked_at", "1", "blocked_reason", "x",
			"created_at", "1", "name_key", "x", "search", "x", "password_hash", "x", "password_at", "1", "totp_secret", "x", "totp_at", "1", "totp_step", "9",
			"Administrator", "true", "ID", string(stranger.ID), "purpose", "address", "proved_at", "1", "done_at", "1", "tries", "-9", "second_tries", "-9",
			"staff", "1", "acting_for", "x", "token_hash", "x", "Grants", "administrator", "done_by", string(stranger.ID), "at", "1"}
		with := func(fields ...string) []string { return append(fields, columns...) }

		b := h.Visitor()
		b.Post("/wejscie", with("email", "nowa@example.org")...).Want(t, http.StatusSeeOther)
		b.Post("/wejscie/kod", with("code", h.code("nowa@example.org"), "email", "admin@example.org")...).Want(t, http.StatusSeeOther)
		b.Post("/konto/nowe", with("name", "Nowa Osoba", "rules", "on", "email", "inna@example.org")...).Want(t, http.StatusSeeOther)
		b.Post("/konto", with("name", "Nowa Nazwa", "language", "pl", "email", "inna@example.org", "version", "1")...).Want(t, http.StatusSeeOther)
		b.Post("/konto/haslo", with("password", goodPassword)...).Want(t, http.StatusSeeOther)
		b.Post("/jezyk", with("jezyk", "pl", "powrot", "/")...).Want(t, http.StatusSeeOther)
		p, err := people.ByEmail(t.Context(), db, "nowa@example.org")
		if err != nil {
			t.Fatal(err)
		}
		want := people.Person{ID: p.ID, Email: "nowa@example.org", Name: "Nowa Nazwa", Language: lang.Polish, CreatedAt: p.CreatedAt, Version: 2}
		if p != want || p.CreatedAt != store.At(storetest.Start) {
			t.Errorf("person = %+v", p)
		}
		if n := count(t, db, "person_secret WHERE totp_secret <> '' OR totp_at IS NOT NULL OR totp_step <> 0 OR password_hash = 'x'"); n != 0 {
			t.Error("secrets were set from outside")
		}
		h.As(admin.ID, true).Post("/administracja/osoby/"+string(p.ID), with("act", "end-sessions", "reason", "próba", "version", "2", "name", "X", "email", "x@example.org")...).Want(t, http.StatusSeeOther)
		want.Version = 3
		if p, err = people.ByID(t.Context(), db, p.ID); err != nil || p != want {
			t.Errorf("person after an act of the administrator = %+v, %v", p, err)
		}
		if s, err := people.ByID(t.Context(), db, stranger.ID); err != nil || s != stranger {
			t.Errorf("the stranger changed: %+v, %v", s, err)
		}
	})
}

func TestPagesAskAFixedNumberOfQuestions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		for i := range 40 {
			h.person(fmt.Sprintf("Osoba %d", i), fmt.Sprintf("osoba%d@example.org", i))
		}
		visitor, b := h.Visitor(), h.As(admin.ID, true)
		for path, want := range map[string]int{ // two of each signed-in page are the session and the person
			"/konto": 4, "/konto/adres": 5, "/konto/haslo": 5, "/konto/drugi-skladnik": 5, "/konto/sesje": 3,
			"/administracja": 2, "/administracja/osoby": 4, "/administracja/osoby/" + string(admin.ID): 5,
		} {
			if got := queries(t, b, path); got != want {
				t.Errorf("%s asks %d questions, want %d", path, got, want)
			}
		}
		for path, want := range map[string]int{"/wejscie": 0, "/wejscie/haslo": 0, "/wejscie/link/x": 1} {
			if got := queries(t, visitor, path); got != want {
				t.Errorf("%s asks %d questions, want %d", path, got, want)
			}
		}
	})
}

func queries(t *testing.T, b *webtest.Browser, path string) int {
	t.Helper()
	ctx, counter := store.WithCounter(t.Context())
	b.Do(httptest.NewRequest(http.MethodGet, webtest.Public+path, nil).WithContext(ctx)).Want(t, http.StatusOK)
	return counter.N()
}
