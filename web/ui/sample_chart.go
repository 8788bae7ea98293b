package ui

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/lang"
)

// sampleCharts is each kind of chart of methods and opinions once, with invented
// numbers.
func sampleCharts(ctx context.Context) []chart.Chart {
	return []chart.Chart{samplePlane(ctx), sampleIntervals(ctx), sampleLanes(ctx), sampleGrid(ctx),
		sampleTableau(ctx), sampleCrowd(ctx), sampleSides(ctx), sampleMirror(ctx)}
}

func sampleSigns(ctx context.Context) []chart.Sign {
	signs := make([]chart.Sign, len(Sectors))
	for i, s := range Sectors {
		signs[i] = chart.Sign{Sector: string(s), Label: s.Name(ctx)}
	}
	return signs
}

// sampleVariables are what the charts of methods are about.
func sampleVariables(ctx context.Context) []string {
	return []string{lang.T(ctx, "ui.dev.variable.bus"), lang.T(ctx, "ui.dev.variable.work"), lang.T(ctx, "ui.dev.variable.trust"),
		lang.T(ctx, "ui.dev.variable.youth"), lang.T(ctx, "ui.dev.variable.air")}
}

func samplePlane(ctx context.Context) chart.Chart {
	c := chart.PlaneChart{ID: "sample-plane", Title: lang.T(ctx, "ui.dev.plane.title"), Description: lang.T(ctx, "ui.dev.plane.description"),
		Across: lang.T(ctx, "ui.dev.plane.across"), Up: lang.T(ctx, "ui.dev.plane.up"), Middle: [2]float64{1, 1},
		Quarters: [4]string{lang.T(ctx, "ui.dev.plane.drivers"), lang.T(ctx, "ui.dev.plane.relays"), lang.T(ctx, "ui.dev.plane.results"), lang.T(ctx, "ui.dev.plane.apart")},
		Head:     []string{lang.T(ctx, "ui.dev.variable"), lang.T(ctx, "ui.dev.influence"), lang.T(ctx, "ui.dev.dependence")}}
	at := [][2]float64{{0.4, 1.8}, {1.5, 1.3}, {1.3, 1.7}, {1.8, 0.6}, {0.5, 0.5}} // dependence, influence
	for i, name := range sampleVariables(ctx) {
		p := chart.Point{Name: name, Mark: name, Across: at[i][0], Up: at[i][1], Cells: []string{decimal(ctx, at[i][1]), decimal(ctx, at[i][0])}}
		if i < 2 {
			p.From = &[2]float64{at[i][0] + 0.5, at[i][1] - 0.4}
		}
		c.Points = append(c.Points, p)
	}
	return chart.Plane(c)
}

// decimal writes one place after the point, or the comma.
func decimal(ctx context.Context, v float64) string {
	tenths := int(v*10 + 0.5)
	return lang.T(ctx, "ui.dev.decimal", "Whole", tenths/10, "Tenths", tenths%10)
}

func sampleIntervals(ctx context.Context) chart.Chart {
	c := chart.IntervalChart{ID: "sample-intervals", Title: lang.T(ctx, "ui.dev.intervals.title"), Description: lang.T(ctx, "ui.dev.intervals.description"),
		Note: lang.T(ctx, "ui.dev.hidden.note"), Low: 1, High: 9, Sectors: sampleSigns(ctx),
		Head: []string{lang.T(ctx, "ui.dev.variable"), lang.T(ctx, "ui.dev.table.sector"), lang.T(ctx, "ui.dev.median")}}
	for at := 1; at <= 9; at += 2 {
		c.Ticks = append(c.Ticks, chart.Tick{At: float64(at), Text: strconv.Itoa(at)})
	}
	before, own := 4.0, 8.0
	row := func(label, sector string, low, middle, high float64) chart.Interval {
		text := fmt.Sprintf("%g (%g–%g)", middle, low, high)
		return chart.Interval{Label: label, Sector: sector, Low: low, Middle: middle, High: high, Text: text, Cells: []string{label, text}}
	}
	all := row(lang.T(ctx, "ui.dev.everybody"), "", 5, 6, 8)
	all.Before, all.Own = &before, &own
	rows := []chart.Interval{all}
	for i, s := range Sectors {
		rows = append(rows, row(s.Name(ctx), string(s), float64(3+i), float64(5+i), float64(6+i)))
	}
	few := lang.T(ctx, "ui.dev.hidden")
	rows[3].Hidden, rows[3].Text, rows[3].Cells = true, few, []string{rows[3].Label, few}
	c.Groups = []chart.IntervalGroup{{Label: sampleVariables(ctx)[0], Rows: rows}}
	return chart.Intervals(c)
}

func sampleLanes(ctx context.Context) chart.Chart {
	c := chart.LanesChart{ID: "sample-lanes", Title: lang.T(ctx, "ui.dev.lanes.title"), Description: lang.T(ctx, "ui.dev.lanes.description"),
		Legend: sampleSigns(ctx), Head: []string{lang.T(ctx, "ui.dev.step"), lang.T(ctx, "ui.dev.when")}}
	for year := 2015; year <= 2018; year++ {
		c.Ticks = append(c.Ticks, chart.Tick{At: float64(year), Text: strconv.Itoa(year)})
	}
	c.Lanes = []chart.Lane{
		{Name: lang.T(ctx, "ui.dev.lane.agree"), Spans: []chart.Span{
			{Label: lang.T(ctx, "ui.dev.step.talks"), From: 2015, To: 2015.5, Sector: string(Resident), Cells: []string{"I–VI 2015"}},
			{Label: lang.T(ctx, "ui.dev.step.treaty"), Text: lang.T(ctx, "ui.dev.step.must"), From: 2015.75, To: 2015.75, Strong: true, Cells: []string{"X 2015"}}}},
		{Name: lang.T(ctx, "ui.dev.lane.run"), Spans: []chart.Span{
			{Label: lang.T(ctx, "ui.dev.step.trial"), From: 2016, To: 2016.75, Until: 2017.25, Sector: string(Administration), Strong: true, Cells: []string{"I–IX 2016"}},
			{Label: lang.T(ctx, "ui.dev.step.line"), From: 2017.25, To: 2018, Cells: []string{"2017–2018"}}}},
	}
	return chart.Lanes(c)
}

func sampleGrid(ctx context.Context) chart.Chart {
	c := chart.GridChart{ID: "sample-grid", Title: lang.T(ctx, "ui.dev.grid.title"), Description: lang.T(ctx, "ui.dev.grid.description"),
		Head: lang.T(ctx, "ui.dev.variable"), Signs: []string{"A", "B", "C", "D", "E"}, Names: sampleVariables(ctx),
		Values: [][]float64{{0, 3, 1, -3, 2}, {-1, 0, 2, -2, -1}, {2, 0, 0, -1, 0}, {0, -2, -3, 0, 0}, {0, 1, 0, -1, 0}}}
	for _, row := range c.Values {
		var texts []string
		for _, v := range row {
			texts = append(texts, strconv.Itoa(int(v)))
		}
		c.Texts = append(c.Texts, texts)
	}
	return chart.Grid(c)
}

func sampleTableau(ctx context.Context) chart.Chart {
	grows := chart.TableauCell{Text: lang.T(ctx, "ui.dev.grows"), Mark: "+", Shade: 1}
	stays := chart.TableauCell{Text: lang.T(ctx, "ui.dev.stays"), Mark: "=", Shade: 0.5}
	falls := chart.TableauCell{Text: lang.T(ctx, "ui.dev.falls"), Mark: "−"}
	c := chart.TableauChart{ID: "sample-tableau", Title: lang.T(ctx, "ui.dev.tableau.title"), Description: lang.T(ctx, "ui.dev.tableau.description"),
		Head: lang.T(ctx, "ui.dev.variable"), Columns: []string{"1", "2", "3", "4"}}
	key := lang.T(ctx, "ui.dev.tableau.key")
	cells := [][]chart.TableauCell{{grows, grows, stays, falls}, {grows, stays, stays, falls}, {stays, stays, falls, falls}}
	for i, row := range cells {
		c.Rows = append(c.Rows, chart.TableauRow{Label: sampleVariables(ctx)[i], Key: key, Cells: row})
	}
	return chart.Tableau(c)
}

func sampleCrowd(ctx context.Context) chart.Chart {
	c := chart.CrowdChart{ID: "sample-crowd", Title: lang.T(ctx, "ui.dev.crowd.title"), Description: lang.T(ctx, "ui.dev.crowd.description"),
		Sectors: sampleSigns(ctx), Own: &chart.Dot{X: 0.4, Y: 0.6, Group: -1}, OwnLabel: lang.T(ctx, "ui.dev.crowd.you"),
		Head: []string{lang.T(ctx, "ui.dev.crowd.group"), lang.T(ctx, "ui.dev.people")}}
	middles := [][2]float64{{-3, 1}, {2, 2}, {1, -2.5}}
	for i := range 45 { // each group a disc of fifteen, seeds of a sunflower
		group, ring := i%3, float64(i/3)
		turn := ring * 2.4
		c.Dots = append(c.Dots, chart.Dot{Group: group, Sector: string(Sectors[(i/3+group)%len(Sectors)]),
			X: middles[group][0] + 0.4*math.Sqrt(ring)*math.Cos(turn), Y: middles[group][1] + 0.4*math.Sqrt(ring)*math.Sin(turn)})
	}
	for _, name := range []string{"A", "B", "C"} {
		c.Groups = append(c.Groups, chart.Cluster{Name: name, Row: []string{name, "15"}})
	}
	return chart.Crowd(c)
}

func sampleSides(ctx context.Context) chart.Chart {
	c := chart.SidesChart{ID: "sample-sides", Title: lang.T(ctx, "ui.dev.sides.title"), Description: lang.T(ctx, "ui.dev.sides.description"),
		Note: lang.T(ctx, "ui.dev.hidden.note"),
		Head: []string{lang.T(ctx, "ui.dev.table.sector"), lang.T(ctx, "ui.dev.for"), lang.T(ctx, "ui.dev.pass"), lang.T(ctx, "ui.dev.against")}}
	shares := [][2]int{{65, 20}, {30, 50}, {80, 10}, {85, 5}}
	row := func(label, sector string, yes, no int) chart.SidesRow {
		part := func(key string, n int) chart.Value {
			return chart.Value{Number: float64(n) / 100, Text: lang.T(ctx, key) + " " + percents(ctx, n)}
		}
		return chart.SidesRow{Sector: sector, Label: label, Agree: part("ui.dev.for", yes), Pass: part("ui.dev.pass", 100-yes-no), Disagree: part("ui.dev.against", no)}
	}
	c.Rows = append(c.Rows, row(lang.T(ctx, "ui.dev.everybody"), "", shares[0][0], shares[0][1]))
	for i, s := range Sectors[:3] {
		c.Rows = append(c.Rows, row(s.Name(ctx), string(s), shares[i+1][0], shares[i+1][1]))
	}
	few := chart.Value{Hidden: true, Text: lang.T(ctx, "ui.dev.hidden")}
	c.Rows = append(c.Rows, chart.SidesRow{Sector: string(Business), Label: Business.Name(ctx), Agree: few, Pass: few, Disagree: few})
	return chart.Sides(c)
}

func percents(ctx context.Context, n int) string { return lang.T(ctx, "ui.dev.percent", "Number", n) }

func sampleMirror(ctx context.Context) chart.Chart {
	c := chart.MirrorChart{ID: "sample-mirror", Title: lang.T(ctx, "ui.dev.mirror.title"), Description: lang.T(ctx, "ui.dev.mirror.description"),
		Sectors: sampleSigns(ctx), Head: []string{lang.T(ctx, "ui.dev.mirror.what"), lang.T(ctx, "ui.dev.believed"), lang.T(ctx, "ui.dev.real")},
		Ends: [2]chart.Value{{Text: percents(ctx, 0)}, {Number: 1, Text: percents(ctx, 100)}}}
	row := func(from, about Sector, believed, real int) chart.MirrorRow {
		say := func(key string, n int) chart.Value {
			return chart.Value{Number: float64(n) / 100, Text: lang.T(ctx, key) + " " + percents(ctx, n)}
		}
		return chart.MirrorRow{Label: lang.T(ctx, "ui.dev.mirror.row", "From", from.Name(ctx), "About", about.Name(ctx)),
			From: string(from), About: string(about), Believed: say("ui.dev.believed", believed), Real: say("ui.dev.real", real)}
	}
	c.Rows = []chart.MirrorRow{row(Resident, Administration, 25, 70), row(Administration, Resident, 90, 60), row(NGO, Business, 50, 52)}
	return chart.Mirror(c)
}
