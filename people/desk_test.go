package people_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// Whoever may do something for others is reminded, nobody else is.
func TestStaffIsRemindedOfASecondFactorUntilItIsSetUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		waits := func(want int, when string) {
			t.Helper()
			n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM desk_item WHERE kind = 'people.second_factor'`)
			if err != nil || n != want {
				t.Errorf("%s: %d are reminded, want %d, %v", when, n, want, err)
			}
		}
		h.person("Jan Kowalski", "jan@example.org")
		h.signIn(h.Visitor(), "jan@example.org")
		waits(0, "a resident")
		h.administrator("admin@example.org")
		b := h.Visitor()
		h.signIn(b, "admin@example.org")
		waits(1, "an administrator")
		h.enrol(b)
		waits(0, "with a second factor")
	})
}
