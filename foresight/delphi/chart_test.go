package delphi_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/delphi"
)

func drawn(t *testing.T, sectors ...string) chart.Chart {
	t.Helper()
	p := delphi.Panel{Items: []string{"Wspólny <budżet>"}}
	for i := range 6 * len(sectors) {
		for round := 1; round <= 2; round++ {
			p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i), Sector: sectors[i%len(sectors)], Round: round, Answers: []float64{float64(1 + (i*round)%7)}})
		}
	}
	p.Responses = append(p.Responses, delphi.Response{Expert: "lone", Sector: "zz", Round: 1, Answers: []float64{4}})
	r, err := delphi.Analyse(p, delphi.Options{Scale: seven})
	if err != nil {
		t.Fatal(err)
	}
	return r.Intervals("delphi", delphi.English, delphi.Signs(r.Sectors[:len(sectors)]))
}

func TestIntervalPlotShowsEveryRoundAndSector(t *testing.T) {
	c := drawn(t, "gov", "ngo", "resident")
	for d := xml.NewDecoder(strings.NewReader(c.SVG)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if len(c.Table.Rows) != 2*5 || len(c.Table.Rows[0]) != len(c.Table.Head) {
		t.Errorf("%d rows, %v under %v", len(c.Table.Rows), c.Table.Rows[0], c.Table.Head)
	}
	for _, want := range []string{"round 1 · all", "round 2 · all", "Wspólny &lt;budżet&gt;", `class="fill-administration"`, `class="fill-ngo"`, `class="fill-resident"`, "round 1 · zz", ">hidden<", ">no answers<", `class="ring"`} {
		if !strings.Contains(c.SVG, want) {
			t.Errorf("%s is not drawn", want)
		}
	}
	if len(c.Legend) != 3 || c.Legend[0] != (chart.Sign{Sector: "administration", Label: "gov"}) {
		t.Errorf("%v", c.Legend)
	}
}

func TestSectorsGetTheirOwnSigns(t *testing.T) {
	for sectors, want := range map[string]string{
		"biznes administracja NGO mieszkańcy": "map[NGO:ngo administracja:administration biznes:business mieszkańcy:resident]",
		"a b ngo c d":                         "map[a:administration b:resident c:business ngo:ngo]",
		"gov administration":                  "map[administration:ngo gov:administration]",
	} {
		if got := fmt.Sprint(delphi.Signs(strings.Fields(sectors))); got != want {
			t.Errorf("%s: %s, want %s", sectors, got, want)
		}
	}
}

func TestLongPanelDrawsWhatFits(t *testing.T) {
	var p delphi.Panel
	for i := range 70 {
		p.Items = append(p.Items, fmt.Sprint("item", i))
	}
	for i := range 5 {
		answers := make([]float64, 70)
		for k := range answers {
			answers[k] = float64(2030 + i)
		}
		p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i), Sector: "ngo", Round: 1, Answers: answers})
	}
	r, err := delphi.Analyse(p, delphi.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := r.Intervals("d", delphi.English, nil)
	if c.Note != "items not drawn: 10" || !strings.Contains(c.SVG, ">2032 (2031–2033)<") || !strings.Contains(c.SVG, ">2033</text>") {
		t.Errorf("%s", c.Note)
	}
}
