package minutes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// A facilitator who reads English begins the minutes of a Polish working group:
// what others will read is in the language of the event.
func TestPointsAreInTheLanguageOfTheEvent(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.Exec(`UPDATE event SET kind = 'working_group' WHERE id = $1`, m.Event.ID)
		m.As(m.Facilitator, true).English().Post(minutes.Path(m.Event)).Want(t, 303)
		first := m.Text(`SELECT title || ': ' || text FROM event_minutes_point ORDER BY position LIMIT 1`)
		if first != "Realizacja zadań z poprzednich spotkań: Z poprzednich spotkań nie zostały żadne otwarte zadania." {
			t.Errorf("the first point is %q", first)
		}
		english := m.World.Event("Workshop in Wisła")
		m.Exec(`UPDATE event SET kind = 'working_group', language = 'en' WHERE id = $1`, english.ID)
		m.As(m.Facilitator, true).Post(minutes.Path(english)).Want(t, 303)
		first = m.Text(`SELECT p.title FROM event_minutes_point p JOIN event_minutes m ON m.id = p.minutes WHERE m.event = $1 ORDER BY p.position LIMIT 1`, english.ID)
		if !strings.Contains(first, "earlier") {
			t.Errorf("of a meeting in English it is %q", first)
		}
	})
}

// Letters about a task leave over SMTP in the language of whoever gets them, at
// the times that the clock of the domain says.
func TestTaskIsRemindedOfByLetterInTheOwnersLanguage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		post := eventtest.NewPost(t, db, minutes.Messages)
		post.Notices.Register(minutes.Notices...)
		m := &meeting{t: t, Queue: post.Queue}
		m.World = eventtest.New(t, db, event.Options{}, nil, func(w *eventtest.World) []web.Route {
			m.Service = minutes.New(db, minutes.Options{Site: w.Events.Site, Blobs: w.Events.Blobs, Queue: post.Queue, Notices: post.Notices})
			return nil
		})
		m.Event = m.World.Event("Seminarium w Wiśle")
		m.Exec(`UPDATE person SET language = 'en' WHERE id = $1`, m.Neighbour)
		m.Act(m.Neighbour, m.NGO)
		for _, person := range []store.ID{m.Resident, m.Neighbour} {
			m.Seat(m.Event, person, m.NGO, ui.NGO, "2412011")
		}
		db.Clock().Set(eventtest.Day.AddDate(0, 0, 2).Add(10 * time.Hour))
		points := m.begun()
		task := func(point store.ID, title string, person, organisation store.ID) {
			m.must(m.Service.SavePoint(m.facilitator(), m.Event, point, 1, minutes.Written{Title: "Punkt", Task: &minutes.Task{ID: store.NewID(), Title: title,
				Person: person, Organisation: organisation, DueAt: store.At(eventtest.Day.AddDate(0, 0, 13))}}))
		}
		task(points[0], "Spisać sale", m.Resident, "")
		task(points[1], "Udostępnić salę", "", m.NGO)
		m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), time.Time{}))
		post.Deliver()
		for _, at := range []struct {
			day                 int
			resident, neighbour string
		}{
			{4, "", ""},
			{5, "Za tydzień termin zadania: Spisać sale", "A task is due in a week: Udostępnić salę"},
			{12, "Dziś termin zadania: Spisać sale", "A task is due today: Udostępnić salę"},
			{19, "Zadanie po terminie: Spisać sale", "A task is late: Udostępnić salę"},
		} {
			db.Clock().Set(eventtest.Day.AddDate(0, 0, at.day).Add(9 * time.Hour))
			m.must(m.Service.Remind(t.Context()))
			said := map[store.ID]string{}
			for _, letter := range post.Deliver() {
				who, _, _ := strings.Cut(letter.To, "@")
				said[store.ID(who)] += letter.Subject
			}
			if said[m.Resident] != at.resident || said[m.Neighbour] != at.neighbour {
				t.Errorf("day %d: %q and %q", at.day, said[m.Resident], said[m.Neighbour])
			}
		}
	})
}
