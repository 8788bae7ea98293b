package visit_test

import (
	"embed"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// world is a published visit with a card of two tasks; the resident comes for an
// association, the neighbour for himself.
type world struct {
	*eventtest.World
	t     *testing.T
	visit *visit.Service
	e     event.Event
	tasks []store.ID
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{t: t}
	w.World = eventtest.New(t, db, event.Options{}, []embed.FS{visit.Messages}, func(*eventtest.World) []web.Route {
		w.visit = visit.New(db, visit.Options{})
		return w.visit.Routes()
	})
	w.e = w.World.Event("Wizyta")
	w.Exec(`UPDATE event SET kind = 'visit' WHERE id = $1`, w.e.ID)
	w.e.Kind = event.Visit
	w.Seat(w.e, w.Resident, w.NGO, ui.NGO, "")
	w.Seat(w.e, w.Neighbour, "", ui.Resident, "")
	w.prepare(1, "Kto płaci?", "Kto sprząta?")
	return w
}

func (w *world) prepare(version int, texts ...string) {
	w.t.Helper()
	var tasks []visit.Task
	for _, text := range texts {
		tasks = append(tasks, visit.Task{Text: text})
	}
	if err := w.visit.Prepare(w.Ctx(w.Editor), w.e, "Gospodarz **dba** o rzekę.", tasks, version); err != nil {
		w.t.Fatal(err)
	}
	var err error
	if w.tasks, err = store.All[store.ID](w.t.Context(), w.DB, `SELECT id FROM event_visit_task WHERE event = $1 ORDER BY position`, w.e.ID); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) path(more string) string { return w.e.Path() + "/wizyta" + more }

func (w *world) copied(person store.ID, what string, due time.Time) store.ID {
	w.t.Helper()
	id := store.NewID()
	if err := w.visit.Copy(w.Ctx(person), w.e, visit.Copy{ID: id, What: what, DueAt: store.At(due)}); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func TestCardKeepsWhatEachPersonWrote(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		card := w.As(w.Resident, false)
		card.Post(w.path("/karta"), "note-"+string(w.tasks[0]), "Powiat").Want(t, 303)
		card.Post(w.path("/karta"), "note-"+string(w.tasks[1]), "Harcerze").Want(t, 303)
		page := card.Get(w.path("/karta")).Want(t, 200)
		if page.Value("note-"+string(w.tasks[0])) != "Powiat" || page.Value("note-"+string(w.tasks[1])) != "Harcerze" {
			t.Errorf("the card says %q and %q", page.Value("note-"+string(w.tasks[0])), page.Value("note-"+string(w.tasks[1])))
		}
		if other := w.As(w.Neighbour, false).Get(w.path("/karta")); strings.Contains(other.Body, "Powiat") {
			t.Error("somebody else reads it")
		}
		card.Post(w.path("/karta"), "note-"+string(w.tasks[0]), "").Want(t, 303)
		if n := w.Count(`SELECT count(*) FROM event_visit_note`); n != 1 {
			t.Errorf("%d notes after one was emptied", n)
		}
	})
}

func TestCardIsForThoseWithASeat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.As(w.Editor, true).Get(w.path("/karta")).Want(t, 422)
		err := w.visit.Learn(w.Ctx(w.Editor), w.e, store.NewID(), "Wniosek")
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a lesson without a seat: %v", err)
		}
		w.Exec(`UPDATE event_registration SET state = 'withdrawn' WHERE person = $1`, w.Neighbour)
		if err := w.visit.Fill(w.Ctx(w.Neighbour), w.e, map[store.ID]string{w.tasks[0]: "x"}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a card after withdrawal: %v", err)
		}
	})
}

func TestLessonIsPublicOnceTheTeamShowsIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := store.NewID()
		for range 2 {
			if err := w.visit.Learn(w.Ctx(w.Resident), w.e, id, "Jedna umowa wystarczy"); err != nil {
				t.Fatal(err)
			}
		}
		public := func() bool { return strings.Contains(w.Visitor().Get(w.path("")).Want(t, 200).Body, "Jedna umowa") }
		if public() {
			t.Error("shown before the team looked")
		}
		team := w.As(w.Facilitator, true)
		if body := team.Get(w.path("/wnioski")).Want(t, 200).Body; strings.Count(body, "<p lang=\"pl\">Jedna umowa") != 1 || strings.Contains(body, "Marta") {
			t.Error("the team does not read it once, without a name")
		}
		team.Post(w.path("/wnioski/"+string(id)), "shown", "tak", "version", "1").Want(t, 303)
		if !public() {
			t.Error("not shown")
		}
		team.Post(w.path("/wnioski/"+string(id)), "shown", "nie", "version", "1").Want(t, 409)
		team.Post(w.path("/wnioski/"+string(id)), "shown", "nie", "version", "2").Want(t, 303)
		if public() {
			t.Error("still shown")
		}
	})
}

func TestPromiseNamesAnOrganisationAndNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.copied(w.Resident, "Punkt zbiórki", eventtest.Day.AddDate(0, 1, 1))
		w.copied(w.Neighbour, "Tablica", time.Time{})
		body := w.Visitor().Get(w.path("")).Body
		for want, is := range map[string]bool{"Stowarzyszenie Przykład": true, "osoba, we własnym imieniu": true, "13 lipca 2014": true,
			"Marta Mieszkanka": false, "Norbert": false} {
			if strings.Contains(body, want) != is {
				t.Errorf("%q stands in public: %v", want, !is)
			}
		}
	})
}

func TestPromiseIsReportedByItsOwnersAndTheTeamOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.copied(w.Resident, "Punkt zbiórki", eventtest.Day.AddDate(0, 0, 8))
		waits := func() int { return w.Count(`SELECT count(*) FROM desk_item WHERE to_person = $1`, w.Resident) }
		if waits() != 1 {
			t.Errorf("%d items on the desk of who promised", waits())
		}
		w.As(w.Neighbour, false).Get(w.path("/do-skopiowania/"+string(id))).Want(t, 403)
		done := visit.Copy{ID: id, What: "Punkt zbiórki", State: visit.Done, Version: 1}
		if err := w.visit.Report(w.Ctx(w.Neighbour), w.e, done); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("done without a word: %v", err)
		}
		done.Report = "Stoi przy szkole."
		if err := w.visit.Report(w.Ctx(w.Neighbour), w.e, done); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a neighbour reports: %v", err)
		}
		representative := w.Person("Prezes")
		w.Act(representative, w.NGO)
		if err := w.visit.Report(w.Ctx(representative), w.e, done); err != nil {
			t.Errorf("the representative: %v", err)
		}
		if err := w.visit.Report(w.Ctx(w.Resident), w.e, done); !fault.Is(err, fault.KindConflict) {
			t.Errorf("over the report of another: %v", err)
		}
		if waits() != 0 {
			t.Error("it still waits")
		}
	})
}

func TestTaskUnderWhichSomebodyWroteStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.visit.Fill(w.Ctx(w.Resident), w.e, map[store.ID]string{w.tasks[1]: "Harcerze"}); err != nil {
			t.Fatal(err)
		}
		err := w.visit.Prepare(w.Ctx(w.Editor), w.e, "", []visit.Task{{ID: w.tasks[0], Text: "Kto płaci?"}}, 2)
		if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != "task-"+string(w.tasks[1]) {
			t.Errorf("%v", err)
		}
		team := w.As(w.Editor, true)
		form := team.Get(w.path("/przygotowanie")).Want(t, 200)
		if form.Count(`input[name^="task-"]`) != 6 {
			t.Errorf("%d fields of tasks, want two and four empty", form.Count(`input[name^="task-"]`))
		}
		team.Post(w.path("/przygotowanie"), "version", "2", "task-"+string(w.tasks[1]), "Kto sprząta i kiedy?", "task-new1", "Kto decyduje?").Want(t, 303)
		page := w.Visitor().Get(w.path("")).Text("#tasks + ol")
		if strings.Contains(page, "płaci") || !strings.Contains(page, "i kiedy?") || !strings.Contains(page, "decyduje") {
			t.Errorf("the card says %q", page)
		}
	})
}

func TestOnlyVisitsHaveACard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.World.Event("Seminarium")
		w.Visitor().Get(other.Path()+"/wizyta").Want(t, 404)
		if part, err := w.visit.Part().Show(t.Context(), other); part != nil || err != nil {
			t.Errorf("%v, %v", part, err)
		}
	})
}

func TestEmptyCardCanBePrinted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		page := w.Visitor().Get(w.path("/karta/druk")).Want(t, 200)
		if page.Count(".worksheet > li") != 4 || page.Count(".write-lines") != 4 {
			t.Errorf("%d things to write under, want two tasks, a lesson and a promise", page.Count(".write-lines"))
		}
	})
}

func TestPromiseIsLateAfterItsDay(t *testing.T) {
	c := visit.Copy{State: visit.Started, DueAt: store.At(eventtest.Day)}
	if c.Late(eventtest.Day.Add(-time.Second)) || !c.Late(eventtest.Day) {
		t.Error("not late exactly from the moment after its day")
	}
	if c.State = visit.Done; c.Late(eventtest.Day) {
		t.Error("late although it is done")
	}
}

func TestThreadHidesWhatIsPromisedAtADraft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.copied(w.Resident, "Punkt zbiórki", time.Time{})
		things, err := visit.TraceKind().Find(t.Context(), w.DB, []store.ID{id})
		if err != nil || len(things) != 1 || things[0].State != 0 || !strings.HasSuffix(things[0].URL, "#kopia-"+string(id)) {
			t.Errorf("%+v, %v", things, err)
		}
		w.Exec(`UPDATE event SET published_at = NULL WHERE id = $1`, w.e.ID)
		if things, _ = visit.TraceKind().Find(t.Context(), w.DB, []store.ID{id}); things[0].State == 0 {
			t.Error("shown")
		}
	})
}

func TestPageAsksTheDatabaseAFixedNumberOfTimes(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for i := range 10 {
		w.copied(w.Resident, strings.Repeat("x", i+1), time.Time{})
	}
	ctx, counter := store.WithCounter(t.Context())
	answer := httptest.NewRecorder()
	w.App.Handler().ServeHTTP(answer, httptest.NewRequest("GET", w.path(""), nil).WithContext(ctx))
	if answer.Code != 200 || counter.N() != 5 {
		t.Errorf("status %d, %d queries, want 5", answer.Code, counter.N())
	}
}
