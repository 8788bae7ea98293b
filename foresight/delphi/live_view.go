package delphi

import (
	"errors"
	"fmt"
	"math"
)

// Now reports an item as it stands, for the facilitator and for the end. What
// too few people stand behind is hidden, but whoever compares two moments may
// learn a single answer: participants get Shown.
func (l *Live) Now(item string) (RoundReport, error) {
	s, err := l.item(item)
	if err != nil {
		return RoundReport{}, err
	}
	return s.report(&s.nowReport, s.now, l), nil
}

// Initial reports the first answers to an item, before anybody saw the others.
func (l *Live) Initial(item string) (RoundReport, error) {
	s, err := l.item(item)
	if err != nil {
		return RoundReport{}, err
	}
	return s.report(new(*RoundReport), s.first, l), nil
}

// Shown reports an item as participants may see it. The part of a sector moves
// only when at least Options.Least of its experts have an answer other than the
// one shown, all of them at once; the total is the sum of these parts. So nobody
// learns one answer by looking before and after it, not even by subtracting
// sectors. The price is that the last few changes are not seen until more
// follow, and that a sector of fewer people is seen only in the end.
func (l *Live) Shown(item string) (RoundReport, error) {
	s, err := l.item(item)
	if err != nil {
		return RoundReport{}, err
	}
	return s.report(&s.shownReport, s.shown, l), nil
}

// Refresh reports all items as they stand, in their order. Only those that
// changed since they were last asked for are measured again.
func (l *Live) Refresh() []RoundReport {
	reports := make([]RoundReport, len(l.items))
	for i := range l.state {
		s := &l.state[i]
		reports[i] = s.report(&s.nowReport, s.now, l)
	}
	return reports
}

// Report is the panel as it stands, in the form of a panel in rounds: for the
// end, for exports and pictures. It has one round and no concordance.
func (l *Live) Report() Report {
	r := Report{Options: l.options, Experts: len(l.member), Sectors: l.sectors, Rounds: []int{1}}
	for i, round := range l.Refresh() {
		r.Items = append(r.Items, ItemReport{Item: l.items[i], Rounds: []RoundReport{round}})
	}
	return r
}

func (l *Live) item(name string) (*liveItem, error) {
	i, known := l.known[name]
	if !known {
		return nil, fmt.Errorf("%w: there is no item %q", ErrEntry, name)
	}
	return &l.state[i], nil
}

// report measures parts unless it is remembered.
func (s *liveItem) report(remembered **RoundReport, p parts, l *Live) RoundReport {
	if *remembered == nil {
		r := ReportRound(p.all.Clone(), l.sectors, cloned(p.sectors), l.options.Rule, l.options)
		r.Round = 1
		*remembered = &r
	}
	return **remembered
}

func cloned(tallies []Tally) []Tally {
	var clones []Tally
	for _, t := range tallies {
		clones = append(clones, t.Clone())
	}
	return clones
}

// Moved compares the first answer to an item with the present one, of those who
// have both. Hidden, too few have.
func (l *Live) Moved(item string) (StepReport, error) {
	s, err := l.item(item)
	if err != nil {
		return StepReport{}, err
	}
	var pairs []Pair
	for _, a := range s.answers {
		if !math.IsNaN(a.first) && !math.IsNaN(a.now) {
			pairs = append(pairs, Pair{a.first, a.now})
		}
	}
	step := StepReport{From: 1, To: 1, Hidden: len(pairs) < l.options.Least}
	if !step.Hidden {
		step.Change, err = Compare(pairs, s.first.all, s.now.all)
	}
	return step, err
}

// ErrAnswerFirst says that an expert has not answered an item yet and may not
// see it, so that the first answer is their own.
var ErrAnswerFirst = errors.New("delphi: answer first, then see the others")

// Feedback is what an expert sees of an item.
type Feedback struct {
	Own    float64
	Shown  RoundReport
	Inside bool // Own lies between the quartiles shown; true where they are hidden
	Reason string
}

// Feedback is what an expert gets to see of an item, from the first own answer
// on; before it gives ErrAnswerFirst.
func (l *Live) Feedback(expert, item string) (Feedback, error) {
	s, err := l.item(item)
	if err != nil {
		return Feedback{}, err
	}
	a := s.answers[expert]
	if a == nil || math.IsNaN(a.now) {
		return Feedback{}, ErrAnswerFirst
	}
	shown, err := l.Shown(item)
	inside := shown.Hidden || shown.Q1 <= a.now && a.now <= shown.Q3
	return Feedback{a.now, shown, inside, a.reason}, err
}

// Prompts lists the items on which an expert stands outside the middle half of
// what is shown and has given no reason: the ones to ask about again.
func (l *Live) Prompts(expert string) []string {
	var items []string
	for _, item := range l.items {
		f, err := l.Feedback(expert, item)
		if err == nil && !f.Inside && f.Reason == "" {
			items = append(items, item)
		}
	}
	return items
}
