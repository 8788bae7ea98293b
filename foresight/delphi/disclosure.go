package delphi

import "slices"

// LeastShown is how many people must stand behind a number that is shown, unless
// told otherwise.
const LeastShown = 5

// Shown decides what may be published about the groups that make up a total,
// from the number of people in each. Below least people nothing is shown. A
// hidden group must not come out by subtracting the others from the total
// either: at least two groups are hidden, or none, and together they have at
// least as many people. Where that asks for more, the smallest of the others is
// hidden too.
//
// It protects against one look at one table. Someone who sees a panel before and
// after a single answer learns that answer from the difference: see Live.Shown.
func Shown(sizes []int, least int) (groups []bool, total bool) {
	groups = make([]bool, len(sizes))
	if sum(sizes) < least {
		return groups, false
	}
	hidden, people := 0, 0
	for i, n := range sizes {
		groups[i] = n == 0 || n >= least // that nobody answered is nobody's answer
		if !groups[i] {
			hidden, people = hidden+1, people+n
		}
	}
	for hidden == 1 || hidden > 0 && people < least {
		next := smallestShown(sizes, groups)
		if next < 0 {
			break // every group is hidden, and the total has people enough
		}
		groups[next], hidden, people = false, hidden+1, people+sizes[next]
	}
	return groups, true
}

// smallestShown is the first of the smallest groups that are still shown and
// not empty, -1 when there is none.
func smallestShown(sizes []int, shown []bool) int {
	best := -1
	for i, n := range sizes {
		if shown[i] && n > 0 && (best < 0 || n < sizes[best]) {
			best = i
		}
	}
	return best
}

// shownOf is Shown for tallies.
func shownOf(groups []Tally, least int) ([]bool, bool) {
	var sizes []int
	for _, g := range groups {
		sizes = append(sizes, g.n)
	}
	return Shown(sizes, least)
}

// filter keeps the entries that are shown and not empty.
func filter(groups []Tally, shown []bool) (kept []Tally, places []int) {
	for i, g := range groups {
		if shown[i] && g.n > 0 {
			kept, places = append(kept, g), append(places, i)
		}
	}
	return slices.Clip(kept), places
}
