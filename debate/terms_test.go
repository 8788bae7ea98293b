package debate_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestClockClosesAndDestroysTheLinks(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d, later := x.open(), x.open(func(t *debate.Terms) { t.ClosesAt = store.At(t.ClosesAt.Add(time.Hour)) })
		x.vote(d, x.phone(d, ui.NGO), 1, opinion.Agree)
		x.phone(later, ui.NGO)
		if err := x.debates.CloseDue(ctx); err != nil {
			t.Fatal(err)
		}
		if n := x.Count(`SELECT count(*) FROM debate_device`); n != 2 {
			t.Fatalf("before its hour: %d links, want 2", n)
		}
		x.DB.Clock().Set(d.ClosesAt.Time)
		for range 2 { // a second run finds nothing to do
			if err := x.debates.CloseDue(ctx); err != nil {
				t.Fatal(err)
			}
		}
		d = must(debate.ByID(ctx, x.DB, d.ID))(t)
		if d.ClosedAt.IsZero() || x.Count(`SELECT count(*) FROM debate_device WHERE debate = $1`, d.ID) != 0 {
			t.Errorf("closed at %v, with %d links", d.ClosedAt, x.Count(`SELECT count(*) FROM debate_device`))
		}
		if n := x.Count(`SELECT count(*) FROM debate_device WHERE debate = $1`, later.ID); n != 1 {
			t.Errorf("the debate that is open has %d links", n)
		}
		if n := x.Count(`SELECT count(*) FROM audit_entry WHERE act = 'debate.closed'`); n != 1 {
			t.Errorf("%d closes are noted", n)
		}
	})
}

func TestResultsWaitForTheHandThatShowsThem(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open(func(d *debate.Terms) { d.Reveal, d.Mirror = debate.ByHand, false })
		x.fill(d)
		phone := x.Visitor()
		phone.Post(d.Path()+"/wejscie", "sector", "resident")
		phone.Post(d.Path()+"/glos", "statement", "1", "vote", "za")
		if page := phone.Get(d.Path() + "/wyniki"); page.Count("tbody tr") != 0 {
			t.Errorf("own results are told:\n%s", page.Body)
		}
		if _, err := x.debates.ShowResults(x.lead(), d.ID, 0); !fault.Is(err, fault.KindConflict) {
			t.Errorf("shown while people vote: %v", err)
		}
		d = must(x.debates.Close(x.lead(), d.ID, 0))(t)
		for _, path := range []string{"/wyniki", "/wyniki.csv", "/ramka", "/stwierdzenia/1"} {
			if body := x.Visitor().Get(d.Path() + path).Body; strings.Contains(body, "100\u00a0%") || strings.Contains(body, "Dotacje rozlicza") {
				t.Errorf("%s tells before the results are shown", path)
			}
		}
		if page := x.As(x.Facilitator, true).Get(d.Path() + "/wyniki"); !strings.Contains(page.Body, "widzi na razie tylko zespół") || page.Count("tbody tr") == 0 {
			t.Errorf("the team:\n%s", page.Body)
		}
		if page := x.As(x.Facilitator, true).Post(d.Path() + "/pokazanie"); page.Status != http.StatusSeeOther {
			t.Fatalf("show: %d", page.Status)
		}
		if page := x.Visitor().Get(d.Path() + "/wyniki"); page.Count("tbody tr") == 0 {
			t.Errorf("shown, and nobody sees:\n%s", page.Body)
		}
	})
}

// fill lets thirty people of three sectors vote as in filled.
func (x *room) fill(d debate.Debate) {
	x.t.Helper()
	var all []debate.Answers
	for i := range 30 {
		sector := ui.Sectors[i%3]
		a := debate.Answers{Sector: sector, Votes: map[int]opinion.Vote{}}
		for statement := 1; statement <= 3; statement++ {
			a.Votes[statement] = opinion.Agree
			if statement == 2 && sector == ui.Administration || statement == 3 && i%2 == 0 {
				a.Votes[statement] = opinion.Disagree
			}
		}
		all = append(all, a)
	}
	if err := x.debates.Load(x.lead(), d.ID, all); err != nil {
		x.t.Fatal(err)
	}
}

func TestSectorsAreToldTogetherByTheRule(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open(func(d *debate.Terms) { d.Joined, d.Mirror = debate.Social, false })
		d2 := must(debate.ByID(ctx, x.DB, d.ID))(t)
		d2.Joined = debate.Apart
		if _, err := x.debates.Revise(x.lead(), d.ID, 0, d2.Terms); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the rule is changed while people vote: %v", err)
		}
		var all []debate.Answers
		for i := range 13 { // 7 of offices, 3 of NGOs, 3 residents: apart the last two are hidden
			sector := ui.Administration
			if i >= 7 {
				sector = []ui.Sector{ui.NGO, ui.Resident}[i%2]
			}
			all = append(all, debate.Answers{Sector: sector, Votes: map[int]opinion.Vote{1: opinion.Agree}})
		}
		if err := x.debates.Load(x.lead(), d.ID, all); err != nil {
			t.Fatal(err)
		}
		r := x.result(d)
		views := r.Compared.Statements[0].Views
		if views[0].Tally.Agree != 7 || views[1].Tally.Agree != 6 || views[1].Hidden {
			t.Errorf("offices %+v, NGOs with residents %+v", views[0], views[1])
		}
		must(x.debates.Close(x.lead(), d.ID, 0))(t)
		page := x.Visitor().Get(d.Path() + "/stwierdzenia/1")
		if !strings.Contains(page.Body, "Organizacje i mieszkańcy, 6 odpowiedzi") || strings.Contains(page.Body, "Mieszkańcy:") {
			t.Errorf("the page of a statement:\n%s", page.Text("main"))
		}
		head, _, _ := strings.Cut(x.Visitor().Get(d.Path()+"/wyniki.csv").Body, "\n")
		if !strings.Contains(head, "Organizacje i mieszkańcy: Zgadzam się") || strings.Count(head, "Zgadzam się") != 4 {
			t.Errorf("the head of the download: %s", head)
		}
	})
}

func TestSmallRoomIsToldBeforeItOpensWhatWillBeHidden(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		e := x.Event("Seminarium")
		d := x.draft(func(d *debate.Terms) { d.Event = e.ID })
		x.expected = map[ui.Sector]int{ui.Administration: 9, ui.NGO: 7, ui.Resident: 3}
		lead := x.As(x.Facilitator, true)
		page := lead.Get(d.Path() + "/prowadzenie")
		if !strings.Contains(page.Body, "Co ukryje ta lista") || strings.Count(page.Text("main"), "pokażemy, jeśli") != 1 {
			t.Errorf("three residents hide themselves and one more:\n%s", page.Text("main"))
		}
		d.Joined = debate.Social
		must(x.debates.Revise(x.lead(), d.ID, 0, d.Terms))(t)
		if page := lead.Get(d.Path() + "/prowadzenie"); strings.Count(page.Text("main"), "pokażemy, jeśli") != 2 {
			t.Errorf("told together:\n%s", page.Text("main"))
		}
	})
}

func TestFrameIsForTheSitesThatAreNamed(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		for _, bad := range []string{"http://gmina.example", "https://gmina.example/strona", "*", "https://*.example", "gmina.example", "https://a.example;script-src", "javascript:alert(1)"} {
			terms := x.terms()
			terms.Embed = bad
			if err := terms.Check(); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%q is taken: %v", bad, err)
			}
		}
		d := x.open(func(d *debate.Terms) { d.Embed, d.Mirror = "https://gmina.example\nhttps://forum.example:8443", false })
		x.fill(d)
		must(x.debates.Close(x.lead(), d.ID, 0))(t)
		page := x.As(x.Facilitator, true).Get(d.Path() + "/ramka")
		if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors https://gmina.example https://forum.example:8443;") {
			t.Errorf("policy %s", csp)
		}
		if page.Count("form") != 0 || page.Count("header") != 0 || page.Count(`a:not([target="_blank"])`) != 0 || !strings.Contains(page.Body, "Spotykamy się za rzadko.") {
			t.Errorf("the frame holds more than results, or less:\n%s", page.Body)
		}
		other := x.open()
		if csp := x.Visitor().Get(other.Path() + "/ramka").Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("of a debate that names nobody: %s", csp)
		}
	})
}

func TestSmallGroupsAreToldWithAnInterval(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open(func(d *debate.Terms) { d.Mirror = false })
		var all []debate.Answers
		for i := range 12 {
			vote := opinion.Agree
			if i < 6 {
				vote = opinion.Disagree
			}
			all = append(all, debate.Answers{Sector: ui.Sectors[i/6], Votes: map[int]opinion.Vote{1: vote}})
		}
		if err := x.debates.Load(x.lead(), d.ID, all); err != nil {
			t.Fatal(err)
		}
		must(x.debates.Close(x.lead(), d.ID, 0))(t)
		text := strings.ReplaceAll(x.Visitor().Get(d.Path()+"/wyniki").Text("main"), "\u00a0", " ")
		if !strings.Contains(text, "Za mało, by powiedzieć: zgadza się 100 % osób z organizacji i 0 % osób z urzędów. Różnica 100 p.p., prawdopodobnie od 56 do 100.") ||
			strings.Contains(text, "Różnica jest pewna") {
			t.Errorf("%s", text)
		}
	})
}

func TestTwoDebatesAreComparedOnTheSameStatements(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		before := x.open(func(d *debate.Terms) { d.Mirror = false })
		after := x.open(func(d *debate.Terms) { d.Mirror, d.ClosesAt = false, store.At(d.ClosesAt.Add(time.Hour)) })
		for d, vote := range map[store.ID]opinion.Vote{before.ID: opinion.Disagree, after.ID: opinion.Agree} {
			var all []debate.Answers
			for i := range 20 {
				all = append(all, debate.Answers{Sector: ui.Sectors[i%2], Votes: map[int]opinion.Vote{1: vote, 2: opinion.Agree}})
			}
			if err := x.debates.Load(x.lead(), d, all); err != nil {
				t.Fatal(err)
			}
		}
		must(x.debates.Close(x.lead(), before.ID, 0))(t)
		if page := x.Visitor().Get(before.Path() + "/porownanie"); page.Status != http.StatusNotFound {
			t.Errorf("compared with one that is open: %d", page.Status)
		}
		x.DB.Clock().Advance(time.Minute)
		must(x.debates.Close(x.lead(), after.ID, 0))(t)
		for _, d := range []debate.Debate{before, after} { // the same from either side
			text := strings.ReplaceAll(x.Visitor().Get(d.Path()+"/porownanie").Text("main"), "\u00a0", " ")
			if !strings.Contains(text, "zgoda wzrosła: 0 % → 100 %, o 100 p.p.") || !strings.Contains(text, "100 % → 100 %: za mało, by powiedzieć") {
				t.Errorf("%s", text)
			}
		}
	})
}

// Pages hear of votes over a stream, at most once a second, and what they then
// ask for has those votes; the result is made once for all of them.
func TestOpenPagesHearOfVotes(t *testing.T) {
	x := newRoom(t, storetest.SQLite(t))
	d := x.open()
	server := httptest.NewServer(x.App.Handler())
	defer server.Close()
	defer x.hub.Stop()
	heard := make(chan int64, 100)
	r, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL+d.Path()+"/strumien", nil)
	r.Header.Set("Accept", "text/event-stream")
	answer := must(http.DefaultClient.Do(r))(t)
	defer answer.Body.Close()
	go func() {
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if number, is := strings.CutPrefix(lines.Text(), "data: "); is {
				if n, err := strconv.ParseInt(number, 10, 64); err == nil {
					heard <- n
				}
			}
		}
	}()
	first := <-heard // what the page has missed
	var people []debate.Participant
	for range 8 {
		people = append(people, x.phone(d, ui.NGO))
	}
	together(24, func(i int) {
		if err := x.debates.Vote(ctx, d.ID, people[i%8].Number, 1+i/8, opinion.Agree, false); err != nil {
			t.Error(err)
		}
	})
	limit, messages := time.After(10*time.Second), 0
	for said := first; ; messages++ {
		now := must(debate.ByID(ctx, x.DB, d.ID))(t).Revision
		if said >= now {
			break
		}
		select {
		case said = <-heard:
		case <-limit:
			t.Fatalf("heard %d, the debate is at %d", said, now)
		}
		if r := x.result(d); r.Revision < said {
			t.Errorf("told of %d, the result is of %d", said, r.Revision)
		}
	}
	if messages == 0 || messages > 5 {
		t.Errorf("%d messages about 24 votes that came at once", messages)
	}
	results := make([]*debate.Result, 50)
	together(len(results), func(i int) { results[i] = must(x.debates.Result(context.Background(), d.ID))(t) })
	for _, r := range results {
		if r != results[0] || r.Votes != 24 {
			t.Fatal("readers do not share one result")
		}
	}
	if body := x.Visitor().Get(d.Path() + "/strumien").Body; strings.TrimSpace(body) != fmt.Sprint(results[0].Revision) {
		t.Errorf("without a stream: %q", body)
	}
}

// While people vote, the map is made once a second at most.
func TestResultIsMadeOnceASecond(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.NGO)
		x.vote(d, p, 1, opinion.Agree)
		first := x.result(d)
		var mu sync.Mutex
		seen := map[*debate.Result]bool{first: true}
		began := time.Now()
		together(40, func(i int) {
			if err := x.debates.Vote(ctx, d.ID, p.Number, 1+i%3, opinion.Vote(i%3-1), false); err != nil {
				t.Error(err)
			}
			r, err := x.debates.Result(ctx, d.ID)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			seen[r] = true
			mu.Unlock()
		})
		if most := 2 + int(time.Since(began)/time.Second); len(seen) > most {
			t.Errorf("%d results in %v", len(seen), time.Since(began))
		}
	})
}
