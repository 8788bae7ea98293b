package attendance_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// world is a published event on its first morning.
type world struct {
	*eventtest.World
	*attendance.Service
	reg   *registration.Service
	event event.Event
}

// morning is when the doors open.
var morning = eventtest.Day.Add(8*time.Hour + 45*time.Minute)

var secret = []byte("a secret of thirty-two characters")

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	x := &world{}
	x.World = eventtest.New(t, db, event.Options{}, messages, func(w *eventtest.World) []web.Route {
		x.Service = attendance.New(db, attendance.Options{Site: w.Events.Site, Secret: secret})
		return x.Service.Routes()
	})
	x.reg = registration.New(db, registration.Options{Site: x.Events.Site})
	x.reg.Object(attendance.MustStay)
	x.event = x.Event("Seminarium w Wiśle")
	db.Clock().Set(morning)
	return x
}

func each(t *testing.T, fn func(t *testing.T, x *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

// noted notes that a guest is there, as the facilitator.
func (x *world) noted(id store.ID) (attendance.Guest, error) {
	return x.Note(x.Ctx(x.Facilitator), x.event, attendance.Mark{Registration: id, Here: true})
}

func refused(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Kind != kind || f.Key != key {
		t.Errorf("%v, want %s", err, key)
	}
}

func TestGuestIsNotedOnce(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "2412011")
		first, err := x.noted(id)
		if err != nil || !first.CameAt.Equal(morning) || first.NotedName != "Franek Trener" {
			t.Fatalf("%+v, %v", first, err)
		}
		x.DB.Clock().Advance(time.Hour)
		second, err := x.Note(x.Ctx(x.Manager), x.event, attendance.Mark{Registration: id, Here: true})
		if err != nil || !second.CameAt.Equal(morning) || second.NotedName != "Franek Trener" {
			t.Errorf("the second phone hears %+v, %v", second, err)
		}
		if n := x.Count(`SELECT count(*) FROM event_attendance`); n != 1 {
			t.Errorf("%d rows", n)
		}
		if n := x.Count(`SELECT count(*) FROM audit_entry WHERE act = 'attendance.came' AND subject = $1`, x.Resident); n != 1 {
			t.Errorf("%d entries in the log", n)
		}
	})
}

func TestOnlyWhoHasASeatIsNoted(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		for _, state := range []registration.State{registration.Withdrawn, registration.Waiting, registration.Offered, registration.Lapsed} {
			x.Exec(`UPDATE event_registration SET state = $2 WHERE id = $1`, id, state)
			_, err := x.noted(id)
			refused(t, err, fault.KindConflict, "event.attendance.refused."+string(state))
		}
		_, err := x.noted(store.NewID())
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("nobody is noted: %v", err)
		}
	})
}

func TestNobodyIsNotedTooEarlyOrAtWhatIsNotHeld(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		x.DB.Clock().Set(eventtest.Day.AddDate(0, 0, -3))
		_, err := x.noted(id)
		refused(t, err, fault.KindClosed, "event.attendance.early")
		x.DB.Clock().Set(morning)
		x.Exec(`UPDATE event SET cancelled_at = 1 WHERE id = $1`, x.event.ID)
		_, err = x.noted(id)
		refused(t, err, fault.KindClosed, "event.attendance.not_held")
	})
}

func TestSessionsAreNotedApartAndPausesNot(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ctx := x.Ctx(x.Facilitator)
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		sessions, err := event.Sessions(ctx, x.DB, x.event.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = x.Note(ctx, x.event, attendance.Mark{Registration: id, Session: sessions[0].ID, Here: true})
		refused(t, err, fault.KindConflict, "event.attendance.rule_changed")
		if err := x.SetRule(x.Ctx(x.Manager), x.event, attendance.Rule{BySession: true, LeastSessions: 2}); err != nil {
			t.Fatal(err)
		}
		_, err = x.noted(id)
		refused(t, err, fault.KindConflict, "event.attendance.rule_changed")
		for _, s := range sessions {
			_, err = x.Note(ctx, x.event, attendance.Mark{Registration: id, Session: s.ID, Here: true})
			if s.Pause {
				refused(t, err, fault.KindInvalid, "event.attendance.pause")
			} else if err != nil {
				t.Error(err)
			}
		}
		_, err = x.Note(ctx, x.event, attendance.Mark{Registration: id, Session: store.NewID(), Here: true})
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a session of another event: %v", err)
		}
		came, err := attendance.Came(ctx, x.DB, x.event.ID)
		if err != nil || len(came) != 1 || came[0].Sessions != 3 {
			t.Errorf("%+v, %v", came, err)
		}
	})
}

func TestPhoneWithoutANetworkTellsWhenThePersonCame(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		g, err := x.Note(x.Ctx(x.Facilitator), x.event, attendance.Mark{Registration: id, Here: true, Ago: 35 * time.Minute})
		if err != nil || !g.CameAt.Equal(morning.Add(-35*time.Minute)) {
			t.Errorf("%v, %v", g.CameAt, err)
		}
	})
}

// A phone sends a tap, loses the answer, and sends it again after somebody took
// the guest back: the guest stays taken back.
func TestTapThatIsSentAgainChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ctx := x.Ctx(x.Facilitator)
		id, key := x.Seat(x.event, x.Resident, "", ui.Resident, ""), store.NewID()
		tap := attendance.Mark{Registration: id, Here: true, Key: key}
		if g, err := x.Note(ctx, x.event, tap); err != nil || !g.Here() {
			t.Fatal(g, err)
		}
		if g, err := x.Note(ctx, x.event, attendance.Mark{Registration: id}); err != nil || g.Here() {
			t.Fatal(g, err)
		}
		if g, err := x.Note(ctx, x.event, tap); err != nil || g.Here() {
			t.Errorf("noted again: %+v, %v", g, err)
		}
	})
}

// refusedTapIsNotRemembered: what was refused may be tried again with the same key.
func TestRefusedTapMayBeTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id, key := x.Seat(x.event, x.Resident, "", ui.Resident, ""), store.NewID()
		x.Exec(`UPDATE event_registration SET state = 'waiting' WHERE id = $1`, id)
		tap := attendance.Mark{Registration: id, Here: true, Key: key}
		if _, err := x.Note(x.Ctx(x.Facilitator), x.event, tap); err == nil {
			t.Fatal("noted")
		}
		x.Exec(`UPDATE event_registration SET state = 'confirmed' WHERE id = $1`, id)
		if g, err := x.Note(x.Ctx(x.Facilitator), x.event, tap); err != nil || !g.Here() {
			t.Errorf("%+v, %v", g, err)
		}
	})
}

// Of a withdrawal and a check-in at the same moment exactly one happens, and the
// other is told.
func TestWithdrawalAndCheckInExcludeOneAnother(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		for i := range 12 {
			id := x.Seat(x.event, x.Person(fmt.Sprint("Osoba ", i)), "", ui.Resident, "")
			var withdrawn, noted error
			together(func() { withdrawn = x.reg.Withdraw(x.Ctx(x.Manager), x.event, id) }, func() { _, noted = x.noted(id) })
			here := x.Count(`SELECT count(*) FROM event_attendance WHERE registration = $1`, id)
			seated := x.Count(`SELECT count(*) FROM event_registration WHERE id = $1 AND state = 'confirmed'`, id)
			if here != seated || (noted == nil) != (here == 1) || (withdrawn == nil) == (noted == nil) {
				t.Fatalf("here %d, seated %d, told %v and %v", here, seated, withdrawn, noted)
			}
			if withdrawn == nil {
				refused(t, noted, fault.KindConflict, "event.attendance.refused.withdrawn")
			} else {
				refused(t, withdrawn, fault.KindConflict, "event.attendance.refused.came")
			}
		}
	})
}

func TestWhoeverWasNotedKeepsTheSeatUntilThatIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ctx, id := x.Ctx(x.Manager), x.Seat(x.event, x.Resident, "", ui.Resident, "")
		if _, err := x.noted(id); err != nil {
			t.Fatal(err)
		}
		refused(t, x.reg.Withdraw(ctx, x.event, id), fault.KindConflict, "event.attendance.refused.came")
		if _, err := x.Note(ctx, x.event, attendance.Mark{Registration: id}); err != nil {
			t.Fatal(err)
		}
		if err := x.reg.Withdraw(ctx, x.event, id); err != nil {
			t.Error(err)
		}
	})
}

func together(do ...func()) {
	var ready, done sync.WaitGroup
	ready.Add(len(do))
	for _, f := range do {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			f()
		})
	}
	done.Wait()
}

// TestPhonesAgree lets several phones send the same taps in any order, some of
// them again, at the same time: afterwards each guest has one row, and each tap
// is counted once.
func TestPhonesAgree(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ids := make([]store.ID, 4)
		for i := range ids {
			ids[i] = x.Seat(x.event, x.Person(fmt.Sprint("Osoba ", i)), "", ui.Resident, "")
		}
		rapid.Check(t, func(t *rapid.T) {
			x.Exec(`DELETE FROM event_attendance`)
			phones := make([]func(), 3)
			for p := range phones {
				taps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) attendance.Mark {
					return attendance.Mark{Registration: rapid.SampledFrom(ids).Draw(t, "guest"), Here: true, Key: store.NewID()}
				}), 1, 5).Draw(t, "taps")
				if rapid.Bool().Draw(t, "again") {
					taps = append(taps, taps...)
				}
				phones[p] = func() {
					for _, tap := range taps {
						if g, err := x.Note(x.Ctx(x.Facilitator), x.event, tap); err != nil || !g.Here() {
							t.Errorf("%+v, %v", g, err)
						}
					}
				}
			}
			together(phones...)
			if n := x.Count(`SELECT count(*) FROM (SELECT registration FROM event_attendance GROUP BY registration HAVING count(*) > 1) x`); n != 0 {
				t.Errorf("%d guests came twice", n)
			}
		})
	})
}

func TestTicketOpensWithItsOwnCodeOnly(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		code := x.Ticket(id)
		if len(code) != 45 {
			t.Errorf("%d letters", len(code))
		}
		for i := range code {
			forged := []byte(code)
			forged[i] ^= 1
			if page := x.As(x.Manager, true).Get("/bilet/" + string(forged)); page.Status != 404 && string(forged) != code {
				t.Errorf("%s opens: %d", forged, page.Status)
			}
		}
		other := attendance.New(x.DB, attendance.Options{Site: x.Events.Site, Secret: []byte("another secret of thirty-two bytes")})
		if other.Ticket(id) == code {
			t.Error("two installations write the same ticket")
		}
	})
}

func TestCertificatesAreNumberedAndIssuedOnce(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ctx := x.Ctx(x.Manager)
		var ids []store.ID
		for i := range 5 {
			ids = append(ids, x.Seat(x.event, x.Person(fmt.Sprint("Osoba ", i)), "", ui.Resident, ""))
		}
		for _, id := range ids[:4] {
			if _, err := x.noted(id); err != nil {
				t.Fatal(err)
			}
		}
		_, err := x.Issue(ctx, x.event)
		refused(t, err, fault.KindClosed, "event.attendance.certificate.later")
		x.DB.Clock().Set(x.event.EndsAt.Time)
		var n [2]int
		together(func() { n[0], _ = x.Issue(ctx, x.event) }, func() { n[1], _ = x.Issue(ctx, x.event) })
		if n[0]+n[1] != 4 {
			t.Errorf("issued %v", n)
		}
		all, err := attendance.Certificates(ctx, x.DB, x.event.ID)
		if err != nil || len(all) != 4 {
			t.Fatalf("%+v, %v", all, err)
		}
		for i, c := range all {
			if want := fmt.Sprintf("%d/2014", i+1); c.Sign() != want || len(c.Code) != 12 {
				t.Errorf("%s, %s", c.Sign(), c.Code)
			}
		}
		_, err = x.Note(ctx, x.event, attendance.Mark{Registration: all[0].Registration})
		refused(t, err, fault.KindConflict, "event.attendance.certified")
		if err := x.Revoke(ctx, x.event, all[0].ID, "wystawione przez pomyłkę"); err != nil {
			t.Fatal(err)
		}
		refused(t, x.Revoke(ctx, x.event, all[0].ID, "raz jeszcze"), fault.KindConflict, "event.attendance.certificate.void")
		if n, err := x.Issue(ctx, x.event); n != 1 || err != nil {
			t.Errorf("a new one for the revoked: %d, %v", n, err)
		}
	})
}

func TestCertificateNeedsAsManySessionsAsTheRule(t *testing.T) {
	rule := attendance.Rule{BySession: true, LeastSessions: 2}
	for sessions, want := range map[int]bool{0: false, 1: false, 2: true, 3: true} {
		if got := rule.Qualifies(attendance.Present{Sessions: sessions}); got != want {
			t.Errorf("%d sessions: %v", sessions, got)
		}
	}
}

func TestNameOnACertificateIsRecognised(t *testing.T) {
	c := attendance.Certificate{Name: "Żaneta Śladowska-Łącz", Code: "ABCDEFGHJKLM"}
	for typed, want := range map[string]bool{"Żaneta Śladowska-Łącz": true, "  sladowska lacz  ZANETA ": true, "Żaneta Śladowska": false, "": false, "Jan": false} {
		if got := c.IsOf(typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
	if (attendance.Certificate{}).IsOf("") {
		t.Error("an erased name is recognised")
	}
	if c.Typed() != "ABCD-EFGH-JKLM" {
		t.Error(c.Typed())
	}
}

var _ = lang.Warsaw
