package opinion_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/opinion"
)

func tally(agree, pass, disagree int) opinion.Tally {
	return opinion.Tally{Agree: agree, Pass: pass, Disagree: disagree}
}

func sum(tallies ...opinion.Tally) opinion.Tally {
	t := opinion.Tally{}
	for _, x := range tallies {
		t = tally(t.Agree+x.Agree, t.Pass+x.Pass, t.Disagree+x.Disagree)
	}
	return t
}

func TestSectorsWeighTheSameWhateverTheirSize(t *testing.T) {
	officials := tally(5, 0, 1)
	residents := tally(25, 3, 2)
	small := opinion.CompareStatement([]opinion.Tally{officials, residents}, sum(officials, residents))
	// Worked by hand: p = 5.5/7 and 25.5/31, q = 1.5/7 and 2.5/31.
	e1, e2 := 5.5/7*(1-1.5/7), 25.5/31*(1-2.5/31)
	if !near(small.Bridge, math.Sqrt(e1*e2), 1e-12) {
		t.Errorf("bridge %v, want %v", small.Bridge, math.Sqrt(e1*e2))
	}
	if want := (4.0/9 + 23.0/33) / 2; !near(small.Intercept, want, 1e-12) || !near(small.Side, (23.0/33-4.0/9)/2, 1e-12) {
		t.Errorf("intercept %v and side %v, want %v", small.Intercept, small.Side, want)
	}
	against := tally(0, 0, 6)
	split := opinion.CompareStatement([]opinion.Tally{against, tally(300, 0, 0)}, tally(300, 0, 6))
	if split.Bridge > 0.3 || split.Bridges || !split.Real || split.Least != 0 || split.Most != 1 {
		t.Errorf("six officials are drowned: %+v", split)
	}
}

func TestBridgeNeedsAMajorityInEverySector(t *testing.T) {
	for _, tt := range []struct {
		a, b       opinion.Tally
		yes, no    bool
		difference bool
	}{
		{tally(20, 1, 1), tally(30, 2, 4), true, false, false},
		{tally(20, 1, 1), tally(18, 2, 14), false, false, true},
		{tally(1, 1, 20), tally(4, 2, 30), false, true, false},
		{tally(5, 0, 0), tally(5, 0, 0), true, false, false},
		{tally(4, 0, 1), tally(50, 0, 0), false, false, true},
	} {
		c := opinion.CompareStatement([]opinion.Tally{tt.a, tt.b}, sum(tt.a, tt.b))
		if c.Bridges != tt.yes || c.BridgesInRejection != tt.no || c.Real != tt.difference {
			t.Errorf("%v, %v: bridges %v, in rejection %v, real %v (gap %.2f, p %.3f)", tt.a, tt.b, c.Bridges, c.BridgesInRejection, c.Real, c.Gap, c.P)
		}
	}
}

func TestWilsonBoundsAreWhereTheTestTips(t *testing.T) {
	for n := 1; n < 60; n += 7 {
		for k := range n + 1 {
			p := float64(k) / float64(n)
			low, high := opinion.Wilson(k, n)
			for _, bound := range []float64{low, high} {
				if bound == 0 || bound == 1 {
					continue
				}
				if z := math.Abs(p-bound) / math.Sqrt(bound*(1-bound)/float64(n)); !near(z, 1.6448536, 1e-7) {
					t.Errorf("%d of %d: bound %v lies %v standard errors away", k, n, bound, z)
				}
			}
			if low > p || high < p {
				t.Errorf("%d of %d: %v to %v", k, n, low, high)
			}
		}
	}
	if low, high := opinion.Wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("of nobody: %v to %v", low, high)
	}
}

func TestManyPairsNeedMoreProof(t *testing.T) {
	a, b := tally(30, 0, 20), tally(20, 0, 30)
	two := opinion.CompareStatement([]opinion.Tally{a, b}, sum(a, b))
	four := opinion.CompareStatement([]opinion.Tally{a, b, tally(25, 0, 25), tally(25, 0, 25)}, sum(a, b, tally(50, 0, 50)))
	if !near(four.P, min(1, 6*two.P), 1e-9) || four.Gap != two.Gap {
		t.Errorf("p of two sectors %v, of four %v", two.P, four.P)
	}
}

func TestNothingAboutFewerThanFiveIsTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 12), 1, 5).Draw(t, "counts")
		rest := rapid.IntRange(0, 6).Draw(t, "rest")
		hidden := opinion.Suppress(counts, rest)
		people, parts, shown := rest, min(rest, 1), 0
		for i, n := range counts {
			switch {
			case !hidden[i] && n < 5:
				t.Fatalf("%d is shown", n)
			case hidden[i]:
				people += n
				parts += min(n, 1)
			default:
				shown++
			}
		}
		if shown > 0 && tells(people, parts, rest) {
			t.Fatalf("%v without %v: %d people in %d parts follow from the total", counts, hidden, people, parts)
		}
		// No more than needed: the largest hidden count of five or more was the
		// last to go, so without it the rest must have been too few.
		last := -1
		for i, n := range counts {
			if hidden[i] && n >= 5 && (last < 0 || n >= counts[last]) {
				last = i
			}
		}
		if last >= 0 {
			if people, parts = people-counts[last], parts-1; !tells(people, parts, rest) {
				t.Fatalf("%v hides %v: more than needed", counts, hidden)
			}
		}
	})
}

// tells says whether what is left of the total when all shown is taken away is
// about fewer than five people, or about one hidden sector.
func tells(people, parts, rest int) bool {
	return people > 0 && people < 5 || people > rest && parts == 1
}

func TestHiddenSectorTakesNoPart(t *testing.T) {
	few := tally(4, 0, 0)
	a, b := tally(9, 0, 1), tally(12, 0, 3)
	with := opinion.CompareStatement([]opinion.Tally{few, a, b}, sum(few, a, b))
	if !with.Views[0].Hidden || !with.Views[1].Hidden || with.Known || with.Views[1].Tally != tally(0, 0, 0) {
		t.Errorf("the smallest shown must hide the four: %+v", with)
	}
	// With five people of no sector beside them the four cannot be worked out.
	with = opinion.CompareStatement([]opinion.Tally{few, a, b}, sum(few, a, b, tally(5, 0, 0)))
	without := opinion.CompareStatement([]opinion.Tally{a, b}, sum(a, b))
	if !with.Known || !with.Views[0].Hidden || with.Bridge != without.Bridge || with.Intercept != without.Intercept || with.P != without.P {
		t.Errorf("%+v, want as %+v", with, without)
	}
	other := opinion.CompareStatement([]opinion.Tally{tally(0, 0, 4), a, b}, sum(few, a, b, tally(5, 0, 0)))
	if fmt.Sprint(other) != fmt.Sprint(with) {
		t.Error("the result depends on what is hidden")
	}
}

// assigned gives each participant a sector.
func assigned(v *opinion.Votes, names []string, of func(p int) int) opinion.Sectors {
	s := opinion.Sectors{Names: names, Of: make([]int8, v.Participants())}
	for p := range s.Of {
		s.Of[p] = int8(of(p))
	}
	return s
}

var three = []string{"administration", "ngo", "resident"}

func TestOpinionsThatFollowSectorsAreFound(t *testing.T) {
	v := synthetic(t, 240, 40, 4800, 8)
	m := compute(t, v)
	same := opinion.Compare(v, m, assigned(v, three, func(p int) int { return max(0, int(m.Group[p])) }), 1)
	if f := same.Follow; f.ARI < 0.99 || f.PBoth != 0.001 || f.PAR != 0.001 || f.Together() || f.Both < 0.5 {
		t.Errorf("sectors that are the groups: %+v", f)
	}
	r := rand.New(rand.NewPCG(5, 5))
	lot := opinion.Compare(v, m, assigned(v, three, func(int) int { return r.IntN(3) }), 1)
	if f := lot.Follow; !f.Together() || f.Both > 0.05 || math.Abs(f.ARI) > 0.05 {
		t.Errorf("sectors drawn by lot: %+v", f)
	}
	again := opinion.Compare(v, m, assigned(v, three, func(p int) int { return max(0, int(m.Group[p])) }), 1)
	if fmt.Sprint(again.Follow) != fmt.Sprint(same.Follow) {
		t.Error("the same seed gives another result")
	}
}

func TestEtaSquaredIsThatOfTheTextbook(t *testing.T) {
	v := synthetic(t, 90, 30, 1500, 9)
	m := compute(t, v)
	s := assigned(v, three, func(p int) int { return p % 3 })
	f := opinion.Compare(v, m, s, 1).Follow
	var mean float64
	group, n := map[int8]float64{}, map[int8]float64{}
	for p, at := range m.At {
		if m.Group[p] >= 0 {
			mean += at.X / float64(m.Clustered)
			group[s.Of[p]] += at.X
			n[s.Of[p]]++
		}
	}
	between, total := 0.0, 0.0
	for p, at := range m.At {
		if m.Group[p] >= 0 {
			total += (at.X - mean) * (at.X - mean)
			d := group[s.Of[p]]/n[s.Of[p]] - mean
			between += d * d
		}
	}
	if !near(f.Eta[0], between/total, 1e-9) {
		t.Errorf("eta squared %v, want %v", f.Eta[0], between/total)
	}
}

func TestSmallSectorsAreNotCompared(t *testing.T) {
	v := synthetic(t, 60, 20, 900, 10)
	m := compute(t, v)
	c := opinion.Compare(v, m, assigned(v, three, func(p int) int {
		switch {
		case p < 4:
			return 0
		case p < 15:
			return 1
		}
		return 2
	}), 1)
	if c.Follow != nil {
		t.Errorf("one large sector cannot be compared: %+v", c.Follow)
	}
	if !c.Hidden[0] || !c.Hidden[1] || c.Hidden[2] || c.People[0] != 0 || c.People[1] != 0 {
		t.Errorf("%v, hidden %v", c.People, c.Hidden)
	}
	cross := opinion.Compare(v, m, assigned(v, three, func(p int) int { return int(m.Group[p]+3) % 3 }), 1)
	if cross.Follow == nil || cross.Follow.Table != nil {
		t.Errorf("a table with empty cells is shown: %+v", cross.Follow)
	}
}

func TestTableOfGroupsAndSectorsTellsOfNobodyElse(t *testing.T) {
	v := synthetic(t, 200, 40, 5000, 11)
	m := compute(t, v)
	lot := func(p int) int { return p % 2 }
	whole := opinion.Compare(v, m, assigned(v, three[:2], lot), 1).Follow
	if whole.Table == nil || whole.People != m.Clustered {
		t.Fatalf("large cells should be shown: %+v", whole)
	}
	some := opinion.Compare(v, m, assigned(v, three, func(p int) int { // three residents, who follow by subtraction
		if p < 3 {
			return 2
		}
		return lot(p)
	}), 1).Follow
	if some.Table != nil || some.People != 0 {
		t.Errorf("three people can be worked out: %+v", some)
	}
}

func TestSectorsAreReadByName(t *testing.T) {
	c := read(t, smallVotes)
	s, err := c.ReadSectors("s.csv", strings.NewReader("participant;sector\n10;resident\n2;ngo\n99;business\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Names, []string{"ngo", "resident"}) || s.Of[person(c, "2")] != 0 || s.Of[person(c, "10")] != 1 {
		t.Errorf("%+v", s)
	}
	for text, want := range map[string]string{
		"participant\n1\n":                                         "s.csv:1: no column sector; expected it in the first line",
		"participant,sector\n2,ngo\n2,ngo\n":                       `s.csv:3: participant "2" a second time`,
		"participant,sector\n77,ngo\n":                             "s.csv: no participant of these votes has a sector",
		"participant,sector\n2," + strings.Repeat("x", 200) + "\n": "s.csv:2: sector of 200 bytes, expected at most 128",
	} {
		if _, err := c.ReadSectors("s.csv", strings.NewReader(text)); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
