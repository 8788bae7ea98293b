package opinion

// Memory is what one computation of the map leaves to the next, so that the map
// does not flip, groups keep their names, and their number does not flicker.
// Keep it beside the votes (it marshals to JSON): the same votes with the same
// memory give the same map, after a restart too.
//
// Numbers of participants and statements must keep their meaning; new ones may
// be added behind.
type Memory struct {
	Axes   [2][]float64 `json:"axes"`
	Base   []Point      `json:"base,omitempty"`
	Centre [][]Point    `json:"centre"` // of the clusters, one list per number of groups
	Label  []byte       `json:"label"`  // per participant: 1 + id of the group, 0 not clustered
	Chosen GroupNumber  `json:"chosen"`
}

// GroupNumber remembers how many groups are shown and which number would
// replace it.
type GroupNumber struct {
	Shown  int `json:"shown"`  // 0 before the first map
	Next   int `json:"next"`   // best number in the newest updates
	Streak int `json:"streak"` // for how many updates in a row
}

// patience is how many updates in a row must agree on another number of groups
// before it is shown. Source: Polis, group-k-buffer.
const patience = 4

// after is the number of groups to show when best is the best one now. The
// first update accepts at once.
func (g GroupNumber) after(best int) GroupNumber {
	if best == g.Next {
		g.Streak++
	} else {
		g.Next, g.Streak = best, 1
	}
	if g.Shown == 0 || g.Streak >= patience {
		g.Shown = best
	}
	return g
}

func (m *Memory) axes() *[2][]float64 {
	if m == nil || len(m.Axes[0]) == 0 {
		return nil
	}
	return &m.Axes
}

func (m *Memory) base() []Point {
	if m == nil {
		return nil
	}
	return m.Base
}

// centre is where k clusters stood, nil when unknown.
func (m *Memory) centre(k int) []Point {
	if m != nil {
		for _, c := range m.Centre {
			if len(c) == k {
				return c
			}
		}
	}
	return nil
}

// was is the id of the group in which a participant was, -1 when in none.
func (m *Memory) was(participant int) int {
	if m == nil || participant >= len(m.Label) {
		return -1
	}
	return int(m.Label[participant]) - 1
}
