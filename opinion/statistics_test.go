package opinion_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/opinion"
)

func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*max(1, math.Abs(b))
}

func TestStatisticsHaveThePublishedValues(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"80 of 100", opinion.ProportionTest(80, 100), 6.069727},
		{"80 of 100 against 30 of 60", opinion.TwoProportionTest(80, 100, 30, 60), 3.922080},
		{"5 of 6 against 1 of 10", opinion.TwoProportionTest(5, 6, 1, 10), 2.810925},
		{"all of all", opinion.TwoProportionTest(0, 0, 0, 0), 0},
		{"priority of a new statement", opinion.Priority(opinion.Tally{}, 0), 5.0625},
		{"priority after one agreement", opinion.Priority(opinion.Tally{Agree: 1}, 0), 12.529726},
		// Published for counts that do not add up; the formula does not mind.
		{"priority after 20 of 20 with 3 passes", opinion.Priority(opinion.Tally{Agree: 20, Pass: 3, Disagree: -3}, 0), 1.372383},
		{"priority of an extreme one", opinion.Priority(opinion.Tally{Agree: 18, Pass: 3, Disagree: -1}, 1), 4.493699},
	} {
		if math.Abs(tt.got-tt.want) > 1e-6 {
			t.Errorf("%s: %.6f, want %.6f", tt.name, tt.got, tt.want)
		}
	}
}

// published groups, as the reference numbers them.
func groupsOf(c *opinion.Conversation, labels map[string]int) ([]int8, int) {
	group, k := make([]int8, len(c.Participants)), 0
	for i, id := range c.Participants {
		g, ok := labels[id]
		if !ok {
			g = -1
		}
		group[i], k = int8(g), max(k, g+1)
	}
	return group, k
}

func checkClaims(t *testing.T, c *opinion.Conversation, got []opinion.Claim, want []success, where string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d statements, want %d", where, len(got), len(want))
		return
	}
	for i, w := range want {
		g := got[i]
		same := c.Statements[g.Statement].ID == strconv.Itoa(w.TID) && g.For.String() == w.For &&
			g.Success == w.Success && g.Trials == w.Trials && g.Best == w.Best &&
			near(g.Share, w.Share, 1e-4) && near(g.Test, w.Test, 1e-4) && near(g.Ratio, w.Ratio, 1e-4) && near(g.RatioTest, w.RatioTest, 1e-4)
		if !same {
			t.Errorf("%s %d: statement %s %+v, want %+v", where, i, c.Statements[g.Statement].ID, g, w)
		}
	}
}

func checkCommon(t *testing.T, c *opinion.Conversation, got []opinion.Common, want []success, where string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d statements, want %d", where, len(got), len(want))
		return
	}
	for i, w := range want {
		g := got[i]
		if c.Statements[g.Statement].ID != strconv.Itoa(w.TID) || g.Success != w.Success || g.Trials != w.Trials || !near(g.Share, w.Share, 1e-4) || !near(g.Test, w.Test, 1e-4) {
			t.Errorf("%s %d: statement %s %+v, want %+v", where, i, c.Statements[g.Statement].ID, g, w)
		}
	}
}

func TestStatisticsOfReferenceGroupsAreReproduced(t *testing.T) {
	each(t, func(t *testing.T, c *opinion.Conversation, v variant) {
		group, k := groupsOf(c, v.Full.Labels)
		counts := opinion.CountByGroup(c.Votes, group, k)
		moderated := make([]bool, len(c.Statements))
		for s := range moderated {
			moderated[s] = c.Votes.Moderated(s)
		}
		for g, claims := range opinion.Representative(counts, moderated) {
			checkClaims(t, c, claims, v.Full.Repness[strconv.Itoa(g)], "group "+strconv.Itoa(g))
		}
		all := make([]opinion.Tally, len(c.Statements))
		for s := range all {
			all[s] = c.Votes.Tally(s)
		}
		agree, disagree := opinion.Consensus(all, moderated)
		checkCommon(t, c, agree, v.Full.Consensus.Agree, "agree")
		checkCommon(t, c, disagree, v.Full.Consensus.Disagree, "disagree")
		checkTop(t, c, opinion.GroupAware(counts), v.Full.GACAgree, "agreed by all groups")
		checkTop(t, c, opinion.GroupAwareRejection(counts), v.Full.GACReject, "rejected by all groups")
	})
}

// checkTop compares a value per statement with a published list of the largest.
func checkTop(t *testing.T, c *opinion.Conversation, got []float64, want [][2]float64, where string) {
	t.Helper()
	for _, w := range want {
		if s := column(c, int(w[0])); s < 0 || !near(got[s], w[1], 1e-4) {
			t.Errorf("%s: statement %v is %v, want %v", where, w[0], got[s], w[1])
		}
	}
}

// clojure is what Polis's own engine computed. It holds agree as -1, which only
// the centre of the plane shows.
type clojure struct {
	ModOut []int `json:"mod_out"`
	Meta   []int `json:"meta_tids"`
	InConv []int `json:"in_conv"`
	TIDs   []int `json:"tids"`
	PCA    struct {
		Center    []float64
		Comps     [][]float64
		Extremity []float64 `json:"comment_extremity"`
	}
	Group     map[string]int `json:"group_of_participant"`
	Repness   map[string][]success
	Consensus struct{ Agree, Disagree []success }
	GAC       map[string]float64 `json:"group_aware_consensus"`
	Priority  map[string]float64 `json:"comment_priorities"`
}

func TestFiguresOfTheClojureEngineAreReproduced(t *testing.T) {
	const set = "scoop-hivemind.biodiversity"
	var want clojure
	decode(t, set+"/clojure-reference.json.gz", &want)
	c := conversation(t, set)
	moderated, meta := make([]bool, len(c.Statements)), make([]bool, len(c.Statements))
	for _, tid := range want.ModOut {
		if s := column(c, tid); s >= 0 {
			moderated[s] = true
			if err := c.Votes.Moderate(s, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, tid := range want.Meta {
		meta[column(c, tid)] = true
	}
	plane := opinion.NewPlane(c.Votes)
	at := func(values []float64) []float64 {
		v := make([]float64, len(c.Statements))
		for i, tid := range want.TIDs {
			v[column(c, tid)] = values[i]
		}
		return v
	}
	if a := angle(plane, at(want.PCA.Comps[0]), at(want.PCA.Comps[1])); a > 1e-9 {
		t.Errorf("%.2g rad from the plane", a)
	}
	for s, centre := range at(want.PCA.Center) {
		if !near(plane.Mean[s], -centre, 1e-12) {
			t.Errorf("mean of %s is %v, want %v", c.Statements[s].ID, plane.Mean[s], -centre)
		}
	}
	extremity := plane.Extremity()
	for s, e := range at(want.PCA.Extremity) {
		if !near(extremity[s], e, 1e-8) {
			t.Errorf("extremity of %s is %v, want %v", c.Statements[s].ID, extremity[s], e)
		}
	}
	group, k := groupsOf(c, want.Group)
	m := &opinion.Map{Plane: plane, Counts: opinion.CountByGroup(c.Votes, group, k), Moderated: moderated}
	for s := range c.Statements {
		m.All = append(m.All, c.Votes.Tally(s))
	}
	for g, claims := range opinion.Representative(m.Counts, moderated) {
		checkClaims(t, c, claims, want.Repness[strconv.Itoa(g)], "group "+strconv.Itoa(g))
	}
	agree, disagree := opinion.Consensus(m.All, moderated)
	checkCommon(t, c, agree, want.Consensus.Agree, "agree")
	checkCommon(t, c, disagree, want.Consensus.Disagree, "disagree")
	for s, value := range opinion.GroupAware(m.Counts) {
		if !near(value, want.GAC[c.Statements[s].ID], 1e-12) {
			t.Errorf("group-aware consensus of %s is %v, want %v", c.Statements[s].ID, value, want.GAC[c.Statements[s].ID])
		}
	}
	for s, value := range m.Priorities(meta) {
		if !near(value, want.Priority[c.Statements[s].ID], 1e-7) {
			t.Errorf("priority of %s is %v, want %v", c.Statements[s].ID, value, want.Priority[c.Statements[s].ID])
		}
	}
	in := 0
	for i := range c.Participants {
		if slices.Contains(want.InConv, person(c, c.Participants[i])) && group[i] >= 0 {
			in++
		}
	}
	if in != len(want.InConv) {
		t.Errorf("%d people, want %d", in, len(want.InConv))
	}
}

// 56 of 70 and 48 of 80 are example (a) of Newcombe 1998; the bounds at 90 % were
// worked out apart with his method 10.
func TestIntervalOfADifference(t *testing.T) {
	if low, high := opinion.DifferenceInterval(56, 70, 48, 80); !near(low, 0.07656419, 1e-7) || !near(high, 0.31364458, 1e-7) {
		t.Errorf("%v to %v", low, high)
	}
	for k1 := range 8 {
		for k2 := range 6 {
			low, high := opinion.DifferenceInterval(k1, 7, k2, 5)
			back, forth := opinion.DifferenceInterval(k2, 5, k1, 7)
			if d := float64(k1)/7 - float64(k2)/5; low > d || high < d || low < -1 || high > 1 || !near(low, -forth, 1e-12) || !near(high, -back, 1e-12) {
				t.Errorf("%d of 7 and %d of 5: %v to %v; the other way %v to %v", k1, k2, low, high, back, forth)
			}
		}
	}
	if low, high := opinion.DifferenceInterval(0, 0, 3, 5); low != -1 || high != 1 {
		t.Errorf("of nobody: %v to %v", low, high)
	}
}

func TestTableTellsNothingOfFewerThanFive(t *testing.T) {
	// 3 is too few; 8 hides it in its row, 7 in its column, and 9 hides those two.
	got := opinion.SuppressTable([][]int{{20, 3, 8}, {19, 7, 9}, {15, 16, 17}})
	want := [][]bool{{false, true, true}, {false, true, true}, {false, false, false}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		counts := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 14), columns, columns), 1, 4).Draw(t, "counts")
		hidden := opinion.SuppressTable(counts)
		line := func(n int, cell func(k int) (int, bool)) {
			people, parts, shown := 0, 0, 0
			for k := range n {
				count, gone := cell(k)
				switch {
				case gone && count > 0:
					people, parts = people+count, parts+1
				case count > 0:
					if count < 5 {
						t.Fatalf("%d is shown in %v", count, counts)
					}
					shown++
				}
			}
			if shown > 0 && parts > 0 && (people < 5 || parts < 2) {
				t.Fatalf("%v without %v: %d people in %d cells follow", counts, hidden, people, parts)
			}
		}
		for i := range counts {
			line(columns, func(j int) (int, bool) { return counts[i][j], hidden[i][j] })
		}
		for j := range columns {
			line(len(counts), func(i int) (int, bool) { return counts[i][j], hidden[i][j] })
		}
	})
}
