package chart_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

func TestLanesShareOneLineOfTime(t *testing.T) {
	c := chart.Lanes(chart.LanesChart{ID: "l", Title: "Mapa drogowa", Head: []string{"krok"}, Ticks: []chart.Tick{{At: 0, Text: "0"}, {At: 10, Text: "10"}},
		Lanes: []chart.Lane{
			{Name: "co", Spans: []chart.Span{{Label: "a", From: 0, To: 5, Until: 10}, {Label: "b", From: 5, To: 10, Sector: "ngo", Strong: true}}},
			{Name: "jak", Spans: []chart.Span{{Label: "c", From: 10, To: 10}}}}})
	byClass := map[string]element{}
	for _, e := range read(t, c.SVG) {
		byClass[e.attr["class"]] = e
	}
	if b, n := byClass["bar"], byClass["fill-ngo"]; b.percent("x")+b.percent("width") != n.percent("x") {
		t.Errorf("a ends at %v, b begins at %v", b.percent("x")+b.percent("width"), n.percent("x"))
	}
	if h := byClass["hidden-value"]; h.percent("x") != 50 || h.percent("width") != 48 {
		t.Errorf("a may wait from %v for %v", h.percent("x"), h.percent("width"))
	}
	if byClass["dot"].percent("cx") != 98 || byClass["mark"].name != "line" {
		t.Errorf("dot %v, line %v", byClass["dot"].attr, byClass["mark"].attr)
	}
	if len(c.Table.Rows) != 3 || !strings.Contains(c.SVG, "jak</text>") {
		t.Errorf("table %v", c.Table.Rows)
	}
}

func TestSpansStayOnTheLine(t *testing.T) {
	moment := rapid.Float64Range(-1e6, 1e6)
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chart.Span {
			from := moment.Draw(t, "from")
			to := max(from, moment.Draw(t, "to"))
			return chart.Span{Label: "x", From: from, To: to, Until: moment.Draw(t, "until"), Sector: rapid.SampledFrom([]string{"", "ngo"}).Draw(t, "sector")}
		}), 0, 9).Draw(t, "spans")
		for _, e := range read(t, chart.Lanes(chart.LanesChart{ID: "l", Lanes: []chart.Lane{{Spans: spans}}}).SVG) {
			if end := e.percent("x") + e.percent("width"); e.name == "rect" && strings.HasSuffix(e.attr["width"], "%") && (end > 98.02 || e.percent("x") < 1.98) {
				t.Fatalf("from %v to %v", e.percent("x"), end)
			}
		}
	})
}
