package registration_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// TestEventKeepsToTheNaiveModel walks events of both databases and the naive
// model through the same days: arrivals, withdrawals, answers to offers, offers
// that run out, limits that change.
func TestEventKeepsToTheNaiveModel(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(40)
		start := w.DB.Now()
		event := 0
		rapid.Check(t, func(rt *rapid.T) {
			w.DB.Clock().Set(start)
			event++
			e := w.open(fmt.Sprintf("Model %d", event), 4)
			closes := eventtest.Day.AddDate(0, 0, -2)
			model := &naive{limits: registration.Limits{{Kind: registration.InAll}: 4}}
			var all []registration.Registration
			until := map[int]time.Time{}
			for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
				ctx := w.Ctx(w.Manager)
				switch rapid.SampledFrom([]string{"arrive", "arrive", "arrive", "leave", "confirm", "hours", "limits"}).Draw(rt, "step") {
				case "arrive":
					g := residentOf(rapid.SampledFrom([]string{"2412013", "2473011", ""}).Draw(rt, "gmina"))
					got, err := w.reg.Register(w.Ctx(people[step]), e, registration.Entry{TERC: g.TERC})
					if err != nil {
						rt.Fatal(err)
					}
					if want := model.arrive(g); got.State != want || got.Number != len(model.queue) {
						rt.Fatalf("arrival %d: %s, want %s", got.Number, got.State, want)
					}
					all = append(all, got)
				case "leave":
					if i := pick(rt, model, registration.State.Live); i >= 0 {
						if err := w.reg.Withdraw(ctx, e, all[i].ID); err != nil {
							rt.Fatal(err)
						}
						model.queue[i].state = registration.Withdrawn
					}
				case "confirm":
					if i := pick(rt, model, func(s registration.State) bool { return s == registration.Offered }); i >= 0 {
						if err := w.reg.Confirm(w.Ctx(all[i].Person), e, all[i].ID); err != nil {
							rt.Fatal(err)
						}
						model.queue[i].state = registration.Confirmed
					}
				case "hours":
					passed := time.Duration(rapid.IntRange(1, 20).Draw(rt, "hours")) * time.Hour
					if !w.DB.Now().Add(passed).Before(closes) {
						continue // who comes after the close is refused: TestServerTimeDecidesAtTheClose
					}
					w.DB.Clock().Advance(passed)
					for i, g := range model.queue {
						if g.state == registration.Offered && !w.DB.Now().Before(until[i]) {
							model.queue[i].state = registration.Lapsed
						}
					}
					if err := w.reg.Sweep(t.Context()); err != nil {
						rt.Fatal(err)
					}
				case "limits":
					a, err := registration.AdmissionOf(t.Context(), w.DB, e.ID)
					if err != nil {
						rt.Fatal(err)
					}
					model.limits = residentLimits(rt)
					if err := w.reg.SaveSettings(ctx, e, a, model.limits); err != nil {
						rt.Fatal(err)
					}
				}
				for _, number := range model.promote() {
					until[number-1] = w.DB.Now().Add(24 * time.Hour)
				}
				same(rt, w, e.ID, model)
			}
		})
	})
}

func residentOf(terc string) registration.Class {
	return registration.Class{Sector: organisation.Resident, TERC: terc}
}

// residentLimits leave some seats for everybody, since nobody may sign up who
// has none.
func residentLimits(t *rapid.T) registration.Limits {
	l := registration.Limits{{Kind: registration.InAll}: rapid.IntRange(4, 8).Draw(t, "all")}
	for _, limit := range []registration.Limit{{Kind: registration.OfEachGmina}, {Kind: registration.OfGmina, Value: "2412013"}} {
		if rapid.Bool().Draw(t, "limited "+string(limit.Kind)) {
			l[limit] = rapid.IntRange(1, 4).Draw(t, string(limit.Kind))
		}
	}
	return l
}

// pick draws one of those in a state, -1 where there is none.
func pick(t *rapid.T, n *naive, from func(registration.State) bool) int {
	var some []int
	for i, g := range n.queue {
		if from(g.state) {
			some = append(some, i)
		}
	}
	if len(some) == 0 {
		return -1
	}
	return rapid.SampledFrom(some).Draw(t, "who")
}

func same(t *rapid.T, w *world, event store.ID, model *naive) {
	rows, err := store.All[registration.State](context.Background(), w.DB, `SELECT state FROM event_registration WHERE event = $1 ORDER BY number`, event)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(model.queue) {
		t.Fatalf("%d registrations, want %d", len(rows), len(model.queue))
	}
	for i, state := range rows {
		if state != model.queue[i].state {
			t.Fatalf("number %d is %s, want %s", i+1, state, model.queue[i].state)
		}
	}
}
