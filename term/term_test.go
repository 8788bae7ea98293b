package term_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/term"
)

func day(t testing.TB, s string) term.Day {
	t.Helper()
	d, err := term.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Dates of Easter as calendars print them.
func TestEasterFallsWhereCalendarsPrintIt(t *testing.T) {
	for _, want := range []string{
		"2014-04-20", "2015-04-05", "2016-03-27", "2017-04-16", "2018-04-01", "2019-04-21", "2020-04-12",
		"2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
		"2028-04-16", "2029-04-01", "2030-04-21", "2038-04-25", "2040-04-01",
	} {
		if d := day(t, want); term.Easter(d.Year) != d {
			t.Errorf("%d: %s, want %s", d.Year, term.Easter(d.Year), want)
		}
	}
}

func TestFreeDays(t *testing.T) {
	for _, c := range []struct {
		day           string
		free, working bool
	}{
		{"2014-06-19", true, false},  // Corpus Christi
		{"2014-12-24", false, true},  // a Wednesday; not yet free
		{"2025-12-24", true, false},  // the first free Christmas Eve
		{"2024-12-24", false, true},  // the last that was not
		{"2018-11-12", true, false},  // free once
		{"2019-11-12", false, true},  // not again
		{"2026-04-06", true, false},  // Easter Monday
		{"2026-08-15", true, false},  // a Saturday and a holiday
		{"2026-11-21", false, false}, // a Saturday
		{"2026-11-22", true, false},  // a Sunday
		{"2026-11-23", false, true},
	} {
		d := day(t, c.day)
		free, err := term.Free(d)
		if err != nil || free != c.free {
			t.Errorf("%s: free %v, %v", c.day, free, err)
		}
		if working, err := term.Working(d); err != nil || working != c.working {
			t.Errorf("%s: working %v, %v", c.day, working, err)
		}
	}
	if _, err := term.Free(term.Day{Year: 2041, Month: 1, Date: 1}); !errors.Is(err, term.ErrYear) {
		t.Errorf("2041: %v", err)
	}
}

// In a year with no holiday on Sunday besides the two that always are, the days
// off come in order and once.
func TestHolidaysStandInOrder(t *testing.T) {
	for year := term.FirstYear; year <= term.LastYear; year++ {
		all, err := term.Holidays(year)
		if err != nil {
			t.Fatal(err)
		}
		want := 13
		if year == 2018 {
			want++
		}
		if year >= 2025 {
			want++
		}
		if len(all) != want {
			t.Errorf("%d: %d holidays", year, len(all))
		}
		for i := 1; i < len(all); i++ {
			if all[i].Before(all[i-1].Day) {
				t.Errorf("%d: %s stands after %s", year, all[i].Day, all[i-1].Day)
			}
		}
	}
}

func TestTermsEndAsTheLawSays(t *testing.T) {
	for _, c := range []struct {
		name  string
		code  term.Code
		event string
		n     int
		unit  term.Unit
		want  string
	}{
		{"the day of the event is not counted (art. 57 § 1 kpa)", term.Procedure, "2026-03-02", 7, term.Days, "2026-03-09"},
		{"a Sunday moves to Monday (art. 57 § 4)", term.Procedure, "2026-03-01", 14, term.Days, "2026-03-16"},
		{"so does a Saturday", term.Procedure, "2026-03-07", 7, term.Days, "2026-03-16"},
		{"Saturday, Sunday and Easter Monday end on Tuesday", term.Procedure, "2026-03-28", 7, term.Days, "2026-04-07"},
		{"a civil term of 2014 may end on a Saturday (art. 115 kc as it was)", term.Contract, "2014-12-06", 7, term.Days, "2014-12-13"},
		{"an administrative one may not (I OPS 1/11)", term.Procedure, "2014-12-06", 7, term.Days, "2014-12-15"},
		{"a civil term of 2017 may not either", term.Contract, "2017-01-07", 7, term.Days, "2017-01-16"},
		{"Christmas Eve ended a term in 2024", term.Procedure, "2024-12-17", 7, term.Days, "2024-12-24"},
		{"and ends none in 2025", term.Procedure, "2025-12-17", 7, term.Days, "2025-12-29"},
		{"working days leave out the weekend (art. 19a ust. 3 UDPP)", term.Procedure, "2026-11-20", 7, term.WorkingDays, "2026-12-01"},
		{"and a holiday inside", term.Procedure, "2026-11-09", 3, term.WorkingDays, "2026-11-13"},
		{"a week ends on the day of its name (art. 57 § 2)", term.Procedure, "2026-11-12", 2, term.Weeks, "2026-11-26"},
		{"a month ends on the same date (art. 57 § 3)", term.Procedure, "2026-10-15", 1, term.Months, "2026-11-16"},
		{"a month from 31 January ends with February", term.Procedure, "2023-01-31", 1, term.Months, "2023-02-28"},
		{"also in a leap year", term.Procedure, "2024-01-31", 1, term.Months, "2024-02-29"},
		{"a year from 29 February ends on the 28th", term.Procedure, "2024-02-29", 1, term.Years, "2025-02-28"},
		{"months pass the new year", term.Procedure, "2014-11-30", 3, term.Months, "2015-03-02"}, // 28 February 2015 is a Saturday
		{"no term ends on the day itself", term.Procedure, "2026-11-23", 0, term.Days, "2026-11-23"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := c.code.Ends(day(t, c.event), c.n, c.unit); err != nil || got != day(t, c.want) {
				t.Errorf("%d %s from %s end on %s, want %s; %v", c.n, c.unit, c.event, got, c.want, err)
			}
		})
	}
}

func TestTermThatCannotBeCountedIsRefused(t *testing.T) {
	for name, err := range map[string]error{
		"a negative term":        second(term.Procedure.Ends(day(t, "2026-01-01"), -1, term.Days)),
		"no unit":                second(term.Procedure.Ends(day(t, "2026-01-01"), 1, "fortnights")),
		"past the calendar":      second(term.Procedure.Ends(day(t, "2040-12-30"), 7, term.Days)),
		"working days past it":   second(term.Procedure.Ends(day(t, "2040-12-30"), 7, term.WorkingDays)),
		"no publication":         second(term.Procedure.Earliest(21, term.Days)),
		"one publication absent": second(term.Procedure.Earliest(21, term.Days, day(t, "2026-01-01"), term.Day{})),
	} {
		if err == nil {
			t.Errorf("%s is counted", name)
		}
	}
}

func second[A any](_ A, err error) error { return err }

// The 21 days run from the last of the three places.
func TestFilingTermRunsFromTheLastPublication(t *testing.T) {
	page, bulletin, board := day(t, "2026-02-02"), day(t, "2026-02-03"), day(t, "2026-02-05")
	got, err := term.Procedure.Earliest(21, term.Days, page, board, bulletin)
	if want := day(t, "2026-02-26"); err != nil || got != want {
		t.Errorf("%s, want %s; %v", got, want, err)
	}
}

func TestDayIsOneAlsoWhenTheClocksChange(t *testing.T) {
	for day, hours := range map[term.Day]float64{
		{Year: 2015, Month: time.March, Date: 29}:   23,
		{Year: 2015, Month: time.October, Date: 25}: 25,
		{Year: 2015, Month: time.June, Date: 1}:     24,
	} {
		if got := day.End().Sub(day.Begin()).Hours(); got != hours {
			t.Errorf("%s has %v hours", day, got)
		}
		if term.Of(day.End().Add(-time.Nanosecond)) != day || term.Of(day.Begin()) != day || term.Of(day.End()) != day.Add(1) {
			t.Errorf("%s does not hold its own moments", day)
		}
	}
	if got := term.Of(time.Date(2014, 12, 17, 23, 30, 0, 0, time.UTC)); got.String() != "2014-12-18" {
		t.Errorf("half past midnight in Warsaw is %s", got)
	}
}

func TestTermsNeverEndOnAFreeDayAndGrowWithTheirLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		event := term.Day{Year: term.FirstYear, Month: 1, Date: 1}.Add(rapid.IntRange(0, 365*24).Draw(t, "event"))
		unit := rapid.SampledFrom([]term.Unit{term.Days, term.WorkingDays, term.Weeks, term.Months}).Draw(t, "unit")
		code := rapid.SampledFrom([]term.Code{term.Procedure, term.Contract}).Draw(t, "code")
		n := rapid.IntRange(0, 24).Draw(t, "n")
		last, err := code.Ends(event, n, unit)
		if err != nil {
			t.Fatal(err)
		}
		if free, err := term.Free(last); free || err != nil {
			t.Fatalf("ends on %s, free: %v, %v", last, free, err)
		}
		later, err := code.Ends(event, n+1, unit)
		if err != nil || later.Before(last) {
			t.Fatalf("%d end on %s, %d on %s; %v", n, last, n+1, later, err)
		}
		if event.Add(event.Until(last)) != last {
			t.Fatalf("%d days from %s to %s", event.Until(last), event, last)
		}
	})
}

func TestNumbersHoldOnTheirDays(t *testing.T) {
	for _, n := range term.Numbers() {
		got, err := term.On(n.Key, n.From)
		if err != nil || got.N == 0 || got.Basis == "" {
			t.Errorf("%s on %s: %+v, %v", n.Key, n.From, got, err)
		}
		if set := got.Unit != ""; set == (got.Money || got.Percent) {
			t.Errorf("%s is both a term and an amount, or neither", n.Key)
		}
	}
	if n, err := term.On(term.TenderFiling, day(t, "2014-12-03")); err != nil || n.N != 21 || n.Unit != term.Days {
		t.Errorf("%+v, %v", n, err)
	}
	if _, err := term.On(term.TenderFiling, day(t, "2013-12-31")); err == nil {
		t.Error("a number before the calendar begins")
	}
	if _, err := term.On("nothing", day(t, "2026-01-01")); err == nil {
		t.Error("a number that nobody set")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2014-12-18", "2014-02-30", "", "0000-00-00", "9999-12-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := term.Parse(s); err == nil && d.String() != s {
			t.Errorf("%q is read as %s", s, d)
		}
	})
}
