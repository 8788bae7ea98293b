package exercise

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
)

// Cards is an open question: everybody writes, the wall shows what was written.
var Cards = activity.Kind{Name: "cards", Title: "exercise.cards", About: "exercise.cards.about", Minutes: 7,
	Settings: []activity.Setting{
		{Name: "when", Label: "exercise.cards.when", Hint: "exercise.cards.when.hint", Input: activity.Choose, Default: "after",
			Choices: []activity.Choice{{Value: "after", Label: "exercise.cards.after"}, {Value: "before", Label: "exercise.cards.before"}}},
		{Name: "most", Label: "exercise.cards.most", Input: activity.Number, Default: "10", Min: 1, Max: 50},
	},
	Begin: func(t activity.Task) activity.State {
		return &cards{task: t, people: people{}, most: t.Settings.Int("most", 10), before: t.Settings["when"] == "before"}
	}}

// card is one card. It is never deleted: it is taken back, or hidden.
type card struct {
	ID     store.ID
	Text   string
	Author store.ID // "" for a facilitator
	Hidden bool     // by a facilitator, or not looked at yet
	Judged bool     // a facilitator has looked at it
	Gone   bool     // its author took it back
}

type cards struct {
	task   activity.Task
	people people
	most   int
	before bool
	all    []card
}

const longestCard = 200

// cardAnswer is one line of the log.
type cardAnswer struct {
	Text string   `json:"text,omitempty"`
	Back store.ID `json:"back,omitempty"` // taken back by its author
	Show store.ID `json:"show,omitempty"`
	Hide store.ID `json:"hide,omitempty"`
}

func (s *cards) find(id store.ID) *card {
	i := slices.IndexFunc(s.all, func(c card) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &s.all[i]
}

func (s *cards) Read(f *form.Form, by activity.By) string {
	if id := store.ID(f.Get("card")); id != "" {
		c := s.find(id)
		f.Check(c != nil && (by.Team || c.Author == by.ID), "card", "exercise.cards.gone")
		switch {
		case by.Team && f.Get("act") == "show":
			return activity.Body(cardAnswer{Show: id})
		case by.Team:
			return activity.Body(cardAnswer{Hide: id})
		}
		return activity.Body(cardAnswer{Back: id})
	}
	text := f.Required("text", longestCard)
	if !by.Team && len(s.of(by.ID)) >= s.most {
		f.Add("text", "activity.full")
	}
	return activity.Body(cardAnswer{Text: text})
}

func (s *cards) Add(e activity.Entry) {
	var a cardAnswer
	if !e.Read(&a) {
		return
	}
	switch {
	case a.Text != "":
		s.people.met(e)
		s.all = append(s.all, card{ID: e.ID, Text: a.Text, Author: e.Who.ID, Hidden: s.before && e.Who.ID != "", Judged: e.Who.ID == ""})
	case a.Back != "":
		if c := s.find(a.Back); c != nil && c.Author == e.Who.ID {
			c.Gone = true
		}
	case e.Who.ID != "": // what follows is for facilitators
	case a.Show != "":
		if c := s.find(a.Show); c != nil {
			c.Hidden, c.Judged = false, true
		}
	case a.Hide != "":
		if c := s.find(a.Hide); c != nil {
			c.Hidden, c.Judged = true, true
		}
	}
}

func (s *cards) People() int { return len(s.people) }

// of are the cards of one participant.
func (s *cards) of(who store.ID) (own []card) {
	for _, c := range s.all {
		if c.Author == who && who != "" && !c.Gone {
			own = append(own, c)
		}
	}
	return own
}

// shown are the cards that everybody sees.
func (s *cards) shown() (all []card) {
	for _, c := range s.all {
		if !c.Hidden && !c.Gone {
			all = append(all, c)
		}
	}
	return all
}

// waiting are those that a facilitator has to look at, and hidden those that they
// have hidden.
func (s *cards) waiting() (all []card) {
	for _, c := range s.all {
		if c.Hidden && !c.Judged && !c.Gone {
			all = append(all, c)
		}
	}
	return all
}

func (s *cards) hidden() (all []card) {
	for _, c := range s.all {
		if c.Hidden && c.Judged && !c.Gone {
			all = append(all, c)
		}
	}
	return all
}

// Items are the texts on the wall: dots and clusters take them up.
func (s *cards) Items() (texts []string) {
	for _, c := range s.shown() {
		if !slices.Contains(texts, c.Text) {
			texts = append(texts, c.Text)
		}
	}
	return texts
}

func (s *cards) Phone(v activity.View) templ.Component  { return cardsPhone(v, s) }
func (s *cards) Screen(v activity.View) templ.Component { return cardsScreen(v, s) }
func (s *cards) Lead(v activity.View) templ.Component   { return cardsLead(v, s) }

func (s *cards) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.cards"), Head: export.Titles(ctx, "exercise.cards.text", "exercise.cards.state")}
	for _, c := range s.all {
		if c.Gone {
			continue
		}
		state := "exercise.cards.state.shown"
		if c.Hidden {
			state = "exercise.cards.state.hidden"
		}
		t.Rows = append(t.Rows, []any{c.Text, lang.T(ctx, state)})
	}
	return []export.Table{t}
}

// Sheet is empty lines: what is cut out of it becomes cards.
func (s *cards) Sheet(context.Context) []activity.Question {
	return []activity.Question{{Text: s.task.Title, Lines: 8}}
}

func (s *cards) Line(ctx context.Context) string { return lang.T(ctx, "exercise.cards.line") }

// Type makes one card of a line.
func (s *cards) Type(line string) ([]string, error) {
	f := form.New().Set("text", line)
	text := f.Required("text", longestCard)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return []string{activity.Body(cardAnswer{Text: text})}, nil
}
