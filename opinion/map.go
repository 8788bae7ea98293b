package opinion

import "errors"

// Status says whether there is a map.
type Status string

// The states of a map.
const (
	Ready       Status = "ready"
	TooFewVotes Status = "too few votes yet" // fewer than seven people to place, or than two statements
	NoSpread    Status = "no difference"     // everybody says the same
)

// minimumPeople is how many must be clustered before a map is shown: below it
// one vote turns it round.
const minimumPeople = 7

// Group is people who vote alike.
type Group struct {
	ID     int // stays with the group from map to map
	Size   int
	Centre Point
}

// Map is the result of Compute. Slices by participant and by statement follow
// the numbers of Votes. It is a value on its own: later votes do not change it.
type Map struct {
	Status      Status
	Plane       *Plane
	At          []Point // per participant
	Group       []int8  // per participant: index of Groups, -1 for who is not clustered
	Groups      []Group // ascending by ID
	Clustered   int
	Silhouettes map[int]float64 // by number of groups
	All         []Tally         // per statement: everybody
	Counts      [][]Tally       // per group and statement
	Moderated   []bool          // per statement
	Memory      *Memory         // for the next Compute
}

// ErrNoVotes is returned by Compute for an empty conversation.
var ErrNoVotes = errors.New("opinion: there are no votes")

// Compute makes the map of the votes: plane, positions, groups and counts. The
// votes are not changed. memory is that of the previous map, or nil.
//
// Where there are too few votes for a map, Status says so, nobody is in a
// group, and the counts of everybody still stand.
func Compute(v *Votes, o Options, memory *Memory) (*Map, error) {
	if v.count == 0 {
		return nil, ErrNoVotes
	}
	m := compute(v, planeFrom(v, sparseOf(v), nil), o, memory)
	m.Counts = CountByGroup(v, m.Group, len(m.Groups))
	return m, nil
}

// compute finishes the map on a plane whose axes have no sign yet.
func compute(v *Votes, plane *Plane, o Options, memory *Memory) *Map {
	m := &Map{Plane: plane, All: append([]Tally(nil), v.tally...), Moderated: append([]bool(nil), v.out...), Memory: memory}
	m.At = plane.place(v, memory.axes())
	m.Group = make([]int8, len(v.rows))
	for i := range m.Group {
		m.Group[i] = -1
	}
	in := members(v, memory)
	if m.Status = statusOf(v, plane, len(in)); m.Status == Ready {
		m.divide(in, o, memory)
	}
	return m
}

func statusOf(v *Votes, plane *Plane, people int) Status {
	open := 0
	for s, t := range v.tally {
		if !v.out[s] && t.Votes() > 0 {
			open++
		}
	}
	switch {
	case people < minimumPeople || open < 2:
		return TooFewVotes
	case plane.Total <= 0:
		return NoSpread
	}
	return Ready
}

// divide fills in the groups.
func (m *Map) divide(in []int, o Options, memory *Memory) {
	at := pick(m.At, in)
	chosen := choose(at, o, memory)
	ids := groupIDs(chosen.clustering, func(i int) int { return memory.was(in[i]) })
	index := make([]int8, len(ids)) // cluster to place in Groups
	size := chosen.sizes()
	for id := range mostGroups {
		for cluster, own := range ids {
			if own == id {
				index[cluster] = int8(len(m.Groups))
				m.Groups = append(m.Groups, Group{ID: id, Size: size[cluster], Centre: chosen.centre[cluster]})
			}
		}
	}
	label := make([]byte, len(m.Group))
	for i, l := range chosen.label {
		m.Group[in[i]] = index[l]
		label[in[i]] = byte(ids[l] + 1)
	}
	m.Clustered = len(in)
	m.Silhouettes = map[int]float64{}
	for i, s := range chosen.silhouette {
		m.Silhouettes[i+2] = s
	}
	m.Memory = &Memory{Axes: [2][]float64{clone(m.Plane.Axes[0]), clone(m.Plane.Axes[1])},
		Base: chosen.base, Centre: chosen.centres, Label: label, Chosen: chosen.number}
}

// CountByGroup counts the votes of each group on each statement. group holds,
// per participant, a number below groups, or -1 for those to leave out; those
// beyond its end are left out too. Moderated statements are counted as well.
func CountByGroup(v *Votes, group []int8, groups int) [][]Tally {
	raw := make([][cells]int32, groups)
	for i, row := range v.rows[:min(len(v.rows), len(group))] {
		if g := group[i]; g >= 0 {
			count(&raw[g], row, 1)
		}
	}
	all := make([][]Tally, groups)
	for g := range raw {
		all[g] = tallyTable(&raw[g], v.Statements())
	}
	return all
}

func count(to *[cells]int32, row []cell, n int32) {
	for _, c := range row {
		to[c] += n
	}
}

func tallyTable(raw *[cells]int32, statements int) []Tally {
	all := make([]Tally, statements)
	for s := range all {
		c := raw[4*s:]
		all[s] = Tally{Agree: int(c[2]), Pass: int(c[1]), Disagree: int(c[0])}
	}
	return all
}
