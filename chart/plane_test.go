package chart_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

func plane(points ...chart.Point) chart.PlaneChart {
	return chart.PlaneChart{ID: "p", Title: "Mapa", Description: "Opis.", Across: "zależność", Up: "wpływ", Middle: [2]float64{1, 1},
		Quarters: [4]string{"sterujące", "przekaźniki", "wynikowe", "autonomiczne"}, Points: points, Head: []string{"zmienna", "wpływ"}}
}

func TestPlaneGrowsToTheRightAndUp(t *testing.T) {
	c := chart.Plane(plane(chart.Point{Name: "a", Mark: "a", Across: 0, Up: 0, Cells: []string{"0"}}, chart.Point{Name: "b", Mark: "b", Across: 2, Up: 3, Cells: []string{"3"}}))
	var dots []element
	for _, e := range read(t, c.SVG) {
		if e.attr["class"] == "dot" {
			dots = append(dots, e)
		}
	}
	if len(dots) != 2 || dots[0].percent("cx") >= dots[1].percent("cx") || dots[0].percent("cy") <= dots[1].percent("cy") {
		t.Errorf("dots %v", dots)
	}
	if len(c.Table.Rows) != 2 || strings.Join(c.Table.Rows[1], " ") != "b 3" {
		t.Errorf("table %v", c.Table)
	}
}

func TestPlaneShowsWhereAPointCameFrom(t *testing.T) {
	c := chart.Plane(plane(chart.Point{Name: "a", Mark: "a", Across: 2, Up: 2, From: &[2]float64{0, 0}}))
	classes := map[string]int{}
	for _, e := range read(t, c.SVG) {
		classes[e.attr["class"]]++
		if e.attr["class"] == "arrow" && e.attr["marker-end"] != "url(#p-arrow)" {
			t.Error("the arrow has no head")
		}
	}
	if classes["ring"] != 1 || classes["arrow"] != 1 || classes["arrow-head"] != 1 {
		t.Errorf("drawn %v", classes)
	}
}

func TestSectorOnAPlaneIsToldByItsSign(t *testing.T) {
	var points []chart.Point
	for k, s := range four {
		points = append(points, chart.Point{Name: s.Label, Sector: s.Sector, Across: float64(k), Up: float64(k)})
	}
	signs := map[string]bool{}
	e := read(t, chart.Plane(plane(points...)).SVG)
	for k := range e {
		if strings.HasPrefix(e[k].attr["class"], "fill-") {
			signs[e[k+1].name+e[k+1].attr["d"]] = true
		}
	}
	if len(signs) != 4 {
		t.Errorf("signs %v", signs)
	}
}

func TestPointsStayInTheField(t *testing.T) {
	number := rapid.Float64Range(-1e6, 1e6)
	rapid.Check(t, func(t *rapid.T) {
		points := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chart.Point {
			p := chart.Point{Mark: rapid.StringMatching(`[a-zł ]{0,40}`).Draw(t, "mark"), Across: number.Draw(t, "x"), Up: number.Draw(t, "y")}
			if rapid.Bool().Draw(t, "moves") {
				p.From = &[2]float64{number.Draw(t, "from x"), number.Draw(t, "from y")}
			}
			return p
		}), 0, 40).Draw(t, "points")
		e := read(t, chart.Plane(plane(points...)).SVG)
		for _, d := range e {
			if d.name != "circle" {
				continue
			}
			if x, y := d.percent("cx"), d.percent("cy"); x < 0 || x > 100 || y < 0 || y > 480 {
				t.Fatalf("%s at %v, %v", d.attr["class"], x, y)
			}
		}
	})
}

func TestPointSaysHowFarItMayLie(t *testing.T) {
	c := chart.PlaneChart{ID: "p", Points: []chart.Point{
		{Name: "a", Across: 2, Up: 2, Span: &[4]float64{1, 5, 2, 3}},
		{Name: "a in one sector", Sector: "ngo", Across: 4, Up: 1, Of: &[2]float64{2, 2}},
	}, Middle: [2]float64{2, 2}}
	var lines []string
	for _, e := range read(t, chart.Plane(c).SVG) {
		if e.name == "line" && e.attr["class"] == "axis" {
			if from, to := e.percent("x1"), e.percent("x2"); from < 0 || to > 100 {
				t.Errorf("a line leaves the field: %v", e.attr)
			}
			lines = append(lines, e.attr["x1"])
		}
	}
	if len(lines) != 2+2+1 {
		t.Errorf("%d lines", len(lines))
	}
}

func TestMarkOfAPlaneStaysInsideOnAPhone(t *testing.T) {
	for _, across := range []float64{0.1, 0.4, 0.55, 0.6, 0.9} {
		c := chart.Plane(plane(chart.Point{Name: "a", Mark: "zaufanie do urzędów", Across: 2 * across, Up: 1.5},
			chart.Point{Name: "b", Across: 0, Up: 0}, chart.Point{Name: "c", Across: 2, Up: 2}))
		for _, e := range read(t, c.SVG) {
			if e.attr["class"] != "mark-text" {
				continue
			}
			dx, err := strconv.ParseFloat(e.attr["dx"], 64)
			if err != nil {
				t.Fatal(err)
			}
			const width, letter = 272, 8
			left, wide := e.percent("x")*width/100+dx, float64(letter*len([]rune("zaufanie do urzędów")))
			switch e.attr["text-anchor"] {
			case "middle":
				left -= wide / 2
			case "end":
				left -= wide
			}
			if left < 0 || left+wide > width {
				t.Errorf("at %g the mark reaches from %.0f to %.0f of %d px", across, left, left+wide, width)
			}
		}
	}
}

func TestMarksOfNeighboursDoNotMeetOnAPhone(t *testing.T) {
	c := chart.Plane(plane(chart.Point{Name: "a", Mark: "autobusy wieczorem", Across: 0.4, Up: 1.8},
		chart.Point{Name: "b", Mark: "zaufanie do urzędów", Across: 1.3, Up: 1.7}, chart.Point{Name: "c", Across: 2, Up: 0}))
	var heights []float64
	for _, e := range read(t, c.SVG) {
		if e.attr["class"] == "mark-text" {
			y, err := strconv.ParseFloat(e.attr["y"], 64)
			if err != nil {
				t.Fatal(err)
			}
			heights = append(heights, y)
		}
	}
	if len(heights) != 2 || math.Abs(heights[0]-heights[1]) < 18 {
		t.Errorf("marks of more than a line's width stand at the heights %v", heights)
	}
}
