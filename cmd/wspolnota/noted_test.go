package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
)

// unnoted are acts that change something of which nobody else's matters depend,
// and why they leave no line in the log.
var unnoted = map[string]string{
	"POST /konto/drugi-skladnik": "a secret that counts for nothing before it is confirmed, which is noted",
	"POST /programy/{programme}/wydarzenia/{event}/pytania/{question}/poparcie": "who asks the same as others is nobody's business; the sum is public",
	"POST /programy/{programme}/wydarzenia/{event}/pytania":                     "a question is its author's own until the team has looked; what becomes of it is noted",

	"POST /programy/{programme}/wydarzenia/{event}/zapisy/pytania/{question}/wyzej": "the order in which questions are asked",

	"POST /programy/{programme}/wydarzenia/{event}/protokol/naglowek":                 unnotedInMinutes,
	"POST /programy/{programme}/wydarzenia/{event}/protokol/punkty":                   unnotedInMinutes,
	"POST /programy/{programme}/wydarzenia/{event}/protokol/punkty/{point}/kolejnosc": unnotedInMinutes,
	"POST /programy/{programme}/wydarzenia/{event}/protokol/punkty/{point}/usuniecie": unnotedInMinutes,
	"POST /programy/{programme}/debaty/{debate}/wejscie":                              unnotedInDebates,
	"POST /lustro":           "a mirror belongs to the visitor who began it, and to no programme",
	"POST /d/{code}/wejscie": unnotedInWorkshops,
	"POST /programy/{programme}/warsztaty/{workshop}/zadania/{activity}/odpowiedz": "what a facilitator does to a card stands in the log of the workshop itself",
}

const unnotedInMinutes = "minutes while they are written; what was shown, approved and published is noted and kept by edition"

const unnotedInWorkshops = "the log of acts would say who stands behind a token of a workshop"

const unnotedInDebates = "the log of acts would say who stands behind a number in a debate"

// silent are tables that tell of doors, sessions, engines and of how people want
// to be told, and not of matters.
var silent = []string{"session", "sign_in_attempt", "sign_in_tally", "mail_outbox", "person_recovery_code",
	"notice_recipient", "notice_preference", "notice_follow",
	"privacy_look", "privacy_look_person", // a log themselves
	"privacy_clause",                                                       // says itself who wrote it last, and when
	"barrier_vote", "barrier_voter", "barrier_vote_link", "barrier_figure", // secret: nothing may tell who voted when
	"event_calendar", // one's own, with the moment from which it is open
	"api_key",        // one's own, with the day on which it was made or used
}

// TestEveryChangeIsNoted sends every form of the example as an administrator.
// Whatever changes a table on which others rely leaves a line in the log.
func TestEveryChangeIsNoted(t *testing.T) {
	x := attack(t)
	x.furnish()
	filled := x.everyForm()
	noted, excused := map[string]bool{}, map[string]bool{}
	lines := func() int {
		n, err := store.One[int](t.Context(), x.DB, `SELECT count(*) FROM audit_entry`)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	patterns := x.patterns(http.MethodPost)
	slices.SortStableFunc(patterns, func(a, b string) int { return rank(a) - rank(b) })
	for _, pattern := range patterns {
		for _, path := range slices.Sorted(maps.Keys(filled)) {
			if !matches(pattern, path) {
				continue
			}
			before, count := x.tables(), lines()
			x.part("administratorka").PostForm(path, filled[path])
			changed := changedTables(before, x.tables())
			switch {
			case lines() > count:
				noted[pattern] = true
			case len(changed) > 0 && unnoted[pattern] == "":
				t.Errorf("%s changes %s and is not noted", path, strings.Join(changed, ", "))
			case len(changed) > 0:
				excused[pattern] = true
			}
			if noted[pattern] {
				break
			}
		}
	}
	for pattern := range unnoted {
		if !excused[pattern] {
			t.Errorf("%s needs no excuse", pattern)
		}
	}
	if len(noted) < 30 {
		t.Errorf("only %d kinds of acts were noted: the forms do not work: %v", len(noted), slices.Sorted(maps.Keys(noted)))
	}
	acts, err := store.All[string](t.Context(), x.DB, `SELECT DISTINCT act FROM audit_entry`)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range acts {
		if !x.program.audit.Known(act) {
			t.Errorf("act %s has no words", act)
		}
	}
	for _, kind := range x.column(`SELECT DISTINCT kind FROM desk_item`) {
		if !x.program.desk.Known(kind) {
			t.Errorf("%s waits on a desk without words", kind)
		}
	}
	if err := audit.Seal(t.Context(), x.DB); err != nil {
		t.Fatal(err)
	}
	if report, err := audit.Verify(t.Context(), x.DB); err != nil || !report.Good() {
		t.Errorf("%+v, %v", report, err)
	}
}

// rank lets acts that take things away come last.
func rank(pattern string) int {
	for i, word := range []string{"/usun", "/publikacja", "/wyjscie"} {
		if strings.Contains(pattern, word) {
			return i + 1
		}
	}
	return 0
}

func changedTables(before, after map[string][]string) []string {
	var all []string
	for table, rows := range after {
		if !slices.Equal(rows, before[table]) && !slices.Contains(silent, table) && !strings.HasPrefix(table, "river_") {
			all = append(all, table)
		}
	}
	return all
}

// TestPublicLogNamesRolesAndNobody reads the log of the example programme as
// somebody who is not signed in.
func TestPublicLogNamesRolesAndNobody(t *testing.T) {
	x := attack(t)
	const log = "/programy/miedzysektorowa-wspolpraca/dziennik"
	page := x.Visitor().Get(log).Want(t, http.StatusOK)
	for n := 2; n < 20 && !strings.Contains(page.Body, "Zmieniono stan programu"); n++ { // the older lines are further back
		older := x.Visitor().Get(fmt.Sprintf("%s?strona=%d", log, n)).Want(t, http.StatusOK)
		older.Body += page.Body
		page = older
	}
	for _, row := range []string{"kierownik programu", "Zmieniono stan programu", "Opublikowano aktualność"} {
		if !strings.Contains(page.Body, row) {
			t.Errorf("%q is not there", row)
		}
	}
	for _, name := range x.column(`SELECT name FROM person`) {
		if strings.Contains(page.Text("main"), name) {
			t.Errorf("the public log names %s", name)
		}
	}
}

// TestLogIsFilteredByPersonActThingAndDate uses the filters of administrators.
func TestLogIsFilteredByPersonActThingAndDate(t *testing.T) {
	x := attack(t)
	admin := x.part("administratorka")
	rows := func(query string) int {
		return admin.Get(audit.ListPath+query).Want(t, http.StatusOK).Count("tbody tr")
	}
	if all := rows(""); all != 30 {
		t.Errorf("a page has %d rows", all)
	}
	for query, some := range map[string]bool{
		"?czynnosc=programme.joined": true, "?czynnosc=programme.joined&od=2014-06-01&do=2014-12-31": true, "?od=2030-01-01": false,
		"?kto=nikt+taki+nie+istnieje": false, "?kto=" + x.one(`SELECT email FROM person WHERE administrator LIMIT 1`): true,
		"?rzecz=" + x.one(`SELECT id FROM programme LIMIT 1`): true, "?od=to+nie+jest+data": true,
	} {
		if got := rows(query); (got > 0) != some {
			t.Errorf("%s: %d rows", query, got)
		}
	}
	ctx, counter := store.WithCounter(t.Context())
	r := httptest.NewRequest(http.MethodGet, webtest.Public+audit.ListPath, nil).WithContext(ctx)
	if admin.Do(r).Want(t, http.StatusOK); counter.N() > 9 {
		t.Errorf("the log costs %d queries", counter.N())
	}
	admin.Get(audit.ListPath+"?rzecz=nic").Want(t, http.StatusNotFound)
}
