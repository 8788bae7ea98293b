package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

var four = []chart.Sign{{Sector: "administration", Label: "Administracja"}, {Sector: "ngo", Label: "Organizacje"}, {Sector: "resident", Label: "Mieszkańcy"}, {Sector: "business", Label: "Biznes"}}

func shown(n float64, text string) chart.Value { return chart.Value{Number: n, Text: text} }

// element is what a test needs to know about a piece of the drawing.
type element struct {
	name, text string
	attr       map[string]string
}

func (e element) percent(name string) float64 {
	n, _ := strconv.ParseFloat(strings.TrimSuffix(e.attr[name], "%"), 64)
	return n
}

// read parses a drawing strictly, as a program that prints it would.
func read(t interface{ Fatalf(string, ...any) }, svg string) []element {
	var elements []element
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return elements
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			elements = append(elements, e)
		case xml.CharData:
			if len(elements) > 0 { // else between the declaration and the root
				elements[len(elements)-1].text += string(token)
			}
		}
	}
}

func texts(elements []element, class string) []string {
	var found []string
	for _, e := range elements {
		if e.name == "text" && e.attr["class"] == class {
			found = append(found, e.text)
		}
	}
	return found
}

func TestChartIsTitledAndDescribed(t *testing.T) {
	c := chart.Bars(chart.BarChart{ID: "osoby", Title: `Osoby & "gminy"`, Description: "Opis <krótki>.", Bars: []chart.Bar{{Label: "Rybnik", Value: shown(3, "3")}}})
	e := read(t, c.SVG)
	if e[0].attr["role"] != "img" || e[0].attr["aria-labelledby"] != "osoby-title osoby-desc" {
		t.Errorf("svg: %v", e[0].attr)
	}
	if e[1].name != "title" || e[1].text != `Osoby & "gminy"` || e[2].name != "desc" || e[2].text != "Opis <krótki>." {
		t.Errorf("title %q, description %q", e[1].text, e[2].text)
	}
}

func TestBarsAreProportional(t *testing.T) {
	c := chart.Bars(chart.BarChart{ID: "c", Bars: []chart.Bar{{Label: "a", Value: shown(10, "10")}, {Label: "b", Value: shown(5, "5")}, {Label: "c", Value: shown(0, "0")}}})
	var widths []float64
	for _, e := range read(t, c.SVG) {
		if e.attr["class"] == "bar" {
			widths = append(widths, e.percent("width"))
		}
	}
	if len(widths) != 3 || widths[0] != 66 || widths[1] != 33 || widths[2] != 0 {
		t.Errorf("widths %v", widths)
	}
}

func TestSmallNumberIsNotDrawn(t *testing.T) {
	few := chart.Value{Number: 3, Hidden: true, Text: "mniej niż 5"}
	bars := chart.Bars(chart.BarChart{ID: "c", Bars: []chart.Bar{{Label: "a", Value: shown(10, "10")}, {Label: "b", Value: few}}})
	balance := chart.Balance(chart.BalanceChart{ID: "d", Sectors: four[:2], Rows: []chart.BalanceRow{{Label: "Radlin", Values: []chart.Value{few, shown(7, "7")}}}})
	other := few
	other.Number = 1
	if again := chart.Bars(chart.BarChart{ID: "c", Bars: []chart.Bar{{Label: "a", Value: shown(10, "10")}, {Label: "b", Value: other}}}); again.SVG != bars.SVG {
		t.Error("the drawing depends on the hidden number")
	}
	if again := chart.Balance(chart.BalanceChart{ID: "d", Sectors: four[:2], Rows: []chart.BalanceRow{{Label: "Radlin", Values: []chart.Value{other, shown(7, "7")}}}}); again.SVG != balance.SVG {
		t.Error("the balance depends on the hidden number")
	}
	if bars.Table.Rows[1][1] != "mniej niż 5" || balance.Table.Rows[0][1] != "mniej niż 5" {
		t.Errorf("tables: %v, %v", bars.Table.Rows, balance.Table.Rows)
	}
}

func TestBalanceIsToldByShapeAsWellAsColour(t *testing.T) {
	c := chart.Balance(chart.BalanceChart{ID: "d", Title: "Sektory", Sectors: four, Rows: []chart.BalanceRow{{Values: []chart.Value{shown(1, "1"), shown(1, "1"), shown(1, "1"), shown(1, "1")}}}})
	patterns := map[string]bool{}
	for _, e := range read(t, c.SVG) {
		if e.name == "pattern" {
			patterns["url(#"+e.attr["id"]+")"] = false
		}
		if _, known := patterns[e.attr["fill"]]; known {
			patterns[e.attr["fill"]] = true
		}
	}
	if len(patterns) != 4 {
		t.Errorf("patterns: %v", patterns)
	}
	for id, used := range patterns {
		if !used {
			t.Errorf("%s is not used", id)
		}
	}
	if len(c.Legend) != 4 || c.Table.Rows[0][0] != "Sektory" {
		t.Errorf("legend %v, table %v", c.Legend, c.Table)
	}
}

func TestLongNamesAreBrokenBetweenWords(t *testing.T) {
	c := chart.Bars(chart.BarChart{ID: "c", Bars: []chart.Bar{{Label: "Związek Gmin i Powiatów Subregionu Zachodniego Województwa Śląskiego", Value: shown(1, "1")}}})
	lines := texts(read(t, c.SVG), "label")
	if strings.Join(lines, "|") != "Związek Gmin i Powiatów|Subregionu Zachodniego|Województwa Śląskiego" {
		t.Errorf("lines: %q", lines)
	}
}

func TestEmptyChartIsADrawingToo(t *testing.T) {
	read(t, chart.Bars(chart.BarChart{ID: "c"}).SVG)
	read(t, chart.Balance(chart.BalanceChart{ID: "c", Sectors: four}).SVG)
}

func TestSharesNeverLeaveTheBar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chart.Value {
			return chart.Value{Number: rapid.Float64Range(0, 1e6).Draw(t, "n"), Hidden: rapid.Bool().Draw(t, "hidden"), Text: rapid.StringN(0, 9, 20).Draw(t, "text")}
		}), 4, 4).Draw(t, "values")
		for i := range values {
			values[i].Text = strings.ToValidUTF8(strings.Map(printable, values[i].Text), "")
		}
		c := chart.Balance(chart.BalanceChart{ID: "c", Sectors: four, Rows: []chart.BalanceRow{{Label: "x", Values: values}}})
		for _, e := range read(t, c.SVG) {
			if end := e.percent("x") + e.percent("width"); e.name == "rect" && strings.HasSuffix(e.attr["width"], "%") && end > 100.05 {
				t.Fatalf("a share ends at %.2f%%", end)
			}
		}
	})
}

func printable(r rune) rune {
	if r < 0x20 || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}

func TestTrackStaysBetweenItsEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		began, reached := rapid.Float64Range(-2, 3).Draw(t, "began"), rapid.Float64Range(-2, 3).Draw(t, "reached")
		marks := 0
		for _, e := range read(t, chart.Track(began, reached)) {
			if e.attr["class"] == "bar" && math.Abs(e.percent("width")-100*min(1, max(0, reached))) > 0.01 {
				t.Fatalf("%v is drawn as %v %%", reached, e.percent("width"))
			}
			if e.attr["class"] == "mark" {
				marks++
			}
		}
		if (marks == 1) != (began > 0) {
			t.Fatalf("%d marks for a way that begins at %v", marks, began)
		}
	})
}
