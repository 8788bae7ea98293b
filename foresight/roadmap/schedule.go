package roadmap

import (
	"fmt"
	"slices"
)

// Step is a milestone with its times.
type Step struct {
	Milestone
	EarliestStart, EarliestFinish int
	LatestStart, LatestFinish     int
	// Slack is how much later it can begin without moving the deadline; below
	// zero it is already too late by so much.
	Slack int
	// Free is how much later it can begin without moving anything after it.
	Free     int
	Critical bool // it has the least slack of all
}

// Schedule is a graph in time.
type Schedule struct {
	Steps    []Step // in the order of the input
	Finish   int    // the earliest moment at which all is done
	Deadline int    // from which latest times are counted back
	// Critical is one longest chain of milestones, from a first to a last; where
	// there are several, the one that stands first in the input.
	Critical []string
}

// Schedule computes the times of all milestones. The deadline is when all must
// be done; 0 takes the earliest finish, so that the critical path has no slack.
func (g *Graph) Schedule(deadline int) Schedule {
	all := make([]bool, len(g.milestones))
	for i := range all {
		all[i] = true
	}
	return g.schedule(all, deadline)
}

// Backcast computes the times of one end state and of everything that it waits
// for, counted back from the moment by which it must be reached (0: as early as
// possible). An unknown name gives ErrGraph.
func (g *Graph) Backcast(end string, by int) (Schedule, error) {
	goal, ok := g.find(end)
	if !ok {
		return Schedule{}, fmt.Errorf("%w: there is no milestone %q", ErrGraph, end)
	}
	needed := make([]bool, len(g.milestones))
	needed[goal] = true
	for k := len(g.order) - 1; k >= 0; k-- {
		i := g.order[k]
		for _, j := range g.next[i] {
			needed[i] = needed[i] || needed[j]
		}
	}
	return g.schedule(needed, by), nil
}

func (g *Graph) schedule(in []bool, deadline int) Schedule {
	steps := make([]Step, len(g.milestones))
	s := Schedule{}
	for _, i := range g.order {
		if in[i] {
			g.forward(steps, i)
			s.Finish = max(s.Finish, steps[i].EarliestFinish)
		}
	}
	if s.Deadline = deadline; deadline == 0 {
		s.Deadline = s.Finish
	}
	for k := len(g.order) - 1; k >= 0; k-- {
		if i := g.order[k]; in[i] {
			g.backward(steps, in, i, s.Deadline, s.Finish)
		}
	}
	least := s.Deadline - s.Finish
	for i := range steps {
		if in[i] {
			steps[i].Critical = steps[i].Slack == least
			s.Steps = append(s.Steps, steps[i])
		}
	}
	s.Critical = g.critical(steps, in, s.Finish)
	return s
}

// forward: a milestone begins when the last that it waits for is finished.
func (g *Graph) forward(steps []Step, i int) {
	t := &steps[i]
	t.Milestone = g.milestones[i]
	t.EarliestStart = t.NotBefore
	for _, j := range g.before[i] {
		t.EarliestStart = max(t.EarliestStart, steps[j].EarliestFinish)
	}
	t.EarliestFinish = t.EarliestStart + t.Duration
}

// backward: it must be finished before the first that waits for it must begin.
func (g *Graph) backward(steps []Step, in []bool, i, deadline, finish int) {
	t := &steps[i]
	t.LatestFinish = deadline
	free := finish
	for _, j := range g.next[i] {
		if in[j] {
			t.LatestFinish = min(t.LatestFinish, steps[j].LatestStart)
			free = min(free, steps[j].EarliestStart)
		}
	}
	t.LatestStart = t.LatestFinish - t.Duration
	t.Slack = t.LatestStart - t.EarliestStart
	t.Free = free - t.EarliestFinish
}

// critical follows from the last milestone back what each had to wait for.
func (g *Graph) critical(steps []Step, in []bool, finish int) []string {
	at := -1
	for i := range steps {
		if in[i] && steps[i].EarliestFinish == finish && !slices.ContainsFunc(g.next[i], func(j int) bool { return in[j] }) {
			at = i
			break
		}
	}
	var path []string
	for at >= 0 {
		path = append([]string{g.milestones[at].Name}, path...)
		at = g.awaited(steps, at)
	}
	return path
}

// awaited is the first milestone whose finish was waited for; -1 where the
// beginning, or a date, was.
func (g *Graph) awaited(steps []Step, i int) int {
	found := -1
	for _, j := range g.before[i] {
		if steps[j].EarliestFinish == steps[i].EarliestStart && (found < 0 || j < found) {
			found = j
		}
	}
	return found
}
