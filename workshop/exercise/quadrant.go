package exercise

import (
	"context"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
)

// Quadrant places each item in one of four quarters, such as easy and worth it.
var Quadrant = activity.Kind{Name: "quadrant", Title: "exercise.quadrant", About: "exercise.quadrant.about", Minutes: 8, Sources: "items",
	Settings: []activity.Setting{
		{Name: "items", Label: "exercise.rating.items", Hint: "exercise.lines", Input: activity.Lines, Min: 1, Max: 40},
		{Name: "q1", Label: "exercise.quadrant.q1", Input: activity.Text}, {Name: "q2", Label: "exercise.quadrant.q2", Input: activity.Text},
		{Name: "q3", Label: "exercise.quadrant.q3", Input: activity.Text}, {Name: "q4", Label: "exercise.quadrant.q4", Input: activity.Text},
	},
	Begin: func(t activity.Task) activity.State {
		s := &quadrant{task: t, items: t.Settings.Lines("items"), placed: map[markKey]int{}, people: people{}}
		for i := range s.names {
			s.names[i] = t.Settings["q"+number(i+1)]
		}
		return s
	}}

type quadrant struct {
	task   activity.Task
	people people
	items  []string
	names  [4]string
	placed map[markKey]int // quarter, from 0
}

type quadrantAnswer struct {
	Item    int `json:"item"`
	Quarter int `json:"quarter"`
}

func (s *quadrant) Read(f *form.Form, _ activity.By) string {
	return activity.Body(quadrantAnswer{Item: at(f, "item", len(s.items)), Quarter: at(f, "quarter", 4)})
}

func (s *quadrant) Add(e activity.Entry) {
	var a quadrantAnswer
	if !e.Read(&a) || e.Who.ID == "" || a.Item < 0 || a.Item >= len(s.items) || a.Quarter < 0 || a.Quarter > 3 {
		return
	}
	s.people.met(e)
	s.placed[markKey{e.Who.ID, a.Item}] = a.Quarter
}

func (s *quadrant) People() int { return len(s.people) }

// counts are how many placed an item in each quarter.
func (s *quadrant) counts(item int) (n [4]int) {
	for key, quarter := range s.placed {
		if key.item == item {
			n[quarter]++
		}
	}
	return n
}

// stands are the items of a quarter: those that more people placed there than in
// any other. A tie stands in each of the quarters that share it.
func (s *quadrant) stands(quarter int) (items []int) {
	for i := range s.items {
		n := s.counts(i)
		if most := max(n[0], n[1], n[2], n[3]); most > 0 && n[quarter] == most {
			items = append(items, i)
		}
	}
	return items
}

func (s *quadrant) left(v activity.View) (all []int) {
	for i := range s.items {
		if _, there := s.placed[markKey{v.ID, i}]; !there {
			all = append(all, i)
		}
	}
	return all
}

// own is the quarter in which a participant placed an item, -1 for none.
func (s *quadrant) own(v activity.View, item int) int {
	if quarter, there := s.placed[markKey{v.ID, item}]; there {
		return quarter
	}
	return -1
}

func (s *quadrant) Phone(v activity.View) templ.Component  { return quadrantPhone(v, s) }
func (s *quadrant) Screen(v activity.View) templ.Component { return quadrantScreen(v, s) }

func (s *quadrant) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.quadrant"), Head: append([]string{lang.T(ctx, "exercise.dots.option")}, s.names[:]...)}
	for i, item := range s.items {
		n := s.counts(i)
		t.Rows = append(t.Rows, []any{item, n[0], n[1], n[2], n[3]})
	}
	return []export.Table{t}
}

func (s *quadrant) Sheet(context.Context) (all []activity.Question) {
	for i, item := range s.items {
		all = append(all, activity.Question{Text: number(i+1) + ". " + item, Answers: s.names[:]})
	}
	return all
}

func (s *quadrant) Line(ctx context.Context) string {
	return lang.T(ctx, "exercise.quadrant.line", "Count", len(s.items))
}

// Type reads the number of a quarter for each item: "1 3 4 .".
func (s *quadrant) Type(line string) (bodies []string, err error) {
	marks := compact(line)
	if len(marks) != len(s.items) {
		return nil, errLine("exercise.statements.line.count", "Want", len(s.items), "Have", len(marks))
	}
	for i, mark := range marks {
		if mark == '.' {
			continue
		}
		if mark < '1' || mark > '4' {
			return nil, errLine("exercise.quadrant.line.mark", "Mark", string(mark), "Place", i+1)
		}
		bodies = append(bodies, activity.Body(quadrantAnswer{Item: i, Quarter: int(mark - '1')}))
	}
	return bodies, nil
}
