package people_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

func TestPeopleAreFoundByIDAndAddress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		anna, jan := h.person("Anna  Nowak\n", "anna@example.org"), h.person("Jan", "jan@example.org")
		if anna.Name != "Anna Nowak" {
			t.Errorf("name %q is not one line", anna.Name)
		}
		if p, err := people.ByID(t.Context(), db, anna.ID); err != nil || p != anna {
			t.Errorf("%+v, %v", p, err)
		}
		if p, err := people.ByEmail(t.Context(), db, " ANNA@example.org"); err != nil || p != anna {
			t.Errorf("%+v, %v", p, err)
		}
		for _, email := range []string{"nikt@example.org", "nikt", ""} {
			if _, err := people.ByEmail(t.Context(), db, email); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%q: %v", email, err)
			}
		}
		names, err := people.Names(t.Context(), db, []store.ID{anna.ID, jan.ID, store.NewID()})
		if err != nil || len(names) != 2 || names[anna.ID] != "Anna Nowak" || names[jan.ID] != "Jan" {
			t.Errorf("%v, %v", names, err)
		}
		if names, err := people.Names(t.Context(), db, nil); err != nil || len(names) != 0 {
			t.Errorf("%v, %v", names, err)
		}
	})
}

func TestAccountsThatCannotBeAreRefusedWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Anna Nowak", "anna@example.org")
		for _, c := range []struct {
			n    people.NewPerson
			want string
		}{
			{people.NewPerson{Name: "Anna", Email: "Anna@example.org"}, "email: people.email.taken"},
			{people.NewPerson{Name: "", Email: "b@example.org"}, "name: form.required"},
			{people.NewPerson{Name: "123", Email: "b@example.org"}, "name: people.name.letters"},
			{people.NewPerson{Name: "B\x00", Email: "b@example.org"}, "name: form.not_text"},
			{people.NewPerson{Name: "B", Email: "b@example.org", Municipality: "2412"}, "municipality: form.not_offered"},
		} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				_, err := h.people.Create(t.Context(), tx, c.n)
				return err
			})
			f := fault.Of(err)
			if f == nil || len(f.Fields) == 0 || f.Fields[0].Name+": "+f.Fields[0].Key != c.want {
				t.Errorf("%+v: %v, want %s", c.n, err, c.want)
			}
		}
		if n := count(t, db, "person"); n != 1 {
			t.Errorf("%d people", n)
		}
	})
}

// Other rooms and the demo sign people in and renew their sessions.
func TestEnterAndRenewGiveTheBrowserANewSession(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		request := httptest.NewRequest(http.MethodGet, webtest.Public+"/", nil)
		answer := httptest.NewRecorder()
		if err := h.people.Enter(answer, request, jan.ID, "/programy"); err != nil {
			t.Fatal(err)
		}
		token := gaveToken(t, answer)
		if answer.Result().Header.Get("Location") != "/programy" {
			t.Error("sent elsewhere")
		}
		in, err := session.Find(t.Context(), db, token)
		if err != nil {
			t.Fatal(err)
		}
		actor, err := h.people.Actor(t.Context(), in)
		if err != nil || actor.Person != jan.ID || actor.Name != "Jan Kowalski" {
			t.Fatalf("%+v, %v", actor, err)
		}
		other := h.As(jan.ID, false)
		answer = httptest.NewRecorder()
		if err := h.people.Renew(answer, request.WithContext(access.With(t.Context(), actor))); err != nil {
			t.Fatal(err)
		}
		if _, err := session.Find(t.Context(), db, token); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the old session lives: %v", err)
		}
		if _, err := session.Find(t.Context(), db, gaveToken(t, answer)); err != nil || count(t, db, "session") != 1 {
			t.Errorf("%d sessions, %v", count(t, db, "session"), err)
		}
		other.Get("/konto").Want(t, http.StatusSeeOther)

		if err := h.people.Administer(t.Context(), jan.ID, jan.Version, "block", "próba"); err != nil {
			t.Fatal(err)
		}
		if err := h.people.Enter(httptest.NewRecorder(), request, jan.ID, "/"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a blocked person is let in: %v", err)
		}
	})
}

func gaveToken(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	for _, c := range answer.Result().Cookies() {
		if c.Name == "wspolnota" {
			return c.Value
		}
	}
	t.Fatal("no session cookie")
	return ""
}

// Whoever gives themselves a role renews their session in a second step, which
// may fail: the session of everybody's length must not carry the role.
func TestSessionOfBeforeARoleDoesNotHoldIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		jan := h.person("Jan Kowalski", "jan@example.org")
		given := []access.Grant{{Role: access.Editor, Scope: access.InProgramme, ID: "p"}, {Role: access.Member, Scope: access.InOrganisation, ID: "o"}}
		h.people.AddGranter(func(context.Context, store.Reader, store.ID) ([]access.Grant, error) { return given, nil })
		for staff, want := range map[bool]int{false: 1, true: 2} {
			actor, err := h.people.Actor(t.Context(), session.Session{Person: jan.ID, Staff: staff})
			if err != nil || len(actor.Grants) != want || actor.Staff() != staff {
				t.Errorf("staff session %v: %+v, %v", staff, actor, err)
			}
		}
	})
}
