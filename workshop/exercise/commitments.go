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

// Commitments is what people take upon themselves: what, which organisation or
// table, by when. They are public, so that nobody's name is asked for.
var Commitments = activity.Kind{Name: "commitments", Title: "exercise.commitments", About: "exercise.commitments.about", Minutes: 10,
	Begin: func(t activity.Task) activity.State { return &commitments{task: t, people: people{}} }}

type commitments struct {
	task   activity.Task
	people people
	all    []commitment
}

// commitment is one of them. Hidden ones were hidden by a facilitator.
type commitment struct {
	ID     store.ID
	Author store.ID
	Hidden bool
	commitmentAnswer
}

type commitmentAnswer struct {
	What string   `json:"what,omitempty"`
	Who  string   `json:"who,omitempty"`
	By   string   `json:"by,omitempty"`
	Back store.ID `json:"back,omitempty"`
	Hide store.ID `json:"hide,omitempty"`
	Show store.ID `json:"show,omitempty"`
}

const mostCommitments = 5 // of one participant

func (s *commitments) find(id store.ID) *commitment {
	i := slices.IndexFunc(s.all, func(c commitment) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &s.all[i]
}

func (s *commitments) Read(f *form.Form, by activity.By) string {
	if id := store.ID(f.Get("card")); id != "" {
		c := s.find(id)
		f.Check(c != nil && (by.Team || c.Author == by.ID), "card", "exercise.cards.gone")
		switch {
		case by.Team && f.Get("act") == "show":
			return activity.Body(commitmentAnswer{Show: id})
		case by.Team:
			return activity.Body(commitmentAnswer{Hide: id})
		}
		return activity.Body(commitmentAnswer{Back: id})
	}
	a := commitmentAnswer{What: f.Required("text", 200), Who: f.Required("who", 120)}
	f.Check(f.Get("by") != "", "by", "form.required")
	if day := f.Date("by"); !day.IsZero() {
		a.By = day.Format("2006-01-02")
	}
	if own := s.of(by.ID); !by.Team && len(own) >= mostCommitments {
		f.Add("text", "activity.full")
	}
	return activity.Body(a)
}

func (s *commitments) Add(e activity.Entry) {
	var a commitmentAnswer
	if !e.Read(&a) {
		return
	}
	mark := func(id store.ID, hidden bool) {
		if c := s.find(id); c != nil {
			c.Hidden = hidden
		}
	}
	switch {
	case a.What != "":
		s.people.met(e)
		s.all = append(s.all, commitment{ID: e.ID, Author: e.Who.ID, commitmentAnswer: a})
	case a.Back != "":
		if c := s.find(a.Back); c != nil && c.Author == e.Who.ID {
			c.Hidden = true
		}
	case e.Who.ID != "":
	case a.Hide != "":
		mark(a.Hide, true)
	case a.Show != "":
		mark(a.Show, false)
	}
}

func (s *commitments) People() int { return len(s.people) }

func (s *commitments) of(who store.ID) (own []commitment) {
	for _, c := range s.shown() {
		if c.Author == who && who != "" {
			own = append(own, c)
		}
	}
	return own
}

// shown are those that everybody sees, the earliest date first.
func (s *commitments) shown() (all []commitment) {
	for _, c := range s.all {
		if !c.Hidden {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b commitment) int { return compareWords(a.By, b.By) })
	return all
}

func (s *commitments) Items() (texts []string) {
	for _, c := range s.shown() {
		texts = append(texts, c.What)
	}
	return texts
}

func (s *commitments) Phone(v activity.View) templ.Component  { return commitmentsPhone(v, s) }
func (s *commitments) Screen(v activity.View) templ.Component { return commitmentsScreen(v, s, false) }
func (s *commitments) Lead(v activity.View) templ.Component   { return commitmentsScreen(v, s, v.Open) }

func (s *commitments) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.commitments"), Head: export.Titles(ctx, "exercise.commitments.what", "exercise.commitments.who", "exercise.commitments.by")}
	for _, c := range s.shown() {
		t.Rows = append(t.Rows, []any{c.What, c.Who, c.By})
	}
	return []export.Table{t}
}

func (s *commitments) Sheet(ctx context.Context) []activity.Question {
	return []activity.Question{{Text: lang.T(ctx, "exercise.commitments.what"), Lines: 3}, {Text: lang.T(ctx, "exercise.commitments.who"), Lines: 1}, {Text: lang.T(ctx, "exercise.commitments.by"), Lines: 1}}
}
