package programme

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// downloads are what leaves the room: its lists, what its indicators say, and
// its phases as a calendar.
func (s *Service) downloads(at string) []web.Route {
	routes := export.Routes("/programy", access.Anyone, s.listTable)
	routes = append(routes, export.Routes(at+"/wskazniki", access.Anyone, s.measureTable)...)
	routes = append(routes, export.Routes(at+"/edycja/uczestnicy", Manage, s.memberTable)...)
	routes = append(routes, export.Routes(at+"/edycja/zespol", Manage, s.teamTable)...)
	return append(routes, web.Route{Pattern: "GET " + at + "/etapy.ics", Need: access.Anyone, Handle: s.sendPhases})
}

func (s *Service) listTable(r *http.Request) (export.Table, error) {
	ctx, f := r.Context(), readListFilter(web.Query(r))
	t := export.Table{Name: lang.T(ctx, "programme.list.title"), Head: export.Titles(ctx, "programme.data.title", "programme.data.summary",
		"programme.new.owner", "programme.data.starts", "programme.data.ends", "programme.members.state", "programme.list.page")}
	all, err := listProgrammes(ctx, s.db, f, export.MostRows, 0)
	for _, p := range all {
		t.Rows = append(t.Rows, []any{p.Title, p.Summary, p.Owner, export.Day{Time: p.StartsAt.Time}, export.Day{Time: lastDay(p.EndsAt)},
			lang.T(ctx, "programme.state."+string(p.State)), s.site.URL(p.Path())})
	}
	return t, err
}

// measureTable is every value that was given for the indicators of a programme.
func (s *Service) measureTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := s.seen(r)
	if err != nil {
		return export.Table{}, err
	}
	snap, err := s.snapshotOf(ctx, p)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "programme.indicators") + " " + p.Title, Head: export.Titles(ctx, "programme.goal.title",
		"programme.indicator.name", "programme.indicator.unit", "programme.indicator.baseline", "programme.indicator.target",
		"programme.measure.day", "programme.measure.amount", "programme.measure.note")}
	for _, g := range snap.goals {
		g = g.at(s.db.Now())
		for _, i := range g.Indicators {
			t.Rows = append(t.Rows, i.rows(g.Title)...)
		}
	}
	return t, nil
}

// rows is one line for each value; an indicator without any has one all the same.
func (i Indicator) rows(goal string) [][]any {
	line := func(day, amount, note any) []any {
		var baseline any
		if i.Baseline != nil {
			baseline = i.Baseline.float()
		}
		return []any{goal, i.Name, i.Unit, baseline, i.Target.float(), day, amount, note}
	}
	if len(i.Values) == 0 {
		return [][]any{line(nil, nil, nil)}
	}
	var rows [][]any
	for _, m := range i.Values {
		rows = append(rows, line(export.Day{Time: m.Day.Time}, m.Amount.float(), m.Note))
	}
	return rows
}

func (a Amount) float() float64 { return float64(a) / thousandth }

// memberTable is the list of members under its filter, for the manager: it holds
// addresses of people and goes no further than the manager takes it.
func (s *Service) memberTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := BySlug(ctx, s.db, r.PathValue("programme"))
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "programme.members") + " " + p.Title, Head: export.Titles(ctx, "programme.members.name",
		"programme.members.email", "programme.members.sector", "programme.members.organisation", "programme.members.gmina",
		"programme.members.state", "programme.members.since", "programme.members.words")}
	all, err := listMembers(ctx, s.db, p.ID, readMemberFilter(web.Query(r)), export.MostRows+1, 0)
	if err != nil {
		return t, err
	}
	for _, m := range all {
		t.Rows = append(t.Rows, []any{m.Name, m.Email, sectorName(ctx, m.Sector), m.OrganisationName, place(m.Municipality),
			lang.T(ctx, "programme.member_state."+string(m.State)), export.Day{Time: m.Since.Time}, m.Words})
	}
	return t, t.Fits(len(all))
}

func (s *Service) teamTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := BySlug(ctx, s.db, r.PathValue("programme"))
	if err != nil {
		return export.Table{}, err
	}
	team, err := teamOf(ctx, s.db, p.ID)
	t := export.Table{Name: lang.T(ctx, "programme.team.title") + " " + p.Title, Head: export.Titles(ctx,
		"programme.members.name", "programme.team.email", "programme.team.role", "programme.team.since")}
	for _, one := range team {
		t.Rows = append(t.Rows, []any{one.Name, one.Email, lang.T(ctx, "programme.role."+string(one.Role)), export.Day{Time: one.GivenAt.Time}})
	}
	return t, err
}

func sectorName(ctx context.Context, sector string) string { return ui.Sector(sector).Name(ctx) }

func place(terc string) string {
	unit, _ := territory.ByTERC(terc)
	return unit.Name
}

// sendPhases answers with the phases as whole days. Each keeps its id, so that a
// calendar that follows the address moves what the manager moved.
func (s *Service) sendPhases(w http.ResponseWriter, r *http.Request) error {
	p, err := s.seen(r)
	if err != nil {
		return err
	}
	snap, err := s.snapshotOf(r.Context(), p)
	if err != nil {
		return err
	}
	c := export.Calendar{Name: p.Title, About: p.Summary, Author: s.site.Community}
	for _, phase := range snap.phases {
		c.Dates = append(c.Dates, s.date(p, phase))
	}
	return c.Send(w, r, strings.Join([]string{lang.T(r.Context(), "programme.phases"), p.Slug}, " "))
}

func (s *Service) date(p Programme, phase Phase) export.Date {
	end := phase.EndsAt.Time
	if end.IsZero() { // it goes on; a calendar shows the day it began
		end = phase.StartsAt.In(lang.Warsaw).AddDate(0, 0, 1)
	}
	return export.Date{ID: string(phase.ID) + "@" + s.site.Public.Hostname(), Title: phase.Title + " (" + p.Title + ")",
		URL: s.site.URL(p.Path()), Start: phase.StartsAt.Time, End: end, WholeDay: true,
		Changed: p.UpdatedAt.UTC().Truncate(time.Second), Version: phase.Version}
}
