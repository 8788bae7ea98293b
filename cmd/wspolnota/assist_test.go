package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/webtest"
)

const assistPath = "/programy/miedzysektorowa-wspolpraca/obsluga"

// manager is the browser of the manager of the main programme, in a session of
// staff.
func (x *target) manager() *webtest.Browser {
	x.t.Helper()
	return x.as(x.one(kindsOfOwned[0].keeper, "miedzysektorowa-wspolpraca"))
}

// assisted begins to act for a newcomer.
func (x *target) assisted(b *webtest.Browser, name string) {
	x.t.Helper()
	b.Post(assistPath, "name", name, "municipality", "2412013", "present", "on").Want(x.t, http.StatusSeeOther)
}

// TestManagerAssistsAPersonWithoutEmail walks the whole way: begin, act, end,
// print; both are named in the log and on the receipt.
func TestManagerAssistsAPersonWithoutEmail(t *testing.T) {
	x := attack(t)
	b := x.manager()
	before := b.Cookie("wspolnota")
	b.Post(assistPath, "name", "Jadwiga Obecna").Want(t, http.StatusUnprocessableEntity) // nobody said that she is here
	x.assisted(b, "Jadwiga Obecna")
	during := b.Cookie("wspolnota")
	if during == before {
		t.Error("the session kept its name")
	}
	for _, path := range []string{"/", "/programy", "/pulpit", "/powiadomienia"} {
		if page := b.Get(path).Want(t, http.StatusOK); !strings.Contains(page.Text(".assist-band"), "Jadwiga Obecna") {
			t.Errorf("%s does not say for whom", path)
		}
	}
	b.Post("/programy/miedzysektorowa-wspolpraca/obserwuj").Want(t, http.StatusSeeOther)
	b.Post("/organizacje", "kind", "informal_group", "name", "Grupa Jadwigi", "municipality", "2412013").Want(t, http.StatusSeeOther)
	ended := b.Post("/obsluga/koniec").Want(t, http.StatusSeeOther)
	if b.Cookie("wspolnota") == during {
		t.Error("the session kept its name on the way back")
	}
	receipt := b.Follow(ended).Want(t, http.StatusOK)
	manager := x.one(`SELECT q.name FROM assistance a JOIN person q ON q.id = a.assistant ORDER BY a.id DESC LIMIT 1`)
	for _, word := range []string{"Jadwiga Obecna", manager, "Zapisano organizację", "Grupa Jadwigi", x.one(`SELECT id FROM assistance ORDER BY id DESC LIMIT 1`)} {
		if !strings.Contains(receipt.Text("main"), word) {
			t.Errorf("the receipt lacks %q", word)
		}
	}
	if receipt.Count(".assist-band") != 0 || strings.Contains(receipt.Body, "bez-adresu.invalid") {
		t.Error("the receipt shows what it should not")
	}
	both := x.column(`SELECT e.act FROM audit_entry e JOIN assistance a ON a.assistant = e.person AND a.person = e.on_behalf WHERE e.role = 'assistant' AND a.id = (SELECT max(id) FROM assistance) ORDER BY e.id`)
	if strings.Join(both, " ") != "organisation.registered assist.ended" {
		t.Errorf("noted for both: %v", both)
	}
	if renewed := x.one(`SELECT count(*) FROM session WHERE person = (SELECT person FROM assistance ORDER BY id DESC LIMIT 1)`); renewed != "0" {
		t.Errorf("%s sessions of the person are left in the browser", renewed)
	}
	b.Get("/programy/miedzysektorowa-wspolpraca/edycja").Want(t, http.StatusOK) // staff again
	path := ended.Header.Get("Location")
	x.part("mieszkaniec").Get(strings.TrimPrefix(path, webtest.Public)).Want(t, http.StatusNotFound)

	found := b.Get(assistPath+"?szukaj=jadwiga").Want(t, http.StatusOK)
	id := found.Doc().Find(`input[name="person"]`).AttrOr("value", "")
	b.Post(assistPath, "person", id, "present", "1").Want(t, http.StatusSeeOther) // known by now
}

func TestAssistedSessionReachesNeitherStaffNorSettings(t *testing.T) {
	x := attack(t)
	b := x.manager()
	x.assisted(b, "Jadwiga Obecna")
	for _, path := range []string{"/konto", "/konto/haslo", "/konto/adres", "/konto/dane", "/konto/sesje", "/administracja",
		"/programy/miedzysektorowa-wspolpraca/edycja", assistPath} {
		b.Get(path).Want(t, http.StatusForbidden)
	}
	b.Post("/konto/haslo", "password", "kwitnace-borowki-nad-Ruda-8412").Want(t, http.StatusForbidden)
}

// It ends after half an hour, however busy the two were.
func TestAssistanceEndsAfterHalfAnHour(t *testing.T) {
	x := attack(t)
	b := x.manager()
	x.assisted(b, "Jadwiga Obecna")
	for range 2 {
		x.DB.Clock().Advance(14 * time.Minute)
		b.Get("/pulpit").Want(t, http.StatusOK)
	}
	x.DB.Clock().Advance(3 * time.Minute)
	b.Get("/pulpit").Want(t, http.StatusSeeOther) // to the door
	b.Post("/obsluga/koniec").Want(t, http.StatusUnauthorized)
}

// Nobody who can come in by themselves, no staff and nobody blocked is assisted.
func TestOnlyPeopleWithoutAnAddressAreAssisted(t *testing.T) {
	x := attack(t)
	b := x.manager()
	x.assisted(b, "Zablokowany Człowiek")
	x.exec(`UPDATE person SET blocked_at = 1 WHERE name = 'Zablokowany Człowiek'`)
	b = x.manager()
	for what, id := range map[string]string{
		"administrator": x.one(`SELECT id FROM person WHERE administrator LIMIT 1`),
		"manager":       x.one(`SELECT person FROM programme_role WHERE role = 'manager' LIMIT 1`),
		"with e-mail":   x.one(`SELECT id FROM person WHERE NOT administrator AND id NOT IN (SELECT person FROM programme_role) AND email LIKE '%example%' LIMIT 1`),
		"blocked":       x.one(`SELECT id FROM person WHERE name = 'Zablokowany Człowiek'`),
	} {
		if page := b.Post(assistPath, "person", id, "present", "1"); page.Status != http.StatusForbidden {
			t.Errorf("%s: %d", what, page.Status)
		}
	}
	x.part("mieszkaniec").Post(assistPath, "name", "Ktoś", "present", "on").Want(t, http.StatusForbidden)
}

// Blocking the assistant, or taking their role, ends what they do for others.
func TestAssistantWhoIsBlockedActsForNobody(t *testing.T) {
	x := attack(t)
	b := x.manager()
	x.assisted(b, "Jadwiga Obecna")
	x.exec(`UPDATE person SET blocked_at = 1 WHERE id = (SELECT assistant FROM assistance)`)
	b.Get("/pulpit").Want(t, http.StatusSeeOther)
}
