package people_test

import (
	"net/http"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

func TestEveryPageOpens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("admin@example.org")
		anna := h.person("Anna Nowak", "anna@example.org")
		b := h.As(admin.ID, true)
		for _, path := range []string{"/wejscie", "/wejscie/haslo", "/wejscie/link/x", "/konto", "/konto/adres", "/konto/haslo",
			"/konto/drugi-skladnik", "/konto/sesje", "/administracja", "/administracja/osoby", "/administracja/osoby?szukaj=NOWAK&stan=aktywne",
			"/administracja/osoby/" + string(anna.ID)} {
			page := b.Get(path).Want(t, http.StatusOK)
			if page.Count("h1") != 1 || page.Text(".lead") == "" {
				t.Errorf("%s: not one h1 and a lead", path)
			}
		}
	})
}
