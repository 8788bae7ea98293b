package programme_test

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
)

func readCSV(t *testing.T, b *webtest.Browser, path string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(b.Get(path).Want(t, http.StatusOK).Body)).ReadAll()
	must(t, err)
	return rows
}

func TestListsOfAProgrammeLeaveWithWhatTheirPagesShow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.rich()
		if rows := readCSV(t, g.Visitor(), "/programy.csv"); len(rows) != 2 || rows[1][0] != p.Title {
			t.Errorf("programmes %q", rows)
		}
		measures := readCSV(t, g.Visitor(), p.Path()+"/wskazniki.csv")
		if len(measures) < 2 || measures[1][1] == "" {
			t.Errorf("measures %q", measures)
		}
		manager := g.browser(g.clerk)
		page := manager.Get(p.Path()+"/edycja/uczestnicy").Want(t, http.StatusOK)
		members := readCSV(t, manager, p.Path()+"/edycja/uczestnicy.csv")
		if shown := page.Text(".count"); len(members) < 2 || !strings.HasPrefix(shown, strconv.Itoa(len(members)-1)+" ") {
			t.Errorf("%d members leave, the page says %q", len(members)-1, shown)
		}
		if team := readCSV(t, manager, p.Path()+"/edycja/zespol.csv"); len(team) < 2 {
			t.Errorf("team %q", team)
		}
	})
}

func TestMembersLeaveToTheManagerOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Program")
		stranger := g.browser(g.person("Jan Obcy", "2412042"))
		for _, path := range []string{"/edycja/uczestnicy.csv", "/edycja/uczestnicy.xlsx", "/edycja/zespol.csv"} {
			stranger.Get(p.Path()+path).Want(t, http.StatusForbidden)
			g.Visitor().Get(p.Path()+path).Want(t, http.StatusSeeOther)
		}
	})
}

func TestPhasesAreACalendar(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.rich()
		page := g.Visitor().Get(p.Path()).Want(t, http.StatusOK)
		if page.Count(`a[href="`+p.Path()+`/etapy.ics"]`) != 1 {
			t.Error("the phases offer no calendar")
		}
		file := g.Visitor().Get(p.Path()+"/etapy.ics").Want(t, http.StatusOK)
		if got, want := strings.Count(file.Body, "BEGIN:VEVENT"), page.Count(".phases > li"); got != want || want == 0 {
			t.Errorf("%d dates, %d phases", got, want)
		}
		if !strings.Contains(file.Body, "DTSTART;VALUE=DATE:") {
			t.Error("a phase is no whole day")
		}
		draft := g.draft("Szkic")
		g.Visitor().Get(draft.Path()+"/etapy.ics").Want(t, http.StatusNotFound)
		g.Visitor().Get(draft.Path()+"/wskazniki.csv").Want(t, http.StatusNotFound)
	})
}
