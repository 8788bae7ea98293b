package feedback_test

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/feedback"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// asked is a world in which an event is over and its form is open.
type asked struct {
	*eventtest.World
	t       *testing.T
	Service *feedback.Service
	Event   event.Event
	Form    feedback.Form
	guests  map[ui.Sector][]store.ID
}

// each gives a world with an event of six people of NGOs, six of offices and
// two businesses.
func each(t *testing.T, fn func(t *testing.T, a *asked)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a := &asked{t: t, guests: map[ui.Sector][]store.ID{}}
		a.World = eventtest.New(t, db, event.Options{}, []embed.FS{feedback.Messages}, func(w *eventtest.World) []web.Route {
			a.Service = feedback.New(db, feedback.Options{Site: w.Events.Site})
			return a.Service.Routes()
		})
		a.Event = a.World.Event("Seminarium w Wiśle")
		for _, of := range []struct {
			sector ui.Sector
			n      int
		}{{ui.NGO, 6}, {ui.Administration, 6}, {ui.Business, 2}} {
			for i := range of.n {
				person := a.Person(fmt.Sprint("Gość ", of.sector, i))
				a.Seat(a.Event, person, "", of.sector, "2412011")
				a.guests[of.sector] = append(a.guests[of.sector], person)
			}
		}
		var err error
		if a.Form, err = a.Service.Prepare(a.Ctx(a.Facilitator), a.Event); err != nil {
			t.Fatal(err)
		}
		db.Clock().Set(a.Event.EndsAt.Add(time.Hour))
		fn(t, a)
	})
}

func (a *asked) scales() []store.ID {
	a.t.Helper()
	ids, err := store.All[store.ID](a.t.Context(), a.DB, `SELECT id FROM event_feedback_question WHERE form = $1 AND kind = 'scale' ORDER BY position`, a.Form.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	return ids
}

// sheet gives the same points to every question.
func (a *asked) sheet(points int, words string) feedback.Sheet {
	s := feedback.Sheet{Points: map[store.ID]int{}, Words: map[store.ID]string{}}
	for _, id := range a.scales() {
		s.Points[id] = points
	}
	open, err := store.One[store.ID](a.t.Context(), a.DB, `SELECT id FROM event_feedback_question WHERE form = $1 AND kind = 'text' ORDER BY position LIMIT 1`, a.Form.ID)
	if err != nil {
		a.t.Fatal(err)
	}
	s.Words[open] = words
	return s
}

func (a *asked) say(person store.ID, points int, words string) {
	a.t.Helper()
	if err := a.Service.Answer(a.Ctx(person), a.Event, a.sheet(points, words)); err != nil {
		a.t.Fatal(err)
	}
}

// everybody answers: NGOs 5, offices 2, businesses 1.
func (a *asked) everybody() {
	for sector, points := range map[ui.Sector]int{ui.NGO: 5, ui.Administration: 2, ui.Business: 1} {
		for _, person := range a.guests[sector] {
			a.say(person, points, "")
		}
	}
}

func (a *asked) close() { a.DB.Clock().Set(a.Form.ClosesAt.Add(time.Minute)) }

func TestOnlyThoseWhoWereThereAnswerOnceAndInTime(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		guest := a.guests[ui.NGO][0]
		if err := a.Service.Answer(a.Ctx(a.Stranger), a.Event, a.sheet(3, "")); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a stranger answers: %v", err)
		}
		assisted := access.With(t.Context(), &access.Actor{Person: guest, Assistant: a.Manager})
		if err := a.Service.Answer(assisted, a.Event, a.sheet(3, "")); err == nil {
			t.Error("an office that helps, and is logged, answers")
		}
		if err := a.Service.Answer(a.Ctx(guest), a.Event, feedback.Sheet{}); err == nil {
			t.Error("an empty sheet is kept")
		}
		if err := a.Service.Answer(a.Ctx(guest), a.Event, a.sheet(6, "")); err == nil {
			t.Error("six of five points are kept")
		}
		a.say(guest, 4, "Dobrze.")
		if err := a.Service.Answer(a.Ctx(guest), a.Event, a.sheet(1, "")); err == nil || a.Count(`SELECT count(*) FROM event_feedback_answer`) != 6 {
			t.Errorf("answered twice: %v, %d answers", err, a.Count(`SELECT count(*) FROM event_feedback_answer`))
		}
		a.close()
		if err := a.Service.Answer(a.Ctx(a.guests[ui.NGO][1]), a.Event, a.sheet(3, "")); !fault.Is(err, fault.KindClosed) {
			t.Errorf("answered after the close: %v", err)
		}
	})
}

// What the database holds of a sheet must not lead to its person: not by its
// ids, not by the order of rows, not by the transaction that wrote them, not by
// any time, and not by joining the answers of one sheet with one another.
func TestNothingInTheDatabaseJoinsAnswersWithPeople(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		everybody := slices.Concat(a.guests[ui.NGO], a.guests[ui.Administration])
		rand.Shuffle(len(everybody), func(i, j int) { everybody[i], everybody[j] = everybody[j], everybody[i] })
		others := a.Count(`SELECT count(*) FROM audit_entry`)
		for i, person := range everybody {
			a.say(person, 1+i%5, fmt.Sprintf("Słowa %02d", i))
			a.DB.Clock().Advance(time.Minute)
		}
		if n := a.Count(`SELECT count(*) FROM audit_entry`); n != others {
			t.Errorf("%d lines in the log", n-others)
		}
		ids, err := store.All[string](t.Context(), a.DB, `SELECT id FROM event_feedback_answer`)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if id[14] != '4' {
				t.Fatalf("%s is no random id", id)
			}
		}
		physical := `SELECT text FROM event_feedback_answer WHERE text <> ''`
		if a.DB.Dialect() == store.Postgres {
			physical += ` ORDER BY ctid`
			if n := a.Count(`SELECT count(DISTINCT CAST(xmin AS TEXT)) FROM event_feedback_answer`); n != 1 {
				t.Errorf("answers tell of %d transactions", n)
			}
		} else if _, err := store.All[int](t.Context(), a.DB, `SELECT rowid FROM event_feedback_answer`); err == nil {
			t.Error("answers have a number in their order")
		}
		words, err := store.All[string](t.Context(), a.DB, physical)
		if err != nil || len(words) != len(everybody) || slices.IsSorted(words) {
			t.Errorf("answers lie in the order in which they came: %v %v", words, err)
		}
		for table, columns := range map[string]string{"event_feedback_answer": "id question class value text shown", "event_feedback_participation": "form person"} {
			for _, of := range storetest.Tables(t, a.DB) {
				for _, c := range of.Columns {
					if of.Name == table && !slices.Contains(strings.Fields(columns), c.Name) {
						t.Errorf("%s.%s was not thought about", table, c.Name)
					}
				}
			}
		}
	})
}

// Nobody, not the team either, sees a figure before the close; so no two looks
// can be subtracted.
func TestResultsDoNotMoveOnceTheyAreShown(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		a.everybody()
		path := feedback.Path(a.Event)
		for _, page := range []string{"/wyniki", "/teksty"} {
			if text := a.As(a.Manager, true).Get(path+page).Want(t, 200).Text("main"); !strings.Contains(text, "Wyników jeszcze nie ma") {
				t.Errorf("%s before the close: %s", page, text)
			}
		}
		a.Visitor().Get(path+"/wyniki.csv").Want(t, 422)
		a.close()
		a.Visitor().Get(path+"/wyniki.csv").Want(t, 200)
		late := feedback.Drawn{OpensAt: a.Form.OpensAt.Time, ClosesAt: a.DB.Now().Add(time.Hour)}
		if err := a.Service.Revise(a.Ctx(a.Manager), a.Event, a.Form.Version, late); !fault.Is(err, fault.KindClosed) {
			t.Errorf("a closed form is opened again: %v", err)
		}
	})
}

// Two businesses are counted with others, and a group that would give them away
// by subtraction is hidden with them.
func TestSmallSectorIsHiddenAlsoFromSubtraction(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		a.everybody()
		if n := a.Count(`SELECT count(*) FROM event_feedback_answer WHERE class = 'business'`); n != 0 {
			t.Errorf("%d answers say that they are of a business", n)
		}
		a.close()
		form := a.Form
		results, err := a.Service.Results(a.Ctx(a.Manager), a.Event, form)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results.Scales {
			hidden, total := 0, r.All.N
			for _, c := range r.Classes {
				if c.Hidden {
					hidden++
					continue
				}
				total -= c.Stats.N
			}
			if hidden < 2 || total < feedback.Least {
				t.Errorf("%s: %d classes are hidden, %d people left by subtraction", r.Question.Code, hidden, total)
			}
		}
		text := a.Visitor().Get(feedback.Path(a.Event)+"/wyniki").Want(t, 200).Text("main")
		if !strings.Contains(text, "Odpowiedziało 14 osób") || !strings.Contains(text, "ukryte") {
			t.Error(text)
		}
	})
}

func TestFewAnswersTellNothing(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		for _, person := range a.guests[ui.NGO][:4] {
			a.say(person, 1, "Tajemnica")
		}
		a.close()
		for _, page := range []string{"/wyniki", "/teksty"} {
			if text := a.As(a.Manager, true).Get(feedback.Path(a.Event)+page).Want(t, 200).Text("main"); strings.Contains(text, "Tajemnica") || !strings.Contains(text, "Za mało") {
				t.Errorf("%s: %s", page, text)
			}
		}
	})
}

func TestWordsAreShownWhenTheTeamSaysSo(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		for i, person := range a.guests[ui.NGO] {
			a.say(person, 4, fmt.Sprint("Wypowiedź ", i))
		}
		a.close()
		path := feedback.Path(a.Event)
		if text := a.Visitor().Get(path+"/wyniki").Want(t, 200).Text("main"); strings.Contains(text, "Wypowiedź") {
			t.Error("words are public before anybody has looked")
		}
		id, err := store.One[string](t.Context(), a.DB, `SELECT id FROM event_feedback_answer WHERE text = 'Wypowiedź 2'`)
		if err != nil {
			t.Fatal(err)
		}
		a.As(a.Facilitator, true).Post(path+"/teksty/"+id, "shown", "public").Want(t, 303)
		if text := a.Visitor().Get(path+"/wyniki").Want(t, 200).Text("main"); !strings.Contains(text, "Wypowiedź 2") || strings.Contains(text, "Wypowiedź 3") {
			t.Error(text)
		}
	})
}

func TestEventsOfOneKindAreCompared(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		a.everybody()
		a.close()
		first := a.Event
		a.Event = a.World.Event("Drugie seminarium")
		a.Exec(`UPDATE event SET starts_at = starts_at + 1 WHERE id = $1`, a.Event.ID)
		var err error
		if a.Event, err = event.ByID(t.Context(), a.DB, a.Programme, a.Event.ID); err != nil {
			t.Fatal(err)
		}
		for _, person := range a.guests[ui.NGO] {
			a.Seat(a.Event, person, "", ui.NGO, "")
		}
		if a.Form, err = a.Service.Prepare(a.Ctx(a.Facilitator), a.Event); err != nil {
			t.Fatal(err)
		}
		for _, person := range a.guests[ui.NGO] {
			a.say(person, 4, "")
		}
		a.close()
		results, err := a.Service.Results(t.Context(), a.Event, a.Form)
		if err != nil || len(results.Scales) == 0 || len(results.Scales[0].Earlier) != 1 || results.Scales[0].Earlier[0].Title != first.Title || results.Scales[0].Earlier[0].Stats.N != 14 {
			t.Errorf("%v %+v", err, results)
		}
	})
}

func TestGuestAnswersOnThePage(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		path := feedback.Path(a.Event)
		b := a.As(a.guests[ui.NGO][0], false)
		b.Get(path).Want(t, 200)
		b.Post(path).Want(t, 422)
		b.Post(path, "q."+string(a.scales()[0]), "5").Want(t, 303)
		if text := b.Get(path).Text("main"); !strings.Contains(text, "Dziękujemy") {
			t.Error(text)
		}
		if text := a.Visitor().Get(path).Want(t, 200).Text("main"); !strings.Contains(text, "Zaloguj się") {
			t.Error(text)
		}
		team := a.As(a.Facilitator, true)
		page := team.Get(path+"/formularz").Want(t, 200)
		team.Post(path+"/formularz", "version", page.Value("version"), "closes", "20.06.2014 12:00").Want(t, 303)
	})
}

// A manager who reads English prepares the form of a Polish event: everybody
// reads the usual questions in their own language, and those that the team has
// written in the team's words.
func TestUsualQuestionsAreAskedInTheReadersLanguage(t *testing.T) {
	each(t, func(t *testing.T, a *asked) {
		const polish, english = "To spotkanie było dla mnie przydatne", "This meeting was useful to me"
		e := a.World.Event("Drugie spotkanie")
		guest := a.guests[ui.NGO][0]
		a.Seat(e, guest, "", ui.NGO, "2412011")
		team := a.As(a.Manager, true).English()
		team.Post(feedback.Path(e)+"/przygotuj").Want(t, 303)
		if text := a.Text(`SELECT q.text FROM event_feedback_question q JOIN event_feedback f ON f.id = q.form WHERE f.event = $1 AND q.code = 'useful'`, e.ID); text != polish {
			t.Errorf("kept as %q", text)
		}
		a.DB.Clock().Set(e.EndsAt.Add(time.Hour))
		form := func(english bool) string {
			b := a.As(guest, false)
			if english {
				b = b.English()
			}
			return b.Get(feedback.Path(e)).Want(t, 200).Text("main")
		}
		if text := form(false); !strings.Contains(text, polish) {
			t.Errorf("in Polish: %s", text)
		}
		if text := form(true); !strings.Contains(text, english) {
			t.Errorf("in English: %s", text)
		}
		page := team.Get(feedback.Path(e)+"/formularz").Want(t, 200)
		if first := page.Value("text." + page.Value("slots")); first != polish {
			t.Errorf("the team mends %q", first)
		}
		a.Exec(`UPDATE event_feedback_question SET text = 'Czy było warto?' WHERE text = $1`, polish)
		if text := form(true); !strings.Contains(text, "Czy było warto?") || strings.Contains(text, english) {
			t.Errorf("the team's own words: %s", text)
		}
	})
}
