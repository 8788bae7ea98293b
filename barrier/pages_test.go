package barrier_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
)

const list = "/programy/wspolpraca/bariery"

func TestMemberIsAskedAboutANameAndItWaitsForTheTeam(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.As(w.leader, false)
		b.Get(list+"/zglos?karta=po-pieniadze").Want(t, 200)
		f := url.Values{"id": {string(store.NewID())}, "kind": {"stereotype"}, "statement": {"Wszystko blokuje pani Kowalska"}, "held_by": {"ngo"}, "about": {"administration"}, "language": {"pl"}}
		page := b.PostForm(list, f).Want(t, 422)
		if page.Count("input[name=nobody]") != 1 || !strings.Contains(page.Text("main"), "pani Kowalska") {
			t.Fatalf("nobody is asked: %s", page.Text("main"))
		}
		f.Set("nobody", "1")
		b.PostForm(list, f).Want(t, 303)
		if page := w.Visitor().Get(list + "/1"); page.Status != 404 {
			t.Errorf("a visitor sees a proposal: %d", page.Status)
		}
		if page := w.As(w.manager, true).Get(list+"/1/ocena").Want(t, 200); !strings.Contains(page.Text("main"), "pani Kowalska") {
			t.Error("the team is not shown the doubt")
		}
	})
}

func TestRegisterIsFilteredAndCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 3 {
			w.entered(fmt.Sprintf("Urzędnicy zasłaniają się przepisami %d", i))
		}
		w.proposed("Ukryte zgłoszenie")
		for query, want := range map[string]int{"": 3, "?kto=administration": 3, "?kto=ngo": 0, "?o-kim=ngo": 3, "?rodzaj=risk": 0, "?szukaj=zaslaniaja": 3,
			"?szukaj=xyz": 0, "?stan=bez-werdyktu": 3, "?stan=po-terminie": 0, "?kolejnosc=przeglad": 3} {
			if n := w.Visitor().Get(list+query).Want(t, 200).Count("tbody tr"); n != want {
				t.Errorf("%q shows %d, want %d", query, n, want)
			}
		}
	})
}

func TestEveryPageOpensWithFewQueries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		for _, person := range w.members(6, "ngo") {
			w.vote(b, person, 4, 4)
		}
		p := w.proposed("Zgłoszenie")
		manager := w.As(w.manager, true)
		for _, path := range []string{"", "/obraz", "/obraz?sektor=ngo", "/porownanie", "/porownanie?od=1.09.2014&do=30.09.2014", "/karty", "/moje", "/zglos", "/do-oceny", "/rodzaje",
			"/1", "/1/edycja", "/1/dowod", "/1/werdykt", "/1/odpowiedz", "/1/przeglad", "/1/koniec-glosowania", "/1/wycofanie", fmt.Sprintf("/%d/ocena", p.Number)} {
			manager.Get(list+path).Want(t, 200)
		}
		for _, path := range []string{".csv", ".xlsx", ".ics"} {
			w.Visitor().Get(list+path).Want(t, 200)
		}
		ctx, counter := store.WithCounter(context.Background())
		if page := w.Visitor().Do(httptest.NewRequestWithContext(ctx, "GET", webtest.Public+list+"/1", nil)); page.Status != 200 || counter.N() > 9 {
			t.Errorf("%d with %d queries", page.Status, counter.N())
		}
	})
}

func TestStaleStepShowsWhatSomebodyElseSaved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		must(t)(w.barriers.Conclude(w.as(w.manager), w.programme, b.ID, b.Version, barrier.Judgement{Verdict: barrier.Partly, Note: "Cudze uzasadnienie."}))
		page := w.As(w.manager, true).PostForm(list+"/1/werdykt", url.Values{"version": {"1"}, "verdict": {"confirmed"}, "note": {"Moje uzasadnienie."}}).Want(t, 409)
		if text := page.Text("main"); !strings.Contains(text, "Cudze uzasadnienie.") || !strings.Contains(page.Body, "Moje uzasadnienie.") {
			t.Errorf("%s", text)
		}
	})
}

func TestVotesNeverLeave(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		for _, person := range w.members(4, "resident") {
			w.vote(b, person, 5, 5)
		}
		if csv := w.Visitor().Get(list+".csv").Want(t, 200).Body; strings.Contains(csv, ";5;") || strings.Contains(csv, "4;5") {
			t.Errorf("four votes left: %s", csv)
		}
	})
}
