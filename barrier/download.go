package barrier

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// downloads are what leaves the room: the register with what is shown of each
// sector, and the days of responses and reviews. Votes never leave.
func (s *Service) downloads(list string) []web.Route {
	return append(export.Routes(list, access.Anyone, s.table), web.Route{Pattern: "GET " + list + ".ics", Need: access.Anyone, Handle: s.sendDates})
}

func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "barrier.list.title") + " " + p.Title, Head: s.heads(ctx)}
	f := filterOf(r)
	total, err := countRegistered(ctx, s.db, p.ID, f)
	if err != nil {
		return t, err
	}
	all, err := registered(ctx, s.db, p.ID, f, export.MostRows, 0)
	if err != nil {
		return t, err
	}
	added, err := addedKinds(ctx, s.db, p.ID)
	if err != nil {
		return t, err
	}
	shown, err := figures(ctx, s.db, store.At(s.db.Now()), all)
	for _, b := range all {
		t.Rows = append(t.Rows, s.row(ctx, b, added, shown[b.ID]))
	}
	if err == nil {
		err = t.Fits(total)
	}
	return t, err
}

func (s *Service) heads(ctx context.Context) []string {
	heads := export.Titles(ctx, "barrier.field.number", "barrier.field.kind", "barrier.field.statement", "barrier.field.held_by", "barrier.field.about",
		"barrier.field.cause", "barrier.field.effect", "barrier.field.signal", "barrier.field.probability", "barrier.field.impact",
		"barrier.field.verdict", "barrier.table.verdict_note", "barrier.field.measure", "barrier.field.response", "barrier.field.owner",
		"barrier.field.due", "barrier.done", "barrier.field.review", "barrier.closed")
	for _, sector := range ui.Sectors {
		for _, key := range []string{"barrier.plane.voters", "barrier.plane.frequency", "barrier.plane.harm"} {
			heads = append(heads, lang.T(ctx, key)+" – "+sector.Name(ctx))
		}
	}
	return append(heads, lang.T(ctx, "barrier.table.address"))
}

func (s *Service) row(ctx context.Context, b Barrier, k kinds, shown []Figure) []any {
	measure := ""
	if b.Measure != "" {
		measure = lang.T(ctx, "barrier.measure."+string(b.Measure))
	}
	row := []any{b.Number, k.word(ctx, b.Kind), b.Statement, b.HeldBy.words(ctx), b.About.words(ctx), b.Cause, b.Effect, b.Signal,
		orEmpty(b.Probability), orEmpty(b.Impact), b.Verdict.word(ctx), b.VerdictNote, measure, b.Response, b.OwnerName,
		export.Day{Time: lastDay(b.DueAt)}, export.Day{Time: b.DoneAt.Time}, export.Day{Time: lastDay(b.ReviewAt)}, export.Day{Time: b.ClosedAt.Time}}
	for _, sector := range ui.Sectors {
		row = append(row, figureCells(shown, sector)...)
	}
	return append(row, s.Site.URL(b.Path()))
}

// figureCells are the voters and the means of a sector; empty where they are not
// shown.
func figureCells(shown []Figure, sector ui.Sector) []any {
	for _, f := range shown {
		if f.Sector == sector {
			return []any{f.Voters, f.Frequency(), f.Harm()}
		}
	}
	return []any{"", "", ""}
}

func orEmpty(n int) any {
	if n == 0 {
		return ""
	}
	return n
}

func (s Sectors) words(ctx context.Context) string {
	var names []string
	for _, sector := range s {
		names = append(names, sector.Name(ctx))
	}
	return strings.Join(names, ", ")
}

// sendDates answers with the days by which responses are to be carried out and
// barriers looked at again.
func (s *Service) sendDates(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	all, err := datesOf(ctx, s.db, p.ID)
	if err != nil {
		return err
	}
	c := export.Calendar{Name: lang.T(ctx, "barrier.calendar.name", "Programme", p.Title), Author: s.Site.Community}
	for _, b := range all {
		if !b.DueAt.IsZero() && b.DoneAt.IsZero() {
			c.Dates = append(c.Dates, s.date(b, "response", lang.T(ctx, "barrier.calendar.response", "Statement", b.Statement), b.DueAt))
		}
		if !b.ReviewAt.IsZero() {
			c.Dates = append(c.Dates, s.date(b, "review", lang.T(ctx, "barrier.calendar.review", "Statement", b.Statement), b.ReviewAt))
		}
	}
	return c.Send(w, r, lang.T(ctx, "barrier.calendar.name", "Programme", p.Title))
}

func (s *Service) date(b Barrier, what, title string, end store.Time) export.Date {
	return export.Date{ID: fmt.Sprintf("%s-%s@%s", what, b.ID, s.Site.Public.Hostname()), Title: title, Description: b.Response, URL: s.Site.URL(b.Path()),
		Start: lastDay(end), End: end.Time, WholeDay: true, Changed: b.UpdatedAt.Time, Version: b.Version}
}
