package chart_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

func crowd(n int) chart.CrowdChart {
	c := chart.CrowdChart{ID: "m", Title: "Mapa", Description: "Kto myśli podobnie.", Sectors: four, Head: []string{"Grupa", "Osoby"}}
	for i := range n {
		c.Dots = append(c.Dots, chart.Dot{X: float64(i%37) - 8, Y: float64(i % 11), Sector: four[i%4].Sector, Group: i % 2})
	}
	for _, name := range []string{"A", "B"} {
		c.Groups = append(c.Groups, chart.Cluster{Name: name, Row: []string{name, strconv.Itoa(n / 2)}})
	}
	return c
}

func TestCrowdTellsSectorsByShape(t *testing.T) {
	c := crowd(40)
	c.Dots = append(c.Dots, chart.Dot{X: 3, Y: 3, Group: -1})
	e := read(t, chart.Crowd(c).SVG)
	shapes := map[string]bool{}
	for i, element := range e {
		if strings.HasPrefix(element.attr["class"], "sign fill-") || element.attr["class"] == "cross" {
			shapes[e[i+1].name+e[i+1].attr["d"]] = true
		}
	}
	if len(shapes) != 5 {
		t.Errorf("four sectors and one unknown have the shapes %v", shapes)
	}
	if names := texts(e, "group-name halo"); strings.Join(names, "") != "AB" {
		t.Errorf("groups named %v", names)
	}
}

func TestLargeCrowdIsDrawnSmall(t *testing.T) {
	c := chart.Crowd(crowd(50_000))
	if len(c.Legend) > 0 {
		t.Error("a legend of sectors that are not drawn")
	}
	svg := c.SVG
	if len(svg) > 100_000 {
		t.Errorf("%d bytes", len(svg))
	}
	if !strings.Contains(svg, `class="crowd"`) || strings.Contains(svg, `class="sign`) {
		t.Error("fifty thousand people should be circles of several")
	}
}

func TestCrowdKeepsEverybodyInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chart.CrowdChart{ID: "m", Groups: []chart.Cluster{{Name: "A"}}}
		n := rapid.IntRange(0, 30).Draw(t, "n")
		dot := func(name string) chart.Dot {
			return chart.Dot{X: rapid.Float64Range(-1e6, 1e6).Draw(t, name+"x"), Y: rapid.Float64Range(-1, 1).Draw(t, name+"y"), Group: rapid.IntRange(-1, 0).Draw(t, name+"g")}
		}
		for i := range n {
			c.Dots = append(c.Dots, dot(fmt.Sprint(i)))
		}
		if rapid.Bool().Draw(t, "own") {
			own := dot("own")
			c.Own = &own
		}
		for _, e := range read(t, chart.Crowd(c).SVG) {
			if x, ok := e.attr["x"]; ok && strings.HasSuffix(x, "%") && (e.percent("x") < 0 || e.percent("x") > 100) {
				t.Fatalf("%v lies outside", e)
			}
			if y, err := strconv.Atoi(e.attr["y"]); err == nil && (y < 0 || y > 440) {
				t.Fatalf("%v lies outside", e)
			}
		}
	})
}

func TestSidesAddUpAndHiddenOnesSayNothing(t *testing.T) {
	few := chart.Value{Number: 0.9, Hidden: true, Text: "mniej niż 5"}
	rows := []chart.SidesRow{
		{Sector: "ngo", Label: "Organizacje", Agree: shown(0.6, "za 60 %"), Pass: shown(0.1, "10 %"), Disagree: shown(0.3, "przeciw 30 %")},
		{Sector: "business", Label: "Biznes", Agree: few, Pass: few, Disagree: few},
		{Label: "Wszyscy", Agree: shown(1, "za 100 %"), Pass: shown(0, ""), Disagree: shown(0, "przeciw 0 %")},
	}
	head := []string{"Sektor", "Za", "Wstrzymuje się", "Przeciw"}
	c := chart.Sides(chart.SidesChart{ID: "s", Title: "T", Rows: rows, Head: head})
	against := ""
	for _, e := range read(t, c.SVG) {
		if e.attr["fill"] == "url(#s-against)" && e.percent("x") == 70 {
			against = e.attr["width"]
		}
	}
	if against != "30.00%" {
		t.Errorf("rejection of 30 %% is drawn as %q", against)
	}
	rows[1].Agree.Number, rows[1].Disagree.Number = 0.1, 0.2
	if again := chart.Sides(chart.SidesChart{ID: "s", Title: "T", Rows: rows, Head: head}); again.SVG != c.SVG {
		t.Error("the drawing depends on the hidden numbers")
	}
	if len(c.Table.Rows) != 3 || c.Table.Rows[1][1] != "mniej niż 5" {
		t.Errorf("table %v", c.Table.Rows)
	}
}

func TestMirrorShowsBeliefAndTruth(t *testing.T) {
	c := chart.Mirror(chart.MirrorChart{ID: "m", Title: "Lustro", Sectors: four[:2], Ends: [2]chart.Value{{Text: "0 %"}, {Text: "100 %"}},
		Head: []string{"O kim", "Przypuszczenie", "Jest"},
		Rows: []chart.MirrorRow{{Label: "Organizacje o urzędach", From: "ngo", About: "administration", Believed: shown(0.25, "25 %"), Real: shown(0.75, "75 %")}}})
	e := read(t, c.SVG)
	at := map[string]float64{}
	for i, element := range e {
		if class := element.attr["class"]; strings.HasPrefix(class, "sign-line line-") || strings.HasPrefix(class, "sign fill-") {
			at[class] = e[i-1].percent("x")
		}
	}
	if len(at) != 2 || at["sign-line line-ngo"] != 27 || at["sign fill-administration"] != 73 {
		t.Errorf("marks at %v", at)
	}
	if len(c.Table.Rows) != 1 || c.Table.Rows[0][2] != "75 %" {
		t.Errorf("table %v", c.Table.Rows)
	}
}

func TestOpinionChartsCanBeFilesAndEmpty(t *testing.T) {
	for name, c := range map[string]chart.Chart{
		"crowd": chart.Crowd(crowd(60)), "empty crowd": chart.Crowd(chart.CrowdChart{ID: "e"}), "sides": chart.Sides(chart.SidesChart{ID: "s"}), "mirror": chart.Mirror(chart.MirrorChart{ID: "m"}),
	} {
		if text, _ := file(t, c, 640); strings.Contains(text, "var(--") {
			t.Errorf("%s depends on the page", name)
		}
		read(t, c.SVG)
	}
}
