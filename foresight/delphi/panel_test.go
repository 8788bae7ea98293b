package delphi_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

func TestPanelIsReadFromASpreadsheet(t *testing.T) {
	text := "\ufeffround;expert;sector;Budżet;Szkoła\r\n1;a;biuro;5;\r\n1;b;ngo;NA;2,5\r\n"
	p, err := delphi.ReadCSV("p.csv", strings.NewReader(text), delphi.Scale{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(p.Items, "|") != "Budżet|Szkoła" || len(p.Responses) != 2 {
		t.Fatalf("%+v", p)
	}
	a, b := p.Responses[0], p.Responses[1]
	if a.Expert != "a" || a.Sector != "biuro" || a.Round != 1 || a.Answers[0] != 5 || !math.IsNaN(a.Answers[1]) || !math.IsNaN(b.Answers[0]) || b.Answers[1] != 2.5 {
		t.Errorf("%+v", p.Responses)
	}
	if err := p.Check(delphi.Scale{}); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNoPanelIsRefused(t *testing.T) {
	head := "expert,sector,round,x,y\n"
	many := head
	for i := range 21 {
		many += fmt.Sprintf("%d,s%d,1,1,1\n", i, i)
	}
	for name, tt := range map[string]struct{ text, want string }{
		"no items":             {"expert,sector,round\n", "p.csv: line 1: the columns are"},
		"other columns":        {"name,x\n", `p.csv: line 1: the columns are ["name" "x"]; expected expert, sector, round and one column per item`},
		"no answers":           {head, "p.csv: line 2: no answers"},
		"a word":               {head + "1,gov,1,7,seven\n", `p.csv: line 2: y: "seven"; expected a whole number from 1 to 7`},
		"outside the scale":    {head + "1,gov,1,7,1\n2,gov,1,8,1\n", `p.csv: line 3: x: "8"; expected a whole number from 1 to 7`},
		"between two points":   {head + "1,gov,1,6.5,1\n", `p.csv: line 2: x: "6.5"; expected a whole number`},
		"not a number":         {head + "1,gov,1,NaN,1\n", `p.csv: line 2: x: "NaN"`},
		"blank expert":         {head + ",gov,1,1,1\n", "p.csv: line 2: no expert"},
		"blank sector":         {head + "1,,1,1,1\n", `p.csv: line 2: expert "1" has no sector`},
		"round zero":           {head + "1,gov,0,1,1\n", "p.csv: line 2: round 0; expected a whole number from 1 to 99"},
		"round in words":       {head + "1,gov,first,1,1\n", `p.csv: line 2: round "first"`},
		"one sheet twice":      {head + "1,gov,1,1,1\n2,gov,1,1,1\n1,gov,1,2,2\n", `p.csv: line 4: expert "1" answers round 1 twice, first in line 2`},
		"expert moves":         {head + "1,gov,1,1,1\n1,ngo,2,1,1\n", `p.csv: line 3: expert "1" is in sector "ngo"; expected "gov", as before`},
		"ragged":               {head + "1,gov,1,1\n", "p.csv: line 2: 4 columns; expected 5"},
		"repeated item":        {"expert,sector,round,x,x\n", `p.csv: line 1: columns 4 and 5 are both called "x"`},
		"too many sectors":     {many, `p.csv: line 22: sector "s20" is one too many; expected at most 20`},
		"a million of columns": {"expert,sector,round" + strings.Repeat(",x", 1e6), "p.csv: line 1: the line is longer"},
	} {
		if _, err := delphi.ReadCSV("p.csv", strings.NewReader(tt.text), seven); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestPanelMadeByHandIsChecked(t *testing.T) {
	good := delphi.Response{Expert: "1", Sector: "gov", Round: 1, Answers: []float64{3}}
	for name, p := range map[string]delphi.Panel{
		"short sheet":   {Items: []string{"x", "y"}, Responses: []delphi.Response{good}},
		"infinite":      {Items: []string{"x"}, Responses: []delphi.Response{{Expert: "1", Sector: "gov", Round: 1, Answers: []float64{math.Inf(1)}}}},
		"blank item":    {Items: []string{""}, Responses: []delphi.Response{good}},
		"repeated item": {Items: []string{"x", "x"}},
		"twice":         {Items: []string{"x"}, Responses: []delphi.Response{good, good}},
	} {
		if _, err := delphi.Analyse(p, delphi.Options{}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := delphi.Analyse(delphi.Panel{}, delphi.Options{}); err != nil {
		t.Errorf("an empty panel: %v", err)
	}
}

func TestScaleIsGuessedFromTheAnswers(t *testing.T) {
	for text, want := range map[string]string{"1 7": "1-7", "3 3": "1-7", "1 9": "1-9", "10 1": "1-10", "0 7": "0-10", "50 0": "0-100", "2035 2040": "none", "1.5 2": "none"} {
		var p delphi.Panel
		for i, cell := range strings.Fields(text) {
			p.Responses = append(p.Responses, delphi.Response{Expert: fmt.Sprint(i), Sector: "s", Round: 1, Answers: []float64{number(t, cell), math.NaN()}})
		}
		if got := p.GuessScale().String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("expert,sector,round,x\n1,gov,1,7\n2,ngo,1,\n1,gov,2,6\n")
	f.Add("expert;sector;round;x;y\r\n1;gov;1;2,5;NA\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := delphi.ReadCSV("p.csv", strings.NewReader(text), delphi.Scale{})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "p.csv: line ") {
				t.Fatalf("no file or line: %v", err)
			}
			return
		}
		scale := p.GuessScale()
		r, err := delphi.Analyse(p, delphi.Options{Scale: scale, Least: 1, Draws: 9})
		if err != nil {
			t.Fatalf("what was read is not analysed: %v", err)
		}
		if _, err := r.MarshalJSON(); err != nil {
			t.Fatal(err)
		}
	})
}
