package event

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
)

// monthView is a month as a calendar on the wall shows it. On a phone the days
// without an event are left out.
type monthView struct {
	Year  int
	Month time.Month
	Weeks [][]dayCell
	Count int
	Whole Filter // of kind and gmina
}

// dayCell is one day of a month; Number is 0 for one of the neighbour months.
type dayCell struct {
	Number int
	Date   time.Time
	Today  bool
	Events []Event
}

// mostInMonth bounds the events of one month; a community has a few dozen.
const mostInMonth = 500

func (s *Service) showMonth(w http.ResponseWriter, r *http.Request) error {
	year, err := web.Number(r.PathValue("year"), 4, 1900, 2100)
	if err != nil {
		return err
	}
	n, err := web.Number(r.PathValue("month"), 2, 1, 12)
	if err != nil {
		return err
	}
	month := time.Month(n)
	f, chosen := ofMonth(year, month), filterOf(r)
	f.Kind, f.Place = chosen.Kind, chosen.Place
	events, count, err := listed(r.Context(), s.db, f, mostInMonth, 0)
	if err != nil {
		return err
	}
	v := monthView{Year: year, Month: month, Count: count, Whole: Filter{Kind: f.Kind, Place: f.Place}}
	v.Weeks = weeks(year, month, s.db.Now(), events)
	return web.Render(w, r, monthPage(v))
}

// weeks lays a month out from Monday to Sunday.
func weeks(year int, month time.Month, now time.Time, events []Event) (all [][]dayCell) {
	first := time.Date(year, month, 1, 0, 0, 0, 0, lang.Warsaw)
	before := (int(first.Weekday()) + 6) % 7
	today := midnight(now)
	for day := 1 - before; day <= daysIn(year, month); day += 7 {
		var week []dayCell
		for d := day; d < day+7; d++ {
			var cell dayCell
			if d >= 1 && d <= daysIn(year, month) {
				cell = dayCell{Number: d, Date: time.Date(year, month, d, 0, 0, 0, 0, lang.Warsaw)}
				cell.Today = cell.Date.Equal(today)
				cell.take(events)
			}
			week = append(week, cell)
		}
		all = append(all, week)
	}
	return all
}

// take puts those events into the day that are on in it.
func (c *dayCell) take(events []Event) {
	next := c.Date.AddDate(0, 0, 1)
	for _, e := range events {
		if e.StartsAt.Before(next) && e.EndsAt.After(c.Date) {
			c.Events = append(c.Events, e)
		}
	}
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// monthPath is the address of the month in which a day is.
func monthPath(year int, month time.Month, _ int) string {
	return allPath + "/" + time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Format("2006/01")
}

// beside is the address of a neighbour month under the same filter.
func (v monthView) beside(months int) string {
	path := monthPath(time.Date(v.Year, v.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Date())
	if q := v.Whole.query().Encode(); q != "" {
		path += "?" + q
	}
	return path
}

func (v monthView) name(ctx context.Context, months int) string {
	y, m, _ := time.Date(v.Year, v.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Date()
	return lang.Month(ctx, y, m)
}

// at says when an event begins on the day: nothing where it goes on from before.
func (c dayCell) at(e Event) string {
	if e.StartsAt.Before(c.Date) {
		return ""
	}
	return lang.Clock(e.StartsAt.Time)
}

func (v monthView) year() string { return strconv.Itoa(v.Year) }
