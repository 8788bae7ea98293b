package chart_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

func TestNeighboursThatAgreeShareACell(t *testing.T) {
	stay, leave := chart.TableauCell{Text: "zostają", Mark: "1"}, chart.TableauCell{Text: "wyjeżdżają", Mark: "2", Shade: 1}
	c := chart.Tableau(chart.TableauChart{ID: "t", Title: "Scenariusze", Head: "Czynnik", Columns: []string{"1", "2", "3", "4"},
		Rows: []chart.TableauRow{{Label: "Mieszkańcy", Key: "1 zostają · 2 wyjeżdżają", Cells: []chart.TableauCell{stay, stay, stay, leave}}}})
	var widths []float64
	e := read(t, c.SVG)
	for _, element := range e {
		if element.attr["class"] == "track" {
			widths = append(widths, element.percent("width"))
		}
	}
	if len(widths) != 2 || widths[0] != 75 || widths[1] != 25 {
		t.Errorf("widths %v", widths)
	}
	if got := texts(e, ""); len(got) != 2 || got[0] != "zostają" || got[1] != "2" {
		t.Errorf("cells say %v", got)
	}
	if key := strings.Join(texts(e, "note"), " "); !strings.Contains(key, "2 wyjeżdżają") {
		t.Errorf("no key for the mark: %s", key)
	}
	if got := c.Table.Rows[0]; len(got) != 5 || got[0] != "Mieszkańcy" || got[4] != "wyjeżdżają" {
		t.Errorf("table %v", got)
	}
}

func TestKeyIsLeftOutWhereEveryCellHasItsText(t *testing.T) {
	c := chart.Tableau(chart.TableauChart{ID: "t", Columns: []string{"1"}, Rows: []chart.TableauRow{{Label: "a", Key: "1 tak", Cells: []chart.TableauCell{{Text: "tak", Mark: "1"}}}}})
	if strings.Contains(c.SVG, "1 tak") {
		t.Error(c.SVG)
	}
}

func TestGridTellsSignsByShape(t *testing.T) {
	c := chart.Grid(chart.GridChart{ID: "g", Signs: []string{"A1", "A2"}, Names: []string{"Szkoły: są", "Szkoły: nie ma"}, Head: "Stan",
		Values: [][]float64{{0, 3}, {-1, 0}}, Texts: [][]string{{"0", "3"}, {"-1", "0"}}})
	full, empty := 0, 0
	for _, e := range read(t, c.SVG) {
		switch {
		case e.name == "rect" && e.attr["class"] == "bar":
			full++
		case e.name == "rect" && e.attr["class"] == "mark" && e.attr["fill"] == "none":
			empty++
		}
	}
	if full != 1 || empty != 1 {
		t.Errorf("%d full, %d empty", full, empty)
	}
	if c.Table.Rows[1][1] != "-1" || c.Table.Rows[1][0] != "Szkoły: nie ma" || c.Table.Head[2] != "Szkoły: nie ma" {
		t.Errorf("table %v", c.Table)
	}
}

func TestTableauAndGridAreAlwaysXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		word := rapid.StringMatching(`[a-ząć <&"'>]{0,20}`)
		tableau := chart.TableauChart{ID: "t", Title: word.Draw(t, "title")}
		row := chart.TableauRow{Label: word.Draw(t, "label"), Key: word.Draw(t, "key")}
		grid := chart.GridChart{ID: "g", Head: word.Draw(t, "head")}
		for range n {
			tableau.Columns = append(tableau.Columns, word.Draw(t, "column"))
			row.Cells = append(row.Cells, chart.TableauCell{Text: word.Draw(t, "text"), Mark: "1", Shade: rapid.Float64().Draw(t, "shade")})
			grid.Signs, grid.Names = append(grid.Signs, "A1"), append(grid.Names, word.Draw(t, "name"))
		}
		for range n {
			grid.Values = append(grid.Values, rapid.SliceOfN(rapid.Float64Range(-9, 9), n, n).Draw(t, "values"))
			grid.Texts = append(grid.Texts, make([]string, n))
		}
		tableau.Rows = []chart.TableauRow{row}
		read(t, chart.Tableau(tableau).SVG)
		for _, e := range read(t, chart.Grid(grid).SVG) {
			if e.name == "rect" && strings.Contains(e.attr["width"], "-") {
				t.Fatalf("width %s", e.attr["width"])
			}
		}
	})
}
