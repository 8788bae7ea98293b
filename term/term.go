// Package term counts time as Polish law counts it: which days are working
// days, when a term of days, weeks or months ends, and which term or amount the
// law set on a given day.
//
// Begin with [Procedure] or [Contract], which say when a term ends, and with
// [On], which gives the number that the law sets with the place where it sets
// it. Nothing here reads a clock.
package term

import (
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/lang"
)

// Day is a day of the calendar, without a time and without a zone, so that the
// day on which the clocks change is one day as well.
type Day struct {
	Year  int
	Month time.Month
	Date  int
}

// Of is the day that the calendar in Warsaw shows at a moment.
func Of(t time.Time) Day {
	y, m, d := t.In(lang.Warsaw).Date()
	return Day{y, m, d}
}

// Parse reads "2014-12-18".
func Parse(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("term: %q is no day like 2014-12-18", s)
	}
	y, m, d := t.Date()
	return Day{y, m, d}, nil
}

// noon stands for the day in arithmetic: no zone moves it into another.
func (d Day) noon() time.Time { return time.Date(d.Year, d.Month, d.Date, 12, 0, 0, 0, time.UTC) }

// Add is the day n days later, or earlier for a negative n.
func (d Day) Add(n int) Day {
	y, m, date := d.noon().AddDate(0, 0, n).Date()
	return Day{y, m, date}
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.noon().Weekday() }

// Before reports whether d comes before e.
func (d Day) Before(e Day) bool { return d.noon().Before(e.noon()) }

// Until is the number of days from d to e, negative when e is earlier.
func (d Day) Until(e Day) int { return int(e.noon().Sub(d.noon()) / (24 * time.Hour)) }

// String is "2014-12-18".
func (d Day) String() string { return d.noon().Format(time.DateOnly) }

// Begin is the moment in Warsaw at which the day begins.
func (d Day) Begin() time.Time {
	return time.Date(d.Year, d.Month, d.Date, 0, 0, 0, 0, lang.Warsaw)
}

// End is the moment at which the day is over: what arrives at it is late.
func (d Day) End() time.Time { return d.Add(1).Begin() }
