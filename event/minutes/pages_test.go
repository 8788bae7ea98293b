package minutes_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/store"
)

func TestDraftIsReadByTheTeamAndThenByThoseWhoTookPart(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		path := minutes.Path(m.Event)
		m.As(m.Facilitator, true).Post(path).Want(t, 303)
		m.reads(m.As(m.Observer, true), path, "Projekt widzi tylko zespół", "Otwarcie")
		m.reads(m.As(m.Resident, false), path, "Protokołu jeszcze nie ma", "!Otwarcie")
		m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), time.Time{}))
		m.reads(m.As(m.Resident, false), path, "Otwarcie", "Zgłoś uwagę")
		m.reads(m.As(m.Stranger, true), path, "Protokołu jeszcze nie ma", "!Otwarcie")
		m.reads(m.Visitor(), path, "Protokołu jeszcze nie ma", "!Otwarcie")
		m.Visitor().Get(path+".md").Want(t, 404)
	})
}

// One form says everything: what was said, a decision, a vote and a task.
func TestPointIsWrittenInOneForm(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		point := m.begun()[0]
		path := minutes.Path(m.Event) + "/punkty/" + string(point)
		b := m.As(m.Facilitator, true)
		page := b.Get(path).Want(t, 200)
		decision, vote, task := page.Value("decisions"), page.Value("votes"), page.Value("task")
		fields := []string{"version", "1", "title", "Otwarcie", "text", "Przywitanie.", "decisions", decision, "decision." + decision, "Powstanie lista sal.",
			"votes", vote, "vote." + vote + ".question", "Czy przyjąć?", "vote." + vote + ".yes", "2", "vote." + vote + ".no", "1", "vote." + vote + ".present", "2",
			"task", task, "task.title", "Spisać sale", "task.owner", "p:" + string(m.Resident), "task.due", "20.06.2014"}
		refusal := b.Post(path, fields...).Want(t, 422)
		if refusal.Value("text") != "Przywitanie." || refusal.Value("task.title") != "Spisać sale" || refusal.Value("vote."+vote+".yes") != "2" {
			t.Error("what was typed is lost")
		}
		for i, f := range fields {
			if f == "vote."+vote+".present" {
				fields[i+1] = "3"
			}
		}
		b.Post(path, fields...).Want(t, 303)
		if n := m.Count(`SELECT (SELECT count(*) FROM event_minutes_decision) + (SELECT count(*) FROM event_minutes_vote) + (SELECT count(*) FROM event_task)`); n != 3 {
			t.Errorf("%d of 3 are kept", n)
		}
		stale := b.Post(path, fields...).Want(t, 409)
		if !strings.Contains(stale.Text("#conflict"), "Ktoś") || stale.Value("text") != "Przywitanie." {
			t.Error("the conflict does not keep what was typed")
		}
		m.reads(b, minutes.Path(m.Event), "Ustalenie nr 1 Powstanie lista sal.", "Więcej głosów za niż przeciw", "Spisać sale", "Marta Mieszkanka")
	})
}

func TestNamesOfOwnersAreForThoseWhoTookPart(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		id := m.published(30)
		list := "/programy/wspolpraca/zadania"
		for _, path := range []string{minutes.Path(m.Event), list, list + "/" + string(id)} {
			m.reads(m.Visitor(), path, "Spisać sale", "osoba z: Stowarzyszenie Przykład", "!Marta")
			m.reads(m.As(m.Facilitator, true), path, "Marta Mieszkanka")
		}
		for _, path := range []string{list + ".csv", list + ".ics", minutes.Path(m.Event) + ".md"} {
			if body := m.Visitor().Get(path).Want(t, 200).Body; strings.Contains(body, "Marta") || !strings.Contains(body, "Spisać sale") {
				t.Errorf("%s: %s", path, body)
			}
		}
	})
}

func TestTasksAreFilteredAndCounted(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.published(10)
		list := "/programy/wspolpraca/zadania"
		m.reads(m.Visitor(), list, "Otwarte (1)", "Po terminie (0)", "1 zadanie")
		m.DB.Clock().Set(eventtest.Day.AddDate(0, 0, 60))
		m.reads(m.Visitor(), list+"?stan=po-terminie", "Spisać sale", "po terminie")
		m.reads(m.Visitor(), list+"?stan=zamkniete", "Nie ma takich zadań")
		m.reads(m.Visitor(), list+"?organizacja="+string(m.Office), "Nie ma takich zadań")
		m.reads(m.Visitor(), list+"?wydarzenie="+m.Event.Slug, "Spisać sale")
		m.reads(m.As(m.Resident, false), list+"?moje=1", "Spisać sale")
		m.reads(m.As(m.Neighbour, false), list+"?moje=1", "Nie ma takich zadań")
		m.reads(m.Visitor().English(), list, "Late (1)", "a person of: Stowarzyszenie Przykład")
	})
}

func TestDaysOfTasksAreACalendar(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.published(10)
		body := m.Visitor().Get("/programy/wspolpraca/zadania.ics").Want(t, 200).Body
		for _, line := range []string{"DTSTART;VALUE=DATE:20140625", "DTEND;VALUE=DATE:20140626", "SUMMARY:Spisać sale"} {
			if !strings.Contains(body, line+"\r\n") {
				t.Errorf("no %s in\n%s", line, body)
			}
		}
	})
}

func TestOwnerReportsOnThePageOfTheTask(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		path := "/programy/wspolpraca/zadania/" + string(m.published(10))
		owner := m.As(m.Resident, false)
		m.reads(owner, path, "To Twoje zadanie")
		version := owner.Get(path).Value("version")
		m.As(m.Neighbour, false).Post(path+"/zgloszenie", "version", version, "note", "Nie moje").Want(t, 403)
		owner.Post(path+"/zgloszenie", "version", version, "note", "").Want(t, 422)
		owner.Post(path+"/zgloszenie", "version", version, "note", "Lista wisi.").Want(t, 303)
		m.reads(m.Visitor(), path, "Zgłoszone jako wykonane", "!Lista wisi.")
		team := m.As(m.Facilitator, true)
		team.Post(path+"/zamkniecie", "version", team.Get(path).Value("version")).Want(t, 303)
		m.reads(m.Visitor(), path, "Zamknięte", "Lista wisi.")
	})
}

// However many points, decisions and tasks there are, a page asks as often.
func TestMinutesAreReadInAFewQueries(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.published(10)
		for _, tt := range []struct {
			path string
			most int
		}{{minutes.Path(m.Event), 9}, {"/programy/wspolpraca/zadania", 8}} {
			b := m.Visitor()
			b.Get(tt.path)
			ctx, counter := store.WithCounter(t.Context())
			b.Do(request(ctx, tt.path)).Want(t, 200)
			if counter.N() > tt.most {
				t.Errorf("%s asks %d times", tt.path, counter.N())
			}
		}
	})
}

func TestChoicesAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 20).Draw(t, "n")
		var all minutes.Choices
		for range n {
			all = append(all, minutes.Choice{Label: rapid.StringMatching(`[A-Za-zżółw:][ A-Za-zżółw:]{0,30}[A-Za-zżółw:]`).Draw(t, "label"), Hands: rapid.IntRange(0, 500).Draw(t, "hands")})
		}
		back, err := minutes.ParseChoices(all.Text())
		if err != nil || len(back) != n {
			t.Fatalf("%q: %v", all.Text(), err)
		}
		for i := range all {
			if strings.TrimSpace(all[i].Label) != back[i].Label || all[i].Hands != back[i].Hands {
				t.Fatalf("%+v is read as %+v", all[i], back[i])
			}
		}
	})
}

func FuzzChoices(f *testing.F) {
	f.Add("A: 1\nB: 2")
	f.Add("Wariant: A: 1\n\nB:-2")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := minutes.ParseChoices(text)
		if err != nil {
			return
		}
		for _, c := range all {
			if c.Hands < 0 || c.Label == "" {
				t.Errorf("%q is read as %+v", text, c)
			}
		}
	})
}
