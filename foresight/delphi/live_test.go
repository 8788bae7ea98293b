package delphi_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

var (
	liveItems   = []string{"x", "y"}
	liveSectors = []string{"administration", "ngo", "resident"}
)

// entries draws a log: few experts, so that they change their minds often.
func entries(t *rapid.T, most int) []delphi.Entry {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) delphi.Entry {
		expert := rapid.IntRange(0, 17).Draw(t, "expert")
		return delphi.Entry{Expert: fmt.Sprint(expert), Sector: liveSectors[expert%3], Item: rapid.SampledFrom(liveItems).Draw(t, "item"),
			Value: float64(rapid.IntRange(1, 7).Draw(t, "value")), Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0}
	}), 0, most).Draw(t, "log")
}

func replay(t interface{ Fatal(...any) }, o delphi.Options, log []delphi.Entry) *delphi.Live {
	l, err := delphi.Replay(liveItems, liveSectors, o, log)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// After every entry the panel is what counting the log from the beginning gives.
func TestIncrementalEqualsRecomputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := delphi.Options{Scale: seven, Least: rapid.IntRange(1, 5).Draw(t, "least"), Draws: 9}
		log := entries(t, 120)
		l := replay(t, o, nil)
		for i, e := range log {
			if err := l.Record(e); err != nil {
				t.Fatal(err)
			}
			if i%7 != 0 && i != len(log)-1 {
				continue
			}
			for _, item := range liveItems {
				all, sectors, first, firstSectors := counted(t, log[:i+1], item)
				now, err1 := l.Now(item)
				initial, err2 := l.Initial(item)
				if err := errors.Join(err1, err2); err != nil {
					t.Fatal(err)
				}
				sameRound(t, now, delphi.ReportRound(all, liveSectors, sectors, delphi.DefaultRule(seven), o))
				sameRound(t, initial, delphi.ReportRound(first, liveSectors, firstSectors, delphi.DefaultRule(seven), o))
			}
		}
	})
}

// counted goes through a log with nothing but a map: last and first answers.
func counted(t *rapid.T, log []delphi.Entry, item string) (all delphi.Tally, sectors []delphi.Tally, first delphi.Tally, firstSectors []delphi.Tally) {
	last, begun, sector := map[string]float64{}, map[string]float64{}, map[string]int{}
	for _, e := range log {
		if e.Item != item {
			continue
		}
		sector[e.Expert] = slices.Index(liveSectors, e.Sector)
		if e.Withdrawn {
			delete(last, e.Expert)
			continue
		}
		last[e.Expert] = e.Value
		if _, known := begun[e.Expert]; !known {
			begun[e.Expert] = e.Value
		}
	}
	count := func(answers map[string]float64) (delphi.Tally, []delphi.Tally) {
		var all delphi.Tally
		parts := make([]delphi.Tally, len(liveSectors))
		for expert, v := range answers {
			if err := errors.Join(all.Add(v), parts[sector[expert]].Add(v)); err != nil {
				t.Fatal(err)
			}
		}
		return all, parts
	}
	all, sectors = count(last)
	first, firstSectors = count(begun)
	return all, sectors, first, firstSectors
}

func sameRound(t *rapid.T, a, b delphi.RoundReport) {
	a.Round, b.Round = 0, 0
	if x, y := fmt.Sprintf("%v", a), fmt.Sprintf("%v", b); x != y {
		t.Fatalf("\n%s\n%s", x, y)
	}
}

// A live panel that is over says what a panel of one round would say.
func TestLiveReportIsThatOfARound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := delphi.Options{Scale: seven, Least: 3, Draws: 9}
		log := entries(t, 80)
		live := replay(t, o, log).Report()
		sheets := map[string]*delphi.Response{}
		p := delphi.Panel{Items: liveItems}
		for expert := range 18 { // one of each sector is there from the beginning, so that all sectors are known
			sheets[fmt.Sprint(expert)] = &delphi.Response{Expert: fmt.Sprint(expert), Sector: liveSectors[expert%3], Round: 1, Answers: []float64{math.NaN(), math.NaN()}}
		}
		for _, e := range log {
			v := e.Value
			if e.Withdrawn {
				v = math.NaN()
			}
			sheets[e.Expert].Answers[slices.Index(liveItems, e.Item)] = v
		}
		for _, sheet := range sheets {
			p.Responses = append(p.Responses, *sheet)
		}
		round, err := delphi.Analyse(p, o)
		if err != nil {
			t.Fatal(err)
		}
		round.Experts, round.Concordance = live.Experts, nil
		if a, b := marshal(t, live), marshal(t, round); !bytes.Equal(a, b) {
			t.Fatalf("\n%s\n%s", a, b)
		}
	})
}

// The panel at a moment is the panel that had only heard so much, and the log
// alone brings back everything: what is shown and who is asked again, too.
func TestAnyMomentCanBeRecomputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := delphi.Options{Scale: seven, Least: 3, Draws: 9}
		log := entries(t, 60)
		n := rapid.IntRange(0, len(log)).Draw(t, "moment")
		l := replay(t, o, log)
		then, err := l.At(n)
		if err != nil {
			t.Fatal(err)
		}
		again := replay(t, o, log[:n])
		if !reflect.DeepEqual(then.Log(), again.Log()) || !reflect.DeepEqual(l.Log(), replay(t, o, l.Log()).Log()) {
			t.Fatal("the logs differ")
		}
		for _, item := range liveItems {
			a, err1 := then.Shown(item)
			b, err2 := again.Shown(item)
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			sameRound(t, a, b)
		}
		for expert := range 18 {
			if a, b := then.Prompts(fmt.Sprint(expert)), again.Prompts(fmt.Sprint(expert)); !slices.Equal(a, b) {
				t.Fatalf("expert %d: %v and %v", expert, a, b)
			}
		}
	})
}

// Whoever watches what is shown after every entry sees each sector stand still
// or move by several experts at once. The total is the sum of the sectors.
func TestNobodyLearnsOneAnswerByWatching(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const least = 3
		l := replay(t, delphi.Options{Scale: seven, Least: least, Draws: 9}, nil)
		shown := make([]map[string]float64, len(liveSectors)) // what the watcher could know, at best
		now := make([]map[string]float64, len(liveSectors))
		for i := range shown {
			shown[i], now[i] = map[string]float64{}, map[string]float64{}
		}
		for _, e := range entries(t, 120) {
			e.Item = "x"
			if err := l.Record(e); err != nil {
				t.Fatal(err)
			}
			s := slices.Index(liveSectors, e.Sector)
			now[s][e.Expert] = e.Value
			if e.Withdrawn {
				delete(now[s], e.Expert)
			}
			if changed(shown[s], now[s]) >= least {
				shown[s] = copied(now[s])
			}
			round, err := l.Shown("x")
			if err != nil {
				t.Fatal(err)
			}
			total := 0
			for k, sector := range round.Sectors {
				total += len(shown[k])
				if !sector.Hidden && !sector.Tally.Equal(tallyOf(t, shown[k])) {
					t.Fatalf("%s: %v is shown, expected %v", sector.Sector, sector.Tally, shown[k])
				}
			}
			if !round.Hidden && round.N != total {
				t.Fatalf("%d answers are shown, expected %d", round.N, total)
			}
		}
	})
}

func changed(a, b map[string]float64) int {
	n := 0
	for expert, v := range a {
		if w, known := b[expert]; !known || v != w {
			n++
		}
	}
	for expert := range b {
		if _, known := a[expert]; !known {
			n++
		}
	}
	return n
}

func copied(a map[string]float64) map[string]float64 {
	b := map[string]float64{}
	for k, v := range a {
		b[k] = v
	}
	return b
}

func tallyOf(t *rapid.T, answers map[string]float64) delphi.Tally {
	var tally delphi.Tally
	for _, v := range answers {
		if err := tally.Add(v); err != nil {
			t.Fatal(err)
		}
	}
	return tally
}

func TestEntryThatDoesNotFitChangesNothing(t *testing.T) {
	l := replay(t, delphi.Options{Scale: seven}, []delphi.Entry{{Expert: "1", Sector: "ngo", Item: "x", Value: 4}})
	for name, e := range map[string]delphi.Entry{
		"item":      {Expert: "2", Sector: "ngo", Item: "z", Value: 4},
		"expert":    {Sector: "ngo", Item: "x", Value: 4},
		"sector":    {Expert: "2", Sector: "army", Item: "x", Value: 4},
		"moved":     {Expert: "1", Sector: "resident", Item: "x", Value: 4},
		"outside":   {Expert: "1", Sector: "ngo", Item: "x", Value: 8},
		"no number": {Expert: "1", Sector: "ngo", Item: "x", Value: math.NaN()},
	} {
		if err := l.Record(e); !errors.Is(err, delphi.ErrEntry) || len(l.Log()) != 1 {
			t.Errorf("%s: %v, %d entries", name, err, len(l.Log()))
		}
	}
	if _, err := l.Now("z"); !errors.Is(err, delphi.ErrEntry) {
		t.Error(err)
	}
	if _, err := delphi.NewLive([]string{"x", "x"}, liveSectors, delphi.Options{}); !errors.Is(err, delphi.ErrEntry) {
		t.Error(err)
	}
	if _, err := delphi.NewLive(liveItems, liveSectors, delphi.Options{Rule: rule(t, "majority 5..7 or 1..3 >= apmo")}); !errors.Is(err, delphi.ErrRule) {
		t.Error(err)
	}
}

func TestAnswerFirstThenSeeTheOthers(t *testing.T) {
	l := replay(t, delphi.Options{Scale: seven}, nil)
	record := func(expert string, value float64, reason string) {
		t.Helper()
		if err := l.Record(delphi.Entry{Expert: expert, Sector: "ngo", Item: "x", Value: value, Reason: reason}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Feedback("1", "x"); !errors.Is(err, delphi.ErrAnswerFirst) {
		t.Error(err)
	}
	record("1", 1, "")
	if f, err := l.Feedback("1", "x"); err != nil || !f.Shown.Hidden || !f.Inside || f.Own != 1 {
		t.Errorf("one answer: %+v, %v", f, err)
	}
	for i := range 4 {
		record(fmt.Sprint(2+i), 6, "")
	}
	if f, err := l.Feedback("1", "x"); err != nil || f.Shown.Hidden || f.Inside || f.Shown.N != 5 {
		t.Errorf("five answers: %+v, %v", f, err)
	}
	if got := l.Prompts("1"); !slices.Equal(got, []string{"x"}) {
		t.Errorf("asked again about %v", got)
	}
	if got := l.Prompts("2"); got != nil {
		t.Errorf("who stands with the others is asked again about %v", got)
	}
	record("1", 1, "I know the budget.")
	if got := l.Prompts("1"); got != nil {
		t.Errorf("who gave a reason is asked again about %v", got)
	}
	step, err := l.Moved("x")
	if err != nil || step.Hidden || step.Pairs != 5 || step.ShareChanged != 0 {
		t.Errorf("%+v, %v", step, err)
	}
}
