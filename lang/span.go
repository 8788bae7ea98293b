package lang

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// Names of the days, from Sunday on as time.Weekday counts.
var (
	polishDays  = [...]string{"niedziela", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota"}
	polishShort = [...]string{"nd.", "pon.", "wt.", "śr.", "czw.", "pt.", "sob."}
)

// Weekday is "piątek" or "Friday".
func Weekday(ctx context.Context, day time.Weekday) string {
	if of(ctx).Language == English {
		return day.String()
	}
	return polishDays[day]
}

// WeekdayShort is "pt." or "Fri".
func WeekdayShort(ctx context.Context, day time.Weekday) string {
	if of(ctx).Language == English {
		return day.String()[:3]
	}
	return polishShort[day]
}

// Day is "piątek, 13 czerwca 2014" or "Friday, 13 June 2014".
func Day(ctx context.Context, t time.Time) string {
	return Weekday(ctx, t.In(Warsaw).Weekday()) + ", " + Date(ctx, t)
}

// Clock is "09:00", as the clock in Warsaw shows it.
func Clock(t time.Time) string { return t.In(Warsaw).Format("15:04") }

// Span says the days from first to last: "13 czerwca 2014", "13–14 czerwca
// 2014", "8 września – 28 listopada 2014" or both dates whole: nothing is said
// twice.
func Span(ctx context.Context, first, last time.Time) string {
	first, last = first.In(Warsaw), last.In(Warsaw)
	begin, end := Date(ctx, first), Date(ctx, last)
	switch {
	case begin == end:
		return end
	case first.Year() == last.Year() && first.Month() == last.Month():
		return strconv.Itoa(first.Day()) + "–" + end
	case first.Year() == last.Year():
		begin = strings.TrimSuffix(begin, " "+strconv.Itoa(first.Year()))
	}
	return begin + " – " + end
}

// Zone says which time the clock in Warsaw shows at a moment: "czas letni
// (UTC+2)" or "winter time (UTC+1)".
func Zone(ctx context.Context, t time.Time) string {
	if t.In(Warsaw).IsDST() {
		return T(ctx, "lang.zone.summer")
	}
	return T(ctx, "lang.zone.winter")
}

// Twice reports whether the clock in Warsaw shows this time of day twice on
// that day, because the clocks go back; t is the first of the two.
func Twice(t time.Time) bool {
	later := t.Add(time.Hour).In(Warsaw)
	t = t.In(Warsaw)
	return t.Hour() == later.Hour() && t.Minute() == later.Minute()
}

// At is a day and an hour as they are typed in Poland. Of an hour that comes
// twice when the clocks go back it is the first; ok is false for one that the
// clocks skip in spring.
func At(year int, month time.Month, day, hour, minute int) (t time.Time, ok bool) {
	t = time.Date(year, month, day, hour, minute, 0, 0, Warsaw)
	if earlier := t.Add(-time.Hour); Twice(earlier) {
		t = earlier
	}
	return t, t.Hour() == hour && t.Minute() == minute
}
