package registration_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// TestServerTimeDecidesAtTheClose is R3: people sign up while the deadline
// passes; no row is later than it, and whoever was refused is told why.
func TestServerTimeDecidesAtTheClose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(200)
		closes := w.DB.Now().Add(time.Second)
		e := w.open("Zamknięcie", 500, func(a *registration.Admission, _ registration.Limits) { a.ClosesAt = store.At(closes) })
		refused := make([]int, len(people))
		w.none(atOnce(20, func(worker int) error {
			for i := worker; i < len(people); i += 20 {
				w.DB.Clock().Advance(10 * time.Millisecond) // 200 of them: two seconds
				_, err := w.reg.Register(w.Ctx(people[i]), e, registration.Entry{})
				f := fault.Of(err)
				switch {
				case err == nil:
				case f != nil && f.Kind == fault.KindClosed && f.Key == "event.registration.refused.late" && len(f.Args) == 2:
					refused[i] = 1
				default:
					return err
				}
			}
			return nil
		}))
		no := 0
		for _, n := range refused {
			no += n
		}
		late := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1 AND registered_at >= $2`, e.ID, store.At(closes))
		rows := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID)
		if late != 0 || no == 0 || rows+no != len(people) || rows == 0 {
			t.Errorf("%d rows, %d of them late, %d refused", rows, late, no)
		}
	})
}

func TestEveryRefusalSaysWhy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for key, change := range map[string]func(*registration.Admission, registration.Limits){
			"early": func(a *registration.Admission, _ registration.Limits) {
				a.OpensAt = store.At(w.DB.Now().Add(time.Minute))
			},
			"uninvited": func(a *registration.Admission, _ registration.Limits) { a.Invited = true },
			"class": func(_ *registration.Admission, l registration.Limits) {
				l[registration.Limit{Kind: registration.OfSector, Value: "resident"}] = 0
			},
		} {
			e := w.open("Odmowa "+key, 5, change)
			_, err := w.reg.Register(w.Ctx(w.Resident), e, registration.Entry{})
			if f := fault.Of(err); f == nil || f.Key != "event.registration.refused."+key {
				t.Errorf("%s: %v", key, err)
			}
		}
		draft := w.Draft("Szkic")
		for key, e := range map[string]struct{ err error }{
			"draft": {second(w.reg.Register(w.Ctx(w.Manager), draft, registration.Entry{}))},
			"unset": {second(w.reg.Register(w.Ctx(w.Resident), w.Event("Bez zapisów"), registration.Entry{}))},
		} {
			if f := fault.Of(e.err); f == nil || f.Key != "event.registration.refused."+key {
				t.Errorf("%s: %v", key, e.err)
			}
		}
	})
}

func second(_ registration.Registration, err error) error { return err }

// TestClockThatJumpsKeepsOrderAndOffers is R5: an hour back and forth changes
// neither who is before whom nor makes anything end before it began.
func TestClockThatJumpsKeepsOrderAndOffers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(6)
		e := w.open("Zegar", 1)
		first := w.register(e, people[0])
		second := w.register(e, people[1])
		w.DB.Clock().Advance(-30 * time.Minute) // while it is still open
		third := w.register(e, people[2])
		if third.Number != 3 || !third.RegisteredAt.Before(second.RegisteredAt.Time) {
			t.Fatalf("%+v", third)
		}
		w.none([]error{w.reg.Withdraw(w.Ctx(people[0]), e, first.ID)})
		if g := w.now(first); g.StateAt.Before(g.RegisteredAt.Time) {
			t.Errorf("withdrawn at %v, registered at %v", g.StateAt, g.RegisteredAt)
		}
		offered := w.now(second)
		if offered.State != registration.Offered || w.now(third).State != registration.Waiting {
			t.Fatal("the clock decided who is first")
		}
		w.DB.Clock().Advance(25 * time.Hour) // an hour forward, beside the day
		w.none([]error{w.reg.Sweep(t.Context())})
		if w.now(second).State != registration.Lapsed || w.now(third).State != registration.Offered {
			t.Fatal("a lapsed seat did not go on")
		}
		w.DB.Clock().Advance(-time.Hour)
		w.none([]error{w.reg.Sweep(t.Context())})
		if w.now(second).State != registration.Lapsed || w.now(third).State != registration.Offered {
			t.Fatal("what has lapsed came back with the clock")
		}
	})
}

func TestOfferLastsItsHoursOverTheNightOfTheClockChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(2)
		evening := time.Date(2014, time.March, 29, 18, 0, 0, 0, lang.Warsaw)
		w.DB.Clock().Set(evening)
		e := w.open("Noc zmiany czasu", 1)
		first, second := w.register(e, people[0]), w.register(e, people[1])
		w.none([]error{w.reg.Withdraw(w.Ctx(people[0]), e, first.ID)})
		until := w.now(second).OfferedUntil
		if want := time.Date(2014, time.March, 30, 19, 0, 0, 0, lang.Warsaw); !until.Equal(want) {
			t.Errorf("held until %v, want %v", until.In(lang.Warsaw), want)
		}
	})
}

func TestOfferThatWasNotTakenInTimeGoesOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(4)
		e := w.open("Oferta", 1)
		var all []registration.Registration
		for _, p := range people {
			all = append(all, w.register(e, p))
		}
		w.none([]error{w.reg.Withdraw(w.Ctx(people[0]), e, all[0].ID)})
		w.DB.Clock().Advance(24 * time.Hour)
		err := w.reg.Confirm(w.Ctx(people[1]), e, all[1].ID)
		if f := fault.Of(err); f == nil || f.Key != "event.registration.refused.lapsed" {
			t.Errorf("late: %v", err)
		}
		if w.now(all[1]).State != registration.Lapsed || w.now(all[2]).State != registration.Offered {
			t.Error("the seat did not go on at once")
		}
		again := w.register(e, people[1])
		if again.Number != 5 || again.State != registration.Waiting {
			t.Errorf("who comes back stands at the end: %+v", again)
		}
		w.whole(e, 1)
	})
}

func TestNothingIsOfferedOnceTheEventHasBegun(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(3)
		e := w.open("Początek", 1)
		first, second := w.register(e, people[0]), w.register(e, people[1])
		w.DB.Clock().Set(e.StartsAt.Time)
		kind(t, w.reg.Withdraw(w.Ctx(people[0]), e, first.ID), fault.KindClosed)
		w.none([]error{w.reg.Withdraw(w.Ctx(w.Manager), e, first.ID)})
		if w.now(second).State != registration.Waiting {
			t.Error("a seat was offered")
		}
		mistakes, err := w.reg.EnterPaper(w.Ctx(w.Facilitator), e, registration.List{Rows: registration.ReadRows("Jan z Ulicy"),
			Sector: "resident", Batch: store.NewID()})
		if err != nil || len(mistakes) > 0 {
			t.Fatal(err, mistakes)
		}
		if at := w.standing(e, registration.Confirmed); len(at) != 1 || at[0] != 3 {
			t.Errorf("who stands at the door has no seat: %v", at)
		}
	})
}

func TestRaisedLimitIsOfferedAtOnceAndLoweredTakesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(6)
		e := w.open("Limit", 2)
		for _, p := range people {
			w.register(e, p)
		}
		set := func(seats int) {
			a, err := registration.AdmissionOf(t.Context(), w.DB, e.ID)
			w.none([]error{err, w.reg.SaveSettings(w.Ctx(w.Manager), e, a, registration.Limits{{Kind: registration.InAll}: seats})})
		}
		set(4)
		if got := w.standing(e, registration.Offered); fmt.Sprint(got) != "[3 4]" {
			t.Errorf("offered to %v", got)
		}
		set(1)
		if held := len(w.standing(e, registration.Offered)) + len(w.standing(e, registration.Confirmed)); held != 4 {
			t.Errorf("%d hold seats", held)
		}
		stale, _ := registration.AdmissionOf(t.Context(), w.DB, e.ID)
		stale.Version--
		kind(t, w.reg.SaveSettings(w.Ctx(w.Manager), e, stale, nil), fault.KindConflict)
	})
}

func TestSeatIsConfirmedAtOnceWhereNoTimeIsGiven(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(2)
		e := w.open("Bez czekania", 1, func(a *registration.Admission, _ registration.Limits) { a.ConfirmHours = 0 })
		first, second := w.register(e, people[0]), w.register(e, people[1])
		w.none([]error{w.reg.Withdraw(w.Ctx(people[0]), e, first.ID)})
		if w.now(second).State != registration.Confirmed {
			t.Error("the seat was not given")
		}
	})
}

func TestCancelledEventHoldsItsQueueStill(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(2)
		e := w.open("Odwołane", 1)
		first := w.register(e, people[0])
		w.register(e, people[1])
		w.Exec(`UPDATE event SET cancelled_at = $2 WHERE id = $1`, e.ID, store.At(w.DB.Now()))
		w.none([]error{w.reg.Withdraw(w.Ctx(people[0]), e, first.ID)})
		if got := w.standing(e, registration.Offered); len(got) != 0 {
			t.Errorf("offered to %v", got)
		}
		_, err := w.reg.Register(w.Ctx(w.Resident), e, registration.Entry{})
		kind(t, err, fault.KindClosed)
	})
}

func TestObjectionKeepsSomebodyFromWithdrawing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Obecny", 1)
		g := w.register(e, w.Resident)
		w.reg.Object(func(_ context.Context, tx *store.Tx, g registration.Registration) error {
			return errors.New("checked in")
		})
		if err := w.reg.Withdraw(w.Ctx(w.Resident), e, g.ID); err == nil || w.now(g).State != registration.Confirmed {
			t.Errorf("%v", err)
		}
	})
}
