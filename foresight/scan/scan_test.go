package scan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/delphi"
	"github.com/wspolnota/wspolnota/foresight/scan"
)

var five = delphi.Scale{Min: 1, Max: 5}

// file writes votes as a table: voter, sector, then importance and uncertainty of
// each item.
func file(rows ...string) string {
	return "voter,sector,item,category,importance,uncertainty\n" + strings.Join(rows, "\n") + "\n"
}

func read(t *testing.T, text string) scan.Scan {
	t.Helper()
	s, err := scan.ReadCSV("s.csv", strings.NewReader(text), five)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func analyse(t interface{ Fatal(...any) }, s scan.Scan, o scan.Options) scan.Report {
	r, err := scan.Analyse(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Two items, three voters of one sector, all on paper.
// A: importance 5,4,3 (mean 4), uncertainty 4,4,1 (3): priority 12.
// B: importance 3,3,3, uncertainty 5,3,4 (4): priority 12 as well.
// C: importance 1,2,3 (2), uncertainty 2,2,2: priority 4.
func paper(t *testing.T) scan.Scan {
	return read(t, file("1,ngo,A,social,5,4", "2,ngo,A,social,4,4", "3,ngo,A,social,3,1",
		"1,ngo,B,legal,3,5", "2,ngo,B,legal,3,3", "3,ngo,B,legal,3,4",
		"1,ngo,C,legal,1,2", "2,ngo,C,legal,2,2", "3,ngo,C,legal,3,2"))
}

func TestRankingOnPaper(t *testing.T) {
	r := analyse(t, paper(t), scan.Options{Scale: five, Least: 1})
	for i, want := range []struct {
		item                                 string
		rank, importance, uncertainty, borda float64
		field                                scan.Field
	}{
		// Voter 1 and 2 put A above both, voter 3 all alike: (1+1+½)/3.
		{"A", 1.5, 4, 3, 2.5 / 3, scan.Critical}, // means over the items are 3 and 3
		{"B", 1.5, 3, 4, 1.5 / 3, scan.Critical},
		{"C", 3, 2, 2, 0.5 / 3, scan.Background},
	} {
		got := r.Items[i]
		if got.Item != want.item || float64(got.Rank) != want.rank || float64(got.Importance) != want.importance || float64(got.Uncertainty) != want.uncertainty || math.Abs(float64(got.Borda)-want.borda) > 1e-12 || got.Field != want.field || got.N != 3 {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if r.Voters != 3 || r.Middle != (scan.Middle{Importance: 3, Uncertainty: 3}) {
		t.Errorf("%+v", r)
	}
	if c := r.Categories; c[0] != (scan.CategoryReport{Category: scan.Social, Items: 1}) || c[6].Items != 2 || c[1].Items != 0 {
		t.Errorf("%+v", c)
	}
}

// 8/3 · 5 and 10/3 · 4 are the same, but not in floating numbers.
func TestPrioritiesThatOnlyRoundingTellsApartAreEqual(t *testing.T) {
	r := analyse(t, read(t, file("1,ngo,A,social,2,5", "2,ngo,A,social,3,5", "3,ngo,A,social,3,5",
		"1,ngo,B,social,3,4", "2,ngo,B,social,3,4", "3,ngo,B,social,4,4",
		"1,ngo,C,social,1,1", "2,ngo,C,social,1,1", "3,ngo,C,social,1,1")), scan.Options{Scale: five, Least: 1})
	a, b := r.Items[0], r.Items[1]
	if a.Priority == b.Priority || a.Rank != 1.5 || b.Rank != 1.5 {
		t.Errorf("priorities %v and %v, ranks %v and %v", a.Priority, b.Priority, a.Rank, b.Rank)
	}
}

// Where likelihood is asked, uncertainty is how far the votes lie apart.
func TestUncertaintyIsDispersionOfLikelihood(t *testing.T) {
	s := read(t, strings.Replace(file("1,ngo,A,social,5,1", "2,ngo,A,social,4,3", "3,ngo,A,social,3,5"), "uncertainty", "likelihood", 1))
	r := analyse(t, s, scan.Options{Scale: five, Least: 1})
	if !r.Dispersion || math.Abs(float64(r.Items[0].Uncertainty)-2) > 1e-12 || math.Abs(float64(r.Items[0].Priority)-8) > 1e-12 {
		t.Errorf("%+v", r.Items[0])
	}
}

// Two voters can be drawn in three ways; the ends of the interval are one of
// them twice.
func TestBootstrapOfTwoVotersReachesBoth(t *testing.T) {
	s := read(t, file("1,ngo,A,social,5,4", "2,ngo,A,social,2,3", "1,ngo,B,social,1,1", "2,ngo,B,social,1,1"))
	r := analyse(t, s, scan.Options{Scale: five, Least: 1, Samples: 500, Seed: 1})
	a := r.Items[0]
	if a.ImportanceRange != [2]scan.Measure{2, 5} || a.UncertaintyRange != [2]scan.Measure{3, 4} || a.PriorityRange != [2]scan.Measure{6, 20} || a.RankRange != [2]scan.Measure{1, 1} {
		t.Errorf("%+v", a)
	}
	if b := r.Items[1]; b.RankRange != [2]scan.Measure{2, 2} || b.PriorityRange != [2]scan.Measure{1, 1} {
		t.Errorf("%+v", b)
	}
}

func TestBootstrapKeepsEachSectorAsLargeAsItIs(t *testing.T) {
	// Each sector is of one mind: whoever is drawn, the means stay.
	var rows []string
	for i := range 12 {
		sector, importance := "ngo", 5
		if i%3 == 0 {
			sector, importance = "resident", 1
		}
		rows = append(rows, fmt.Sprintf("%d,%s,A,social,%d,3", i, sector, importance))
	}
	a := analyse(t, read(t, file(rows...)), scan.Options{Scale: five, Least: 1, Seed: 5}).Items[0]
	if a.ImportanceRange[0] != a.ImportanceRange[1] {
		t.Errorf("%+v", a)
	}
}

// someScan has votes of three sectors on four items, some of them missing.
func someScan(t *rapid.T) scan.Scan {
	var s scan.Scan
	for i, c := range scan.Categories[:4] {
		s.Items = append(s.Items, scan.Item{Name: fmt.Sprint("item", i), Category: c})
	}
	for voter := range rapid.IntRange(1, 20).Draw(t, "voters") {
		sector := rapid.SampledFrom([]string{"administration", "ngo", "resident"}).Draw(t, "sector")
		for _, item := range s.Items {
			if rapid.IntRange(0, 9).Draw(t, "votes") > 0 {
				s.Votes = append(s.Votes, scan.Vote{Voter: fmt.Sprint(voter), Sector: sector, Item: item.Name,
					Importance: float64(rapid.IntRange(1, 5).Draw(t, "importance")), Second: float64(rapid.IntRange(1, 5).Draw(t, "second"))})
			}
		}
	}
	return s
}

func TestOrderOfVotesNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := someScan(t)
		s.Likelihood = rapid.Bool().Draw(t, "likelihood")
		o := scan.Options{Scale: five, Least: rapid.IntRange(1, 5).Draw(t, "least"), Samples: 20, Seed: rapid.Uint64().Draw(t, "seed")}
		first := marshal(t, analyse(t, s, o))
		s.Votes = rapid.Permutation(s.Votes).Draw(t, "order")
		if second := marshal(t, analyse(t, s, o)); !bytes.Equal(first, second) {
			t.Fatalf("%s\n%s", first, second)
		}
	})
}

func TestIntervalsHoldWhatTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := analyse(t, someScan(t), scan.Options{Scale: five, Least: 1, Samples: 50})
		ranks := 0.0
		for _, item := range r.Items {
			if item.Hidden {
				continue
			}
			ranks += float64(item.Rank)
			for name, interval := range map[string][2]scan.Measure{"rank": item.RankRange, "importance": item.ImportanceRange, "priority": item.PriorityRange} {
				if !(interval[0] <= interval[1]) {
					t.Fatalf("%s of %s from %v to %v", name, item.Item, interval[0], interval[1])
				}
			}
			if item.RankRange[0] < 1 || int(item.RankRange[1]) > len(r.Items) || item.Borda < 0 || item.Borda > 1 {
				t.Fatalf("%+v", item)
			}
		}
		shown := 0.0
		for _, item := range r.Items {
			if !item.Hidden {
				shown++
			}
		}
		if ranks != shown*(shown+1)/2 {
			t.Fatalf("ranks of %v items add up to %v", shown, ranks)
		}
	})
}

func TestSectorsOfFewVotersAreHidden(t *testing.T) {
	var rows []string
	for i := range 20 {
		sector := "administration"
		if i < 6 {
			sector = "ngo"
		}
		if i < 2 {
			sector = "business"
		}
		rows = append(rows, fmt.Sprintf("%d,%s,A,social,%d,3", i, sector, 1+i%5))
	}
	rows = append(rows, "1,business,B,legal,5,5")
	r := analyse(t, read(t, file(rows...)), scan.Options{Scale: five})
	a, b := r.Items[0], r.Items[1]
	if !a.Sectors[1].Hidden || !a.Sectors[2].Hidden || a.Sectors[0].Hidden || a.N != 20 {
		t.Errorf("%+v", a)
	}
	if !b.Hidden || !math.IsNaN(float64(b.Importance)) || !math.IsNaN(float64(b.Rank)) || b.N != 0 {
		t.Errorf("%+v", b)
	}
}

// A sector with five answers to one question and one to the other would give
// that one away: a vote counts with both numbers or not at all.
func TestHalfAVoteIsNotCounted(t *testing.T) {
	r := analyse(t, read(t, file("1,ngo,A,social,5,", "2,ngo,A,social,NA,2", "3,ngo,A,social,3,4")), scan.Options{Scale: five, Least: 1})
	if a := r.Items[0]; a.N != 1 || a.Importance != 3 || a.Uncertainty != 4 {
		t.Errorf("%+v", a)
	}
}

func TestAgreementBetweenSectors(t *testing.T) {
	var rows []string
	for i := range 10 {
		sector, order := "ngo", []int{5, 4, 3, 1}
		if i%2 == 0 {
			sector, order = "resident", []int{1, 3, 4, 5}
		}
		for k, n := range order {
			rows = append(rows, fmt.Sprintf("%d,%s,item%d,social,%d,3", i, sector, k, n))
		}
	}
	a := analyse(t, read(t, file(rows...)), scan.Options{Scale: five}).Agreement
	if len(a.Within) != 2 || a.Within[0].W != 1 || a.Within[1].Voters != 5 {
		t.Errorf("%+v", a.Within)
	}
	if len(a.Pairs) != 1 || a.Pairs[0].Spearman != -1 || a.Pairs[0].TauB != -1 || a.Pairs[0].Items != 4 {
		t.Errorf("%+v", a.Pairs)
	}
}

// The example of scipy.stats.kendalltau.
func TestTauB(t *testing.T) {
	if got := scan.TauB([]float64{12, 2, 1, 12, 2}, []float64{1, 4, 7, 1, 0}); math.Abs(got+0.47140452079103173) > 1e-12 {
		t.Error(got)
	}
	if got := scan.TauB([]float64{1, 1}, []float64{1, 2}); !math.IsNaN(got) {
		t.Error(got)
	}
	if got := scan.TauB([]float64{1}, []float64{1, 2}); !math.IsNaN(got) {
		t.Error(got)
	}
}

func marshal(t interface{ Fatal(...any) }, r scan.Report) []byte {
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestCategoriesAreReadInBothLanguages(t *testing.T) {
	for text, want := range map[string]scan.Category{"Social": scan.Social, "społeczne": scan.Social, "gospodarczy": scan.Economic, "ecological": scan.Environmental, "economic": scan.Economic, "Środowiskowa": scan.Environmental, "wartości": scan.Values, "prawne": scan.Legal, "TECH": scan.Technological, "polityczny": scan.Political} {
		if got, err := scan.ParseCategory(text); err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	if got, err := scan.ParseCategory("E"); err == nil {
		t.Errorf("E, which may be two, is taken as %s", got)
	}
}

func TestWhatIsNoScanIsRefused(t *testing.T) {
	head := "voter,sector,item,category,importance,uncertainty"
	for name, tt := range map[string]struct{ text, want string }{
		"no votes":        {head + "\n", "s.csv: line 2: no votes"},
		"column missing":  {"voter,sector,item,category,importance\n", "s.csv: line 1: expected one of the columns uncertainty and likelihood"},
		"both":            {head + ",likelihood\n", "s.csv: line 1: expected one of the columns uncertainty and likelihood"},
		"no item":         {"voter,sector,category,importance,uncertainty\n", "s.csv: line 1: there is no column item"},
		"misspelt":        {head + ",horizont\n", `s.csv: line 1: column "horizont" is not known`},
		"category":        {file("1,ngo,A,green,1,1"), `s.csv: line 2: category "green"; expected one of`},
		"category moves":  {file("1,ngo,A,social,1,1", "2,ngo,A,legal,1,1"), `s.csv: line 3: item "A" is now legal; expected social, as before`},
		"twice":           {file("1,ngo,A,social,1,1", "1,ngo,A,social,1,1"), `s.csv: line 3: voter "1" votes on "A" twice`},
		"sector moves":    {file("1,ngo,A,social,1,1", "1,gov,B,social,1,1"), `s.csv: line 3: voter "1" is in sector "gov"`},
		"outside":         {file("1,ngo,A,social,6,1"), `s.csv: line 2: importance: "6"; expected a number of the scale 1-5`},
		"a word":          {file("1,ngo,A,social,1,low"), `s.csv: line 2: uncertainty: "low"`},
		"blank voter":     {file(",ngo,A,social,1,1"), "s.csv: line 2: no voter"},
		"blank sector":    {file("1,,A,social,1,1"), `s.csv: line 2: voter "1" has no sector`},
		"blank item":      {file("1,ngo,,social,1,1"), `s.csv: line 2: item ""`},
		"kind":            {head + ",kind\n1,ngo,A,social,1,1,rumour\n", `s.csv: line 2: kind "rumour"`},
		"horizon":         {head + ",horizon\n1,ngo,A,social,1,1,H4\n", `s.csv: line 2: horizon "H4"`},
		"ragged":          {head + "\n1,ngo\n", "s.csv: line 2: 2 columns; expected 6"},
		"million columns": {head + strings.Repeat(",x", 1e6), "s.csv: line 1: the line is longer"},
	} {
		if _, err := scan.ReadCSV("s.csv", strings.NewReader(tt.text), five); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	if _, err := scan.Analyse(scan.Scan{Votes: []scan.Vote{{Voter: "1", Sector: "s", Item: "x"}}}, scan.Options{}); err == nil {
		t.Error("a vote on nothing is taken")
	}
	if _, err := scan.Analyse(scan.Scan{}, scan.Options{}); err != nil {
		t.Errorf("an empty scan: %v", err)
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add(file("1,ngo,A,social,5,4", "2,gov,A,social,NA,"))
	f.Add("voter;sector;item;category;impact;likelihood;kind;horizon\r\n1;ngo;A;gospodarcze;2,5;1;trend;H1\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := scan.ReadCSV("s.csv", strings.NewReader(text), delphi.Scale{})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "s.csv: line ") {
				t.Fatalf("no file or line: %v", err)
			}
			return
		}
		r, err := scan.Analyse(s, scan.Options{Scale: s.GuessScale(), Least: 1, Samples: 5})
		if err != nil {
			t.Fatalf("what was read is not analysed: %v", err)
		}
		marshal(t, r)
	})
}
