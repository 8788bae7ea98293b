package registration_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// TestDietAndAccessNeedsGoThirtyDaysAfterTheEventAndNothingElse runs the daily
// retention on the days around the thirtieth.
func TestDietAndAccessNeedsGoThirtyDaysAfterTheEventAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		keeper := privacy.NewKeeper(w.DB, nil, slices.Concat(event.Privacy, registration.Privacy))
		held, moved := w.open("Seminarium", 1), w.open("Przełożone", 1)
		for _, e := range []event.Event{held, moved} {
			answers := map[store.ID]string{w.ask(e, registration.AsksDiet): "bez glutenu", w.ask(e, registration.AsksAccess): "pętla indukcyjna",
				w.ask(e, registration.AsksText): "pociągiem"}
			for _, person := range []store.ID{w.Resident, w.Neighbour} {
				if _, err := w.reg.Register(w.Ctx(person), e, registration.Entry{Answers: answers}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.reg.Invite(w.Ctx(w.Manager), e, "gosc@example.org"); err != nil {
				t.Fatal(err)
			}
		}
		later := moved
		later.EndsAt = store.At(moved.EndsAt.AddDate(0, 0, 10))
		w.none([]error{w.DB.Write(t.Context(), func(tx *store.Tx) error { return w.reg.EventChanged(t.Context(), tx, moved, later) })})
		before := w.kept()
		for _, step := range []struct {
			at          time.Time
			held, moved int
		}{
			{held.EndsAt.AddDate(0, 0, 30).Add(-time.Hour), 4, 4},
			{held.EndsAt.AddDate(0, 0, 30).Add(time.Hour), 0, 4},
			{later.EndsAt.AddDate(0, 0, 30).Add(time.Hour), 0, 0},
		} {
			w.DB.Clock().Set(step.at)
			w.none([]error{keeper.Retain(t.Context())})
			for e, want := range map[store.ID]int{held.ID: step.held, moved.ID: step.moved} {
				if n := w.Count(`SELECT count(*) FROM event_need WHERE event = $1`, e); n != want {
					t.Errorf("%v: %d answers are kept apart, want %d", step.at, n, want)
				}
			}
			if got := w.kept(); got != before {
				t.Errorf("%v: other things changed:\n%s\nbefore:\n%s", step.at, got, before)
			}
		}
	})
}

// ask puts a question to those who sign up.
func (w *world) ask(e event.Event, kind registration.QuestionKind) store.ID {
	w.t.Helper()
	q := registration.Question{ID: store.NewID(), Kind: kind, Label: "Pytanie " + string(kind)}
	w.none([]error{w.reg.SaveQuestion(w.Ctx(w.Manager), e, q)})
	return q.ID
}

// kept is all that registrations leave but the answers that are kept apart.
func (w *world) kept() string {
	w.t.Helper()
	rows, err := store.All[registration.Registration](w.t.Context(), w.DB, `SELECT `+registration.Columns+registration.Tables+` ORDER BY g.id`)
	if err != nil {
		w.t.Fatal(err)
	}
	all := fmt.Sprintf("%+v", rows)
	for _, table := range []string{"event", "event_session", "event_admission", "event_seat_limit", "event_question", "event_invitation", "person"} {
		all += fmt.Sprintf("\n%s: %d", table, w.Count(`SELECT count(*) FROM `+table))
	}
	return all
}
