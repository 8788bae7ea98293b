package delphi_test

import (
	"errors"
	"math"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

func TestRuleIsReadAndWritten(t *testing.T) {
	for _, text := range []string{
		"share 6..7 >= 75%", "share 7..9 >= 70% and share 1..3 < 15%", "iqr <= 1", "sd <= 1.1",
		"majority 5..7 or 1..3 >= apmo", "majority 5..7 or 1..3 > 66.7%", "share -2..0.5 > 0%",
	} {
		rule, err := delphi.ParseRule(text)
		if err != nil || rule.String() != text {
			t.Errorf("%s: %v, %v", text, rule, err)
		}
	}
	for _, text := range []string{
		"", "share", "share 6..7", "share 6..7 >= 75", "share 7..6 >= 75%", "share 6-7 >= 75%", "iqr <= 1%", "iqr <= -1", "iqr = 1", "iqr <= inf",
		"share 6..7 >= 175%", "iqr <= apmo", "majority 5..7 >= 50%", "sd 1", "agree", "iqr <= 1 and", "iqr <= 1 or sd <= 1",
	} {
		if rule, err := delphi.ParseRule(text); !errors.Is(err, delphi.ErrRule) {
			t.Errorf("%q is taken as %v", text, rule)
		}
	}
}

func FuzzParseRule(f *testing.F) {
	f.Add("share 7..9 >= 70% and share 1..3 < 15%")
	f.Add("majority 5..7 or 1..3 >= apmo")
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := delphi.ParseRule(text)
		if err != nil {
			return
		}
		again, err := delphi.ParseRule(rule.String())
		if err != nil || again.String() != rule.String() {
			t.Fatalf("%q is written %q and read as %q, %v", text, rule, again, err)
		}
	})
}

func rule(t *testing.T, text string) delphi.Rule {
	t.Helper()
	r, err := delphi.ParseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRulesJudge(t *testing.T) {
	answers := count(t, 7, 7, 7, 6, 6, 6, 5, 2) // six of eight on 6-7
	for text, want := range map[string]bool{
		"share 6..7 >= 75%":                      true,
		"share 6..7 > 75%":                       false,
		"share 6..7 >= 75% and share 1..3 < 15%": true,
		"share 6..7 >= 75% and share 1..3 < 12%": false,
		"iqr <= 1.25":                            true, // type 7: 5.75 and 7
		"iqr <= 1.2":                             false,
		"sd <= 1.7":                              true, // 1.669
		"sd <= 1.6":                              false,
		"majority 6..7 or 1..2 >= 75%":           true,
		"majority 1..2 or 6..7 >= 75%":           true,
	} {
		if v := rule(t, text).Judge(answers, delphi.Type7); v.Reached != want || !v.Known {
			t.Errorf("%s: %+v", text, v)
		}
	}
}

func TestNobodyAgreesAboutNothing(t *testing.T) {
	for _, text := range []string{"share 6..7 >= 0%", "iqr <= 9", "sd <= 9"} {
		if v := rule(t, text).Judge(delphi.Tally{}, delphi.Type7); v.Known || v.Reached {
			t.Errorf("%s: %+v", text, v)
		}
	}
	if v := rule(t, "sd <= 9").Judge(count(t, 3), delphi.Type7); v.Known || v.Reached {
		t.Errorf("one answer has a deviation: %+v", v)
	}
	if v := (delphi.Rule{}).Judge(count(t, 3), delphi.Type7); v.Known || v.Reached {
		t.Errorf("no rule: %+v", v)
	}
}

// Three items of ten: 8 agree; 7 disagree; 5 and 4 are no majority. Fifteen of
// the thirty opinions belong to a majority.
func TestAPMOOnPaper(t *testing.T) {
	items := []delphi.Tally{
		count(t, 5, 5, 5, 6, 6, 7, 7, 7, 4, 1),
		count(t, 1, 1, 2, 2, 3, 3, 3, 4, 6, 7),
		count(t, 5, 5, 6, 6, 7, 1, 2, 2, 3, 4),
	}
	agree, disagree := delphi.Range{Low: 5, High: 7}, delphi.Range{Low: 1, High: 3}
	if got := delphi.APMO(items, agree, disagree); got != 0.5 {
		t.Errorf("APMO %v", got)
	}
	fixed := rule(t, "majority 5..7 or 1..3 >= apmo").Fix(items)
	for i, want := range []bool{true, true, true} { // the third has exactly half on one side
		if v := fixed.Judge(items[i], delphi.Type7); v.Reached != want {
			t.Errorf("item %d: %+v", i+1, v)
		}
	}
	if v := rule(t, "majority 5..7 or 1..3 >= apmo").Judge(items[0], delphi.Type7); v.Known || v.Reached {
		t.Errorf("without a cut-off: %+v", v)
	}
	if !math.IsNaN(delphi.APMO(nil, agree, disagree)) {
		t.Error("no opinions have an average")
	}
}

func TestDefaultRuleAsksForTheTwoHighestPoints(t *testing.T) {
	if got := delphi.DefaultRule(seven).String(); got != "share 6..7 >= 75%" {
		t.Error(got)
	}
	if got := delphi.DefaultRule(delphi.Scale{}); got != nil {
		t.Error(got)
	}
}
