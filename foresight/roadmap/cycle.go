package roadmap

import "strings"

// CycleError names circles in which milestones wait for one another. Each begins
// with the milestone that stands first in the input; every one that is in some
// circle is named at least once.
type CycleError struct{ Cycles [][]string }

func (e *CycleError) Error() string {
	var said []string
	for _, c := range e.Cycles {
		said = append(said, strings.Join(append(c[:len(c):len(c)], c[0]), " → "))
	}
	return "roadmap: milestones wait for one another in a circle: " + strings.Join(said, "; ")
}

// cycles finds, for each milestone that can be reached from itself and is not
// yet named, the shortest way back. Only milestones that the order left over are
// looked at.
func (g *Graph) cycles() [][]string {
	var cycles [][]string
	done := make([]bool, len(g.milestones))
	for _, i := range g.order {
		done[i] = true
	}
	for start := range g.milestones {
		if done[start] {
			continue
		}
		way := g.wayBack(start)
		var names []string
		for _, i := range way {
			done[i] = true
			names = append(names, g.milestones[i].Name)
		}
		if names != nil {
			cycles = append(cycles, names)
		}
	}
	return cycles
}

// wayBack is the shortest way from a milestone through those that wait for it
// back to itself, without its end; nil where there is none.
func (g *Graph) wayBack(start int) []int {
	from := map[int]int{}
	queue := []int{start}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, j := range g.next[i] {
			if j == start {
				return traced(from, start, i)
			}
			if _, seen := from[j]; !seen {
				from[j] = i
				queue = append(queue, j)
			}
		}
	}
	return nil
}

func traced(from map[int]int, start, end int) []int {
	way := []int{end}
	for way[0] != start {
		way = append([]int{from[way[0]]}, way...)
	}
	return way
}
