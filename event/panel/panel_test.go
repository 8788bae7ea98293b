package panel_test

import (
	"context"
	"embed"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// world is a published panel a week before it begins.
type world struct {
	*eventtest.World
	t     *testing.T
	panel *panel.Service
	hub   *live.Hub
	e     event.Event
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{t: t, hub: live.New(db, live.Options{})}
	w.World = eventtest.New(t, db, event.Options{}, []embed.FS{panel.Messages, live.Messages}, func(*eventtest.World) []web.Route {
		w.panel = panel.New(db, panel.Options{Site: event.Options{}.Site, Live: w.hub})
		return w.panel.Routes()
	})
	w.e = w.World.Event("Panel ekspercki")
	w.Exec(`UPDATE event SET kind = 'panel' WHERE id = $1`, w.e.ID)
	w.Exec(`INSERT INTO event_speaker (id, event, position, name, role) VALUES ($1, $2, 1, 'Danuta Ekspertka', 'expert')`, store.NewID(), w.e.ID)
	w.e.Kind = event.Panel
	return w
}

// asked is a question that waits.
func (w *world) asked(person store.ID, text string) store.ID {
	w.t.Helper()
	id := store.NewID()
	if err := w.panel.Ask(w.Ctx(person), w.e, id, text, ""); err != nil {
		w.t.Fatal(err)
	}
	return id
}

// public is a question that everybody reads.
func (w *world) public(person store.ID, text string) store.ID {
	w.t.Helper()
	id := w.asked(person, text)
	if err := w.panel.Publish(w.Ctx(w.Manager), w.e, id, 1); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) support(question store.ID) int {
	return w.Count(`SELECT count(*) FROM event_panel_support WHERE question = $1`, question)
}

func (w *world) state(question store.ID) (state string) {
	w.t.Helper()
	state, err := store.One[string](w.t.Context(), w.DB, `SELECT state FROM event_panel_question WHERE id = $1`, question)
	if err != nil {
		w.t.Fatal(err)
	}
	return state
}

func TestQuestionWaitsUntilTheTeamHasLooked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.asked(w.Resident, "Kto sprawdza rozliczenia?")
		page := w.Path("")
		if body := w.Visitor().Get(page).Want(t, 200).Body; strings.Contains(body, "Kto sprawdza") {
			t.Error("a visitor reads a question that waits")
		}
		if body := w.As(w.Resident, false).Get(page).Want(t, 200).Body; !strings.Contains(body, "Kto sprawdza") {
			t.Error("who asked does not see the question")
		}
		if n := w.Count(`SELECT count(*) FROM desk_item WHERE kind = 'panel.questions'`); n != 2 {
			t.Errorf("%d items on desks, want one for managers and one for facilitators", n)
		}
		if err := w.panel.Publish(w.Ctx(w.Manager), w.e, id, 1); err != nil {
			t.Fatal(err)
		}
		body := w.Visitor().Get(page).Body
		if !strings.Contains(body, "Kto sprawdza") || strings.Contains(body, "Marta Mieszkanka") {
			t.Error("a visitor does not read the public question, or reads who asked it")
		}
		if n := w.Count(`SELECT count(*) FROM desk_item WHERE kind = 'panel.questions'`); n != 0 {
			t.Errorf("%d items stay on desks", n)
		}
	})
}

// Path is the address of the questions.
func (w *world) Path(more string) string { return w.e.Path() + "/pytania" + more }

func TestSentTwiceIsOneQuestion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := store.NewID()
		for range 2 {
			if err := w.panel.Ask(w.Ctx(w.Resident), w.e, id, "Raz czy dwa?", ""); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.Count(`SELECT count(*) FROM event_panel_question`); n != 1 {
			t.Errorf("%d questions", n)
		}
	})
}

func TestQuestionsAreTakenWhenTheSettingsSay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ask := func(person store.ID) error {
			return w.panel.Ask(w.Ctx(person), w.e, store.NewID(), "Pytanie?", "")
		}
		opens, closes := store.At(eventtest.Day), store.At(eventtest.Day.Add(20*time.Hour))
		set := panel.Settings{Askers: panel.Participants, OpensAt: opens, ClosesAt: closes, Version: 1}
		if err := w.panel.SaveSettings(w.Ctx(w.Manager), w.e, set, nil); err != nil {
			t.Fatal(err)
		}
		if err := ask(w.Resident); !fault.Is(err, fault.KindClosed) {
			t.Errorf("before it opens: %v", err)
		}
		w.DB.Clock().Set(opens.Time)
		if err := ask(w.Resident); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("without a seat: %v", err)
		}
		w.Seat(w.e, w.Resident, "", ui.Resident, "")
		if err := ask(w.Resident); err != nil {
			t.Errorf("with a seat: %v", err)
		}
		if err := ask(""); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("a visitor: %v", err)
		}
		w.DB.Clock().Set(closes.Time)
		if err := ask(w.Resident); !fault.Is(err, fault.KindClosed) {
			t.Errorf("at the close: %v", err)
		}
		if err := w.panel.SaveSettings(w.Ctx(w.Manager), w.e, set, nil); !fault.Is(err, fault.KindConflict) {
			t.Errorf("settings saved over others: %v", err)
		}
	})
}

func TestNobodyFillsTheDeskOfTheTeamAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 5 {
			w.asked(w.Resident, fmt.Sprint("Pytanie ", i))
		}
		if err := w.panel.Ask(w.Ctx(w.Resident), w.e, store.NewID(), "Szóste", ""); !fault.Is(err, fault.KindLimited) {
			t.Errorf("sixth: %v", err)
		}
	})
}

// One person supports a question once, whatever number of browsers they press in
// at the same moment; supporters of a question that is merged meanwhile are not
// lost and not counted twice.
func TestSupportOfManyAtOnceCountsEveryPersonOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		into := w.public(w.Neighbour, "Kiedy zaliczka?")
		same := w.public(w.Resident, "Kiedy wypłacacie zaliczkę?")
		people := []store.ID{w.Neighbour, w.Resident}
		for i := range 12 {
			people = append(people, w.Person(fmt.Sprint("Osoba ", i)))
		}
		var all sync.WaitGroup
		for range 5 {
			for _, p := range people {
				all.Go(func() {
					for _, q := range []store.ID{same, into} {
						if err := w.panel.Support(w.Ctx(p), w.e, q); err != nil {
							t.Errorf("support: %v", err)
						}
					}
				})
			}
		}
		all.Go(func() {
			if err := w.panel.Merge(w.Ctx(w.Manager), w.e, same, 2, into); err != nil {
				t.Errorf("merge: %v", err)
			}
		})
		all.Wait()
		if got, want := w.support(into), len(people)-1; got != want { // its author asked it
			t.Errorf("%d support it, want %d", got, want)
		}
		if left := w.support(same); left != 0 {
			t.Errorf("%d support what was merged", left)
		}
	})
}

func TestSupportTakenBackIsGone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.public(w.Neighbour, "Kiedy zaliczka?")
		before := w.Count(`SELECT revision FROM event_panel`)
		for range 2 {
			if err := w.panel.Support(w.Ctx(w.Resident), w.e, id); err != nil {
				t.Fatal(err)
			}
		}
		if after := w.Count(`SELECT revision FROM event_panel`); after != before+1 {
			t.Errorf("two presses of one person raise the revision by %d", after-before)
		}
		if err := w.panel.Unsupport(w.Ctx(w.Resident), w.e, id); err != nil || w.support(id) != 0 {
			t.Errorf("%v, %d support it", err, w.support(id))
		}
	})
}

func TestRefusedQuestionTellsItsAuthorOnlyWhy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.asked(w.Resident, "Ile zarabia sąsiad?")
		if err := w.panel.Refuse(w.Ctx(w.Manager), w.e, id, 1, ""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("without a reason: %v", err)
		}
		if err := w.panel.Refuse(w.Ctx(w.Manager), w.e, id, 1, "Dotyczy prywatnych spraw"); err != nil {
			t.Fatal(err)
		}
		if body := w.As(w.Resident, false).Get(w.Path("")).Body; !strings.Contains(body, "Dotyczy prywatnych spraw") {
			t.Error("the author does not read why")
		}
		if body := w.As(w.Neighbour, false).Get(w.Path("")).Body; strings.Contains(body, "Ile zarabia") || strings.Contains(body, "Dotyczy prywatnych") {
			t.Error("somebody else reads it")
		}
	})
}

func TestMergedQuestionsOfMergedOnesGoOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b, c := w.public(w.Resident, "A?"), w.public(w.Neighbour, "B?"), w.public(w.Editor, "C?")
		for _, step := range []struct{ from, into store.ID }{{a, b}, {b, c}} {
			if err := w.panel.Merge(w.Ctx(w.Manager), w.e, step.from, 2, step.into); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.Count(`SELECT count(*) FROM event_panel_question WHERE merged_into = $1`, c); n != 2 {
			t.Errorf("%d lead to the last, want 2", n)
		}
		if w.support(c) != 2 {
			t.Errorf("%d support the last, want both authors", w.support(c))
		}
		if err := w.panel.Merge(w.Ctx(w.Manager), w.e, c, 2, c); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("merged with itself: %v", err)
		}
	})
}

func TestTwoModeratorsDoNotOverwriteOneAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.asked(w.Resident, "Kto pierwszy?")
		if err := w.panel.Publish(w.Ctx(w.Manager), w.e, id, 1); err != nil {
			t.Fatal(err)
		}
		if err := w.panel.Refuse(w.Ctx(w.Facilitator), w.e, id, 1, "powód"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("%v", err)
		}
		if w.state(id) != "public" {
			t.Errorf("it is %s", w.state(id))
		}
	})
}

func TestExpertAnswersInWritingAndAStrangerDoesNot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.public(w.Resident, "Co z wkładem?")
		page := w.Path("/" + string(id) + "/odpowiedz")
		w.As(w.Neighbour, false).Get(page).Want(t, 403)
		if err := w.panel.SaveSettings(w.Ctx(w.Manager), w.e, panel.Settings{Askers: panel.Anyone, Version: 1},
			[]string{string(w.Neighbour) + "@example.org"}); err != nil {
			t.Fatal(err)
		}
		expert := w.As(w.Neighbour, false)
		expert.Get(page).Want(t, 200)
		expert.Post(page, "version", "2", "answer", "Wkład to także **praca**.", "by", "Norbert Sąsiad", "way", "written").Want(t, 303)
		body := w.Visitor().Get(w.Path("")).Body
		if !strings.Contains(body, "<strong>praca</strong>") || !strings.Contains(body, "Norbert Sąsiad") {
			t.Error("the answer is not read by everybody")
		}
		expert.Post(page, "version", "2", "answer", "Inaczej", "by", "x", "way", "written").Want(t, 409)
	})
}

func TestUnknownExpertIsNamedBesideTheField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		page := w.As(w.Manager, true).Post(w.Path("/ustawienia"), "version", "1", "askers", "anyone", "experts", "nikt@example.org").Want(t, 422)
		if !strings.Contains(page.Text("#field-experts-mistake"), "nikt@example.org") {
			t.Errorf("the mistake says %q", page.Text("#field-experts-mistake"))
		}
	})
}

func TestQuestionToSomebodyNotAnnouncedIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		err := w.panel.Ask(w.Ctx(w.Resident), w.e, store.NewID(), "Do kogo?", "Kto Inny")
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v", err)
		}
		if err := w.panel.Ask(w.Ctx(w.Resident), w.e, store.NewID(), "Do kogo?", "Danuta Ekspertka"); err != nil {
			t.Error(err)
		}
	})
}

func TestOnlyPanelsHaveQuestions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.World.Event("Seminarium")
		w.Visitor().Get(other.Path()+"/pytania").Want(t, 404)
		if err := w.panel.Ask(w.Ctx(w.Resident), other, store.NewID(), "Pytanie?", ""); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%v", err)
		}
		part, err := w.panel.Part().Show(t.Context(), other)
		if part != nil || err != nil {
			t.Errorf("a seminar shows %v, %v", part, err)
		}
	})
}

func TestOwnQuestionCanBeWithdrawnUntilItIsPublic(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.asked(w.Resident, "Wycofam")
		if err := w.panel.Withdraw(w.Ctx(w.Neighbour), w.e, id); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("somebody else: %v", err)
		}
		if err := w.panel.Withdraw(w.Ctx(w.Resident), w.e, id); err != nil || w.state(id) != "withdrawn" {
			t.Errorf("%v, it is %s", err, w.state(id))
		}
		late := w.public(w.Resident, "Za późno")
		if err := w.panel.Withdraw(w.Ctx(w.Resident), w.e, late); !fault.Is(err, fault.KindClosed) {
			t.Errorf("public: %v", err)
		}
	})
}

func TestOpenPagesAreToldOfTheRevisionTheyHaveToShow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		s := w.hub.Subscribe(panel.Topic(w.e.ID))
		defer s.Close()
		go w.hub.Listen(ctx)
		if w.DB.Dialect() == store.Postgres {
			<-s.Woken()
		}
		w.public(w.Resident, "Na żywo?")
		for s.Latest() < 3 {
			select {
			case <-s.Woken():
			case <-time.After(10 * time.Second):
				t.Fatalf("told of %d, want 3", s.Latest())
			}
		}
		page := w.Visitor().Get(w.Path("/strumien")).Want(t, 200)
		if strings.TrimSpace(page.Body) != "3" {
			t.Errorf("the stream says %q", page.Body)
		}
		shown, _ := w.Visitor().Get(w.Path("")).Doc().Find("[data-live]").Attr("data-live-version")
		if shown != "3" {
			t.Errorf("the page says it shows %s", shown)
		}
	})
}

func TestPagesAskTheDatabaseAFixedNumberOfTimes(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	handler := w.App.Handler()
	asks := func() int {
		ctx, counter := store.WithCounter(t.Context())
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest("GET", w.Path(""), nil).WithContext(ctx))
		if answer.Code != 200 {
			t.Fatal(answer.Code)
		}
		return counter.N()
	}
	before := asks()
	for i := range 30 {
		w.public(w.Person(fmt.Sprint("Osoba ", i)), fmt.Sprint("Pytanie ", i))
	}
	if after := asks(); after != before || before > 3 {
		t.Errorf("the list asks %d times, with thirty questions %d", before, after)
	}
}
