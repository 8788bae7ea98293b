package export_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/export"
)

// property reads a calendar as RFC 5545 says, apart from the library that wrote
// it: unfolded lines, the name before the first colon.
func properties(t *testing.T, file []byte) map[string]string {
	t.Helper()
	text := string(file)
	if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		t.Error("a line does not end as RFC 5545 says")
	}
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	all := map[string]string{}
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n ", ""), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		all[name] = strings.NewReplacer(`\n`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
	}
	return all
}

var seminar = export.Date{ID: "1@example.org", Title: "Seminarium w Wiśle; dzień 1, rano", Description: "Program:\n1. Otwarcie, 2. Warsztat\nDługi opis, " + strings.Repeat("który się łamie ", 20),
	Place: "Wisła, Dom Zdrojowy", URL: "https://example.org/programy/a", Start: time.Date(2014, time.June, 13, 14, 0, 0, 0, time.UTC),
	End: time.Date(2014, time.June, 13, 16, 0, 0, 0, time.UTC), Changed: time.Date(2014, time.May, 1, 8, 0, 0, 0, time.UTC), Version: 3}

func TestCalendarSaysWhatAndWhen(t *testing.T) {
	p := properties(t, export.Calendar{Name: "Program", Author: "Wspólnota", Dates: []export.Date{seminar}}.ICS())
	for name, want := range map[string]string{"BEGIN": "VEVENT", "UID": "1@example.org", "SUMMARY": seminar.Title, "DESCRIPTION": seminar.Description,
		"LOCATION": seminar.Place, "URL": seminar.URL, "DTSTART": "20140613T140000Z", "DTEND": "20140613T160000Z", "SEQUENCE": "3",
		"DTSTAMP": "20140501T080000Z", "STATUS": "CONFIRMED", "VERSION": "2.0", "METHOD": "PUBLISH"} {
		if got := p[name]; got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func TestWholeDaysAreDaysInWarsaw(t *testing.T) {
	day := seminar
	day.WholeDay = true
	day.Start = time.Date(2014, time.June, 12, 22, 0, 0, 0, time.UTC) // midnight in Warsaw
	day.End = day.Start.Add(48 * time.Hour)
	day.Cancelled = true
	p := properties(t, export.Calendar{Name: "Program", Dates: []export.Date{day}}.ICS())
	for name, want := range map[string]string{"DTSTART;VALUE=DATE": "20140613", "DTEND;VALUE=DATE": "20140615", "STATUS": "CANCELLED"} {
		if got := p[name]; got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func TestNobodyAddsALineToACalendar(t *testing.T) {
	evil := seminar
	evil.Title = "Zebranie\r\nATTENDEE:mailto:a@example.org"
	evil.Place = "tu\nBEGIN:VALARM"
	file := string(export.Calendar{Name: "a\r\nX-EVIL:1", Author: "b\r\nX-EVIL:1", Dates: []export.Date{evil}}.ICS())
	for _, line := range strings.Split(file, "\r\n") {
		if strings.HasPrefix(line, "ATTENDEE") || strings.HasPrefix(line, "X-EVIL") || line == "BEGIN:VALARM" {
			t.Errorf("line %q", line)
		}
	}
}
