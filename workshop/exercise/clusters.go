package exercise

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
)

// Clusters puts cards together: everybody moves cards at once and sees the moves
// of the others. A card stands in one cluster or in none; it is never taken away,
// so that whatever two people do at the same time, no card is lost.
var Clusters = activity.Kind{Name: "clusters", Title: "exercise.clusters", About: "exercise.clusters.about", Minutes: 10, Sources: "cards", Shared: true,
	Settings: []activity.Setting{{Name: "cards", Label: "exercise.clusters.cards", Hint: "exercise.lines", Input: activity.Lines, Min: 2, Max: 200}},
	Begin: func(t activity.Task) activity.State {
		return &clusters{task: t, people: people{}, cards: t.Settings.Lines("cards"), in: map[int]string{}}
	}}

type clusters struct {
	task   activity.Task
	people people
	cards  []string
	in     map[int]string // name of the cluster in which a card stands
}

type clusterAnswer struct {
	Card int    `json:"card"`           // place of a card
	To   string `json:"to"`             // the cluster it goes to, "" for none
	From string `json:"from,omitempty"` // a cluster that gets the name To, with all its cards
}

const longestCluster = 60

func (s *clusters) Read(f *form.Form, by activity.By) string {
	to := f.Text("new", longestCluster)
	if to == "" {
		to = f.Text("to", longestCluster)
	}
	if from := f.Text("from", longestCluster); from != "" {
		f.Check(to != "", "new", "form.required")
		return activity.Body(clusterAnswer{From: from, To: to})
	}
	return activity.Body(clusterAnswer{Card: at(f, "card", len(s.cards)), To: to})
}

func (s *clusters) Add(e activity.Entry) {
	var a clusterAnswer
	if !e.Read(&a) {
		return
	}
	s.people.met(e)
	if a.From != "" {
		for card, name := range s.in {
			if name == a.From && a.To != "" {
				s.in[card] = a.To
			}
		}
		return
	}
	if a.Card < 0 || a.Card >= len(s.cards) {
		return
	}
	if a.To == "" {
		delete(s.in, a.Card)
	} else {
		s.in[a.Card] = a.To
	}
}

func (s *clusters) People() int { return len(s.people) }

// cluster is cards that stand together; the one without a name is those that do
// not stand anywhere yet.
type cluster struct {
	Name  string
	Cards []int
}

// all are the clusters by name, those cards first that stand nowhere.
func (s *clusters) all() []cluster {
	loose := cluster{}
	for i := range s.cards {
		if s.in[i] == "" {
			loose.Cards = append(loose.Cards, i)
		}
	}
	out := []cluster{loose}
	for _, name := range s.names() {
		c := cluster{Name: name}
		for i := range s.cards {
			if s.in[i] == name {
				c.Cards = append(c.Cards, i)
			}
		}
		out = append(out, c)
	}
	return out
}

func (s *clusters) names() (names []string) {
	for _, name := range s.in {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return compareWords(a, b) })
	return names
}

// Items are the clusters, then the cards that stand nowhere.
func (s *clusters) Items() []string {
	names := s.names()
	for i, text := range s.cards {
		if s.in[i] == "" {
			names = append(names, text)
		}
	}
	return names
}

func (s *clusters) Phone(v activity.View) templ.Component  { return clustersBoard(v, s) }
func (s *clusters) Screen(v activity.View) templ.Component { return clustersScreen(v, s) }
func (s *clusters) Lead(v activity.View) templ.Component   { return clustersBoard(v, s) }

func (s *clusters) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.clusters"), Head: export.Titles(ctx, "exercise.clusters.cluster", "exercise.cards.text")}
	for _, c := range s.all() {
		for _, i := range c.Cards {
			t.Rows = append(t.Rows, []any{c.Name, s.cards[i]})
		}
	}
	return []export.Table{t}
}

// cardID is the id under which focus comes back to a card.
func cardID(v activity.View, card int) string { return chartID(v, "karta-"+number(card+1)) }
