package registration_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
)

// rounds of a race: one, and fifty in the soak.
func rounds() int {
	if soak {
		return 50
	}
	return 1
}

// TestLastSeatsGoToExactlyAsManyAsThereAre is R1: 500 people press the button in
// the same moment, N get a seat, the others wait in one row without a gap; twenty
// who then withdraw at once make way for exactly the next twenty.
func TestLastSeatsGoToExactlyAsManyAsThereAre(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		crowd := 500
		if testing.Short() {
			crowd = 100
		}
		people := w.crowd(crowd)
		for _, seats := range []int{1, 7, 30, 300} {
			for round := range rounds() {
				e := w.open(fmt.Sprintf("Wyścig %d/%d", seats, round), seats)
				got := make([]registration.Registration, crowd)
				w.none(atOnce(crowd, func(i int) (err error) {
					got[i], err = w.reg.Register(w.Ctx(people[i]), e, registration.Entry{})
					return err
				}))
				confirmed, waiting := w.standing(e, registration.Confirmed), w.standing(e, registration.Waiting)
				if len(confirmed) != min(seats, crowd) || !slices.Equal(slices.Concat(confirmed, waiting), upTo(crowd)) {
					t.Fatalf("%d seats: confirmed %v, waiting %v", seats, confirmed, waiting)
				}
				w.whole(e, seats)

				var leave []registration.Registration
				for _, g := range got {
					if g.State == registration.Confirmed && len(leave) < 20 {
						leave = append(leave, g)
					}
				}
				w.none(atOnce(len(leave), func(i int) error { return w.reg.Withdraw(w.Ctx(leave[i].Person), e, leave[i].ID) }))
				next := waiting[:min(len(leave), len(waiting))]
				if offered := w.standing(e, registration.Offered); !slices.Equal(offered, next) {
					t.Fatalf("%d seats, %d withdrew: offered to %v, want %v", seats, len(leave), offered, next)
				}
				w.whole(e, seats)
			}
		}
	})
}

func upTo(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i + 1
	}
	return all
}

func TestSamePersonFiveHundredTimesIsOneRegistration(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for round := range min(rounds(), 20) {
			e := w.open(fmt.Sprintf("Raz %d", round), 3)
			w.none(atOnce(500, func(int) error {
				_, err := w.reg.Register(w.Ctx(w.Resident), e, registration.Entry{})
				return err
			}))
			if n := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1`, e.ID); n != 1 {
				t.Fatalf("%d registrations of one person", n)
			}
		}
	})
}

// TestPromotionMeetsNewRegistrations lets people withdraw while others arrive:
// nobody who arrives gets a seat that somebody waits for.
func TestPromotionMeetsNewRegistrations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(120)
		for round := range rounds() {
			e := w.open(fmt.Sprintf("Rezygnacje i zgłoszenia %d", round), 10)
			var first []registration.Registration
			for _, p := range people[:40] {
				first = append(first, w.register(e, p))
			}
			w.none(atOnce(90, func(i int) error {
				if i < 10 {
					return w.reg.Withdraw(w.Ctx(people[i]), e, first[i].ID)
				}
				_, err := w.reg.Register(w.Ctx(people[30+i]), e, registration.Entry{})
				return err
			}))
			if offered := w.standing(e, registration.Offered); !slices.Equal(offered, upTo(20)[10:]) {
				t.Fatalf("offered to %v, want 11 to 20", offered)
			}
			if late := w.Count(`SELECT count(*) FROM event_registration WHERE event = $1 AND number > 40 AND state <> 'waiting'`, e.ID); late != 0 {
				t.Fatalf("%d who came later have a seat", late)
			}
			w.whole(e, 10)
		}
	})
}

// TestWithdrawalMeetsConfirmationAndLapse lets the same offers be taken, given
// back and run out in the same moment.
func TestWithdrawalMeetsConfirmationAndLapse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		people := w.crowd(30)
		for round := range rounds() {
			e := w.open(fmt.Sprintf("Potwierdzenia %d", round), 5)
			var all []registration.Registration
			for _, p := range people {
				all = append(all, w.register(e, p))
			}
			for i := range 5 {
				w.none([]error{w.reg.Withdraw(w.Ctx(people[i]), e, all[i].ID)})
			}
			errs := atOnce(20, func(i int) error {
				g := all[5+i%5]
				switch i / 5 {
				case 0, 2:
					return w.reg.Confirm(w.Ctx(g.Person), e, g.ID)
				case 1:
					return w.reg.Withdraw(w.Ctx(g.Person), e, g.ID)
				}
				return w.reg.Sweep(t.Context())
			})
			for _, err := range errs {
				if err != nil && !fault.Is(err, fault.KindConflict) { // withdrawn first
					t.Fatal(err)
				}
			}
			for i := 5; i < 10; i++ {
				if got := w.now(all[i]).State; got != registration.Withdrawn {
					t.Fatalf("number %d withdrew and is %s", i+1, got)
				}
			}
			if offered := w.standing(e, registration.Offered); !slices.Equal(offered, upTo(15)[10:]) {
				t.Fatalf("offered to %v, want 11 to 15", offered)
			}
			w.whole(e, 5)
		}
	})
}
