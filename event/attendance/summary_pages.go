package attendance

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/count"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// summaryView is who came, for the team: every number, however small.
type summaryView struct {
	Event    event.Event
	Seats    int
	Came     []Present
	Sessions []event.Session // where they are noted apart
	BySess   map[store.ID]int
}

func (s *Service) showSummary(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return err
	}
	v := summaryView{Event: e}
	if v.Came, err = Came(ctx, s.db, e.ID); err != nil {
		return err
	}
	if v.Seats, err = store.One[int](ctx, s.db, `SELECT count(*) FROM event_registration WHERE event = $1 AND state = 'confirmed'`, e.ID); err != nil {
		return err
	}
	if v.BySess, err = bySession(ctx, s.db, e.ID); err != nil {
		return err
	}
	if len(v.BySess) > 0 {
		if v.Sessions, err = noted(ctx, s.db, e.ID); err != nil {
			return err
		}
	}
	return web.Render(w, r, summaryPage(v))
}

// chart draws how many came to each session.
func (v summaryView) chart(ctx context.Context) chart.Chart {
	c := chart.BarChart{ID: "sessions", Title: lang.T(ctx, "event.attendance.chart.title"), Max: float64(len(v.Came)),
		Head: []string{lang.T(ctx, "event.attendance.session"), lang.T(ctx, "event.attendance.people")}}
	most := chart.Bar{}
	for _, s := range v.Sessions {
		n := v.BySess[s.ID]
		bar := chart.Bar{Label: when(ctx, s) + " " + s.Title, Value: chart.Value{Number: float64(n), Text: strconv.Itoa(n)}}
		if bar.Value.Number > most.Value.Number {
			most = bar
		}
		c.Bars = append(c.Bars, bar)
	}
	c.Description = lang.T(ctx, "event.attendance.chart.description", "Session", most.Label, "Count", most.Value.Text)
	return chart.Bars(c)
}

// by counts those who came by a quality, the largest first.
func (v summaryView) by(of func(Present) string) []count.Cell {
	n := map[string]int{}
	for _, p := range v.Came {
		n[of(p)]++
	}
	var cells []count.Cell
	for key, total := range n {
		cells = append(cells, count.Cell{Key: key, N: total})
	}
	slices.SortFunc(cells, func(a, b count.Cell) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return cells
}

// cellTable shows numbers; rest is how many are in none of them.
func cellTable(ctx context.Context, title string, cells []count.Cell, rest int, name func(string) string) ui.TableData {
	t := ui.TableData{Caption: title, Columns: []ui.Column{{Title: title}, {Title: lang.T(ctx, "event.attendance.people"), Numeric: true}}}
	add := func(name string, n int) {
		t.Rows = append(t.Rows, ui.TableRow{ui.Text(name), ui.Text(lang.Number(ctx, int64(n)))})
	}
	for _, c := range cells {
		add(name(c.Key), c.N)
	}
	if rest > 0 {
		add(lang.T(ctx, "event.attendance.rest"), rest)
	}
	return t
}

func sectorName(ctx context.Context) func(string) string {
	return func(key string) string { return ui.Sector(key).Name(ctx) }
}

func gminaName(ctx context.Context) func(string) string {
	return func(key string) string {
		if name := territory.Name(key); key != "" && name != "" {
			return name
		}
		return lang.T(ctx, "event.attendance.elsewhere")
	}
}

// table is the export: who came, and to how many sessions.
func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	e, err := s.event(r)
	if err != nil {
		return export.Table{}, err
	}
	all, err := Door(ctx, s.db, e.ID, "")
	if err != nil {
		return export.Table{}, err
	}
	came, err := Came(ctx, s.db, e.ID)
	if err != nil {
		return export.Table{}, err
	}
	s.looked(ctx, "event_door", e, peopleOf(all))
	here := make(map[store.ID]Present, len(came))
	for _, p := range came {
		here[p.Registration] = p
	}
	t := export.Table{Name: lang.T(ctx, "event.attendance.export.name") + " " + e.Title, Head: export.Titles(ctx, "event.attendance.ticket.number",
		"event.attendance.name", "event.attendance.organisation", "event.attendance.sector", "event.attendance.gmina",
		"event.attendance.present", "event.attendance.came_at", "event.attendance.session_count")}
	for _, g := range all {
		p, is := here[g.ID]
		var at any = ""
		if is {
			at = p.CameAt.Time
		}
		t.Rows = append(t.Rows, []any{g.Number, g.Name, g.OrganisationName, sectorName(ctx)(string(g.Sector)), gminaName(ctx)(g.TERC), is, at, p.Sessions})
	}
	return t, nil
}

// The public part of the event's page.

// PublicPart shows after the event how many came, as far as the public may know.
func (s *Service) PublicPart() event.Part {
	return event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		if e.State() != event.Published || !e.Over(s.db.Now()) {
			return nil, nil
		}
		report, names, err := s.Public(ctx, s.db, e)
		if err != nil || report.Total == 0 && !report.Few {
			return nil, err
		}
		return publicPart(publicView{report, names}), nil
	}}
}

// OwnPart leads whoever has a seat to the ticket, and afterwards to the
// certificate.
func (s *Service) OwnPart() event.Part {
	return event.Part{Show: s.ownPart}
}
