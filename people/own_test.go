package people_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// withKeeper opens the room with the rules of its own tables.
func withKeeper(t testing.TB, db *store.DB) (*house, *privacy.Keeper) {
	rules := append(append(append([]privacy.Rule{}, people.Privacy...), session.Privacy...), mail.Privacy...)
	k := privacy.NewKeeper(db, nil, rules)
	h := open(t, db, func(o *people.Options) { o.Privacy = k })
	k.Object(h.people.MustStay)
	return h, k
}

func TestExportTellsTheOwnerAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, _ := withKeeper(t, db)
		ewa, jan := h.person("Ewa Ciekawa", "ewa@example.org"), h.person("Jan Inny", "jan@example.org")
		b := h.As(ewa.ID, false)
		page := b.Get("/konto/dane/wykaz").Want(t, http.StatusOK)
		for _, want := range []string{"Ewa Ciekawa", "ewa@example.org", "art. 6 ust. 1 lit. b RODO", "jest (nie pokazujemy)"} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the page does not tell %q", want)
			}
		}
		file := b.Get("/konto/dane/wykaz.json").Want(t, http.StatusOK)
		var whole map[string]any
		if err := json.Unmarshal([]byte(file.Body), &whole); err != nil || whole["email"] != "ewa@example.org" {
			t.Errorf("%v: %s", err, file.Body)
		}
		if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
			t.Errorf("shown instead of given: %q", got)
		}
		if file.Header.Get("Cache-Control") != "no-store" {
			t.Error("a cache may keep it")
		}
		// The same address gives another person their own, and a visitor nothing.
		if other := h.As(jan.ID, false).Get("/konto/dane/wykaz.json"); strings.Contains(other.Body, "Ewa") || !strings.Contains(other.Body, "Jan Inny") {
			t.Errorf("another person got %s", other.Body)
		}
		h.Visitor().Get("/konto/dane/wykaz.json").Want(t, http.StatusSeeOther)
	})
}

func TestErasureAsksWhoSitsThereAndWhetherItIsUnderstood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, _ := withKeeper(t, db)
		_, b := h.withPassword("Ewa Ciekawa", "ewa@example.org")
		db.Clock().Advance(20 * time.Minute) // the sign-in is not fresh any more
		page := b.Get("/konto/dane/usun").Want(t, http.StatusOK)
		if page.Count("input[name=current]") != 1 || !strings.Contains(page.Body, "Co zostanie i dlaczego") {
			t.Error("it asks for no password, or tells no consequences")
		}
		b.Post("/konto/dane/usun", "understood", "on", "current", "nie to hasło wcale").Want(t, http.StatusUnprocessableEntity)
		b.Post("/konto/dane/usun", "current", goodPassword).Want(t, http.StatusUnprocessableEntity)
		if count(t, db, "person WHERE name = 'Ewa Ciekawa'") != 1 {
			t.Fatal("erased without proof")
		}
		gone := b.Post("/konto/dane/usun", "understood", "on", "current", goodPassword).Want(t, http.StatusSeeOther)
		if got := gone.Header.Get("Location"); got != "/" {
			t.Errorf("sent to %s", got)
		}
		if count(t, db, "person WHERE name = 'Ewa Ciekawa' OR email LIKE 'ewa@%'") != 0 || count(t, db, "session") != 0 || count(t, db, "person_secret") != 0 {
			t.Error("something of her is left")
		}
		b.Get("/konto").Want(t, http.StatusSeeOther)
		// The address is free: whoever has it may begin anew, as somebody new.
		h.signIn(h.Visitor(), "ewa@example.org")
	})
}

func TestLastAdministratorIsNotErased(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, _ := withKeeper(t, db)
		admin := h.administrator("admin@example.org")
		b := h.As(admin.ID, true)
		page := b.Get("/konto/dane/usun").Want(t, http.StatusOK)
		if page.Count("input[name=understood]") != 0 || !strings.Contains(page.Body, "Nie ma innego administratora") {
			t.Error("the page offers what is refused, or does not say why")
		}
		b.Post("/konto/dane/usun", "understood", "on").Want(t, http.StatusUnprocessableEntity)
		if count(t, db, "person WHERE administrator") != 1 {
			t.Error("nobody is left to administer")
		}
	})
}

func TestHoldIsToldToThePersonAndTheWishCanBeTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, k := withKeeper(t, db)
		ewa, admin := h.person("Ewa Ciekawa", "ewa@example.org"), h.administrator("admin@example.org")
		if err := k.SetHold(as(t, admin), ewa.ID, "skarga do sądu"); err != nil {
			t.Fatal(err)
		}
		b := h.As(ewa.ID, false)
		b.Post("/konto/dane/usun", "understood", "on").Want(t, http.StatusSeeOther)
		page := b.Get("/konto/dane/usun").Want(t, http.StatusOK)
		if !strings.Contains(page.Body, "Na usunięcie czekasz od") || page.Count("input[name=understood]") != 0 {
			t.Error("the page does not say that it waits")
		}
		b.Post("/konto/dane/usun/cofnij").Want(t, http.StatusSeeOther)
		if count(t, db, "privacy_erasure") != 0 {
			t.Error("the wish is still there")
		}
	})
}

func TestPersonSeesWhoLooked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, _ := withKeeper(t, db)
		ewa, admin := h.person("Ewa Ciekawa", "ewa@example.org"), h.administrator("admin@example.org")
		h.As(admin.ID, true).Get("/administracja/osoby/"+string(ewa.ID)).Want(t, http.StatusOK)
		h.As(admin.ID, true).Get("/administracja/osoby").Want(t, http.StatusOK)
		b := h.As(ewa.ID, false)
		page := b.Get("/konto/dane/wglady").Want(t, http.StatusOK)
		if page.Count("tbody tr") != 2 || !strings.Contains(page.Body, "Lista kont") {
			t.Errorf("%d looks", page.Count("tbody tr"))
		}
	})
}

func TestOwnPagesTakeAFixedNumberOfQueries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, _ := withKeeper(t, db)
		b := h.As(h.person("Ewa Ciekawa", "ewa@example.org").ID, false)
		for path, want := range map[string]int{"/konto/dane": 2, "/konto/dane/wykaz": 12, "/konto/dane/wglady": 3, "/konto/dane/usun": 18} {
			r := httptest.NewRequest(http.MethodGet, webtest.Public+path, nil)
			ctx, counter := store.WithCounter(r.Context())
			b.Do(r.WithContext(ctx)).Want(t, http.StatusOK)
			if got := counter.N(); got != want {
				t.Errorf("%s: %d queries, want %d", path, got, want)
			}
		}
	})
}

func as(t *testing.T, p people.Person) context.Context {
	return access.With(t.Context(), &access.Actor{Person: p.ID, Name: p.Name})
}
