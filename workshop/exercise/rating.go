package exercise

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
)

// Rating marks each item on two scales from one to five, such as importance and
// uncertainty.
var Rating = activity.Kind{Name: "rating", Title: "exercise.rating", About: "exercise.rating.about", Minutes: 8, Sources: "items",
	Settings: []activity.Setting{
		{Name: "items", Label: "exercise.rating.items", Hint: "exercise.lines", Input: activity.Lines, Min: 1, Max: 40},
		{Name: "across", Label: "exercise.rating.across", Hint: "exercise.rating.across.hint", Input: activity.Text, Default: ""},
		{Name: "up", Label: "exercise.rating.up", Hint: "exercise.rating.up.hint", Input: activity.Text, Default: ""},
	},
	Begin: func(t activity.Task) activity.State {
		return &rating{task: t, items: t.Settings.Lines("items"), marks: map[markKey][2]int{}, people: people{}}
	}}

type rating struct {
	task   activity.Task
	people people
	items  []string
	marks  map[markKey][2]int // across, up
}

// markKey is an item as one participant sees it.
type markKey struct {
	who  store.ID
	item int
}

type ratingAnswer struct {
	Item   int `json:"item"`
	Across int `json:"across"`
	Up     int `json:"up"`
}

const highestMark = 5

func (s *rating) Read(f *form.Form, _ activity.By) string {
	a := ratingAnswer{Item: at(f, "item", len(s.items))}
	for name, to := range map[string]*int{"across": &a.Across, "up": &a.Up} {
		if f.Get(name) == "" {
			f.Add(name, "form.choose")
			continue
		}
		*to = f.Int(name, 1, highestMark)
	}
	return activity.Body(a)
}

func (s *rating) Add(e activity.Entry) {
	var a ratingAnswer
	inside := func(n int) bool { return n >= 1 && n <= highestMark }
	if !e.Read(&a) || e.Who.ID == "" || a.Item < 0 || a.Item >= len(s.items) || !inside(a.Across) || !inside(a.Up) {
		return
	}
	s.people.met(e)
	s.marks[markKey{e.Who.ID, a.Item}] = [2]int{a.Across, a.Up}
}

func (s *rating) People() int { return len(s.people) }

// mean is what an item got from n people.
func (s *rating) mean(item int) (across, up float64, n int) {
	for key, m := range s.marks {
		if key.item == item {
			across, up, n = across+float64(m[0]), up+float64(m[1]), n+1
		}
	}
	if n > 0 {
		across, up = across/float64(n), up/float64(n)
	}
	return across, up, n
}

func (s *rating) Phone(v activity.View) templ.Component  { return ratingPhone(v, s) }
func (s *rating) Screen(v activity.View) templ.Component { return ratingScreen(v, s) }

// left are the items that a participant has not marked.
func (s *rating) left(who store.ID) (all []int) {
	for i := range s.items {
		if _, marked := s.marks[markKey{who, i}]; !marked {
			all = append(all, i)
		}
	}
	return all
}

func (s *rating) chart(ctx context.Context, v activity.View) chart.Chart {
	across, up := v.Settings["across"], v.Settings["up"]
	c := chart.PlaneChart{ID: chartID(v, "oceny"), Title: lang.T(ctx, "exercise.rating.result"), Description: lang.N(ctx, "exercise.people", s.People()),
		Across: across, Up: up, Middle: [2]float64{3, 3}, Head: []string{lang.T(ctx, "exercise.dots.option"), across, up, lang.T(ctx, "exercise.rating.marks")}}
	for i, item := range s.items {
		x, y, n := s.mean(i)
		if n == 0 {
			continue
		}
		c.Points = append(c.Points, chart.Point{Name: number(i+1) + ". " + item, Mark: number(i + 1), Across: x, Up: y, Cells: []string{decimal(ctx, x), decimal(ctx, y), number(n)}})
	}
	return chart.Plane(c)
}

func (s *rating) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.rating"), Head: []string{lang.T(ctx, "exercise.dots.option"), s.task.Settings["across"], s.task.Settings["up"], lang.T(ctx, "exercise.rating.marks")}}
	for i, item := range s.items {
		x, y, n := s.mean(i)
		t.Rows = append(t.Rows, []any{item, x, y, n})
	}
	return []export.Table{t}
}

func (s *rating) Sheet(ctx context.Context) (all []activity.Question) {
	marks := []string{"1", "2", "3", "4", "5"}
	for i, item := range s.items {
		for _, scale := range []string{"across", "up"} {
			all = append(all, activity.Question{Text: fmt.Sprintf("%d. %s: %s", i+1, item, s.task.Settings[scale]), Answers: marks})
		}
	}
	return all
}

func (s *rating) Line(ctx context.Context) string {
	return lang.T(ctx, "exercise.rating.line", "Count", len(s.items))
}

// Type reads two marks for each item: "53 41 .." with dots where the sheet is
// empty.
func (s *rating) Type(line string) (bodies []string, err error) {
	marks := compact(line)
	if len(marks) != 2*len(s.items) {
		return nil, errLine("exercise.statements.line.count", "Want", 2*len(s.items), "Have", len(marks))
	}
	for i := range s.items {
		a := ratingAnswer{Item: i, Across: int(marks[2*i] - '0'), Up: int(marks[2*i+1] - '0')}
		if marks[2*i] == '.' && marks[2*i+1] == '.' {
			continue
		}
		for j, n := range []int{a.Across, a.Up} {
			if n < 1 || n > highestMark {
				return nil, errLine("exercise.rating.line.mark", "Mark", string(marks[2*i+j]), "Place", 2*i+j+1)
			}
		}
		bodies = append(bodies, activity.Body(a))
	}
	return bodies, nil
}
