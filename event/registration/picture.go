package registration

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// picturesView shows how registrations came and who is among them. Only the team
// sees it, which sees every name as well, so nothing is hidden.
type picturesView struct {
	frame
	Charts []chart.Chart
}

func (s *Service) showPictures(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v := picturesView{frame: s.frame(ctx, e, "/zapisy/obraz")}
	times, err := store.All[store.Time](ctx, s.db, `SELECT registered_at FROM event_registration WHERE event = $1 ORDER BY registered_at`, e.ID)
	if err != nil {
		return err
	}
	tallies, err := Tallies(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	if len(times) > 0 {
		v.Charts = append(v.Charts, overTime(ctx, times))
	}
	if seated := seatedOf(tallies); len(seated) > 0 {
		v.Charts = append(v.Charts, balance(ctx, seated))
	}
	return web.Render(w, r, picturesPage(v))
}

func seatedOf(tallies []Tally) []Tally {
	return slices.DeleteFunc(slices.Clone(tallies), func(t Tally) bool { return !t.State.Holds() })
}

// mostDays is how many bars one can read; longer times are drawn by weeks.
const mostDays = 31

// overTime draws how many people signed up on each day, or in each week.
func overTime(ctx context.Context, times []store.Time) chart.Chart {
	first, last := day(times[0].Time), day(times[len(times)-1].Time)
	step := 1
	if last.Sub(first) > mostDays*24*time.Hour {
		step = 7
	}
	c := chart.BarChart{ID: "over-time", Title: lang.T(ctx, "event.registration.picture.time"),
		Description: lang.N(ctx, "event.registration.picture.time_text", len(times), "From", lang.Date(ctx, first), "To", lang.Date(ctx, last)),
		Head:        []string{lang.T(ctx, "event.registration.picture.day"), lang.T(ctx, "event.registration.picture.people")}}
	for from := first; !from.After(last); from = from.AddDate(0, 0, step) {
		n := 0
		for _, t := range times {
			if at := day(t.Time); !at.Before(from) && at.Before(from.AddDate(0, 0, step)) {
				n++
			}
		}
		c.Bars = append(c.Bars, chart.Bar{Label: lang.Date(ctx, from), Value: number(ctx, n)})
	}
	return chart.Bars(c)
}

func day(t time.Time) time.Time {
	t = t.In(lang.Warsaw)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, lang.Warsaw)
}

func number(ctx context.Context, n int) chart.Value {
	return chart.Value{Number: float64(n), Text: lang.Number(ctx, int64(n))}
}

// balance draws how the sectors share the seats, in all and in each gmina.
func balance(ctx context.Context, tallies []Tally) chart.Chart {
	c := chart.BalanceChart{ID: "balance", Title: lang.T(ctx, "event.registration.picture.balance"),
		Description: lang.T(ctx, "event.registration.picture.balance_text"), Head: lang.T(ctx, "event.registration.gmina")}
	for _, s := range ui.Sectors {
		c.Sectors = append(c.Sectors, chart.Sign{Sector: string(s), Label: s.Name(ctx)})
	}
	c.Rows = append(c.Rows, balanceRow(ctx, lang.T(ctx, "event.registration.picture.all"), tallies))
	var gminas []string
	for _, t := range tallies {
		if !slices.Contains(gminas, t.TERC) {
			gminas = append(gminas, t.TERC)
		}
	}
	slices.SortFunc(gminas, func(a, b string) int {
		return slices.Compare([]byte(lang.SortKey(gminaName(ctx, a))), []byte(lang.SortKey(gminaName(ctx, b))))
	})
	for _, g := range gminas {
		c.Rows = append(c.Rows, balanceRow(ctx, gminaName(ctx, g), slices.DeleteFunc(slices.Clone(tallies), func(t Tally) bool { return t.TERC != g })))
	}
	return chart.Balance(c)
}

func balanceRow(ctx context.Context, label string, tallies []Tally) chart.BalanceRow {
	row := chart.BalanceRow{Label: label}
	total := 0
	for _, s := range ui.Sectors {
		n := 0
		for _, t := range tallies {
			if t.Sector == s {
				n += t.Number
			}
		}
		total += n
		row.Values = append(row.Values, number(ctx, n))
	}
	row.Total = lang.N(ctx, "event.registration.people", total)
	return row
}
