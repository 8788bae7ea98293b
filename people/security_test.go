package people_test

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

const goodPassword = "fioletowy rower kanapka"

// withPassword makes a person who has one, and returns a browser of theirs.
func (h *house) withPassword(name, email string) (people.Person, *webtest.Browser) {
	h.t.Helper()
	p := h.person(name, email)
	b := h.Visitor()
	h.signIn(b, email)
	b.Post("/konto/haslo", "password", goodPassword).Want(h.t, http.StatusSeeOther)
	return p, b
}

func TestPasswordIsSetUsedChangedAndRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		other := h.As(jan.ID, false)
		b := h.Visitor()
		h.signIn(b, "jan@example.org")
		page := b.Get("/konto/haslo").Want(t, http.StatusOK)
		if page.Count("input[name=password][autocomplete=new-password]") != 1 || page.Count("input[name=current]") != 0 {
			t.Error("a fresh sign-in is asked for more than a new password")
		}
		b.Post("/konto/haslo", "password", goodPassword).Want(t, http.StatusSeeOther)
		b.Get("/konto").Want(t, http.StatusOK)
		other.Get("/konto").Want(t, http.StatusSeeOther) // the other session has ended
		if l := h.letter("jan@example.org"); !strings.Contains(l.Text, "nowe hasło") {
			t.Errorf("no word of the password: %s", l.Text)
		}

		again := h.Visitor()
		page = again.Get("/wejscie/haslo")
		if page.Count("input[name=password][autocomplete=current-password]") != 1 || page.Count("input[name=email][autocomplete=username]") != 1 {
			t.Error("password managers would not know the fields")
		}
		answer := again.Post("/wejscie/haslo", "email", "JAN@example.org", "password", goodPassword, "dalej", "/programy").Want(t, http.StatusSeeOther)
		if got := answer.Header.Get("Location"); got != "/programy" {
			t.Errorf("sent to %q", got)
		}

		db.Clock().Advance(20 * time.Minute) // the sign-in is not fresh any more
		mistake(t, again.Post("/konto/haslo", "password", goodPassword+"!", "current", "nie to hasło"), "nie jest obecne hasło")
		again.Post("/konto/haslo", "password", goodPassword+"!", "current", goodPassword).Want(t, http.StatusSeeOther)
		mistake(t, h.Visitor().Post("/wejscie/haslo", "email", "jan@example.org", "password", goodPassword), "nie zgadza")

		mistake(t, again.Post("/konto/haslo/usun", "current", ""), "nie jest obecne hasło")
		again.Post("/konto/haslo/usun", "current", goodPassword+"!").Want(t, http.StatusSeeOther)
		mistake(t, h.Visitor().Post("/wejscie/haslo", "email", "jan@example.org", "password", goodPassword+"!"), "nie zgadza")
		h.signIn(h.Visitor(), "jan@example.org") // by code, always
	})
}

func TestWithoutFreshSignInNothingAboutSignInIsChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		b := h.As(jan.ID, false)
		db.Clock().Advance(16 * time.Minute)
		for path, fields := range map[string][]string{
			"/konto/haslo":          {"password", goodPassword},
			"/konto/adres":          {"email", "nowy@example.org"},
			"/konto/drugi-skladnik": {},
			"/konto/haslo/usun":     {},
		} {
			if b.Post(path, fields...).Status == http.StatusSeeOther {
				t.Errorf("%s took the change", path)
			}
			if page := b.Get(strings.TrimSuffix(path, "/usun")).Want(t, http.StatusOK); page.Count("a[href^='/wejscie?dalej=']") != 1 {
				t.Errorf("%s does not lead to a fresh sign-in", path)
			}
		}
		if count(t, db, "person_secret") != 0 || count(t, db, "sign_in_attempt") != 0 {
			t.Error("something was written")
		}
	})
}

func TestGuessingPasswordsTakesLongerAndLongerButTheCodeStaysOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.withPassword("Jan Kowalski", "jan@example.org")
		try := func(email, password string) *webtest.Page {
			return h.Visitor().Post("/wejscie/haslo", "email", email, "password", password)
		}
		for _, email := range []string{"jan@example.org", "nikt@example.org"} {
			for range 5 {
				mistake(t, try(email, "zła próba hasła"), "nie zgadza")
			}
			mistake(t, try(email, "zła próba hasła"), "Za dużo prób")
		}
		mistake(t, try("jan@example.org", goodPassword), "Za dużo prób")
		db.Clock().Advance(2 * time.Second)
		mistake(t, try("jan@example.org", "zła próba hasła"), "nie zgadza")
		db.Clock().Advance(time.Second)
		mistake(t, try("jan@example.org", goodPassword), "Za dużo prób") // now two seconds
		h.signIn(h.Visitor(), "jan@example.org")
		db.Clock().Advance(2 * time.Second)
		try("jan@example.org", goodPassword).Want(t, http.StatusSeeOther)
		mistake(t, try("jan@example.org", "zła próba hasła"), "nie zgadza") // counted from the beginning
	})
}

func TestOneNetworkMayHoldManyWhoMistype(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	for i := range 50 {
		mistake(t, h.Visitor().Post("/wejscie/haslo", "email", fmt.Sprintf("osoba%d@example.org", i), "password", "cokolwiek"), "nie zgadza")
	}
	mistake(t, h.Visitor().Post("/wejscie/haslo", "email", "osoba@example.org", "password", "cokolwiek"), "Za dużo prób")
	h.addr = netip.MustParseAddr("198.51.100.7")
	mistake(t, h.Visitor().Post("/wejscie/haslo", "email", "osoba1@example.org", "password", "cokolwiek"), "nie zgadza")
}

var typedKey = regexp.MustCompile(`^[A-Z2-7]{32}$`)

// enrol switches the second factor on and returns the secret and the recovery
// codes.
func (h *house) enrol(b *webtest.Browser) (secret string, codes []string) {
	h.t.Helper()
	b.Post("/konto/drugi-skladnik").Want(h.t, http.StatusSeeOther)
	page := b.Get("/konto/drugi-skladnik").Want(h.t, http.StatusOK)
	if page.Count("svg[role=img][aria-label] path") != 1 {
		h.t.Error("no QR code")
	}
	secret = strings.ReplaceAll(page.Text("dl.facts dd"), " ", "")
	if !typedKey.MatchString(secret) {
		h.t.Fatalf("no key to type: %q", secret)
	}
	page = b.Post("/konto/drugi-skladnik/potwierdz", "code", h.device(secret)).Want(h.t, http.StatusOK)
	for _, li := range page.Doc().Find("main ol code").EachIter() {
		codes = append(codes, li.Text())
	}
	if len(codes) != 10 {
		h.t.Fatalf("%d recovery codes", len(codes))
	}
	return secret, codes
}

// device is the code that the application shows now.
func (h *house) device(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.DB.Wall())
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

func TestSecondFactorIsAskedForAndEachCodeCountsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		b := h.Visitor()
		h.signIn(b, "jan@example.org")
		secret, codes := h.enrol(b)

		second := func() *webtest.Browser {
			db.Clock().Advance(time.Hour)
			b := h.Visitor()
			answer := h.signIn(b, "jan@example.org")
			if got := answer.Header.Get("Location"); got != "/wejscie/drugi-skladnik" {
				t.Fatalf("sent to %q", got)
			}
			b.Get("/konto").Want(t, http.StatusSeeOther)
			b.Post("/konto/nowe", "name", "Obejście", "rules", "on")
			b.Get("/konto").Want(t, http.StatusSeeOther)
			return b
		}
		b = second()
		mistake(t, b.Post("/wejscie/drugi-skladnik", "code", "000000"), "nie zgadza")
		code := h.device(secret)
		b.Post("/wejscie/drugi-skladnik", "code", code[:3]+" "+code[3:]).Want(t, http.StatusSeeOther)
		b.Get("/konto").Want(t, http.StatusOK)

		t.Run("the same step is refused", func(t *testing.T) {
			b := second()
			code := h.device(secret)
			b.Post("/wejscie/drugi-skladnik", "code", code).Want(t, http.StatusSeeOther)
			other := h.Visitor()
			h.signIn(other, "jan@example.org")
			mistake(t, other.Post("/wejscie/drugi-skladnik", "code", code), "już użyty")
		})
		t.Run("a recovery code counts once", func(t *testing.T) {
			second().Post("/wejscie/drugi-skladnik", "code", strings.ToUpper(codes[0])).Want(t, http.StatusSeeOther)
			mistake(t, second().Post("/wejscie/drugi-skladnik", "code", codes[0]), "nie zgadza")
		})
		t.Run("five tries, then from the beginning", func(t *testing.T) {
			b := second()
			for range 5 {
				mistake(t, b.Post("/wejscie/drugi-skladnik", "code", "000000"), "nie zgadza")
			}
			page := b.Post("/wejscie/drugi-skladnik", "code", h.device(secret)).Want(t, http.StatusTooManyRequests)
			if !strings.Contains(page.Text("main"), "jeszcze raz") {
				t.Error(page.Text("main"))
			}
		})
		t.Run("used at once it lets in once", func(t *testing.T) {
			b := second()
			code := h.device(secret)
			if n := gained(h.together(50, func(int) *http.Request { return h.at(b, "/wejscie/drugi-skladnik", "code", code) }), "wspolnota"); n != 1 {
				t.Errorf("%d sessions", n)
			}
		})
		t.Run("an old proof is no proof", func(t *testing.T) {
			b := second()
			db.Clock().Advance(31 * time.Minute)
			b.Post("/wejscie/drugi-skladnik", "code", h.device(secret)).Want(t, http.StatusTooManyRequests)
		})
		t.Run("new recovery codes and switching off need a code", func(t *testing.T) {
			b := second()
			b.Post("/wejscie/drugi-skladnik", "code", codes[1]).Want(t, http.StatusSeeOther)
			mistake(t, b.Post("/konto/drugi-skladnik/kody", "code", "000000"), "nie zgadza")
			page := b.Post("/konto/drugi-skladnik/kody", "code", h.device(secret)).Want(t, http.StatusOK)
			if strings.Contains(page.Body, codes[2]) {
				t.Error("the codes are the old ones")
			}
			mistake(t, b.Post("/konto/drugi-skladnik/wylacz", "code", codes[2]), "nie zgadza")
			db.Clock().Advance(time.Minute)
			b.Post("/konto/drugi-skladnik/wylacz", "code", h.device(secret)).Want(t, http.StatusSeeOther)
			db.Clock().Advance(time.Hour)
			if to := h.signIn(h.Visitor(), "jan@example.org").Header.Get("Location"); to != "/konto" {
				t.Errorf("sent to %q", to)
			}
		})
	})
}

func TestPasswordAloneIsNotEnoughWithASecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		_, b := h.withPassword("Jan Kowalski", "jan@example.org")
		secret, _ := h.enrol(b)
		db.Clock().Advance(time.Minute)
		b = h.Visitor()
		answer := b.Post("/wejscie/haslo", "email", "jan@example.org", "password", goodPassword, "dalej", "/programy").Want(t, http.StatusSeeOther)
		if answer.Header.Get("Location") != "/wejscie/drugi-skladnik" || b.Cookie("wspolnota") != "" {
			t.Fatal("the password alone let in")
		}
		answer = b.Post("/wejscie/drugi-skladnik", "code", h.device(secret)).Want(t, http.StatusSeeOther)
		if got := answer.Header.Get("Location"); got != "/programy" {
			t.Errorf("sent to %q", got)
		}
	})
}

func TestStaffRolesWaitForARequiredSecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db, func(o *people.Options) { o.RequireSecondFactor = true })
		h.people.AddGranter(func(context.Context, store.Reader, store.ID) ([]access.Grant, error) {
			return []access.Grant{{Role: access.Member, Scope: access.InOrganisation, ID: "o", Name: "Klub"}}, nil
		})
		h.administrator("admin@example.org")
		b := h.Visitor()
		b.Post("/wejscie", "email", "admin@example.org", "dalej", "/administracja")
		answer := b.Post("/wejscie/kod", "code", h.code("admin@example.org")).Want(t, http.StatusSeeOther)
		if got := answer.Header.Get("Location"); got != "/konto" {
			t.Errorf("sent to %q, where the role is missing and nothing says why", got)
		}
		b.Get("/administracja").Want(t, http.StatusForbidden)
		page := b.Get("/konto").Want(t, http.StatusOK)
		if !strings.Contains(page.Text(".person-state"), "czekają na drugi składnik") || page.Count("option[value=o]") != 1 {
			t.Errorf("own page does not say what waits, or hides more: %s", page.Text("main"))
		}
		secret, _ := h.enrol(b)
		b.Get("/administracja").Want(t, http.StatusOK)
		db.Clock().Advance(time.Minute)
		mistake(t, b.Post("/konto/drugi-skladnik/wylacz", "code", h.device(secret)), "wymaga drugiego składnika")
	})
}

func TestSecondFactorSurvivesNoOtherSecretAndNoOtherOwner(t *testing.T) {
	db := storetest.SQLite(t)
	h := open(t, db)
	jan, anna := h.person("Jan Kowalski", "jan@example.org"), h.person("Anna Nowak", "anna@example.org")
	b := h.Visitor()
	h.signIn(b, "jan@example.org")
	secret, _ := h.enrol(b)
	sealed, err := store.One[string](t.Context(), db, `SELECT totp_secret FROM person_secret WHERE person = $1`, jan.ID)
	if err != nil || strings.Contains(sealed, secret) {
		t.Fatalf("kept as %q, %v", sealed, err)
	}
	err = db.Write(t.Context(), func(tx *store.Tx) error { // a copy of the row for somebody else
		_, err := tx.Exec(t.Context(), `INSERT INTO person_secret (person, totp_secret, totp_at) SELECT $1, totp_secret, totp_at FROM person_secret`, anna.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b = h.Visitor()
	h.signIn(b, "anna@example.org")
	db.Clock().Advance(time.Minute)
	b.Post("/wejscie/drugi-skladnik", "code", h.device(secret)).Want(t, http.StatusInternalServerError)
}
