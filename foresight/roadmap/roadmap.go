// Package roadmap leads from a wanted end back to today: milestones that wait for
// one another, when each can begin at the earliest and must at the latest, and
// which measures are worth taking whatever scenario comes true.
//
// New makes a Graph of milestones; Schedule computes earliest and latest times,
// slack and the critical path; Backcast does so for one end state only. Robust
// looks at measures across scenarios.
//
// Time is in whole units (days, weeks) from 0, the beginning. The package knows
// no calendar and no clock.
//
// Source: critical path method, Kelley and Walker 1959; backcasting, Robinson
// 1982; regret, Savage 1951.
package roadmap

import (
	"errors"
	"fmt"
	"strings"
)

// Limits of a graph.
const (
	MaxMilestones = 5000
	MaxTime       = 1_000_000 // of a duration and of a date
)

// ErrGraph is the error of every graph that cannot be taken, but for cycles.
var ErrGraph = errors.New("roadmap: not a graph of milestones")

// Milestone is a step that takes some time, or none, and waits for others.
type Milestone struct {
	Name      string
	Duration  int      // units of time, 0 for a mere event
	After     []string // milestones that must be finished before it begins
	NotBefore int      // it cannot begin earlier, whatever is ready
	Owner     string   // who answers for it
	Sector    string   // of the owner, for pictures
	Lane      string   // where it is drawn: why, what, how, or the like
	Indicator string   // by what one sees that it is reached
}

// Graph holds milestones in an order in which each comes after those it waits
// for. It is never changed after New.
type Graph struct {
	milestones []Milestone // in the order of the input
	before     [][]int     // those that each waits for
	next       [][]int     // those that wait for it
	order      []int       // topological, by the input where free
}

// New makes a graph. Names must be there and differ, After must name milestones
// that are there; otherwise ErrGraph. Milestones that wait for one another in a
// circle give a *CycleError that names them.
func New(milestones []Milestone) (*Graph, error) {
	if len(milestones) > MaxMilestones {
		return nil, fmt.Errorf("%w: %d milestones, expected at most %d", ErrGraph, len(milestones), MaxMilestones)
	}
	g := &Graph{milestones: milestones, before: make([][]int, len(milestones)), next: make([][]int, len(milestones))}
	place := map[string]int{}
	for i, m := range milestones {
		if _, twice := place[m.Name]; twice || strings.TrimSpace(m.Name) == "" {
			return nil, fmt.Errorf("%w: milestone %d is called %q; expected names that are not blank and differ", ErrGraph, i+1, m.Name)
		}
		if m.Duration < 0 || m.Duration > MaxTime || m.NotBefore < 0 || m.NotBefore > MaxTime {
			return nil, fmt.Errorf("%w: %q takes %d and begins not before %d; expected 0 to %d", ErrGraph, m.Name, m.Duration, m.NotBefore, MaxTime)
		}
		place[m.Name] = i
	}
	for i, m := range milestones {
		for _, name := range m.After {
			j, ok := place[name]
			if !ok {
				return nil, fmt.Errorf("%w: %q waits for %q, which is not there", ErrGraph, m.Name, name)
			}
			g.before[i], g.next[j] = append(g.before[i], j), append(g.next[j], i)
		}
	}
	if !g.sort() {
		return nil, &CycleError{Cycles: g.cycles()}
	}
	return g, nil
}

// sort finds the order; false where there is a circle.
func (g *Graph) sort() bool {
	waits := make([]int, len(g.milestones))
	var ready []int
	for i := range g.milestones {
		if waits[i] = len(g.before[i]); waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		g.order = append(g.order, i)
		for _, j := range g.next[i] {
			if waits[j]--; waits[j] == 0 {
				ready = append(ready, j)
			}
		}
	}
	return len(g.order) == len(g.milestones)
}

// Milestones lists them in the order of the input.
func (g *Graph) Milestones() []Milestone { return g.milestones }

func (g *Graph) find(name string) (int, bool) {
	for i, m := range g.milestones {
		if m.Name == name {
			return i, true
		}
	}
	return 0, false
}
