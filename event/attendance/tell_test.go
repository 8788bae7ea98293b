package attendance_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// held is an event that is over, to which the resident and the neighbour came;
// the neighbour was signed up by their address. Letters leave over SMTP.
func held(t *testing.T, db *store.DB) (*world, *eventtest.Post) {
	t.Helper()
	post := eventtest.NewPost(t, db, messages...)
	post.Notices.Register(attendance.Notices...)
	x := &world{}
	x.World = eventtest.New(t, db, event.Options{}, messages, func(w *eventtest.World) []web.Route {
		x.Service = attendance.New(db, attendance.Options{Site: w.Events.Site, Secret: secret, Notices: post.Notices})
		return x.Service.Routes()
	})
	x.event = x.Event("Seminarium w Wiśle")
	db.Clock().Set(morning)
	for _, person := range []store.ID{x.Resident, x.Neighbour} {
		if _, err := x.noted(x.Seat(x.event, person, "", ui.Resident, "2412011")); err != nil {
			t.Fatal(err)
		}
	}
	x.Exec(`UPDATE event_registration SET person = NULL, email = (SELECT email FROM person WHERE id = $1) WHERE person = $1`, x.Neighbour)
	db.Clock().Set(x.event.EndsAt.Time)
	return x, post
}

// waits counts the certificates on somebody's desk.
func (x *world) waits(person store.ID) int {
	return x.Count(`SELECT count(*) FROM desk_item WHERE kind = 'attendance.certificate' AND to_person = $1`, person)
}

func TestCertificateIsToldOnceInTheReadersLanguage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x, post := held(t, db)
		x.Exec(`UPDATE person SET language = 'en' WHERE id = $1`, x.Neighbour)
		issue := func(want int) {
			t.Helper()
			if n, err := x.Issue(x.Ctx(x.Manager), x.event); n != want || err != nil {
				t.Fatalf("issued %d, %v", n, err)
			}
		}
		issue(2)
		subjects := map[string]string{string(x.Resident): "Twoje zaświadczenie o udziale jest gotowe: Seminarium w Wiśle",
			string(x.Neighbour): "Your certificate of attendance is ready: Seminarium w Wiśle"}
		letters := post.Deliver()
		if len(letters) != 2 {
			t.Fatalf("%d letters", len(letters))
		}
		for _, l := range letters {
			who, _, _ := strings.Cut(l.To, "@")
			if l.Subject != subjects[who] || !strings.Contains(l.Text, x.event.Path()+"/zaswiadczenie") {
				t.Errorf("to %s: %q\n%s", l.To, l.Subject, l.Text)
			}
		}
		issue(0)
		late := x.Seat(x.event, x.Observer, "", ui.Administration, "")
		if _, err := x.noted(late); err != nil {
			t.Fatal(err)
		}
		issue(1)
		if letters := post.Deliver(); len(letters) != 1 || !strings.HasPrefix(letters[0].To, string(x.Observer)) {
			t.Errorf("for one who was noted later %d letters leave", len(letters))
		}
	})
}

func TestCertificateWaitsOnTheDeskUntilItIsOpened(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x, _ := held(t, db)
		if _, err := x.Issue(x.Ctx(x.Manager), x.event); err != nil {
			t.Fatal(err)
		}
		if x.waits(x.Resident) != 1 || x.waits(x.Neighbour) != 1 {
			t.Fatalf("%d and %d wait", x.waits(x.Resident), x.waits(x.Neighbour))
		}
		x.As(x.Resident, false).Get(x.event.Path()+"/zaswiadczenie").Want(t, 200)
		if x.waits(x.Resident) != 0 || x.waits(x.Neighbour) != 1 {
			t.Errorf("one opened it: %d and %d wait", x.waits(x.Resident), x.waits(x.Neighbour))
		}
		all, err := attendance.Certificates(t.Context(), db, x.event.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			if err := x.Revoke(x.Ctx(x.Manager), x.event, c.ID, "pomyłka"); err != nil {
				t.Fatal(err)
			}
		}
		if x.waits(x.Neighbour) != 0 {
			t.Error("a void certificate still waits")
		}
	})
}

// Sheets that a manager prints are read by others: they are in the language of
// the event, not in the manager's. A certificate that somebody takes for
// themselves is in theirs.
func TestSheetsAreInTheLanguageOfTheEvent(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		x.certified(t)
		team, own := x.As(x.Manager, true).English(), x.As(x.Resident, false).English()
		contains(t, pdfText(t, team.Get(x.event.Path()+"/obecnosc/podpisy.pdf")), "Lista obecności")
		contains(t, pdfText(t, team.Get(x.event.Path()+"/obecnosc/identyfikatory.pdf")), "Mieszkańcy")
		contains(t, pdfText(t, team.Get(x.event.Path()+"/zaswiadczenia.pdf")), "Zaświadczenie o udziale")
		contains(t, pdfText(t, own.Get(x.event.Path()+"/zaswiadczenie.pdf")), "Certificate of attendance")
	})
}
