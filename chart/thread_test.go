package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/chart"
)

func TestThreadLinksItsThingsAndDrawsOnlyArcsBetweenThem(t *testing.T) {
	c := chart.Thread(chart.ThreadChart{ID: "watek", Title: "Skąd", Description: "Trzy rzeczy",
		Things: []chart.ThreadThing{
			{Kicker: "Cel", Title: "Standardy", Href: "/watek/cel/1"},
			{Kicker: "Aktualność", Title: strings.Repeat("Bardzo długi tytuł ", 20), Here: true, Lang: "pl"},
			{Kicker: "Aktualność", Title: "Treść wycofana", Gone: true, Href: "/x"},
		},
		Arcs: []chart.ThreadArc{{0, 1}, {1, 2}, {2, 0}, {1, 1}, {0, 7}, {-1, 0}}})
	if n := strings.Count(c.SVG, `class="arc"`); n != 3 {
		t.Errorf("%d arcs, want those between two things of the drawing: 3", n)
	}
	for _, part := range []string{`<a href="/watek/cel/1">`, `>Cel</tspan> <tspan class="label"`, `role="group"`, `class="dot here"`, `class="dot gone"`, ` …</tspan>`} {
		if !strings.Contains(c.SVG, part) {
			t.Errorf("there is no %s", part)
		}
	}
}

func TestThreadKeepsHostileWordsText(t *testing.T) {
	const text = `"><script>alert(1)</script>` + "\x01" + `' onload=alert(1) x='`
	c := chart.Thread(chart.ThreadChart{ID: text, Title: text, Description: text,
		Things: []chart.ThreadThing{{Kicker: text, Title: text, Href: text, Lang: text}}})
	d := xml.NewDecoder(strings.NewReader(strings.ReplaceAll(c.SVG, "\x01", "")))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("the drawing does not parse: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if e.Name.Local == "script" {
				t.Error("a script got into the drawing")
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("<%s> has an attribute %s", e.Name.Local, a.Name.Local)
				}
			}
		}
	}
}
