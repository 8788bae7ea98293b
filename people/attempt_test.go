package people_test

import (
	"net/http"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

func TestNewcomerOpensAnAccountWithACode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		b := h.Visitor()
		b.Post("/wejscie", "email", " Anna.Nowak@Example.ORG ", "dalej", "/aktualnosci?strona=2").Want(t, http.StatusSeeOther)
		page := b.Get("/wejscie/kod").Want(t, http.StatusOK)
		if page.Count("input[name=code][autocomplete=one-time-code]") != 1 {
			t.Error("no field for the code")
		}
		code := h.code("anna.nowak@example.org")
		answer := b.Post("/wejscie/kod", "code", code[:3]+" "+code[3:]).Want(t, http.StatusSeeOther)
		page = b.Follow(answer).Want(t, http.StatusOK)
		if page.Count("input[name=name][autocomplete=name]") != 1 {
			t.Fatalf("not the form of a new account: %s", page.Text("h1"))
		}
		page = b.Post("/konto/nowe", "name", "Anna Nowak", "municipality", "9999999").Want(t, http.StatusUnprocessableEntity)
		if page.Value("name") != "Anna Nowak" || page.Count("[aria-invalid]") != 2 {
			t.Errorf("mistakes are not shown beside what was typed: %s", page.Text(".error-summary"))
		}
		answer = b.Post("/konto/nowe", "name", "Anna Nowak", "municipality", "2412013", "rules", "on").Want(t, http.StatusSeeOther)
		if got := answer.Header.Get("Location"); got != "/aktualnosci?strona=2" {
			t.Errorf("sent to %q", got)
		}
		if b.Cookie("wspolnota") == "" || b.Cookie("wejscie") != "" {
			t.Error("not signed in, or the attempt was not taken back")
		}
		p, err := people.ByEmail(t.Context(), db, "ANNA.NOWAK@example.org")
		if err != nil || p.Name != "Anna Nowak" || p.Municipality != "2412013" || p.Administrator {
			t.Errorf("person = %+v, %v", p, err)
		}
	})
}
