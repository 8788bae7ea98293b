package exercise

import (
	"cmp"
	"context"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Relations is the map of who is in contact with whom across the two sectors: by
// which channel, how often, how soon an answer comes, how far they trust. Set
// beside an earlier one it tells what has changed.
var Relations = activity.Kind{Name: "relations", Title: "exercise.relations", About: "exercise.relations.about", Minutes: 15, Compares: true,
	Settings: []activity.Setting{
		{Name: "offices", Label: "exercise.relations.offices", Hint: "exercise.relations.offices.hint", Input: activity.Lines, Min: 1, Max: 20},
		{Name: "ngos", Label: "exercise.relations.ngos", Hint: "exercise.relations.ngos.hint", Input: activity.Lines, Min: 1, Max: 30},
	},
	Begin: func(t activity.Task) activity.State {
		return &relations{task: t, people: people{}, sides: [2][]string{t.Settings.Lines("offices"), t.Settings.Lines("ngos")}, said: map[pairKey]relationAnswer{}}
	}}

type relations struct {
	task   activity.Task
	people people
	sides  [2][]string // offices, organisations
	said   map[pairKey]relationAnswer
	before *relations // set beside this one, nil for none
}

// pairKey is a pair of parties as one participant sees it.
type pairKey struct {
	who         store.ID
	office, ngo int
}

type relationAnswer struct {
	Office  int    `json:"office"`
	NGO     int    `json:"ngo"`
	Channel string `json:"channel"` // "" for no contact
	Often   int    `json:"often"`   // 0 never to 4 each week
	Soon    int    `json:"soon"`    // 1 weeks to 4 the same day
	Trust   int    `json:"trust"`   // 1 to 5
}

// Channels by which parties are in contact.
var channels = []string{"meeting", "phone", "mail", "letter", "portal"}

const (
	mostOften = 4
	mostSoon  = 4
	mostTrust = 5
)

func (s *relations) Read(f *form.Form, _ activity.By) string {
	a := relationAnswer{Office: at(f, "office", len(s.sides[0])), NGO: at(f, "ngo", len(s.sides[1])), Often: f.Int("often", 0, mostOften)}
	if a.Often > 0 {
		a.Channel = f.Choice("channel", channels...)
		a.Soon, a.Trust = f.Int("soon", 1, mostSoon), f.Int("trust", 1, mostTrust)
	}
	return activity.Body(a)
}

func (s *relations) Add(e activity.Entry) {
	var a relationAnswer
	if !e.Read(&a) || e.Who.ID == "" || a.Office < 0 || a.Office >= len(s.sides[0]) || a.NGO < 0 || a.NGO >= len(s.sides[1]) ||
		a.Often < 0 || a.Often > mostOften {
		return
	}
	s.people.met(e)
	s.said[pairKey{e.Who.ID, a.Office, a.NGO}] = a
}

func (s *relations) People() int { return len(s.people) }

// Compare sets the state beside an earlier one; parties are matched by name.
func (s *relations) Compare(before activity.State) { s.before, _ = before.(*relations) }

// tie is a pair of parties as those see it who said something about it.
type tie struct {
	Office, NGO        int
	Said               int
	Often, Soon, Trust float64 // means
	Channel            string  // named most often
}

// ties are the pairs about which anything was said, office by office.
func (s *relations) ties() []tie {
	sums := map[[2]int]*tie{}
	named := map[[2]int]map[string]int{}
	contacts := map[[2]int]int{}
	for key, a := range s.said {
		pair := [2]int{key.office, key.ngo}
		if sums[pair] == nil {
			sums[pair], named[pair] = &tie{Office: key.office, NGO: key.ngo}, map[string]int{}
		}
		t := sums[pair]
		t.Said++
		t.Often += float64(a.Often)
		if a.Often > 0 {
			contacts[pair]++
			t.Soon, t.Trust = t.Soon+float64(a.Soon), t.Trust+float64(a.Trust)
			named[pair][a.Channel]++
		}
	}
	var all []tie
	for pair, t := range sums {
		t.Often /= float64(t.Said)
		if n := float64(contacts[pair]); n > 0 {
			t.Soon, t.Trust = t.Soon/n, t.Trust/n
		}
		for _, c := range channels {
			if named[pair][c] > named[pair][t.Channel] {
				t.Channel = c
			}
		}
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b tie) int { return cmp.Or(cmp.Compare(a.Office, b.Office), cmp.Compare(a.NGO, b.NGO)) })
	return all
}

// earlier is the tie between the same parties before; false: nobody told of it.
func (s *relations) earlier(t tie) (tie, bool) {
	if s.before == nil {
		return tie{}, false
	}
	for _, old := range s.before.ties() {
		if s.before.sides[0][old.Office] == s.sides[0][t.Office] && s.before.sides[1][old.NGO] == s.sides[1][t.NGO] {
			return old, true
		}
	}
	return tie{}, false
}

func (s *relations) Phone(v activity.View) templ.Component  { return relationsPhone(v, s) }
func (s *relations) Screen(v activity.View) templ.Component { return relationsScreen(v, s) }

// own are the pairs of which a participant has told.
func (s *relations) own(who store.ID) (all []relationAnswer) {
	for key, a := range s.said {
		if key.who == who {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b relationAnswer) int {
		return cmp.Or(cmp.Compare(a.Office, b.Office), cmp.Compare(a.NGO, b.NGO))
	})
	return all
}

func (s *relations) chart(ctx context.Context, v activity.View) chart.Chart {
	c := chart.NetworkChart{ID: chartID(v, "relacje"), Title: lang.T(ctx, "exercise.relations.result"), Description: lang.T(ctx, "exercise.relations.how"),
		Signs: [2]string{string(ui.Administration), string(ui.NGO)}, Head: s.head(ctx)}
	for side, names := range s.sides {
		for i, name := range names {
			marked := chart.PartyMark(side, i) + ". " + name
			if side == 0 {
				c.Left = append(c.Left, marked)
			} else {
				c.Right = append(c.Right, marked)
			}
		}
	}
	for _, t := range s.ties() {
		old, known := s.earlier(t)
		if t.Often == 0 && (!known || old.Often == 0) {
			continue
		}
		c.Ties = append(c.Ties, chart.Tie{Left: t.Office, Right: t.NGO, Strength: t.Often / mostOften, Doubted: t.Trust < 3 && t.Often > 0,
			New: known && old.Often == 0, Gone: t.Often == 0, Cells: s.cells(ctx, t)})
	}
	return chart.Network(c)
}

func (s *relations) head(ctx context.Context) []string {
	head := export.Titles(ctx, "exercise.relations.office", "exercise.relations.ngo", "exercise.relations.channel", "exercise.relations.often", "exercise.relations.soon", "exercise.relations.trust", "exercise.relations.said")
	if s.before != nil {
		head = append(head, lang.T(ctx, "exercise.relations.change"))
	}
	return head
}

// cells tell of a tie, in the table and in the download.
func (s *relations) cells(ctx context.Context, t tie) []string {
	channel := lang.T(ctx, "exercise.relations.channel.none")
	if t.Channel != "" {
		channel = lang.T(ctx, "exercise.relations.channel."+t.Channel)
	}
	cells := []string{channel, decimal(ctx, t.Often), decimal(ctx, t.Soon), decimal(ctx, t.Trust), number(t.Said)}
	if s.before == nil {
		return cells
	}
	old, known := s.earlier(t)
	if !known {
		return append(cells, lang.T(ctx, "exercise.relations.change.unknown"))
	}
	return append(cells, lang.T(ctx, "exercise.relations.change.words", "Often", signed(ctx, t.Often-old.Often), "Trust", signed(ctx, t.Trust-old.Trust)))
}

func signed(ctx context.Context, x float64) string {
	if x > 0 {
		return "+" + decimal(ctx, x)
	}
	return decimal(ctx, x)
}

func (s *relations) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.relations"), Head: s.head(ctx)}
	for _, one := range s.ties() {
		row := []any{s.sides[0][one.Office], s.sides[1][one.NGO]}
		for _, cell := range s.cells(ctx, one) {
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return []export.Table{t}
}
