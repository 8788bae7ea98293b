package roadmap_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/document"
	"github.com/wspolnota/wspolnota/foresight/roadmap"
)

// TestSlackOfASmallPlan is worked out by hand: charter and survey run at once, the
// survey can wait 2, and the fair is an event without duration.
func TestSlackOfASmallPlan(t *testing.T) {
	g, err := roadmap.New([]roadmap.Milestone{
		{Name: "fair", After: []string{"charter", "survey"}},
		{Name: "charter", Duration: 5},
		{Name: "survey", Duration: 3},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := g.Schedule(0)
	if s.Finish != 5 || s.Deadline != 5 || !slices.Equal(s.Critical, []string{"charter", "fair"}) {
		t.Errorf("schedule %+v", s)
	}
	survey := s.Steps[2]
	if survey.EarliestFinish != 3 || survey.LatestStart != 2 || survey.Slack != 2 || survey.Free != 2 || survey.Critical {
		t.Errorf("survey %+v", survey)
	}
	late := g.Schedule(4)
	if late.Steps[1].Slack != -1 || late.Steps[1].LatestStart != -1 || !late.Steps[1].Critical || late.Steps[2].Slack != 1 {
		t.Errorf("too late: %+v", late.Steps)
	}
}

func TestBackcastingLooksOnlyAtWhatTheEndNeeds(t *testing.T) {
	g, err := roadmap.New([]roadmap.Milestone{
		{Name: "a", Duration: 2}, {Name: "b", Duration: 4, After: []string{"a"}}, {Name: "end", Duration: 1, After: []string{"a"}}, {Name: "c", Duration: 9},
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := g.Backcast("end", 10)
	if err != nil || len(s.Steps) != 2 || s.Steps[0].Name != "a" || s.Steps[0].LatestStart != 7 || s.Steps[1].LatestStart != 9 || s.Finish != 3 {
		t.Errorf("backcast %+v, %v", s, err)
	}
	if _, err := g.Backcast("nothing", 0); !errors.Is(err, roadmap.ErrGraph) {
		t.Errorf("error %v", err)
	}
}

// anyGraph draws milestones that wait only for earlier ones, in any order.
func anyGraph(t *rapid.T) []roadmap.Milestone {
	n := rapid.IntRange(1, 8).Draw(t, "n")
	list := make([]roadmap.Milestone, n)
	for i := range list {
		list[i] = roadmap.Milestone{Name: fmt.Sprint("m", i), Duration: rapid.IntRange(0, 5).Draw(t, "duration"), NotBefore: rapid.SampledFrom([]int{0, 0, 0, 7}).Draw(t, "not before")}
		for j := range i {
			if rapid.IntRange(0, 2).Draw(t, "waits") == 0 {
				list[i].After = append(list[i].After, list[j].Name)
			}
		}
	}
	return rapid.Permutation(list).Draw(t, "order")
}

// longest tries every chain that ends with a milestone and gives the latest
// moment at which one finishes.
func longest(list []roadmap.Milestone, name string) int {
	at := slices.IndexFunc(list, func(m roadmap.Milestone) bool { return m.Name == name })
	m := list[at]
	begin := m.NotBefore
	for _, before := range m.After {
		begin = max(begin, longest(list, before))
	}
	return begin + m.Duration
}

// tail is the longest chain of durations that begins with a milestone.
func tail(list []roadmap.Milestone, name string) int {
	after := 0
	duration := 0
	for _, m := range list {
		if m.Name == name {
			duration = m.Duration
		}
		if slices.Contains(m.After, name) {
			after = max(after, tail(list, m.Name))
		}
	}
	return duration + after
}

func TestTimesAreLongestPaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyGraph(t)
		g, err := roadmap.New(list)
		if err != nil {
			t.Fatal(err)
		}
		deadline := rapid.SampledFrom([]int{0, 0, 3, 40}).Draw(t, "deadline")
		s := g.Schedule(deadline)
		finish := 0
		for _, m := range list {
			finish = max(finish, longest(list, m.Name))
		}
		if deadline == 0 {
			deadline = finish
		}
		if s.Finish != finish || s.Deadline != deadline {
			t.Fatalf("finish %d of %d, want %d of %d", s.Finish, s.Deadline, finish, deadline)
		}
		critical := 0
		for i, step := range s.Steps {
			if step.Name != list[i].Name || step.EarliestFinish != longest(list, step.Name) || step.LatestStart != deadline-tail(list, step.Name) || step.Slack != step.LatestStart-step.EarliestStart {
				t.Fatalf("%+v, want finish %d, latest start %d", step, longest(list, step.Name), deadline-tail(list, step.Name))
			}
			if step.Slack < deadline-finish || step.Free < 0 || step.Free > step.Slack-(deadline-finish) {
				t.Fatalf("slack %d, free %d", step.Slack, step.Free)
			}
			if step.Critical {
				critical++
			}
		}
		if critical == 0 {
			t.Fatal("nothing is critical")
		}
		checkPath(t, s)
	})
}

// checkPath: each milestone of the critical path begins when the one before is
// finished, and the last is the end of all.
func checkPath(t *rapid.T, s roadmap.Schedule) {
	step := func(name string) roadmap.Step {
		return s.Steps[slices.IndexFunc(s.Steps, func(x roadmap.Step) bool { return x.Name == name })]
	}
	for i, name := range s.Critical {
		now := step(name)
		if i > 0 && (now.EarliestStart != step(s.Critical[i-1]).EarliestFinish || !slices.Contains(now.After, s.Critical[i-1])) {
			t.Fatalf("path %v breaks before %s", s.Critical, name)
		}
		if !now.Critical {
			t.Fatalf("%s of the path %v is not critical", name, s.Critical)
		}
	}
	if last := s.Critical[len(s.Critical)-1]; step(last).EarliestFinish != s.Finish {
		t.Fatalf("path %v does not reach the end", s.Critical)
	}
	if first := step(s.Critical[0]); first.EarliestStart != first.NotBefore {
		t.Fatalf("path %v does not begin at a beginning", s.Critical)
	}
}

func TestCirclesAreNamed(t *testing.T) {
	_, err := roadmap.New([]roadmap.Milestone{
		{Name: "a", After: []string{"c"}}, {Name: "b", After: []string{"a"}}, {Name: "c", After: []string{"b"}},
		{Name: "d", After: []string{"a"}}, {Name: "e", After: []string{"e"}},
	})
	var circle *roadmap.CycleError
	if !errors.As(err, &circle) || len(circle.Cycles) != 2 {
		t.Fatalf("error %v", err)
	}
	if want := "a → b → c → a; e → e"; !strings.Contains(err.Error(), want) {
		t.Errorf("error %q, want %q", err, want)
	}
}

func TestEveryCircleIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		list := make([]roadmap.Milestone, n)
		reach := make([][]bool, n)
		for i := range list {
			list[i].Name = fmt.Sprint("m", i)
			reach[i] = make([]bool, n)
			for j := range n {
				if rapid.IntRange(0, 4).Draw(t, "waits") == 0 {
					list[i].After = append(list[i].After, fmt.Sprint("m", j))
					reach[i][j] = true
				}
			}
		}
		for k := range n {
			for i := range n {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
				}
			}
		}
		_, err := roadmap.New(list)
		var circle *roadmap.CycleError
		errors.As(err, &circle)
		for i := range n {
			named := circle != nil && slices.ContainsFunc(circle.Cycles, func(c []string) bool { return slices.Contains(c, list[i].Name) })
			if named != reach[i][i] {
				t.Fatalf("%s: named %v, in a circle %v: %v", list[i].Name, named, reach[i][i], err)
			}
		}
	})
}

func TestRobustMeasures(t *testing.T) {
	got, err := roadmap.Robust([]string{"growth", "decline", "split"}, []roadmap.Measure{
		{Name: "hall", Values: []float64{5, -2, 1}}, {Name: "fund", Values: []float64{2, 2, 2}}, {Name: "app", Values: []float64{3, 0, 0}},
	}, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Name != "fund" || got[0].UsefulIn != 3 || got[0].MaxRegret != 3 || !got[0].Robust || got[0].Least != 2 {
		t.Errorf("first %+v", got[0])
	}
	if got[1].Name != "hall" || got[1].UsefulIn != 2 || !slices.Equal(got[1].Regret, []float64{0, 4, 1}) || got[2].Robust {
		t.Errorf("second %+v, third %+v", got[1], got[2])
	}
}

func TestRegretIsNeverNegativeAndSomebodyHasNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "scenarios")
		scenarios := make([]string, n)
		var measures []roadmap.Measure
		for i := range rapid.IntRange(1, 6).Draw(t, "measures") {
			measures = append(measures, roadmap.Measure{Name: fmt.Sprint(i), Values: rapid.SliceOfN(rapid.Float64Range(-9, 9), n, n).Draw(t, "values")})
		}
		table, err := roadmap.Robust(scenarios, measures, 0, 1)
		if err != nil || len(table) != len(measures) {
			t.Fatal(err)
		}
		for s := range n {
			none := false
			for _, r := range table {
				none = none || r.Regret[s] == 0
				if r.Regret[s] < 0 || r.Regret[s] > r.MaxRegret {
					t.Fatalf("regret %v", r)
				}
			}
			if !none {
				t.Fatalf("no measure is the best in scenario %d", s)
			}
		}
	})
}

func TestMeasuresThatCannotBeComparedAreRefused(t *testing.T) {
	one := []string{"s"}
	for name, m := range map[string][]roadmap.Measure{
		"blank": {{Name: " ", Values: []float64{1}}}, "twice": {{Name: "a", Values: []float64{1}}, {Name: "a", Values: []float64{1}}},
		"short": {{Name: "a"}}, "not finite": {{Name: "a", Values: []float64{math.NaN()}}},
	} {
		if _, err := roadmap.Robust(one, m, 0, 1); !errors.Is(err, roadmap.ErrMeasures) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := roadmap.Robust(nil, nil, 0, 1); !errors.Is(err, roadmap.ErrMeasures) {
		t.Errorf("no scenario: error %v", err)
	}
}

func TestMistakesInThePlanAreShown(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"none", `{}`, `expected a field "milestones"`},
		{"empty", `{"milestones": []}`, "expected 1 to 5000 milestones, found 0"},
		{"no name", `{"milestones": [{}]}`, `expected a field "name"`},
		{"blank", `{"milestones": [{"name": " "}]}`, "expected a name for each milestone, this one is blank"},
		{"twice", "{\"milestones\": [{\"name\": \"a\"},\n{\"name\": \"a\"}]}", `line 2: two milestones are called "a"`},
		{"unknown", "{\"milestones\": [\n{\"name\": \"a\", \"after\": [\"b\"]}]}", `line 2: "a" waits for "b", which is not there`},
		{"duration", `{"milestones": [{"name": "a", "duration": -1}]}`, "expected a whole number from 0 to 1000000, found -1"},
		{"circle", "{\"milestones\": [\n{\"name\": \"a\", \"after\": [\"b\"]},\n{\"name\": \"b\", \"after\": [\"a\"]}]}", "line 2: roadmap: milestones wait for one another in a circle: a → b → a"},
		{"measures alone", `{"milestones": [{"name": "a"}], "measures": []}`, `expected "scenarios" beside "measures"`},
		{"values", "{\"milestones\": [{\"name\": \"a\"}], \"scenarios\": [\"s\"], \"measures\": [\n{\"name\": \"m\", \"values\": [1, 2]}]}", `line 2: expected 1 values of "m", one per scenario, found 2`},
		{"robust in", `{"milestones": [{"name": "a"}], "scenarios": ["s"], "robust_in": 2, "measures": []}`, "expected a whole number from 1 to 1, found 2"},
		{"million", `{"milestones": [` + strings.Repeat(`{"name":"a"},`, 600_000) + `{}]}`, "more than 500000 values"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := roadmap.Read(strings.NewReader(tt.text))
			var mistake *document.Error
			if !errors.As(err, &mistake) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestGraphOutOfShapeIsRefused(t *testing.T) {
	for name, list := range map[string][]roadmap.Milestone{
		"blank": {{Name: ""}}, "twice": {{Name: "a"}, {Name: "a"}}, "duration": {{Name: "a", Duration: -1}},
		"date": {{Name: "a", NotBefore: 1_000_001}}, "unknown": {{Name: "a", After: []string{"b"}}}, "many": make([]roadmap.Milestone, 5001),
	} {
		if _, err := roadmap.New(list); !errors.Is(err, roadmap.ErrGraph) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestPictureHasALanePerName(t *testing.T) {
	g, err := roadmap.New([]roadmap.Milestone{{Name: "a & b", Lane: "what", Duration: 3, Sector: "ngo"}, {Name: "c", Lane: "how", Duration: 130}})
	if err != nil {
		t.Fatal(err)
	}
	c := g.Schedule(0).Chart("r", roadmap.English)
	d := xml.NewDecoder(strings.NewReader(c.SVG))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{">what</text>", ">how</text>", "a &amp; b", ">20</text>", "fill-ngo"} {
		if !strings.Contains(c.SVG, want) {
			t.Errorf("%s is not drawn", want)
		}
	}
	if len(c.Table.Rows) != 2 || len(c.Legend) != 1 {
		t.Errorf("table %v, legend %v", c.Table.Rows, c.Legend)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"milestones": [{"name": "a", "duration": 2}, {"name": "b", "after": ["a"], "not_before": 3}], "deadline": 9, "scenarios": ["s"], "measures": [{"name": "m", "values": [1.5]}]}`,
		`{"milestones": [{"name": "a", "after": ["a"]}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := roadmap.Read(bytes.NewReader(text))
		var mistake *document.Error
		if err != nil {
			if !errors.As(err, &mistake) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if s := p.Schedule(p.Deadline); len(s.Steps) != len(p.Milestones()) || len(s.Critical) == 0 {
			t.Fatalf("schedule %+v", s)
		}
		if len(p.Scenarios) > 0 {
			if _, err := roadmap.Robust(p.Scenarios, p.Measures, p.Threshold, p.RobustFrom); err != nil {
				t.Fatalf("what was read is refused: %v", err)
			}
		}
	})
}
