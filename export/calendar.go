package export

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/wspolnota/wspolnota/lang"
)

// Calendar is a set of dates that people take into their own calendar, once as
// a file or for good by its address.
type Calendar struct {
	Name   string
	About  string
	Author string // the community, as the maker of the file
	Dates  []Date
}

// Date is one thing with a beginning.
type Date struct {
	ID          string // for ever the same, so that a change replaces the old entry
	Title       string
	Description string
	Place       string
	URL         string    // full address of the page about it
	Start       time.Time // of a whole day: any moment in it
	End         time.Time // the first moment after; zero for none
	WholeDay    bool
	Changed     time.Time
	Version     int // grows with each change
	Cancelled   bool
}

const typeCalendar = "text/calendar; charset=utf-8"

// Send answers with the calendar under a file name.
func (c Calendar) Send(w http.ResponseWriter, r *http.Request, name string) error {
	attach(w, typeCalendar, name, ".ics")
	if w.Header().Get("Cache-Control") == "" { // a signed-in person's answers are not stored
		w.Header().Set("Cache-Control", "public, max-age=300")
	}
	http.ServeContent(w, r, "", c.changed(), bytes.NewReader(c.ICS()))
	return nil
}

func (c Calendar) changed() (last time.Time) {
	for _, d := range c.Dates {
		if d.Changed.After(last) {
			last = d.Changed
		}
	}
	return last
}

// ICS writes the calendar as RFC 5545 has it. Moments are in UTC, so that no
// zone has to be described; whole days have none.
func (c Calendar) ICS() []byte {
	calendar := ics.NewCalendar()
	calendar.SetProductId("-//" + line(c.Author) + "//Wspólnota//PL")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName(line(c.Name))
	if c.About != "" {
		calendar.SetXWRCalDesc(clean(c.About))
	}
	for _, d := range c.Dates {
		d.addTo(calendar)
	}
	var out strings.Builder
	// Lines end as RFC 5545 says, on every system.
	if err := calendar.SerializeTo(&out, ics.WithNewLineWindows); err != nil {
		panic(err) // a strings.Builder refuses nothing
	}
	return []byte(out.String())
}

func (d Date) addTo(calendar *ics.Calendar) {
	e := calendar.AddEvent(d.ID)
	e.SetDtStampTime(d.Changed)
	e.SetModifiedAt(d.Changed)
	e.SetSequence(d.Version)
	e.SetSummary(line(d.Title))
	switch {
	case d.WholeDay:
		e.SetAllDayStartAt(d.Start.In(lang.Warsaw))
		if !d.End.IsZero() {
			e.SetAllDayEndAt(d.End.In(lang.Warsaw))
		}
	default:
		e.SetStartAt(d.Start)
		if !d.End.IsZero() {
			e.SetEndAt(d.End)
		}
	}
	if d.Description != "" {
		e.SetDescription(clean(d.Description))
	}
	if d.Place != "" {
		e.SetLocation(line(d.Place))
	}
	if d.URL != "" {
		e.SetURL(d.URL)
	}
	if d.Cancelled {
		e.SetStatus(ics.ObjectStatusCancelled)
	} else {
		e.SetStatus(ics.ObjectStatusConfirmed)
	}
}

// line is a text on one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
