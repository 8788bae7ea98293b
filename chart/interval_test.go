package chart_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

func panel(rows ...chart.Interval) chart.IntervalChart {
	return chart.IntervalChart{ID: "p", Title: "Delphi", Low: 1, High: 7, Ticks: []chart.Tick{{1, "1"}, {4, "4"}, {7, "7"}},
		Sectors: four, Groups: []chart.IntervalGroup{{Label: "Budżet", Rows: rows}}, Head: []string{"teza", "grupa", "mediana"}}
}

func TestIntervalLiesOnItsAxis(t *testing.T) {
	e := read(t, chart.Intervals(panel(chart.Interval{Sector: "ngo", Low: 1, Middle: 4, High: 7, Text: "4"})).SVG)
	for _, x := range e {
		if x.name == "rect" && (x.percent("x") != 3 || x.percent("width") != 57) {
			t.Errorf("from 1 to 7 on 1-7: %v", x.attr)
		}
		if x.name == "svg" && x.attr["overflow"] != "" && x.percent("x") != 31.5 {
			t.Errorf("4 on 1-7: %v", x.attr)
		}
	}
	if got := texts(e, "note"); strings.Join(got, " ") != "1 4 7" {
		t.Errorf("axis %v", got)
	}
}

func TestIntervalsOfSectorsAreToldBySigns(t *testing.T) {
	var rows []chart.Interval
	for _, s := range four {
		rows = append(rows, chart.Interval{Sector: s.Sector, Low: 2, Middle: 3, High: 4})
	}
	signs := map[string]bool{}
	e := read(t, chart.Intervals(panel(rows...)).SVG)
	for i, x := range e {
		if x.name == "g" && strings.HasPrefix(x.attr["class"], "fill-") {
			signs[e[i+1].name+e[i+1].attr["d"]] = true
		}
	}
	if len(signs) != 4 {
		t.Errorf("signs %v", signs)
	}
}

func TestMovedMiddleHasRingAndArrow(t *testing.T) {
	was, same := 2.0, 5.0
	svg := chart.Intervals(panel(chart.Interval{Low: 4, Middle: 5, High: 6, Before: &was}, chart.Interval{Low: 4, Middle: 5, High: 6, Before: &same}, chart.Interval{Low: 4, Middle: 5, High: 6, Before: &was})).SVG
	if rings, arrows, heads := strings.Count(svg, `class="ring"`), strings.Count(svg, `class="arrow"`), strings.Count(svg, "<marker"); rings != 2 || arrows != 2 || heads != 1 {
		t.Errorf("%d rings, %d arrows, %d heads", rings, arrows, heads)
	}
}

func TestOwnAnswerIsShownEvenWhereTheOthersAreHidden(t *testing.T) {
	own := 7.0
	for _, hidden := range []bool{false, true} {
		found := false
		for _, e := range read(t, chart.Intervals(panel(chart.Interval{Low: 4, Middle: 5, High: 6, Own: &own, Hidden: hidden})).SVG) {
			found = found || e.name == "svg" && e.attr["overflow"] == "visible" && e.percent("x") == 60
		}
		if !found {
			t.Errorf("hidden %t: the own answer is not at 7", hidden)
		}
	}
}

func TestHiddenIntervalIsNotDrawn(t *testing.T) {
	draw := func(v float64) chart.Chart {
		return chart.Intervals(panel(chart.Interval{Sector: "ngo", Low: v, Middle: v, High: v, Hidden: true, Text: "mniej niż 5", Cells: []string{"NGO", "mniej niż 5"}}))
	}
	a, b := draw(2), draw(6)
	if a.SVG != b.SVG || !strings.Contains(a.SVG, "mniej niż 5") {
		t.Errorf("the drawing depends on the hidden number:\n%s\n%s", a.SVG, b.SVG)
	}
	if got := fmt.Sprint(a.Table.Rows); got != "[[Budżet NGO mniej niż 5]]" {
		t.Error(got)
	}
}

func TestIntervalsNeverLeaveTheAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-20, 20)
		c := panel()
		c.Low, c.High = number.Draw(t, "low"), number.Draw(t, "high")
		for range 5 {
			was := number.Draw(t, "before")
			c.Groups[0].Rows = append(c.Groups[0].Rows, chart.Interval{Low: number.Draw(t, "from"), Middle: number.Draw(t, "middle"), High: number.Draw(t, "to"), Before: &was})
		}
		for _, e := range read(t, chart.Intervals(c).SVG) {
			if right := e.percent("x") + e.percent("width"); e.name == "rect" && (e.percent("x") < 3 || right > 60.01 || e.percent("width") < 0) {
				t.Fatalf("%v", e.attr)
			}
		}
	})
}
