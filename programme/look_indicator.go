package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What is said of indicators and what was measured.

// way is where the indicator began and where it is now, as shares of its way.
func (i Indicator) way() (began, reached float64, ok bool) {
	m, measured := i.Latest()
	if i.Baseline != nil && *i.Baseline > i.Target { // less is better: the way itself is drawn
		percent, ok := i.Reached()
		return 0, float64(percent) / 100, ok
	}
	if i.Baseline != nil && i.Target > 0 {
		began = float64(*i.Baseline) / float64(i.Target)
	}
	return began, float64(m.Amount) / float64(max(1, i.Target)), measured && i.Target > 0
}

// now says the value measured last.
func (i Indicator) now(ctx context.Context) string {
	if m, ok := i.Latest(); ok {
		return i.said(ctx, m.Amount)
	}
	return lang.T(ctx, "programme.indicator.unknown")
}

// aims says what the value is to be compared with.
func (i Indicator) aims(ctx context.Context) string {
	parts := []string{lang.T(ctx, "programme.indicator.line_target", "Target", i.said(ctx, i.Target))}
	if i.Baseline != nil {
		parts = append(parts, lang.T(ctx, "programme.indicator.line_baseline", "Baseline", i.said(ctx, *i.Baseline)))
	}
	if m, ok := i.Latest(); ok {
		parts = append(parts, lang.T(ctx, "programme.indicator.line_day", "Date", lang.Date(ctx, m.Day.Time)))
	}
	return strings.Join(parts, " · ")
}

func indicatorEditTable(ctx context.Context, v editView, g Goal) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.indicators"), Columns: indicatorColumns(ctx)}
	for _, i := range g.Indicators {
		t.Rows = append(t.Rows, indicatorCells(ctx, i, ui.TextLink(v.Action("wskazniki/"+string(i.ID)), i.Name)))
	}
	return t
}

func indicatorColumns(ctx context.Context) []ui.Column {
	return []ui.Column{{Title: lang.T(ctx, "programme.indicator.name")}, {Title: lang.T(ctx, "programme.indicator.baseline"), Numeric: true},
		{Title: lang.T(ctx, "programme.indicator.latest"), Numeric: true}, {Title: lang.T(ctx, "programme.indicator.target"), Numeric: true},
		{Title: lang.T(ctx, "programme.indicator.reached"), Numeric: true}}
}

func indicatorCells(ctx context.Context, i Indicator, name templ.Component) ui.TableRow {
	baseline, latest, reached := lang.T(ctx, "programme.indicator.unknown"), lang.T(ctx, "programme.indicator.unknown"), "–"
	if i.Baseline != nil {
		baseline = i.said(ctx, *i.Baseline)
	}
	if m, ok := i.Latest(); ok {
		latest = i.said(ctx, m.Amount) + " (" + lang.Date(ctx, m.Day.Time) + ")"
	}
	if percent, ok := i.Reached(); ok {
		reached = strconv.Itoa(percent) + "\u00a0%"
	}
	return ui.TableRow{name, ui.Text(baseline), ui.Text(latest), ui.Text(i.said(ctx, i.Target)), ui.Text(reached)}
}

// said is a number with its unit.
func (i Indicator) said(ctx context.Context, a Amount) string {
	if i.Unit == "" {
		return a.In(ctx)
	}
	return a.In(ctx) + "\u00a0" + i.Unit
}

func measureTable(ctx context.Context, i Indicator) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "programme.measure.history"), Columns: []ui.Column{{Title: lang.T(ctx, "programme.measure.day")},
		{Title: lang.T(ctx, "programme.measure.amount"), Numeric: true}, {Title: lang.T(ctx, "programme.measure.note")},
		{Title: lang.T(ctx, "programme.measure.entered")}}}
	for _, m := range slices.Backward(i.Values) {
		t.Rows = append(t.Rows, ui.TableRow{ui.DateText(m.Day.Time), ui.Text(i.said(ctx, m.Amount)), ui.Text(m.Note), ui.DateTimeText(m.EnteredAt.Time)})
	}
	return t
}
