package minutes_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/store"
)

func TestMinutesBeginWithTheSessionsOfTheEvent(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		if waiting := m.Count(`SELECT count(*) FROM desk_item WHERE kind = 'minutes.writing'`); waiting != 2 {
			t.Errorf("%d desks wait for minutes", waiting)
		}
		if points := m.begun(); len(points) != 3 {
			t.Errorf("%d points; the dinner is none of them", len(points))
		}
		if again := m.begun(); len(again) != 3 {
			t.Errorf("begun twice they have %d points", len(again))
		}
		if n := m.Count(`SELECT present FROM event_minutes`); n != 2 {
			t.Errorf("%d people present", n)
		}
		if waiting := m.Count(`SELECT count(*) FROM desk_item WHERE kind = 'minutes.writing'`); waiting != 0 {
			t.Errorf("%d desks still wait for minutes", waiting)
		}
	})
}

func TestTwoNoteTakersNeverOverwriteOneAnother(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		points := m.begun()
		m.must(m.Service.SavePoint(m.facilitator(), m.Event, points[0], 1, minutes.Written{Title: "Otwarcie", Text: "Pierwszy."}))
		err := m.Service.SavePoint(m.manager(), m.Event, points[0], 1, minutes.Written{Title: "Otwarcie", Text: "Drugi."})
		if !fault.Is(err, fault.KindConflict) {
			t.Errorf("the second is saved over the first: %v", err)
		}
		m.must(m.Service.SavePoint(m.manager(), m.Event, points[1], 1, minutes.Written{Title: "Warsztat", Text: "Inny punkt."}))
	})
}

func TestVoteWithMoreHandsThanPeopleIsRefused(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		points := m.begun()
		vote := minutes.Vote{ID: store.NewID(), Question: "Czy przyjąć listę?", Yes: 20, No: 3, Abstained: 2, Present: 24}
		save := func() error {
			version := m.Count(`SELECT version FROM event_minutes_point WHERE id = $1`, points[0])
			return m.Service.SavePoint(m.facilitator(), m.Event, points[0], version, minutes.Written{Title: "Punkt", Votes: []minutes.Vote{vote}})
		}
		refused(t, save(), "minutes.vote.too_many")
		if n := m.Count(`SELECT count(*) FROM event_minutes_vote`); n != 0 {
			t.Errorf("%d votes are kept", n)
		}
		vote.Present = 27
		m.must(save())
		if vote.Silent() != 2 {
			t.Errorf("%d raised no hand", vote.Silent())
		}
		vote.Choices = minutes.Choices{{Label: "A", Hands: 14}, {Label: "B", Hands: 14}}
		refused(t, save(), "minutes.vote.too_many")
		vote.Question, vote.Choices = "", nil
		m.must(save())
		if n := m.Count(`SELECT count(*) FROM event_minutes_vote`); n != 0 {
			t.Errorf("an empty question leaves %d votes", n)
		}
	})
}

func TestApprovalWaitsForRemarksAndTheirTime(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		points := m.begun()
		refused(t, m.Service.Approve(m.manager(), m.Event, m.version()), "minutes.approve.not_shown")
		until := m.DB.Now().Add(48 * time.Hour)
		m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), until))
		refused(t, m.Service.Approve(m.manager(), m.Event, m.version()), "minutes.approve.early")
		if err := m.Service.Remark(m.Ctx(m.Stranger), m.Event, store.NewID(), nil, "Nie byłem."); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("somebody who was not there remarks: %v", err)
		}
		id := store.NewID()
		m.must(m.Service.Remark(m.Ctx(m.Resident), m.Event, id, &points[0], "Było inaczej."))
		m.must(m.Service.Remark(m.Ctx(m.Resident), m.Event, id, &points[0], "Było inaczej."))
		if n := m.Count(`SELECT count(*) FROM event_minutes_remark`); n != 1 {
			t.Errorf("sent twice, it is %d remarks", n)
		}
		m.DB.Clock().Set(until)
		refused(t, m.Service.Remark(m.Ctx(m.Resident), m.Event, store.NewID(), nil, "Za późno."), "minutes.remark.closed")
		refused(t, m.Service.Approve(m.manager(), m.Event, m.version()), "minutes.approve.unanswered")
		refused(t, m.Service.Answer(m.facilitator(), m.Event, id, minutes.Declined, ""), "minutes.answer.why")
		m.must(m.Service.Answer(m.facilitator(), m.Event, id, minutes.Taken, "Poprawione."))
		if n := m.notices(m.Resident, "minutes.answered"); n != 1 {
			t.Errorf("the answer was told %d times", n)
		}
		m.must(m.Service.Approve(m.manager(), m.Event, m.version()))
		refused(t, m.Service.SavePoint(m.facilitator(), m.Event, points[0], 1, minutes.Written{Title: "Po zatwierdzeniu"}), "minutes.closed")
	})
}

func TestPictureWithoutWordsStopsApproval(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.begun()
		var sheet bytes.Buffer
		m.must(png.Encode(&sheet, image.NewGray(image.Rect(0, 0, 600, 400))))
		m.must(m.Service.Attach(m.facilitator(), m.Event, "plansza.png", &sheet, true, "", ""))
		m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), time.Time{}))
		refused(t, m.Service.Approve(m.manager(), m.Event, m.version()), "minutes.approve.alt")
		id, err := store.One[store.ID](t.Context(), m.DB, `SELECT id FROM event_minutes_file`)
		m.must(err)
		m.must(m.Service.Describe(m.facilitator(), m.Event, id, "Plansza z listą sal", ""))
		m.must(m.Service.Approve(m.manager(), m.Event, m.version()))
		m.must(m.Service.Publish(m.manager(), m.Event, m.version()))
		m.must(m.Service.Correct(m.manager(), m.Event, m.version(), "Zdjęcie pomyłkowe"))
		m.must(m.Service.Detach(m.facilitator(), m.Event, id))
		path := minutes.Path(m.Event)
		m.Visitor().Get(path+"/obraz/"+string(id)+"/480").Want(t, 200) // the edition before still shows it
	})
}

func TestCorrectionLeavesTheOldEditionReadable(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.published(30)
		path := minutes.Path(m.Event)
		m.must(m.Service.Correct(m.manager(), m.Event, m.version(), "Błędna nazwa sali"))
		point, err := store.One[store.ID](t.Context(), m.DB, `SELECT id FROM event_minutes_point ORDER BY position LIMIT 1`)
		m.must(err)
		decision, err := store.One[minutes.Decision](t.Context(), m.DB, `SELECT id, point, number, text, public_text FROM event_minutes_decision`)
		m.must(err)
		w := minutes.Written{Title: "Punkt", Text: "Nowe słowa.", Decisions: []minutes.Decision{{ID: decision.ID}}}
		refused(t, m.Service.SavePoint(m.facilitator(), m.Event, point, 2, w), "minutes.decision.published")
		w.Decisions[0].Text = "Powstanie lista sal i boisk."
		m.must(m.Service.SavePoint(m.facilitator(), m.Event, point, 2, w))
		m.reads(m.Visitor(), path, "Powstanie lista sal.", "!boisk")
		m.must(m.Service.Approve(m.manager(), m.Event, m.version()))
		m.reads(m.Visitor(), path, "!boisk")
		m.must(m.Service.Publish(m.manager(), m.Event, m.version()))
		m.reads(m.Visitor(), path, "boisk", "Błędna nazwa sali")
		m.reads(m.Visitor(), path+"/wersje/1", "Powstanie lista sal.", "!boisk")
		m.Visitor().Get(path+"/wersje/3").Want(t, 404)
	})
}

func TestWorkingGroupBeginsWithItsOpenTasks(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.Exec(`UPDATE event SET kind = 'working_group' WHERE id = $1`, m.Event.ID)
		m.published(30)
		later := m.World.Event("Drugie spotkanie grupy")
		m.Exec(`UPDATE event SET kind = 'working_group', starts_at = starts_at + 1 WHERE id = $1`, later.ID)
		later, err := event.ByID(t.Context(), m.DB, m.Programme, later.ID)
		m.must(err)
		_, err = m.Service.Begin(m.facilitator(), later)
		m.must(err)
		if text, err := store.One[string](t.Context(), m.DB, `SELECT p.text FROM event_minutes_point p JOIN event_minutes m ON m.id = p.minutes
			WHERE m.event = $1 ORDER BY p.position LIMIT 1`, later.ID); err != nil || !strings.Contains(text, "Spisać sale") {
			t.Errorf("the first point says %q (%v)", text, err)
		}
	})
}

func TestTaskIsRemindedReportedReturnedAndClosed(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		id := m.published(10)
		if n := m.notices(m.Resident, "minutes.given"); n != 1 {
			t.Errorf("the owner was told %d times", n)
		}
		clock := func(day, hour int) {
			m.DB.Clock().Set(eventtest.Day.AddDate(0, 0, 2+day).Add(time.Duration(hour) * time.Hour))
			m.must(m.Service.Remind(t.Context()))
		}
		for _, at := range []struct {
			day  int
			kind string
			want int
		}{{2, "minutes.soon", 0}, {3, "minutes.soon", 1}, {4, "minutes.soon", 1}, {9, "minutes.today", 0}, {10, "minutes.today", 1},
			{11, "minutes.late", 0}, {17, "minutes.late", 1}, {23, "minutes.late", 1}, {24, "minutes.late", 2}} {
			if clock(at.day, 9); m.notices(m.Resident, at.kind) != at.want {
				t.Errorf("day %d: told of %s %d times, want %d", at.day, at.kind, m.notices(m.Resident, at.kind), at.want)
			}
		}
		version := func() int { return m.Count(`SELECT version FROM event_task`) }
		if err := m.Service.Report(m.Ctx(m.Neighbour), m.Programme, id, version(), "To nie ja"); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("somebody else reports: %v", err)
		}
		refused(t, m.Service.Report(m.Ctx(m.Resident), m.Programme, id, version(), ""), "form.required")
		m.must(m.Service.Report(m.Ctx(m.Resident), m.Programme, id, version(), "Lista wisi w urzędzie."))
		clock(40, 9)
		if n := m.notices(m.Resident, "minutes.late"); n != 2 {
			t.Errorf("a reported task is reminded of: %d", n)
		}
		if n := m.Count(`SELECT count(*) FROM desk_item WHERE kind = 'minutes.report'`); n != 2 {
			t.Errorf("%d desks of the team", n)
		}
		m.must(m.Service.Return(m.facilitator(), m.Programme, id, version(), "Brakuje adresów"))
		if n := m.Count(`SELECT count(*) FROM desk_item WHERE kind = 'minutes.task' AND to_person = $1`, m.Resident); n != 1 {
			t.Errorf("%d items on the owner's desk", n)
		}
		m.must(m.Service.Report(m.Ctx(m.Resident), m.Programme, id, version(), "Są adresy."))
		m.must(m.Service.Close(m.facilitator(), m.Programme, id, version(), ""))
		if n := m.Count(`SELECT count(*) FROM desk_item WHERE kind LIKE 'minutes.t%' OR kind = 'minutes.report'`); n != 0 {
			t.Errorf("%d desks still wait", n)
		}
		refused(t, m.Service.Close(m.facilitator(), m.Programme, id, version(), "x"), "minutes.task.over")
	})
}

func TestOrganisationsTaskIsReportedByItsRepresentative(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		point := m.begun()[0]
		id := store.NewID()
		w := minutes.Written{Title: "Punkt", Task: &minutes.Task{ID: id, Title: "Udostępnić salę", Organisation: m.Company, DueAt: store.At(m.DB.Now())}}
		refused(t, m.Service.SavePoint(m.facilitator(), m.Event, point, 1, w), "form.not_offered")
		w.Task.Organisation = m.NGO
		m.must(m.Service.SavePoint(m.facilitator(), m.Event, point, 1, w))
		m.Act(m.Neighbour, m.NGO)
		m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), time.Time{}))
		if n := m.Count(`SELECT count(*) FROM desk_item WHERE kind = 'minutes.task' AND to_role = 'representative' AND place = $1`, m.NGO); n != 1 {
			t.Errorf("%d items on the organisation's desk", n)
		}
		if n := m.notices(m.Neighbour, "minutes.given"); n != 1 {
			t.Errorf("the representative was told %d times", n)
		}
		m.must(m.Service.Report(m.Ctx(m.Neighbour), m.Programme, id, m.Count(`SELECT version FROM event_task`), "Sala jest."))
	})
}
