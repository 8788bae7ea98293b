package workshop_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/workshop"
)

// A table of thirty cards is typed in one go, by keyboard, after the close; typed
// again it counts once.
func TestSheetsOfATableCountOnceBesidePhones(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "dots")
		say(x.phone(w, "ngo"), w, a, store.NewRandomID(), "option", "1").Want(t, http.StatusSeeOther)
		must(x.rooms.Stop(x.lead(), w.ID, a.ID))(t)
		var lines strings.Builder
		for n := 1; n <= 30; n++ {
			fmt.Fprintf(&lines, "%s %s %d %d\n", workshop.SheetCode(n), []string{"U", "o", "M", "F"}[n%4], 1+n%3, 1+(n+1)%3)
		}
		lead := x.As(x.Facilitator, false)
		for range 2 {
			page := lead.Get(w.Path()+"/papier").Want(t, http.StatusOK)
			values := page.Form(w.Path() + "/papier")
			values.Set("lines", lines.String())
			values.Set("activity", string(a.ID))
			lead.PostForm(w.Path()+"/papier", values).Want(t, http.StatusSeeOther)
			lead.PostForm(w.Path()+"/papier", values).Want(t, http.StatusSeeOther) // sent twice
		}
		must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(t)
		result := x.Visitor().Get(w.Screen()).Want(t, http.StatusOK).Text(".room-result")
		for _, want := range []string{"31 osób", "Zaufanie21", "Pieniądze20", "Czas20"} {
			if !strings.Contains(result, want) {
				t.Errorf("%q is not in %s", want, result)
			}
		}
		if text := lead.Get(w.Path() + "/papier").Text("main"); !strings.Contains(text, "Telefony: 1. Arkusze: 30.") {
			t.Errorf("%s", text)
		}
	})
}

func TestMistypedLineIsNamedAndNothingIsLost(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "dots")
		lead := x.As(x.Facilitator, false)
		for typed, want := range map[string]string{
			workshop.SheetCode(1) + " U 1 2\n12Q U 1": "Wiersz 2: „12Q” nie jest kodem",
			workshop.SheetCode(1) + " X 1":            "Wiersz 1: „X” nie jest literą",
			workshop.SheetCode(1) + " U 9":            "Wiersz 1:",
			workshop.SheetCode(1) + " U":              "Wiersz 1: Wiersz ma mieć kod",
		} {
			values := lead.Get(w.Path() + "/papier").Form(w.Path() + "/papier")
			values.Set("lines", typed)
			values.Set("activity", string(a.ID))
			page := lead.PostForm(w.Path()+"/papier", values).Want(t, http.StatusUnprocessableEntity)
			if !strings.Contains(page.Text("main"), want) || page.Value("lines") != typed {
				t.Errorf("%q: %s", typed, page.Text(".error-summary"))
			}
		}
		if n := x.Count(`SELECT count(*) FROM workshop_entry WHERE workshop = $1`, w.ID); n != 0 {
			t.Errorf("%d answers of refused forms", n)
		}
	})
}

func TestHandsAreAddedOnceToWhatPhonesSay(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "dots")
		say(x.phone(w, "ngo"), w, a, store.NewRandomID(), "option", "2").Want(t, http.StatusSeeOther)
		lead := x.As(x.Facilitator, false)
		for _, hands := range []string{"7", "9"} { // counted again: the second count stands
			lead.Post(w.Path()+"/zadania/"+string(a.ID)+"/odpowiedz", "id", string(store.NewRandomID()), "activity", string(a.ID), "key", "rece", "hands-2", hands).Want(t, http.StatusSeeOther)
		}
		page := lead.Get(w.Path()+"/zadania/"+string(a.ID)).Want(t, http.StatusOK)
		if !strings.Contains(page.Text("main"), "Pieniądze10") {
			t.Errorf("%s", page.Text("main"))
		}
	})
}

func TestPrintPackIsOnePDF(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		page := x.As(x.Facilitator, false).Get(w.Path()+"/papier/druk.pdf?arkusze=3").Want(t, http.StatusOK)
		if !strings.HasPrefix(page.Body, "%PDF-") || page.Header.Get("Content-Type") != "application/pdf" {
			t.Errorf("%.20q %s", page.Body, page.Header.Get("Content-Type"))
		}
	})
}

// Two people put the same cards together at the same time: each sees the moves of
// the other, and every card stands somewhere.
func TestTwoPeopleClusterTheSameWallAndNoCardIsLost(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		id := x.add(w, "clusters", "Ułóżmy to", 0, map[string]string{"cards": "Brak czasu\nBrak ludzi\nZa dużo pism"})
		must(x.rooms.Start(x.lead(), w.ID, id))(t)
		a := x.item(w, "clusters")
		one, two := x.phone(w, "ngo"), x.phone(w, "administration")
		say(one, w, a, store.NewRandomID(), "card", "1", "new", "Zasoby").Want(t, http.StatusSeeOther)
		say(two, w, a, store.NewRandomID(), "card", "2", "to", "Zasoby").Want(t, http.StatusSeeOther)
		say(one, w, a, store.NewRandomID(), "from", "Zasoby", "new", "Ludzie i czas").Want(t, http.StatusSeeOther)
		say(two, w, a, store.NewRandomID(), "card", "1", "to", "Zasoby").Want(t, http.StatusSeeOther) // had not seen the new name
		say(one, w, a, store.NewRandomID(), "card", "1", "new", "Papier").Want(t, http.StatusSeeOther)
		for _, phone := range []*struct{ text string }{{one.Get(w.Door()).Text(".room-task")}, {two.Get(w.Door()).Text(".room-task")}} {
			for _, card := range []string{"Brak czasu", "Brak ludzi", "Za dużo pism"} {
				if !strings.Contains(phone.text, card) {
					t.Errorf("%q is lost: %s", card, phone.text)
				}
			}
			if !strings.Contains(phone.text, "Papier (1)") || !strings.Contains(phone.text, "Ludzie i czas (1)") {
				t.Errorf("%s", phone.text)
			}
		}
	})
}
