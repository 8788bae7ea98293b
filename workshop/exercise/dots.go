package exercise

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
)

// Dots is a vote with a few dots among many options.
var Dots = activity.Kind{Name: "dots", Title: "exercise.dots", About: "exercise.dots.about", Minutes: 4, Sources: "options",
	Settings: []activity.Setting{
		{Name: "options", Label: "exercise.dots.options", Hint: "exercise.lines", Input: activity.Lines, Min: 2, Max: 100},
		{Name: "dots", Label: "exercise.dots.dots", Input: activity.Number, Default: "3", Min: 1, Max: 20},
	},
	Begin: func(t activity.Task) activity.State {
		return &dots{task: t, options: t.Settings.Lines("options"), dots: t.Settings.Int("dots", 3), given: map[store.ID][]int{}}
	}}

type dots struct {
	task    activity.Task
	options []string
	dots    int
	given   map[store.ID][]int // by participant: the options they chose
	hands   []int              // counted in the room
}

type dotsAnswer struct {
	Chosen []int `json:"chosen,omitempty"` // all of a participant, in place of what they chose before
	Hands  []int `json:"hands,omitempty"`
}

func (s *dots) Read(f *form.Form, by activity.By) string {
	if by.Team {
		return s.Hands(readHands(f, len(s.options)))
	}
	a := dotsAnswer{Chosen: []int{}}
	for _, value := range f.All("option") {
		i, err := strconv.Atoi(value)
		if err != nil || i < 1 || i > len(s.options) {
			f.Add("option", "form.not_offered")
			return ""
		}
		if !slices.Contains(a.Chosen, i-1) {
			a.Chosen = append(a.Chosen, i-1)
		}
	}
	f.Check(len(a.Chosen) > 0, "option", "form.choose")
	f.Check(len(a.Chosen) <= s.dots, "option", "exercise.dots.many", "Max", s.dots)
	return activity.Body(a)
}

func (s *dots) Add(e activity.Entry) {
	var a dotsAnswer
	if !e.Read(&a) {
		return
	}
	if e.Who.ID == "" {
		s.hands = a.Hands
		return
	}
	if len(a.Chosen) <= s.dots && !slices.ContainsFunc(a.Chosen, func(i int) bool { return i < 0 || i >= len(s.options) }) {
		s.given[e.Who.ID] = a.Chosen
	}
}

func (s *dots) People() int { return len(s.given) }

// totals are the dots of each option, hands among them.
func (s *dots) totals() []int {
	all := make([]int, len(s.options))
	for _, chosen := range s.given {
		for _, i := range chosen {
			all[i]++
		}
	}
	for i, n := range s.hands {
		if i < len(all) {
			all[i] += n
		}
	}
	return all
}

// ranked are the places of the options, those with most dots first.
func (s *dots) ranked() (order, totals []int) {
	totals = s.totals()
	for i := range totals {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(totals[b], totals[a]) })
	return order, totals
}

// Items are the options in the order of their dots: what is taken up first comes
// first.
func (s *dots) Items() (texts []string) {
	order, _ := s.ranked()
	for _, i := range order {
		texts = append(texts, s.options[i])
	}
	return texts
}

func (s *dots) Phone(v activity.View) templ.Component  { return dotsPhone(v, s) }
func (s *dots) Screen(v activity.View) templ.Component { return dotsScreen(v, s) }
func (s *dots) Lead(v activity.View) templ.Component   { return handsForm(v, s.options, s.hands) }

func (s *dots) chart(ctx context.Context, v activity.View) chart.Chart {
	c := chart.BarChart{ID: chartID(v, "kropki"), Title: lang.T(ctx, "exercise.dots.result"), Description: lang.N(ctx, "exercise.people", s.People()),
		Head: []string{lang.T(ctx, "exercise.dots.option"), lang.T(ctx, "exercise.dots.number")}}
	order, totals := s.ranked()
	for _, i := range order {
		c.Bars = append(c.Bars, chart.Bar{Label: s.options[i], Value: chart.Value{Number: float64(totals[i]), Text: number(totals[i])}})
	}
	return chart.Bars(c)
}

func (s *dots) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.dots"), Head: export.Titles(ctx, "exercise.dots.option", "exercise.dots.number", "exercise.hands.of_them")}
	order, totals := s.ranked()
	for _, i := range order {
		hands := 0
		if i < len(s.hands) {
			hands = s.hands[i]
		}
		t.Rows = append(t.Rows, []any{s.options[i], totals[i], hands})
	}
	return []export.Table{t}
}

func (s *dots) Sheet(ctx context.Context) (all []activity.Question) {
	for i, option := range s.options {
		all = append(all, activity.Question{Text: number(i+1) + ". " + option, Answers: []string{""}})
	}
	return all
}

func (s *dots) Line(ctx context.Context) string { return lang.T(ctx, "exercise.dots.line") }

// Type reads the numbers of the options on a sheet: "1 4 7".
func (s *dots) Type(line string) ([]string, error) {
	f := form.New().SetAll("option", strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }))
	body := s.Read(f, activity.By{})
	return []string{body}, f.Err()
}

func (s *dots) Options(context.Context) []string { return s.options }

func (s *dots) Hands(counts []int) string { return activity.Body(dotsAnswer{Hands: counts}) }

// mostHands is more than any hall of the programme has.
const mostHands = 2000

// readHands reads one number for each of n options.
func readHands(f *form.Form, n int) []int {
	counts := make([]int, n)
	for i := range counts {
		name := "hands-" + number(i+1)
		if f.Get(name) != "" {
			counts[i] = f.Int(name, 0, mostHands)
		}
	}
	return counts
}

// errLine refuses a line that is not written as its hint says.
func errLine(key string, args ...any) error { return fault.Invalid(key, args...) }
