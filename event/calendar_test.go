package event_test

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/web/ui"
)

// dates reads a calendar by another library than wrote it: id to entry.
func dates(t *testing.T, page *webtest.Page) map[string]ical.Event {
	t.Helper()
	page.Want(t, http.StatusOK)
	calendar, err := ical.NewDecoder(strings.NewReader(page.Body)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, page.Body)
	}
	all := map[string]ical.Event{}
	for _, e := range calendar.Events() {
		id, err := e.Props.Text(ical.PropUID)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = e
	}
	return all
}

// told is what an entry of a calendar says.
type told struct {
	Title, Place, Status, Sequence string
	Start, End                     time.Time
}

func said(t *testing.T, e ical.Event) told {
	t.Helper()
	text := func(name string) string {
		s, err := e.Props.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	start, err := e.DateTimeStart(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	end, err := e.DateTimeEnd(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return told{text(ical.PropSummary), text(ical.PropLocation), text(ical.PropStatus), e.Props.Get(ical.PropSequence).Value, start.UTC(), end.UTC()}
}

func id(of string) string { return of + "@wspolnota.test" }

func TestCalendarsTellTheSameAsThePage(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium, dzień 1; Wisła")
		visitor := w.Visitor()
		want := told{"Seminarium, dzień 1; Wisła", "Dom Przykładowy, ul. Wymyślona 1, Wisła", "CONFIRMED", "3",
			time.Date(2014, 6, 13, 7, 0, 0, 0, time.UTC), time.Date(2014, 6, 14, 11, 0, 0, 0, time.UTC)}
		for _, path := range []string{e.Path() + "/kalendarz.ics", "/wydarzenia.ics", "/wydarzenia.ics?rodzaj=seminar", list + ".ics"} {
			all := dates(t, visitor.Get(path))
			if got := said(t, all[id(string(e.ID))]); len(all) != 1 || got != want {
				t.Errorf("%s: %+v, want %+v", path, got, want)
			}
		}
		if n := len(dates(t, visitor.Get("/wydarzenia.ics?rodzaj=panel"))); n != 0 {
			t.Errorf("panels: %d", n)
		}
		session := w.Text(`SELECT id FROM event_session WHERE title = 'Warsztat'`)
		got := said(t, dates(t, visitor.Get(e.Path()+"/program/"+session+"/kalendarz.ics"))[id(session)])
		if want := time.Date(2014, 6, 13, 9, 30, 0, 0, time.UTC); !got.Start.Equal(want) || !got.End.Equal(want.Add(90*time.Minute)) || !strings.HasPrefix(got.Place, "B, ") {
			t.Errorf("session %+v", got)
		}
	})
}

func TestFollowedCalendarLearnsOfChangeAndCancellation(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		read := func() told { return said(t, dates(t, w.Visitor().Get("/wydarzenia.ics"))[id(string(e.ID))]) }
		before := read()
		e, err := w.Events.Shift(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, eventtest.Day.AddDate(0, 0, 7))
		if err != nil {
			t.Fatal(err)
		}
		moved := read()
		if !moved.Start.Equal(before.Start.AddDate(0, 0, 7)) || moved.Sequence <= before.Sequence {
			t.Errorf("moved: %+v", moved)
		}
		if e, err = w.Events.Cancel(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, "Powódź."); err != nil {
			t.Fatal(err)
		}
		if gone := read(); gone.Status != "CANCELLED" || gone.Sequence <= moved.Sequence {
			t.Errorf("cancelled: %+v", gone)
		}
	})
}

func TestOwnCalendarOpensByItsAddressUntilItIsRenewed(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		mine, other := w.Event("Moje"), w.Event("Cudze")
		w.Seat(mine, w.Resident, "", ui.Resident, "")
		w.Seat(other, w.Neighbour, "", ui.Resident, "")
		resident, phone := w.As(w.Resident, false), w.Visitor()
		resident.PostForm(event.OwnPath+"/adres", url.Values{}).Want(t, http.StatusSeeOther)
		address := func() string {
			return strings.TrimPrefix(resident.Get(event.OwnPath).Want(t, http.StatusOK).Text("code"), webtest.Public)
		}
		first := address()
		page := phone.Get(first)
		all := dates(t, page)
		if _, there := all[id(string(mine.ID))]; len(all) != 1 || !there {
			t.Errorf("%d dates", len(all))
		}
		if c := page.Header.Get("Cache-Control"); !strings.Contains(c, "no-store") {
			t.Errorf("it may be kept between: %q", c)
		}
		resident.PostForm(event.OwnPath+"/adres", url.Values{}).Want(t, http.StatusSeeOther)
		phone.Get(first).Want(t, http.StatusNotFound)
		second := address()
		phone.Get(second).Want(t, http.StatusOK)
		token := strings.Split(second, "/")[2]
		key, _, _ := strings.Cut(token, ".")
		for _, forged := range []string{key, key + ".", key + ".AAAA", w.Text(`SELECT key FROM event_calendar`) + ".c2lnbmVk", "x" + token} {
			phone.Get(event.OwnPath+"/"+forged+"/kalendarz.ics").Want(t, http.StatusNotFound)
		}
		phone.Get(event.OwnPath).Want(t, http.StatusSeeOther) // the token signs nobody in
		resident.PostForm(event.OwnPath+"/koniec", url.Values{}).Want(t, http.StatusSeeOther)
		phone.Get(second).Want(t, http.StatusNotFound)
	})
}

func TestFeedsAndDownloadsCarryTheList(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		w.Event("=Seminarium & <b>rozmowy</b>")
		w.Draft("Ukryty szkic")
		visitor := w.Visitor()
		for _, path := range []string{"/wydarzenia.rss", "/wydarzenia.atom?rodzaj=seminar", list + ".rss", list + ".atom"} {
			page := visitor.Get(path).Want(t, http.StatusOK)
			var document struct {
				Items   []struct{} `xml:"channel>item"`
				Entries []struct{} `xml:"entry"`
			}
			if err := xml.Unmarshal([]byte(page.Body), &document); err != nil || len(document.Items)+len(document.Entries) != 1 {
				t.Errorf("%s: %+v, %v", path, document, err)
			}
		}
		csv := visitor.Get("/wydarzenia.csv").Want(t, http.StatusOK).Body
		if !strings.Contains(csv, "'=Seminarium") || strings.Contains(csv, "Ukryty") || strings.Count(csv, "\r\n") != 2 {
			t.Errorf("csv: %s", csv)
		}
		visitor.Get(list+".xlsx").Want(t, http.StatusOK)
	})
}
