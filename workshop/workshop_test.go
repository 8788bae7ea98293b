package workshop_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
)

func TestSameAnswerSentOftenCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "cards")
		who := x.joins(w, ui.NGO)
		answer := workshop.Answer{ID: store.NewRandomID(), Activity: a.ID, Participant: who.ID, Body: `{"text":"Brak czasu"}`}
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if err := x.rooms.Take(context.Background(), w.ID, answer); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := x.Count(`SELECT count(*) FROM workshop_entry WHERE workshop = $1`, w.ID); n != 1 {
			t.Errorf("%d lines", n)
		}
		other := answer
		other.Body = `{"text":"Coś innego"}`
		if err := x.rooms.Take(context.Background(), w.ID, other); !fault.Is(err, fault.KindConflict) {
			t.Errorf("another answer under the same id: %v", err)
		}
	})
}

func TestAnswerAfterTheCloseIsRefusedAndSaysWhy(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "cards")
		b := x.phone(w, "resident")
		x.advance(5*time.Minute - time.Second)
		say(b, w, a, store.NewRandomID(), "text", "W ostatniej chwili").Want(t, http.StatusSeeOther)
		x.advance(time.Second)
		page := say(b, w, a, store.NewRandomID(), "text", "Za późno").Want(t, http.StatusConflict)
		if !strings.Contains(page.Body, "przyszła za późno") {
			t.Errorf("%s", page.Body)
		}
		b.Header.Set("X-Room", "1")
		if page := say(b, w, a, store.NewRandomID(), "text", "Za późno").Want(t, http.StatusConflict); !strings.Contains(page.Body, "przyszła za późno") {
			t.Errorf("the script reads %q", page.Body)
		}
		if n := x.Count(`SELECT count(*) FROM workshop_entry WHERE workshop = $1`, w.ID); n != 1 {
			t.Errorf("%d lines", n)
		}
		must(x.rooms.Extend(x.lead(), w.ID, a.ID, 1))(t)
		say(b, w, a, store.NewRandomID(), "text", "Jednak zdążyłam").Want(t, http.StatusNoContent)
	})
}

func TestPhoneThatComesBackIsWhoItWas(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		b := x.phone(w, "ngo")
		b.Post(w.Door()+"/wejscie", "sector", "business").Want(t, http.StatusSeeOther) // a second tab
		if n := x.Count(`SELECT count(*) FROM workshop_participant WHERE workshop = $1`, w.ID); n != 1 {
			t.Fatalf("%d participants of one phone", n)
		}
		if sector := x.Text(`SELECT sector FROM workshop_participant WHERE workshop = $1`, w.ID); sector != "ngo" {
			t.Errorf("it has become %s", sector)
		}
		a := x.start(w, "dots")
		late := x.phone(w, "resident") // after the start
		for _, phone := range []int{0, 1} {
			one := b
			if phone == 1 {
				one = late
			}
			say(one, w, a, store.NewRandomID(), "option", "1").Want(t, http.StatusSeeOther)
			say(one, w, a, store.NewRandomID(), "option", "3").Want(t, http.StatusSeeOther)
		}
		must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(t)
		page := x.Visitor().Get(w.Screen()).Want(t, http.StatusOK)
		if text := page.Text(".room-result"); !strings.Contains(text, "Czas2") || !strings.Contains(text, "Zaufanie0") {
			t.Errorf("of two answers of one phone the last counts: %s", text)
		}
	})
}

func TestCloseDestroysWhatLedToPhones(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		b := x.phone(w, "ngo")
		must(x.rooms.Close(x.lead(), w.ID))(t)
		if n := x.Count(`SELECT count(*) FROM workshop_participant WHERE workshop = $1 AND hash <> ''`, w.ID); n != 0 {
			t.Errorf("%d links are left", n)
		}
		if page := b.Get(w.Door()).Want(t, http.StatusOK); page.Count("form.answer") != 0 {
			t.Error("a task is offered after the close")
		}
		if _, err := x.rooms.Join(context.Background(), w.ID, workshop.NewDevice(), ui.NGO, 0); !fault.Is(err, fault.KindClosed) {
			t.Errorf("joining after the close: %v", err)
		}
		if _, err := x.rooms.Start(x.lead(), w.ID, x.item(w, "cards").ID); !fault.Is(err, fault.KindClosed) {
			t.Errorf("starting after the close: %v", err)
		}
	})
}

func TestResetCountsFromNothingAndKeepsTheLog(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "cards")
		b := x.phone(w, "ngo")
		say(b, w, a, store.NewRandomID(), "text", "Pierwsza próba").Want(t, http.StatusSeeOther)
		lead := x.As(x.Facilitator, false)
		if page := lead.Get(w.Path()+"/zadania/"+string(a.ID)+"/od-nowa").Want(t, http.StatusOK); page.Count("form.confirmation li") < 2 {
			t.Error("no warning")
		}
		lead.Post(w.Path()+"/zadania/"+string(a.ID)+"/od-nowa").Want(t, http.StatusSeeOther)
		if _, err := x.rooms.Start(x.lead(), w.ID, a.ID); err != nil {
			t.Fatal(err)
		}
		must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(t)
		if page := x.Visitor().Get(w.Screen()); strings.Contains(page.Body, "Pierwsza próba") {
			t.Error("the answer of the round before counts")
		}
		if n := x.Count(`SELECT count(*) FROM workshop_entry WHERE workshop = $1`, w.ID); n != 1 {
			t.Errorf("%d lines in the log", n)
		}
	})
}

func TestNextStopsWhatRuns(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		for _, kind := range []string{"cards", "statements", "dots"} {
			must(x.rooms.Next(x.lead(), w.ID))(t)
			for _, a := range must(workshop.Agenda(x.lead(), x.DB, w.ID))(t) {
				if running := a.At(x.DB.Now()) == workshop.Running; running != (a.Kind == kind) {
					t.Errorf("at %s: %s is running: %v", kind, a.Kind, running)
				}
			}
		}
		if _, err := x.rooms.Next(x.lead(), w.ID); !fault.Is(err, fault.KindConflict) {
			t.Errorf("after the last: %v", err)
		}
	})
}

func TestOptionsAreTakenFromAnEarlierActivityAtTheStart(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		cards := x.item(w, "cards")
		id := store.NewID()
		must(x.rooms.Add(x.lead(), w.ID, id, workshop.Plan{Kind: "dots", Title: "Co najważniejsze?", Settings: activity.Settings{"dots": "1"}, Source: cards.ID}))(t)
		if _, err := x.rooms.Start(x.lead(), w.ID, id); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("starting with nothing to choose from: %v", err)
		}
		x.start(w, "cards")
		b := x.phone(w, "ngo")
		for _, text := range []string{"Zbyt wiele papieru", "Nie znamy się"} {
			say(b, w, cards, store.NewRandomID(), "text", text).Want(t, http.StatusSeeOther)
		}
		must(x.rooms.Start(x.lead(), w.ID, id))(t)
		if page := b.Get(w.Door()).Want(t, http.StatusOK); page.Count(`input[name="option"]`) != 2 || !strings.Contains(page.Body, "Nie znamy się") {
			t.Errorf("%s", page.Text(".room-task"))
		}
	})
}

// A state that was counted as answers came is the one that a recount of the log
// gives, also from another program on the same database.
func TestResultIsARecountOfTheLog(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		a := x.start(w, "statements")
		for i := range 24 {
			who := x.joins(w, ui.Sectors[i%3])
			for statement := range 2 {
				vote := (i+statement)%3 - 1
				answers := []string{fmt.Sprintf(`{"statement":%d,"vote":%d}`, statement, vote), fmt.Sprintf(`{"statement":%d,"about":"%s","percent":%d}`, statement, ui.Sectors[(i+1)%3], 25*(i%5))}
				for _, body := range answers {
					if err := x.rooms.Take(context.Background(), w.ID, workshop.Answer{ID: store.NewRandomID(), Activity: a.ID, Participant: who.ID, Body: body}); err != nil {
						t.Fatal(err)
					}
				}
			}
			if i%5 == 0 {
				x.Visitor().Get(w.Screen()).Want(t, http.StatusOK) // counted on the way
			}
		}
		must(x.rooms.Stop(x.lead(), w.ID, a.ID))(t)
		must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(t)
		counted := x.Visitor().Get(w.Screen()).Want(t, http.StatusOK).Text(".room-result")
		x.rooms.Forget(w.ID)
		if recounted := x.Visitor().Get(w.Screen()).Text(".room-result"); recounted != counted {
			t.Errorf("counted\n%s\nrecounted\n%s", counted, recounted)
		}
		if !strings.Contains(counted, "domysł") || !strings.Contains(counted, "24 głosy") {
			t.Errorf("%s", counted)
		}
	})
}
